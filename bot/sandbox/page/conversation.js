// One chat's messages as the server has them, kept whole by the live line and by reading again.

import { readMessages } from "./api.js";

export class Conversation extends EventTarget {
  #messages = new Map();

  constructor(chat) {
    super();
    this.chat = chat;
  }

  get messages() {
    return [...this.#messages.values()].sort((one, other) => one.message_id - other.message_id);
  }

  find(messageId) {
    return this.#messages.get(messageId) ?? null;
  }

  receive(message, { live = false } = {}) {
    if (message.deleted) return this.remove(message.message_id);
    const known = this.#messages.get(message.message_id);
    if (known && JSON.stringify(known) === JSON.stringify(message)) return;
    this.#messages.set(message.message_id, message);
    this.#tell("put", { message, isNew: live && !known });
  }

  remove(messageId) {
    if (this.#messages.delete(messageId)) this.#tell("remove", { messageId });
  }

  /** Read from the start: what was edited or deleted while the line was down has to show as well. */
  async catchUp() {
    const gone = new Set(this.#messages.keys());
    for (let after = 0, more = true; more;) {
      const { messages, changed = [] } = await readMessages(this.chat, after);
      for (const message of [...messages, ...changed]) {
        gone.delete(message.message_id);
        this.receive(message);
      }
      const last = Math.max(after, ...messages.map((message) => message.message_id));
      more = last > after;
      after = last;
    }
    for (const messageId of gone) this.remove(messageId);
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
