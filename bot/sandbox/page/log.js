// The scrolling list of bubbles: their order, the days between them, and where the reader is.

import { build } from "./dom.js";
import { dayKey, dayName, moment } from "./dates.js";

const NEAR_END = 40;
const SAME_GROUP = 10 * 60;

export class MessageLog extends EventTarget {
  #frame;
  #list = build("div", { class: "log-list" });
  #drawn = new Map();
  #times = new Map();
  #atEnd = true;
  #lastTop = 0;
  unread = 0;

  constructor(frame) {
    super();
    this.#frame = frame;
    frame.append(this.#list);
    frame.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    frame.addEventListener("keydown", (event) => this.#walk(event));
    // Pictures, keyboards and the window change heights: whoever reads the end stays at the end.
    const keeper = new ResizeObserver(() => this.#atEnd && this.#jumpToEnd());
    keeper.observe(frame);
    keeper.observe(this.#list);
  }

  get isEmpty() {
    return this.#drawn.size === 0;
  }

  get isAtEnd() {
    return this.#atEnd;
  }

  clear() {
    this.#list.replaceChildren();
    this.#drawn.clear();
    this.#times.clear();
    this.scrollToEnd();
  }

  find(messageId) {
    return this.#drawn.get(messageId) ?? null;
  }

  /** Put a drawn message in its place, over its older drawing if there is one. */
  put(message, node) {
    const older = this.#drawn.get(message.message_id);
    this.#drawn.set(message.message_id, node);
    this.#times.set(node, moment(message.date).getTime() / 1000);
    if (older) this.#replace(older, node);
    else this.#insert(message, node);
    for (const each of [node.previousElementSibling, node, node.nextElementSibling]) this.#group(each);
  }

  remove(messageId) {
    const node = this.#drawn.get(messageId);
    if (!node) return;
    const { parentElement: day, previousElementSibling: before, nextElementSibling: after } = node;
    this.#drawn.delete(messageId);
    this.#times.delete(node);
    node.remove();
    if (!day.querySelector(".message")) day.remove();
    for (const each of [before, after]) this.#group(each);
  }

  countUnread() {
    this.unread += 1;
    this.#tell();
  }

  scrollToEnd() {
    this.#atEnd = true;
    this.#jumpToEnd();
    this.#scrolled();
  }

  /** Bring a message into view and light it up for a moment. */
  reveal(messageId) {
    const node = this.find(messageId);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.remove("lit");
    requestAnimationFrame(() => node.classList.add("lit"));
  }

  #insert(message, node) {
    const day = this.#day(moment(message.date));
    const later = [...day.children].reverse();
    const before = later.find((each) => each.dataset.messageId === undefined || Number(each.dataset.messageId) < message.message_id);
    before.after(node);
  }

  #replace(older, node) {
    const hadFocus = older.contains(document.activeElement);
    older.replaceWith(node);
    this.#times.delete(older);
    if (hadFocus) node.focus({ preventScroll: true });
  }

  #day(date) {
    const key = dayKey(date);
    const days = [...this.#list.children];
    const known = days.findLast((day) => day.dataset.day === key);
    if (known) return known;
    const day = build("section", { class: "day", "data-day": key, "data-time": date.getTime() }, build("h3", {}, dayName(date)));
    const later = days.find((each) => Number(each.dataset.time) > date.getTime());
    this.#list.insertBefore(day, later ?? null);
    return day;
  }

  /** Neighbours of one author within some minutes read as one group: a name on the first, a tail on the last. */
  #group(node) {
    if (!node?.classList.contains("message")) return;
    node.classList.toggle("first", !this.#belongTogether(node.previousElementSibling, node));
    node.classList.toggle("last", !this.#belongTogether(node, node.nextElementSibling));
  }

  #belongTogether(one, other) {
    if (!one?.dataset.author || one.dataset.author !== other?.dataset.author) return false;
    if (one.classList.contains("service") || other.classList.contains("service")) return false;
    return this.#times.get(other) - this.#times.get(one) < SAME_GROUP;
  }

  #jumpToEnd() {
    this.#frame.scrollTop = this.#frame.scrollHeight;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#frame;
    // Scroll events come a moment late: only a move upwards means that the reader left the end.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.#atEnd = true;
    else if (scrollTop < this.#lastTop) this.#atEnd = false;
    this.#lastTop = scrollTop;
    if (this.#atEnd) this.unread = 0;
    this.#tell();
  }

  #walk(event) {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.target.closest("input, textarea")) return;
    const nodes = [...this.#list.querySelectorAll(".message")];
    const place = nodes.indexOf(document.activeElement.closest(".message"));
    const next = event.key === "ArrowUp" ? (place < 0 ? nodes.length : place) - 1 : place + 1;
    if (place < 0 && event.key === "ArrowDown") return;
    event.preventDefault();
    nodes[next]?.focus();
  }

  #tell() {
    this.dispatchEvent(new Event("moved"));
  }
}
