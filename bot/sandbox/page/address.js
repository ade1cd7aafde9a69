// What is chosen on the page, kept in its address: a reload or a second tab shows the same people.

export function recall(name) {
  const value = new URLSearchParams(location.search).get(name);
  return value === null ? null : Number(value);
}

export function remember(name, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}
