// Telegram's HTML, rebuilt node by node: only what is listed here passes, everything else becomes its text.

import { build } from "./dom.js";

const PLAIN = new Map(Object.entries({
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code", PRE: "pre", BR: "br",
}));
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
const LINKABLE = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?<![^\s(])\/[a-z][a-z0-9_]{0,31}\b(?![/.\w]))/gi;

/** The formatted text of a message as nodes. */
export function markup(html) {
  // A parsed document of its own neither runs scripts nor loads pictures.
  const source = new DOMParser().parseFromString(html, "text/html").body;
  return copyChildren(source, true);
}

/** Plain text with its addresses and commands made tappable. */
export function plainText(text) {
  return linked(text);
}

function copyChildren(source, mayLink) {
  const copy = document.createDocumentFragment();
  for (const child of source.childNodes) copy.append(copyNode(child, mayLink));
  return copy;
}

function copyNode(node, mayLink) {
  if (node.nodeType === Node.TEXT_NODE) return mayLink ? linked(node.data) : document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
  if (node.tagName === "A") return copyLink(node);
  const copy = emptyCopy(node);
  copy.append(copyChildren(node, mayLink && !["CODE", "PRE"].includes(node.tagName)));
  return copy;
}

function emptyCopy(node) {
  if (PLAIN.has(node.tagName)) return build(PLAIN.get(node.tagName));
  if (node.tagName === "BLOCKQUOTE") return build("blockquote");
  if (node.tagName === "TG-SPOILER" || node.classList.contains("tg-spoiler")) return spoiler();
  return document.createDocumentFragment();
}

function copyLink(node) {
  const href = node.getAttribute("href") ?? "";
  const copy = SAFE_LINK.test(href) ? anchor(href) : build("span", { class: "mention" });
  copy.append(copyChildren(node, false));
  return copy;
}

function anchor(href, ...children) {
  return build("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler() {
  const node = build("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text" });
  const reveal = () => {
    node.className = "spoiler revealed";
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", ({ key }) => key === "Enter" && reveal());
  return node;
}

function linked(text) {
  const nodes = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(LINKABLE)) {
    nodes.append(text.slice(end, match.index), link(match));
    end = match.index + match[0].length;
  }
  nodes.append(text.slice(end));
  return nodes;
}

function link([found, address, mail]) {
  if (address) return anchor(address, found);
  if (mail) return anchor(`mailto:${mail}`, found);
  return build("button", { type: "button", class: "command", "data-command": found }, found);
}
