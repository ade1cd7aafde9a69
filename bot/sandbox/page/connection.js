// The line that says whether the page hears the server.

export function showConnection(live) {
  const state = document.querySelector(".connection");
  const line = document.querySelector(".connection-lost");
  const next = line.querySelector(".connection-lost-next");
  let countdown = 0;

  live.addEventListener("open", () => {
    clearInterval(countdown);
    line.hidden = true;
    say(state, "live", "Live");
  });
  live.addEventListener("lost", ({ detail }) => {
    clearInterval(countdown);
    line.hidden = false;
    say(state, "lost", "Offline");
    const count = () => { next.textContent = waiting(detail.retryAt - Date.now()); };
    count();
    countdown = setInterval(count, 500);
  });
  line.querySelector("button").addEventListener("click", () => live.connect());
  window.addEventListener("online", () => live.connect());
}

function say(state, name, words) {
  state.dataset.state = name;
  state.textContent = words;
}

function waiting(left) {
  const seconds = Math.ceil(left / 1000);
  return seconds > 0 ? `Trying again in ${seconds} s.` : "Trying now…";
}
