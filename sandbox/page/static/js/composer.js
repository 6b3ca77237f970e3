/** The lower part of a phone: the bot's keyboard, the line to type in, the clip for a file. */

import { el, icon, toggle } from "./dom.js";

const LINES_MAX_PX = 110;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.keyboard = "[]";
    this.build();
  }

  /** Take keyboard and placeholder; before Start there is only the button. */
  show(screen) {
    toggle(this.startButton, !screen.started || screen.blocked);
    toggle(this.form, screen.started && !screen.blocked);
    this.input.placeholder = screen.placeholder ?? "Сообщение";
    const keyboard = JSON.stringify(screen.started ? screen.keyboard : []);
    if (keyboard === this.keyboard) return;
    this.keyboard = keyboard;
    this.keys.replaceChildren(...screen.keyboard.map((row) => this.row(row)));
    toggle(this.keysToggle, screen.keyboard.length > 0);
    this.showKeys(screen.keyboard.length > 0);
  }

  build() {
    const name = this.phone.person.name;
    this.keys = el(
      "div",
      { class: "keys", role: "group", "aria-label": `Кнопки бота: ${name}`, hidden: true },
    );
    this.input = el(
      "textarea",
      {
        rows: "1",
        maxlength: "4096",
        placeholder: "Сообщение",
        "aria-label": `Сообщение от имени: ${name}`,
        oninput: () => this.grow(),
        onkeydown: (event) => this.onKey(event),
      },
    );
    this.file = el("input", { type: "file", hidden: true, onchange: () => this.attach() });
    const clip = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Прикрепить файл",
        onclick: () => this.file.click(),
      },
      icon("clip"),
    );
    this.keysToggle = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Кнопки бота",
        "aria-expanded": "false",
        hidden: true,
        onclick: () => this.showKeys(this.keys.hidden),
      },
      icon("keys"),
    );
    const send = el(
      "button",
      { class: "icon-button send", type: "submit", "aria-label": "Отправить" },
      icon("send"),
    );
    this.form = el(
      "form",
      { class: "composer", onsubmit: (event) => this.submit(event), hidden: true },
      clip,
      this.file,
      this.input,
      this.keysToggle,
      send,
    );
    this.startButton = el(
      "button",
      { class: "start", type: "button", hidden: true, onclick: () => this.phone.start() },
      "Старт",
    );
    this.node = el("div", { class: "composer-box" }, this.form, this.keys, this.startButton);
  }

  row(labels) {
    const press = (label) => () => this.phone.say(label);
    return el(
      "div",
      { class: "key-row" },
      labels.map((label) => el(
        "button",
        { class: "key", type: "button", onclick: press(label) },
        label,
      )),
    );
  }

  showKeys(shown) {
    toggle(this.keys, shown);
    this.keysToggle.setAttribute("aria-expanded", String(shown));
    this.phone.toEnd();
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    // What was refused goes back into the line.
    if (!(await this.phone.say(text)) && !this.input.value) this.input.value = text;
  }

  attach() {
    for (const file of this.file.files) this.phone.sendFile(file);
    this.file.value = "";
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, LINES_MAX_PX)}px`;
  }
}
