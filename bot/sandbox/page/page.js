// The page as a whole: an applicant's phone beside the staff group, both kept live by one line.

import { Applicant } from "./applicant.js";
import { showConnection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { showCount } from "./dom.js";
import { Live } from "./live.js";
import { People } from "./people.js";
import { Staff } from "./staff.js";

class Conversations {
  #byChat = new Map();

  get(chat) {
    if (!this.#byChat.has(chat)) this.#byChat.set(chat, new Conversation(chat));
    return this.#byChat.get(chat);
  }
}

const people = new People();
const live = new Live();
const conversations = new Conversations();
const applicant = new Applicant({ people, live, conversations });
const staff = new Staff({ people, live, conversations });
let hiddenUnread = 0;

async function refresh() {
  await people.load();
  await Promise.all([applicant.refresh(), staff.refresh()]);
}

/** The chats that now show this conversation. */
function chatsShowing(chat) {
  return [[applicant.chatId, applicant.chat], [people.staffChat, staff.chat]].filter(([id]) => id === chat).map(([, shown]) => shown);
}

/** A push carries its message beside its kind or as a part of its own. */
function messageOf({ kind, message, ...fields }) {
  return message ?? fields;
}

/** A line of the group's own may tell of a new, renamed or closed topic. */
async function refreshTopics() {
  await people.loadTopics();
  staff.showTopics();
}

const pushed = {
  message({ chat, ...rest }) {
    const message = messageOf(rest);
    conversations.get(chat).receive(message, { live: true });
    countHidden(chat, message);
    if (chat === people.staffChat && message.service) refreshTopics();
  },
  changed: ({ chat, ...rest }) => conversations.get(chat).receive(messageOf(rest)),
  deleted: ({ chat, message_id: id, message }) => conversations.get(chat).remove(id ?? message.message_id),
  typing: ({ chat, action }) => chatsShowing(chat).forEach((each) => each.showTyping(action)),
  callback_answer: ({ chat, ...answer }) => chatsShowing(chat).forEach((each) => each.answerTap(answer)),
  people: () => refresh(),
};

/** On a narrow screen the staff side is out of sight: its news show as a count on the switch. */
function countHidden(chat, message) {
  const isShown = document.querySelector("main").dataset.shown === "staff";
  if (chat !== people.staffChat || isShown || !message.is_bot) return;
  hiddenUnread += 1;
  showCount(document.querySelector(".pane-switch .badge"), hiddenUnread);
}

function switchPane(button) {
  const { pane } = button.dataset;
  document.querySelector("main").dataset.shown = pane;
  for (const each of button.parentElement.children) each.setAttribute("aria-pressed", String(each === button));
  if (pane === "staff") hiddenUnread = 0;
  showCount(document.querySelector(".pane-switch .badge"), hiddenUnread);
}

for (const button of document.querySelectorAll(".pane-switch button")) button.addEventListener("click", () => switchPane(button));

showConnection(live);
live.addEventListener("open", () => refresh().catch((problem) => applicant.chat.toast(problem.message, "problem")));
live.addEventListener("push", ({ detail }) => pushed[detail.kind]?.(detail));
live.connect();
