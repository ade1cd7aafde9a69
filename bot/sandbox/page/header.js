// The head of a chat: whose it is, what the other side is doing, and the pinned message.

import { summary } from "./bubble.js";
import { dressAvatar } from "./people.js";

const TYPING_LASTS = 5500;
const ACTIONS = { typing: "typing", upload_document: "sending a file", upload_photo: "sending a photo" };

export class Header {
  #root;
  #idle = "";
  #typing = 0;

  constructor(root) {
    this.#root = root;
  }

  /** Say who is on the other side; `idle` is what stands below while nobody types. */
  show(id, title, idle) {
    this.#part(".chat-title").textContent = title;
    dressAvatar(this.#part(".chat-header .avatar"), id, title);
    this.#idle = idle;
    if (!this.#typing) this.stopTyping();
  }

  showTyping(action) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.stopTyping(), TYPING_LASTS);
    this.#say(`${ACTIONS[action] ?? "typing"}…`);
  }

  stopTyping() {
    clearTimeout(this.#typing);
    this.#typing = 0;
    this.#say(this.#idle);
  }

  showPinned(message) {
    const line = this.#part(".pinned");
    line.hidden = !message;
    if (!message) return;
    line.dataset.jump = message.message_id;
    line.querySelector(".pinned-text").textContent = summary(message);
  }

  #say(words) {
    const status = this.#part(".chat-status");
    status.classList.toggle("is-typing", this.#typing !== 0);
    status.textContent = words;
  }

  #part(selector) {
    return this.#root.querySelector(selector);
  }
}
