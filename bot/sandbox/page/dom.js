// Building nodes. Text always enters as text, so nothing a person writes becomes markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are functions become listeners, false and null ones are left out. */
export function build(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An icon of the sprite in index.html. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

export function changeIcon(drawing, name) {
  drawing.querySelector("use").setAttribute("href", `#icon-${name}`);
}

/** Show a count in a badge, or hide the badge when there is nothing to count. */
export function showCount(badge, count) {
  badge.hidden = count === 0;
  badge.textContent = count > 99 ? "99+" : String(count);
}
