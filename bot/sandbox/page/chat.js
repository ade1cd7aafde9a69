// One chat on the page: its header, its log and its composer, for whichever conversation it is shown.

import { drawMessage, summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { askAttachment, tell } from "./dialogs.js";
import { build, showCount } from "./dom.js";
import { Header } from "./header.js";
import { MessageLog } from "./log.js";
import { hangMenu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { ReplyKeyboard } from "./reply_keyboard.js";

const TOAST_LASTS = 4000;
const TAP_LASTS = 10_000;

export class Chat extends EventTarget {
  #root;
  #people;
  #isGroup;
  #shown = { conversation: null, writer: null, thread: null, accepts: () => true };
  #subscription = new AbortController();
  #loading = false;
  #header;
  #outbox;
  #log;
  #composer;
  #keyboard;

  constructor(slot, { prefix, label, isGroup, people, live, menu, empty }) {
    super();
    this.#people = people;
    this.#isGroup = isGroup;
    this.#root = document.getElementById("chat-template").content.cloneNode(true).firstElementChild;
    slot.replaceWith(this.#root);
    this.#root.classList.toggle("is-group", isGroup);
    this.#part(".empty").append(empty);
    this.#buildParts(prefix, label, live);
    this.#listen(menu);
  }

  /** Show a conversation (or one thread of it) as seen and written by one person. */
  async show({ conversation, writer, thread = null, accepts = () => true }) {
    const isSame = conversation === this.#shown.conversation && thread === this.#shown.thread;
    this.#shown = { conversation, writer, thread, accepts };
    this.#outbox.address(this.#shown);
    this.#subscribe(conversation);
    if (!isSame) this.#startAnew();
    this.#redraw();
    await this.#catchUp();
  }

  setHeading(id, title, idle) {
    this.#header.show(id, title, idle);
  }

  offerMenu(offered) {
    this.#part(".chat-menu-button").hidden = !offered;
  }

  setBlocked(blocked) {
    this.#root.classList.toggle("is-blocked", blocked);
    this.#part(".composer").inert = blocked;
    this.#part(".unblock").hidden = !blocked;
  }

  showTyping(action) {
    this.#header.showTyping(action);
  }

  answerTap({ from = this.#shown.writer, text, show_alert: isAlert }) {
    if (from !== this.#shown.writer) return;
    for (const button of this.#root.querySelectorAll(".inline-button[aria-busy]")) button.removeAttribute("aria-busy");
    if (!text) return;
    if (isAlert) tell(text);
    else this.toast(text);
  }

  toast(text, kind = "notice") {
    const note = build("p", { class: `toast ${kind}`, dir: "auto" }, text);
    this.#part(".toasts").append(note);
    setTimeout(() => note.remove(), TOAST_LASTS);
  }

  /** Do something on the server, in turn with what is sent; true when it worked. */
  perform(call) {
    return this.#outbox.perform(call);
  }

  async send(text, replyTo = null) {
    this.#log.scrollToEnd();
    const sent = await this.#outbox.text(text, replyTo);
    if (!sent) this.#composer.restore(text);
  }

  #part(selector) {
    return this.#root.querySelector(selector);
  }

  #buildParts(prefix, label, live) {
    this.#header = new Header(this.#root);
    this.#outbox = new Outbox({ live, complain: (words) => this.toast(words, "problem") });
    const frame = this.#part(".log");
    frame.dataset.testid = `${prefix}-log`;
    frame.setAttribute("aria-label", label.log);
    this.#log = new MessageLog(frame);
    this.#composer = new Composer(this.#part(".composer"), { prefix, label: label.composer, extras: () => this.#extras() });
    this.#part(".reply-keyboard").dataset.testid = `${prefix}-keyboard`;
    this.#keyboard = new ReplyKeyboard(this.#part(".reply-keyboard"), this.#part(".keyboard-button"), (key) => this.#pressKey(key));
  }

  #listen(menu) {
    hangMenu(this.#part(".chat-menu-button"), this.#part(".chat-menu"), menu);
    this.#log.addEventListener("moved", () => this.#showPlace());
    this.#part(".log").addEventListener("click", (event) => this.#click(event));
    // Out of a long log at once, without tabbing through every button of it.
    this.#part(".log").addEventListener("keydown", ({ key }) => key === "Escape" && this.#composer.focus());
    this.#part(".to-end").addEventListener("click", () => this.#log.scrollToEnd());
    this.#part(".pinned").addEventListener("click", () => this.#log.reveal(Number(this.#part(".pinned").dataset.jump)));
    this.#part(".unblock").addEventListener("click", () => this.dispatchEvent(new Event("unblock")));
    this.#composer.addEventListener("send", ({ detail }) => this.send(detail.text, detail.replyTo));
    this.#composer.addEventListener("edit", ({ detail }) => this.#outbox.edit(detail.messageId, detail.text));
    this.#composer.addEventListener("edit-last", () => this.#editLast());
    this.#composer.addEventListener("files", ({ detail }) => this.#sendFiles(detail));
    this.#root.addEventListener("dragover", (event) => event.preventDefault());
    this.#root.addEventListener("drop", (event) => this.#drop(event));
  }

  #subscribe(conversation) {
    this.#subscription.abort();
    this.#subscription = new AbortController();
    const { signal } = this.#subscription;
    conversation.addEventListener("put", ({ detail }) => this.#received(detail), { signal });
    conversation.addEventListener("remove", ({ detail }) => this.#removed(detail), { signal });
  }

  #startAnew() {
    this.#composer.reset();
    this.#part(".toasts").replaceChildren();
    this.#header.stopTyping();
    this.#log.clear();
  }

  #redraw() {
    const wasAtEnd = this.#log.isAtEnd;
    this.#part(".log").setAttribute("aria-busy", "true");
    for (const message of this.#messages()) this.#draw(message);
    if (wasAtEnd) this.#log.scrollToEnd();
    this.#settle();
  }

  async #catchUp() {
    const { conversation } = this.#shown;
    this.#loading = true;
    await conversation.catchUp().catch((problem) => this.toast(problem.message, "problem"));
    if (conversation !== this.#shown.conversation) return;
    this.#loading = false;
    this.#part(".log").setAttribute("aria-busy", "false");
    this.#settle();
  }

  #messages() {
    return this.#shown.conversation.messages.filter(this.#shown.accepts);
  }

  #received({ message, isNew }) {
    // A message may move: one that opens a topic is posted first and joins its topic then.
    if (!this.#shown.accepts(message)) return this.#log.remove(message.message_id);
    if (isNew && message.is_bot) this.#header.stopTyping();
    this.#draw(message);
    if (isNew && !this.#log.isAtEnd && message.from !== this.#shown.writer) this.#log.countUnread();
    if (!this.#loading) this.#settle();
  }

  #removed({ messageId }) {
    this.#log.remove(messageId);
    this.#settle();
  }

  #draw(message) {
    const { conversation, writer } = this.#shown;
    const isOwn = message.from === writer;
    this.#log.put(message, drawMessage(message, {
      isOwn,
      isGroup: this.#isGroup,
      author: this.#people.nameOf(message.from),
      quoted: conversation.find(message.reply_to),
      nameOf: (id) => this.#people.nameOf(id),
      canEdit: isOwn && Boolean(wordsOf(message)),
    }));
  }

  /** What depends on all messages together: the pinned line, the reply keyboard, the empty page. */
  #settle() {
    const messages = this.#messages();
    this.#part(".empty").hidden = messages.length > 0 || this.#loading;
    this.#keyboard.show(messages.findLast(({ keyboard }) => keyboard)?.keyboard ?? []);
    this.#header.showPinned(messages.findLast(({ pinned }) => pinned));
  }

  #showPlace() {
    this.#part(".to-end").hidden = this.#log.isAtEnd;
    showCount(this.#part(".to-end .badge"), this.#log.unread);
  }

  #click({ target }) {
    const node = target.closest(".message");
    const button = target.closest("button");
    if (!node || !button) return;
    const message = this.#shown.conversation.find(Number(node.dataset.messageId));
    if (button.matches(".inline-button")) this.#tap(message, button);
    else if (button.dataset.action === "reply") this.#reply(message);
    else if (button.dataset.action === "edit") this.#composer.edit(message.message_id, wordsOf(message));
    else if (button.dataset.jump) this.#log.reveal(Number(button.dataset.jump));
    else if (button.dataset.command) this.send(button.dataset.command);
  }

  async #tap(message, button) {
    button.setAttribute("aria-busy", "true");
    const stop = () => button.removeAttribute("aria-busy");
    setTimeout(stop, TAP_LASTS);
    if (!(await this.#outbox.tap(message.message_id, button.textContent))) stop();
  }

  #reply(message) {
    this.#composer.reply(message.message_id, this.#people.nameOf(message.from), summary(message));
  }

  #editLast() {
    const own = this.#messages().findLast((message) => message.from === this.#shown.writer && wordsOf(message));
    if (own) this.#composer.edit(own.message_id, wordsOf(own));
  }

  #pressKey({ title, wantsContact, wantsLocation }) {
    if (wantsContact) this.#outbox.contact();
    else if (wantsLocation) this.#outbox.location();
    else this.send(title);
    this.#composer.focus();
  }

  #extras() {
    return [
      { icon: "location", label: "Location", run: () => this.#outbox.location() },
      { icon: "contact", label: "Contact", run: () => this.#outbox.contact() },
      { icon: "sticker", label: "Sticker", run: () => this.#outbox.sticker() },
      { icon: "voice", label: "Voice message", run: () => this.#outbox.voice() },
    ];
  }

  #drop(event) {
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0) this.#sendFiles({ files, asFiles: false });
  }

  async #sendFiles({ files, asFiles }) {
    const choice = await askAttachment(files, asFiles);
    if (!choice) return;
    this.#log.scrollToEnd();
    this.#outbox.files(files, choice);
    this.#composer.focus();
  }
}

const wordsOf = ({ text, caption }) => text || caption || "";
