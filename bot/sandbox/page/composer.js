// Where a message is written: text, a reply, an edit, files.

import { changeIcon } from "./dom.js";
import { hangMenu } from "./menu.js";
import { Suggestions } from "./suggestions.js";

const TALLEST = 160;
const BORDERS = 2;

/** Tells "send" {text, replyTo}, "edit" {messageId, text}, "edit-last" and "files" {files, asFiles}. */
export class Composer extends EventTarget {
  #form;
  #field;
  #context;
  #suggestions;
  #picker;
  #wantsFiles = false;
  #target = null;

  constructor(form, { prefix, label, extras }) {
    super();
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#context = form.querySelector(".composer-context");
    this.#picker = form.querySelector("input[type=file]");
    this.#name(prefix, label);
    this.#listen();
    this.#suggestions = new Suggestions({
      list: form.querySelector(".suggestions"), button: form.querySelector(".menu-button"), field: this.#field,
      choose: (command) => this.#chooseCommand(command), prefix,
    });
    hangMenu(form.querySelector(".attach-button"), form.querySelector(".attach-menu"), () => this.#attachments(extras()));
  }

  focus() {
    this.#field.focus();
  }

  /** Put text back, as after a message that could not be sent. */
  restore(text) {
    if (!this.#field.value) this.#write(text);
  }

  reset() {
    this.#write("");
    this.dropContext();
    this.#suggestions.close();
  }

  reply(messageId, name, words) {
    this.#showContext("reply", messageId, `Reply to ${name}`, words);
  }

  edit(messageId, text) {
    this.#showContext("edit", messageId, "Edit message", text);
    this.#write(text);
  }

  dropContext() {
    if (this.#target?.kind === "edit") this.#write("");
    this.#target = null;
    this.#context.hidden = true;
  }

  #name(prefix, label) {
    this.#form.setAttribute("aria-label", label);
    this.#field.setAttribute("aria-label", label);
    this.#field.id = `${prefix}-message`;
    this.#field.dataset.testid = `${prefix}-composer`;
    this.#form.querySelector(".send-button").dataset.testid = `${prefix}-send`;
    this.#form.querySelector(".attach-button").dataset.testid = `${prefix}-attach`;
    this.#picker.dataset.testid = `${prefix}-file`;
  }

  #listen() {
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    this.#field.addEventListener("input", () => this.#grow());
    this.#field.addEventListener("paste", ({ clipboardData }) => this.#offerFiles(clipboardData.files));
    this.#picker.addEventListener("change", () => this.#picked());
    this.#context.querySelector("button").addEventListener("click", () => this.#leaveContext());
  }

  #attachments(extras) {
    return [
      { icon: "photo", label: "Photo", run: () => this.#pick("image/*") },
      { icon: "file", label: "File", run: () => this.#pick("") },
      ...extras,
    ];
  }

  #pick(kinds) {
    this.#wantsFiles = kinds === "";
    this.#picker.accept = kinds;
    this.#picker.click();
  }

  #picked() {
    this.#offerFiles(this.#picker.files);
    // The same file can be chosen again only after the field was emptied.
    this.#picker.value = "";
    this.#wantsFiles = false;
  }

  #offerFiles(files) {
    if (files.length > 0) this.#tell("files", { files: [...files], asFiles: this.#wantsFiles });
  }

  #chooseCommand(command) {
    this.#write("");
    this.#tell("send", { text: command });
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text) return;
    this.#suggestions.close();
    if (this.#target?.kind === "edit") this.#tell("edit", { messageId: this.#target.messageId, text });
    else this.#tell("send", { text, replyTo: this.#target?.messageId ?? null });
    this.#write("");
    this.dropContext();
  }

  #press(event) {
    if (event.isComposing) return;
    if (this.#suggestions.handleKey(event.key)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "Escape" && this.#target) this.#leaveContext();
    else if (event.key === "ArrowUp" && !this.#field.value && !this.#target) {
      event.preventDefault();
      this.#tell("edit-last");
    }
  }

  #leaveContext() {
    this.dropContext();
    this.focus();
  }

  #showContext(kind, messageId, title, words) {
    this.dropContext();
    this.#target = { kind, messageId };
    changeIcon(this.#context.querySelector(".icon"), kind);
    this.#context.querySelector("strong").textContent = title;
    this.#context.querySelector("span").textContent = words;
    this.#context.hidden = false;
    this.focus();
  }

  #write(text) {
    this.#field.value = text;
    this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    const wanted = this.#field.scrollHeight + BORDERS;
    this.#field.style.height = `${Math.min(wanted, TALLEST)}px`;
    this.#field.classList.toggle("is-tall", wanted > TALLEST);
    this.#form.classList.toggle("has-text", this.#field.value.trim() !== "");
  }

  #tell(kind, detail = null) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
