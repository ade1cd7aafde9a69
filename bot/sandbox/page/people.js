// Who is there: the bot, the applicants and the staff.

import { readOverview, readTopics } from "./api.js";

const COLOURS = 7;

export class People {
  #everyone = new Map();

  bot = { id: 0, first_name: "Bot", username: "" };
  staffChat = null;
  topics = [];

  async load() {
    const overview = await readOverview();
    this.bot = overview.bot;
    this.staffChat = overview.staff_chat;
    await this.loadTopics();
    this.#everyone = new Map(overview.people.map((person) => [person.id, person]));
  }

  async loadTopics() {
    this.topics = await readTopics(this.staffChat);
  }

  get applicants() {
    return [...this.#everyone.values()].filter((person) => !person.is_staff);
  }

  get staff() {
    return [...this.#everyone.values()].filter((person) => person.is_staff);
  }

  find(id) {
    return this.#everyone.get(id) ?? null;
  }

  nameOf(id) {
    const person = id === this.bot.id ? this.bot : this.#everyone.get(id);
    return person ? fullName(person) : `Person ${id}`;
  }

  freeId() {
    const id = 100_000_000 + Math.floor(Math.random() * 900_000_000);
    return this.#everyone.has(id) ? this.freeId() : id;
  }
}

export function fullName({ first_name: first, last_name: last }) {
  return [first, last].filter(Boolean).join(" ");
}

/** Fill a round picture with the initials and one of the colours. */
export function dressAvatar(avatar, id, name) {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  avatar.textContent = ends.map((word) => [...word][0]).join("").toUpperCase();
  avatar.dataset.colour = colourOf(id);
}

export const colourOf = (id) => String(Math.abs(id) % COLOURS);

/** Fill a select with people, keeping the choice where it still exists. */
export function offerPeople(select, people, chosen) {
  const options = people.map((person) => new Option(fullName(person), person.id, false, person.id === chosen));
  select.replaceChildren(...options);
  select.disabled = people.length === 0;
}
