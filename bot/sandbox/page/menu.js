// A small menu that hangs from a button: arrows walk it, Escape and a click elsewhere close it.

import { build, icon } from "./dom.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Hang a menu from a button; `choices()` gives [{icon, label, run}] each time it opens. */
export function hangMenu(button, menu, choices) {
  const close = () => show(button, menu, false);
  button.addEventListener("click", () => {
    if (!menu.hidden) return close();
    menu.replaceChildren(...choices().map((choice) => item(choice, close, button)));
    show(button, menu, true);
    menu.firstElementChild?.focus();
  });
  menu.addEventListener("keydown", (event) => walk(event, menu, button, close));
  document.addEventListener("pointerdown", ({ target }) => !menu.hidden && !menu.parentElement.contains(target) && close());
  menu.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !menu.parentElement.contains(relatedTarget) && close());
}

function show(button, menu, open) {
  menu.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function item({ icon: name, label, run }, close, button) {
  const choose = () => {
    close();
    button.focus();
    run();
  };
  return build("button", { type: "button", role: "menuitem", tabindex: "-1", click: choose }, icon(name), label);
}

function walk(event, menu, button, close) {
  if (event.key === "Escape" || event.key === "Tab") {
    close();
    button.focus();
    if (event.key === "Escape") event.preventDefault();
    return;
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
}
