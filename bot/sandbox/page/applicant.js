// The applicant's phone: one private chat with the bot, for whichever person is chosen.

import * as api from "./api.js";
import { recall, remember } from "./address.js";
import { Chat } from "./chat.js";
import { clockTime } from "./dates.js";
import { askPerson } from "./dialogs.js";
import { build } from "./dom.js";
import { dressAvatar, offerPeople } from "./people.js";

export class Applicant {
  #people;
  #conversations;
  #select = document.querySelector("#person-select");
  #id = recall("person");
  #blocked = new Set();
  #empty = build("div", { class: "welcome" });
  chat;

  constructor({ people, live, conversations }) {
    this.#people = people;
    this.#conversations = conversations;
    this.chat = new Chat(document.querySelector(".phone .chat-slot"), {
      prefix: "applicant",
      label: { log: "Messages with the bot", composer: "Message to the bot" },
      isGroup: false, people, live, menu: () => this.#menu(), empty: this.#empty,
    });
    this.#select.addEventListener("change", () => this.#choose(Number(this.#select.value)));
    document.querySelector("[data-testid=new-person]").addEventListener("click", () => this.#addPerson());
    this.chat.addEventListener("unblock", () => this.#block(false));
    this.#keepClock();
  }

  get chatId() {
    return this.#id;
  }

  /** Show the chosen person's chat, after the people were read. */
  async refresh() {
    const { applicants, bot } = this.#people;
    if (!applicants.some(({ id }) => id === this.#id)) this.#id = applicants[0]?.id ?? null;
    offerPeople(this.#select, applicants, this.#id);
    this.chat.setHeading(bot.id, bot.first_name, "bot");
    this.#welcome();
    if (this.#id !== null) await this.#open();
  }

  #choose(id) {
    this.#id = id;
    remember("person", id);
    return this.#open();
  }

  #open() {
    this.chat.setBlocked(this.#blocked.has(this.#id));
    return this.chat.show({ conversation: this.#conversations.get(this.#id), writer: this.#id });
  }

  async #addPerson() {
    const fields = await askPerson();
    if (!fields) return;
    const id = this.#people.freeId();
    const isAdded = await this.chat.perform(async () => {
      await api.savePerson({ id, ...fields });
      await this.#people.load();
    });
    if (!isAdded) return;
    this.#id = id;
    remember("person", id);
    await this.refresh();
  }

  #menu() {
    const isBlocked = this.#blocked.has(this.#id);
    return [{ icon: "block", label: isBlocked ? "Unblock the bot" : "Block the bot", run: () => this.#block(!isBlocked) }];
  }

  async #block(blocked) {
    const id = this.#id;
    if (!(await this.chat.perform(() => api.block(id, { from: id, blocked })))) return;
    if (blocked) this.#blocked.add(id);
    else this.#blocked.delete(id);
    this.chat.setBlocked(this.#blocked.has(this.#id));
  }

  #welcome() {
    const { bot } = this.#people;
    const avatar = build("span", { class: "avatar", "aria-hidden": "true" });
    dressAvatar(avatar, bot.id, bot.first_name);
    const start = build("button", { type: "button", class: "solid-button", "data-testid": "start", click: () => this.chat.send("/start") }, "Start");
    this.#empty.replaceChildren(avatar,
      build("strong", { dir: "auto" }, bot.first_name),
      build("p", { dir: "auto" }, bot.description || "No messages yet. Say hello, or press Start."),
      start);
  }

  #keepClock() {
    const clock = document.querySelector(".phone-status time");
    const show = () => { clock.textContent = clockTime(new Date()); };
    show();
    setInterval(show, 10_000);
  }
}
