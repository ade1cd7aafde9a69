// The bot's reply keyboard below the composer.

import { build } from "./dom.js";

export class ReplyKeyboard {
  #frame;
  #button;
  #press;
  #rows = "[]";

  constructor(frame, button, press) {
    this.#frame = frame;
    this.#button = button;
    this.#press = press;
    button.addEventListener("click", () => this.#fold(!frame.hidden));
  }

  /** Show these rows; the same ones again leave the keyboard as the person folded it. */
  show(rows) {
    if (JSON.stringify(rows) === this.#rows) return;
    this.#rows = JSON.stringify(rows);
    this.#frame.replaceChildren(...rows.map((row) => this.#row(row)));
    this.#button.hidden = rows.length === 0;
    this.#fold(rows.length === 0);
  }

  #fold(folded) {
    this.#frame.hidden = folded;
    this.#button.setAttribute("aria-expanded", String(!folded));
    this.#button.setAttribute("aria-label", folded ? "Show the keyboard" : "Hide the keyboard");
  }

  #row(keys) {
    return build("div", { class: "reply-row" }, ...keys.map((key) => this.#key(key)));
  }

  #key(key) {
    const { title, text, request_contact: wantsContact = false, request_location: wantsLocation = false } =
      typeof key === "string" ? { title: key } : key;
    const pressed = { title: title ?? text, wantsContact, wantsLocation };
    return build("button", { type: "button", class: "reply-button", dir: "auto", click: () => this.#press(pressed) }, pressed.title);
  }
}
