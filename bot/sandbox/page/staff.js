// The staff group: a forum whose topics are shown one at a time.

import * as api from "./api.js";
import { recall, remember } from "./address.js";
import { Chat } from "./chat.js";
import { confirm } from "./dialogs.js";
import { build } from "./dom.js";
import { offerPeople } from "./people.js";
import { Topics } from "./topics.js";

export class Staff {
  #people;
  #conversations;
  #select = document.querySelector("#staff-select");
  #writer = recall("staff");
  #thread = recall("topic");
  #followed = null;
  #topics;
  chat;

  constructor({ people, live, conversations }) {
    this.#people = people;
    this.#conversations = conversations;
    this.#topics = new Topics(document.querySelector(".topics"), (thread) => this.#open(thread));
    this.chat = new Chat(document.querySelector(".group .chat-slot"), {
      prefix: "staff",
      label: { log: "Messages of the staff group", composer: "Message to the staff group" },
      isGroup: true, people, live, menu: () => this.#menu(), empty: build("p", { class: "welcome" }, "No messages in this topic yet."),
    });
    document.querySelector(".group").addEventListener("click", (event) => this.#followLink(event));
    this.#select.addEventListener("change", () => this.#writeAs(Number(this.#select.value)));
  }

  async refresh() {
    const { staff, staffChat } = this.#people;
    if (!staff.some(({ id }) => id === this.#writer)) this.#writer = staff[0]?.id ?? null;
    offerPeople(this.#select, staff, this.#writer);
    document.querySelector(".topics-size").textContent = staff.length === 1 ? "1 member" : `${staff.length} members`;
    this.#follow(this.#conversations.get(staffChat));
    await this.#open(this.#thread);
  }

  #follow(conversation) {
    if (conversation === this.#followed) return;
    this.#followed = conversation;
    conversation.addEventListener("put", ({ detail }) => this.#received(detail));
    conversation.addEventListener("remove", () => this.showTopics());
  }

  #received({ message, isNew }) {
    if (isNew && threadOf(message) !== this.#thread && message.from !== this.#writer) this.#topics.countUnread(threadOf(message));
    this.showTopics();
  }

  showTopics() {
    this.#topics.show(this.#followed, this.#thread, this.#people.topics);
    this.#showHeading();
  }

  #showHeading() {
    const title = this.#topics.nameOf(this.#thread);
    this.chat.setHeading(this.#thread ?? 0, title, this.#status());
    this.chat.offerMenu(this.#thread !== null);
  }

  #status() {
    if (this.#thread === null) return "the whole team";
    return this.#topics.isClosed(this.#thread) ? "closed topic" : "topic";
  }

  #writeAs(id) {
    this.#writer = id;
    remember("staff", id);
    return this.#open(this.#thread);
  }

  async #open(thread) {
    this.#thread = thread;
    remember("topic", thread);
    this.#topics.clearUnread(thread);
    this.showTopics();
    const accepts = (message) => threadOf(message) === thread;
    await this.chat.show({ conversation: this.#followed, writer: this.#writer, thread, accepts });
    if (thread !== null && thread === this.#thread && !this.#followed.messages.some(accepts)) await this.#open(null);
  }

  /** A link to a topic of this group leads there, as in any Telegram client. */
  #followLink(event) {
    const link = event.target.closest("a")?.href.match(/^https:\/\/t\.me\/c\/(\d+)\/(\d+)$/);
    if (!link || `-100${link[1]}` !== String(this.#people.staffChat)) return;
    event.preventDefault();
    this.#open(Number(link[2]));
  }

  #menu() {
    return [{ icon: "trash", label: "Delete this topic", run: () => this.#deleteTopic() }];
  }

  async #deleteTopic() {
    const thread = this.#thread;
    if (!(await confirm(`Delete the topic “${this.#topics.nameOf(thread)}” and all its messages?`, "Delete"))) return;
    const isDeleted = await this.chat.perform(async () => {
      await api.deleteTopic(this.#followed.chat, { from: this.#writer, thread });
      await this.#followed.catchUp();
    });
    if (isDeleted) await this.#open(null);
  }
}

const threadOf = (message) => message.thread ?? null;
