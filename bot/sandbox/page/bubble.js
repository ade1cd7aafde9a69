// One message as a bubble. Only drawing: chat.js hears what is clicked.

import { build, icon } from "./dom.js";
import { clockTime, moment, wholeTime } from "./dates.js";
import { markup, plainText } from "./markup.js";
import { colourOf, dressAvatar } from "./people.js";

/**
 * Draw a message.
 *
 * `view` tells what the message alone does not: isOwn, isGroup, author (a name), quoted (the message replied to),
 * nameOf(id) and canEdit.
 */
export function drawMessage(message, view) {
  const node = build("article", {
    class: "message",
    tabindex: "-1",
    "data-message-id": message.message_id,
    "data-from": message.is_bot ? "bot" : "person",
    "data-author": message.from,
    "aria-label": `${view.author}: ${message.text || summary(message)}, ${clockTime(moment(message.date))}`,
  });
  if (isService(message)) return asService(node, message);
  node.classList.add(view.isOwn ? "own" : "other");
  node.append(...[avatar(message, view), body(message, view), actions(view)].filter(Boolean));
  return node;
}

/** The message in a few words, for quotes, the pinned line and the list of topics. */
export function summary(message) {
  if (message.service) return message.service;
  const words = message.text || message.caption;
  if (words) return words.replace(/\s+/g, " ").slice(0, 160);
  if (message.photo) return "Photo";
  if (message.document) return message.document.name;
  return extraName(message) ?? "Message";
}

function isService(message) {
  return Boolean(message.service);
}

function asService(node, message) {
  node.classList.add("service");
  node.append(build("p", { dir: "auto" }, summary(message)));
  return node;
}

function avatar(message, view) {
  if (!view.isGroup || view.isOwn) return null;
  const picture = build("span", { class: "avatar", "aria-hidden": "true" });
  dressAvatar(picture, message.from, view.author);
  return picture;
}

function body(message, view) {
  return build("div", { class: "message-body" }, bubble(message, view), reactions(message), inlineKeyboard(message.buttons ?? [], message.links ?? {}));
}

function bubble(message, view) {
  const words = content(message, view);
  const node = build("div", { class: "bubble" },
    author(message, view), quote(message, view), photo(message), upload(message), extra(message), words);
  node.classList.toggle("photo-only", Boolean(message.photo) && !words.querySelector(".text"));
  return node;
}

function reactions({ reactions: set }) {
  if (!set?.length) return null;
  return build("p", { class: "reactions", "aria-label": `Reactions: ${set.join(" ")}` }, ...set.map((each) => build("span", {}, each)));
}

function author(message, view) {
  if (!view.isGroup || view.isOwn) return null;
  return build("span", { class: "author", dir: "auto", "data-colour": colourOf(message.from) }, view.author);
}

function quote(message, view) {
  if (!message.reply_to) return null;
  const quoted = view.quoted;
  return build("button", { type: "button", class: "quote", "data-jump": message.reply_to, "aria-label": "Go to the quoted message" },
    build("strong", { dir: "auto" }, quoted ? view.nameOf(quoted.from) : "Reply"),
    build("span", { dir: "auto" }, quoted ? summary(quoted) : "Deleted message"));
}

function photo(message) {
  if (!message.photo) return null;
  const { url, width, height } = message.photo;
  const address = localAddress(url);
  return build("a", { class: "photo", href: address, target: "_blank", rel: "noopener" },
    build("img", { src: address, alt: message.caption || "Photo", width, height }));
}

function upload(message) {
  if (!message.document) return null;
  const { name, url, size } = message.document;
  return build("a", { class: "document", href: localAddress(url), download: name ?? true },
    build("span", { class: "document-icon" }, icon("file")),
    build("span", { class: "document-name", dir: "auto" }, name ?? "File"),
    build("small", {}, [sizeName(size), extension(name ?? "")].filter(Boolean).join(" · ")));
}

function extra(message) {
  const name = extraName(message);
  if (!name) return null;
  const kind = ["contact", "location", "sticker", "voice"].find((each) => message[each]);
  return build("p", { class: "extra" }, icon(kind), build("span", { dir: "auto" }, name));
}

function extraName({ contact, location, sticker, voice }) {
  if (contact) return [contact.first_name, contact.last_name, contact.phone_number].filter(Boolean).join(" ") || "Contact";
  if (location) return `Location ${location.latitude}, ${location.longitude}`;
  if (sticker) return `Sticker ${sticker.emoji ?? ""}`.trim();
  return voice ? "Voice message" : null;
}

function content(message, view) {
  const plain = message.text || message.caption;
  const words = message.html ? markup(message.html) : plainText(plain ?? "");
  return build("div", { class: "content", dir: "auto" },
    plain || message.html ? build("span", { class: "text" }, words) : null,
    stamp(message, view));
}

function stamp(message, view) {
  const date = moment(message.date);
  return build("span", { class: "stamp", dir: "ltr" },
    message.pinned ? icon("pin") : null,
    message.edited_at ? build("span", { class: "edited" }, "edited") : null,
    build("time", { datetime: date.toISOString(), title: wholeTime(date) }, clockTime(date)),
    view.isOwn ? icon("ticks") : null);
}

function inlineKeyboard(rows, links) {
  if (rows.length === 0) return null;
  return build("div", { class: "inline-keyboard", role: "group", "aria-label": "Buttons of this message" },
    ...rows.map((row) => build("div", { class: "inline-row" }, ...row.map((button) => inlineButton(button, links)))));
}

function inlineButton(button, links) {
  const title = button.title ?? button.text ?? button;
  const url = button.url ?? links[title] ?? "";
  if (/^https?:/i.test(url)) return build("a", { class: "inline-button", href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, title);
  return build("button", { type: "button", class: "inline-button", dir: "auto" }, title);
}

function actions(view) {
  const choices = [["reply", "Reply"]];
  if (view.canEdit) choices.push(["edit", "Edit"]);
  return build("div", { class: "actions" }, ...choices.map(([name, label]) =>
    build("button", { type: "button", class: "icon-button", "data-action": name, "aria-label": label, title: label }, icon(name))));
}

/** Files come from this server only, whatever a message claims. */
function localAddress(url) {
  const address = new URL(url, location.href);
  return address.pathname + address.search;
}

function sizeName(size) {
  if (!size) return size === 0 ? "0 bytes" : null;
  if (size < 1024) return `${size} bytes`;
  if (size < 1024 ** 2) return `${(size / 1024).toFixed(size < 10240 ? 1 : 0)} KB`;
  return `${(size / 1024 ** 2).toFixed(1)} MB`;
}

function extension(name) {
  const end = name.includes(".") ? name.split(".").at(-1) : "";
  return end.length <= 5 ? end.toUpperCase() : null;
}
