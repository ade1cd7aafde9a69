// What one person sends into one chat, one thing after the other, so that quick messages stay in order.

import * as api from "./api.js";
import { isPicture } from "./dialogs.js";

// The Texas Medical Center: the page knows no real place.
const PLACE = { latitude: 29.7079, longitude: -95.401 };

export class Outbox {
  #live;
  #complain;
  #sending = Promise.resolve();
  #conversation = null;
  #from = null;
  #thread = null;

  constructor({ live, complain }) {
    this.#live = live;
    this.#complain = complain;
  }

  address({ conversation, writer, thread }) {
    this.#conversation = conversation;
    this.#from = writer;
    this.#thread = thread;
  }

  text(text, replyTo) {
    return this.#send(api.sendText, { text, replyTo });
  }

  edit(messageId, text) {
    return this.#send(api.editText, { messageId, text });
  }

  tap(messageId, button) {
    return this.#send(api.tap, { messageId, button });
  }

  contact() {
    return this.#send(api.sendContact);
  }

  location() {
    return this.#send(api.sendLocation, PLACE);
  }

  sticker() {
    return this.#send(api.sendSticker);
  }

  voice() {
    return this.#send(api.sendVoice);
  }

  /** Send files; the first one carries the caption. */
  files(files, { caption, asPhotos }) {
    files.forEach((file, place) => {
      this.#send(api.sendFile, { file, caption: place === 0 ? caption : "", asPhoto: asPhotos && isPicture(file) });
    });
  }

  /** Do something on the server when all before is done; true when it worked. */
  perform(call) {
    this.#sending = this.#sending.then(() => this.#attempt(call));
    return this.#sending;
  }

  /** The chat is fixed now, not when its turn comes: the page may show another one by then. */
  #send(call, fields = {}) {
    const conversation = this.#conversation;
    if (!conversation) return Promise.resolve(false);
    const message = { from: this.#from, thread: this.#thread, ...fields };
    return this.perform(async () => {
      await call(conversation.chat, message);
      if (!this.#live.isOpen) await conversation.catchUp();
    });
  }

  async #attempt(call) {
    try {
      await call();
      return true;
    } catch (problem) {
      this.#complain(problem.message);
      return false;
    }
  }
}
