/** The row of phones: one place for each role, people of one role share it with a switch. */

import { act, get, post } from "./api.js";
import { tell } from "./bus.js";
import { choose } from "./dialogs.js";
import { el, narrow, toggle } from "./dom.js";
import { Phone } from "./phone.js";

/** Grammar of the switch's offers: «Открыть на телефоне Ольги». */
const ENDINGS = [
  [/([кгхжшщчц])а$/, "$1и"],
  [/ия$/, "ии"],
  [/я$/, "и"],
  [/а$/, "ы"],
  [/[йь]$/, "я"],
  [/([бвгджзклмнпрстфхцчшщ])$/, "$1а"],
];

function genitive(name) {
  const [pattern, ending] = ENDINGS.find(([one]) => one.test(name)) ?? [/$/, ""];
  return name.replace(pattern, ending);
}

const POINTED_MS = 1300;

export class Phones {
  constructor(root, people, isInView) {
    this.people = people;
    this.isInView = isInView;
    this.versions = new Map();
    this.phones = new Map(people.map((person) => [person.user_id, new Phone(person, this)]));
    this.slots = this.makeSlots();
    this.chosen = this.slots[0];
    this.switcher = el("div", { class: "people", role: "tablist", "aria-label": "Чей телефон" });
    this.row = el("div", { class: "phone-row" }, this.slots.map((slot) => slot.node));
    root.append(this.switcher, this.row);
    this.drawSwitcher();
    narrow.addEventListener("change", () => this.refreshView());
    this.refreshView();
  }

  /** Take what has changed; `versions` are those of the server. */
  async update(versions) {
    const changed = this.people.filter((one) => this.versions.get(one.user_id) !== versions[one.user_id]);
    await Promise.all(changed.map((person) => this.load(
      person.user_id,
      versions[person.user_id],
    )));
    if (changed.length) this.drawBadges();
  }

  async load(userId, version) {
    const phone = this.phones.get(userId);
    const screen = await get(`/api/phones/${userId}?limit=${phone.limit}`);
    this.versions.set(userId, version);
    phone.show(screen);
  }

  /** Bring a person's phone into view. */
  reveal(userId) {
    const slot = this.slots.find((one) => one.people.some((person) => person.user_id === userId));
    if (!slot) return;
    slot.person = slot.people.find((person) => person.user_id === userId);
    this.chosen = slot;
    this.refreshView();
    if (!narrow.matches) slot.node.scrollIntoView({ behavior: "smooth", block: "nearest" });
    slot.node.classList.add("is-pointed");
    setTimeout(() => slot.node.classList.remove("is-pointed"), POINTED_MS);
  }

  /** Whether a person looks at this phone now. */
  isSeen(userId) {
    const slot = this.slots.find((one) => one.person.user_id === userId);
    return Boolean(slot) && this.isInView() && (!narrow.matches || slot === this.chosen);
  }

  /** A link of the bot was tapped: on whose phone shall it open? */
  async follow(url, from) {
    const others = this.people.filter((person) => person !== from);
    const order = [
      ...others.filter((one) => /касс/i.test(one.role)),
      ...others.filter((one) => !/касс/i.test(one.role)),
      from,
    ];
    const options = order.map((person) => ({
      label: person === from ? "Открыть здесь же" : `Открыть на телефоне ${genitive(person.name)}`,
      note: person === from ? person.name : person.role.toLowerCase(),
      value: person,
    }));
    const person = await choose("Ссылка на бота", options);
    if (person) await this.open(person.user_id, url);
  }

  /** Open a link on a phone. */
  async open(userId, url) {
    this.reveal(userId);
    const done = await act(() => post(`/api/phones/${userId}/open`, { url }));
    if (done) tell("opened", { person: this.phones.get(userId).person, url });
    return done;
  }

  /** The first person with such a role. */
  byRole(pattern) {
    return this.people.find((person) => pattern.test(person.role));
  }

  /** How many messages nobody has looked at. */
  get unread() {
    return [...this.phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
  }

  refreshView() {
    for (const slot of this.slots) {
      slot.node.classList.toggle("is-chosen", slot === this.chosen);
      for (const person of slot.people) toggle(
        this.phones.get(person.user_id).node,
        person === slot.person,
      );
      for (const [person, button] of slot.buttons) button.setAttribute(
        "aria-pressed",
        String(person === slot.person),
      );
    }
    for (const person of this.people) this.phones.get(person.user_id).lookAt();
    this.drawBadges();
  }

  makeSlots() {
    const roles = [...new Set(this.people.map((person) => person.role))];
    return roles.map((role) => {
      const people = this.people.filter((person) => person.role === role);
      const slot = { role, people, person: people[0], buttons: new Map(), node: null };
      const names = people.map((person) => this.nameOf(slot, person));
      slot.node = el(
        "article",
        { class: "slot", "aria-label": `Телефон: ${role.toLowerCase()}` },
        el(
          "div",
          { class: "slot-head" },
          names,
          people.length < 3 ? el("span", { class: "slot-role" }, role) : null,
        ),
        people.map((person) => this.phones.get(person.user_id).node),
      );
      return slot;
    });
  }

  nameOf(slot, person) {
    const badge = el("i", { class: "badge", hidden: true });
    person.badges = [badge];
    if (slot.people.length === 1) {
      return el(
        "span",
        { class: "slot-name" },
        avatar(person),
        person.name,
        badge,
      );
    }
    const pick = () => this.reveal(person.user_id);
    const button = el(
      "button",
      { class: "slot-name slot-pick", type: "button", onclick: pick },
      avatar(person),
      person.name,
      badge,
    );
    slot.buttons.set(person, button);
    return button;
  }

  drawSwitcher() {
    for (const person of this.people) {
      const badge = el("i", { class: "badge", hidden: true });
      person.badges.push(badge);
      const pick = () => this.reveal(person.user_id);
      person.tab = el(
        "button",
        { class: "person", type: "button", role: "tab", onclick: pick },
        avatar(person),
        el("span", {}, person.name),
        el("small", {}, person.role),
        badge,
      );
      this.switcher.append(person.tab);
    }
  }

  drawBadges() {
    for (const person of this.people) {
      const count = this.phones.get(person.user_id).unread;
      for (const badge of person.badges) {
        badge.textContent = String(count);
        badge.setAttribute("aria-label", `непрочитанных: ${count}`);
        toggle(badge, count > 0);
      }
      const isShown = this.chosen.person === person;
      person.tab.setAttribute("aria-selected", String(isShown));
    }
    this.onUnread?.(this.unread);
  }
}

/** A circle with the first letter, coloured by the name. */
export function avatar(person) {
  const tone = [...person.name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  return el("span", { class: `avatar avatar-${tone}`, "aria-hidden": "true" }, person.name[0]);
}
