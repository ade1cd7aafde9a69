// The list of the group's topics, General first, then the ones written in last.

import { summary } from "./bubble.js";
import { moment, shortTime } from "./dates.js";
import { build, showCount } from "./dom.js";
import { dressAvatar } from "./people.js";

const GENERAL = null;

export class Topics {
  #list;
  #choose;
  #unread = new Map();
  #names = new Map([[GENERAL, "General"]]);
  #closed = new Set();
  #due = 0;
  #revealed = GENERAL;

  constructor(frame, choose) {
    this.#list = frame.querySelector("ul");
    this.#choose = choose;
  }

  nameOf(thread) {
    return this.#names.get(thread) ?? `Topic ${thread}`;
  }

  countUnread(thread) {
    this.#unread.set(thread, (this.#unread.get(thread) ?? 0) + 1);
  }

  clearUnread(thread) {
    this.#unread.delete(thread);
  }

  /** Draw the list, once a frame however many messages arrive. */
  show(conversation, chosen, topics) {
    this.#learnNames(conversation.messages, topics);
    cancelAnimationFrame(this.#due);
    this.#due = requestAnimationFrame(() => this.#draw(conversation.messages, chosen));
  }

  isClosed(thread) {
    return this.#closed.has(thread);
  }

  /** A topic's id is that of the message that opened it, which quotes its name; the server's list knows it better. */
  #learnNames(messages, topics) {
    for (const { message_id: id, thread, service } of messages) {
      const quoted = id === thread && service?.match(/“(.+)”/);
      if (quoted) this.#names.set(thread, quoted[1]);
    }
    for (const { thread, name } of topics) this.#names.set(thread, name);
    this.#closed = new Set(topics.filter(({ closed }) => closed).map(({ thread }) => thread));
  }

  #draw(messages, chosen) {
    const focused = document.activeElement?.dataset.thread;
    const newest = new Map([[GENERAL, null]]);
    for (const message of messages) newest.set(message.thread ?? GENERAL, message);
    const [general, ...others] = [...newest];
    others.sort(([, one], [, other]) => other.message_id - one.message_id);
    this.#list.replaceChildren(...[general, ...others].map(([thread, last]) => this.#item(thread, last, thread === chosen)));
    if (chosen !== this.#revealed) this.#reveal(chosen);
    if (focused) this.#list.querySelector(`[data-thread="${focused}"]`)?.focus();
  }

  /** Once for each choice: afterwards the reader may scroll elsewhere. */
  #reveal(chosen) {
    this.#revealed = chosen;
    this.#list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #item(thread, last, isChosen) {
    const name = this.nameOf(thread);
    const avatar = build("span", { class: "avatar", "aria-hidden": "true" });
    dressAvatar(avatar, thread ?? 0, name);
    const badge = build("span", { class: "badge", "aria-label": `${this.#unread.get(thread) ?? 0} unread` });
    showCount(badge, this.#unread.get(thread) ?? 0);
    return build("li", {}, build("button", {
      type: "button", class: "topic", "data-thread": thread ?? "general", "aria-current": isChosen ? "true" : null,
      click: () => this.#choose(thread),
    }, avatar,
      build("span", { class: "topic-name", dir: "auto" }, name),
      build("small", { class: "topic-time" }, last ? shortTime(moment(last.date)) : ""),
      build("span", { class: "topic-last", dir: "auto" }, last ? summary(last) : "No messages yet"),
      badge));
  }
}
