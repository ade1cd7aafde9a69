// The bot's commands above the composer: all of them from the menu button, the fitting ones after a typed "/".

import { readCommands } from "./api.js";
import { build } from "./dom.js";

export class Suggestions {
  #list;
  #button;
  #field;
  #choose;
  #commands = [];

  constructor({ list, button, field, choose, prefix }) {
    this.#list = list;
    this.#button = button;
    this.#field = field;
    this.#choose = choose;
    list.id = `${prefix}-commands`;
    field.setAttribute("aria-controls", list.id);
    button.addEventListener("click", () => this.#toggle());
    field.addEventListener("input", () => this.#follow());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => this.#pick(target.closest("[role=option]")));
    field.addEventListener("blur", ({ relatedTarget }) => relatedTarget !== button && this.close());
  }

  close() {
    this.#list.hidden = true;
    this.#mark(null);
    this.#button.setAttribute("aria-expanded", "false");
  }

  /** Handle a key of the composer; true when it was meant for the list. */
  handleKey(key) {
    if (this.#list.hidden) return false;
    if (key === "Escape") this.close();
    else if (key === "ArrowDown" || key === "ArrowUp") this.#move(key === "ArrowDown" ? 1 : -1);
    else if ((key === "Enter" || key === "Tab") && this.#active()) this.#pick(this.#active());
    else return false;
    return true;
  }

  async #toggle() {
    if (!this.#list.hidden) return this.close();
    this.#field.focus();
    await this.#read();
    this.#show(this.#commands);
  }

  async #follow() {
    if (!this.#isCommand()) return this.close();
    if (this.#field.value === "/") await this.#read();
    if (!this.#isCommand()) return this.close(); // it was sent or deleted while the commands were read
    this.#show(this.#commands.filter(({ command }) => `/${command}`.startsWith(this.#field.value.toLowerCase())));
  }

  #isCommand() {
    return /^\/\w*$/.test(this.#field.value);
  }

  /** Read each time the list opens: the bot may have set its commands since. */
  async #read() {
    this.#commands = await readCommands().catch(() => this.#commands);
  }

  #show(commands) {
    this.#mark(null);
    this.#list.replaceChildren(...commands.map((each, place) => this.#option(each, place)));
    this.#list.hidden = commands.length === 0;
    this.#button.setAttribute("aria-expanded", String(commands.length > 0));
  }

  #option({ command, description }, place) {
    return build("div", { role: "option", id: `${this.#list.id}-${place}`, "data-command": `/${command}`, "aria-selected": "false" },
      build("strong", {}, `/${command}`), build("span", { dir: "auto" }, description));
  }

  #active() {
    return this.#list.querySelector("[aria-selected=true]");
  }

  #move(step) {
    const options = [...this.#list.children];
    const place = options.indexOf(this.#active());
    const next = place < 0 && step < 0 ? -1 : (place + step) % options.length;
    this.#mark(options.at(next));
  }

  #mark(option) {
    this.#active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#field.setAttribute("aria-activedescendant", option.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #pick(option) {
    if (!option) return;
    this.close();
    this.#choose(option.dataset.command);
  }
}
