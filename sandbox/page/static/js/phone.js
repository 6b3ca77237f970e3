/** One person's phone: the chat with the bot, the keyboard under it, the line to type in. */

import { act, post, postFile } from "./api.js";
import { tell } from "./bus.js";
import { Composer } from "./composer.js";
import { dayOf, el, icon, isoDayOf, reconcile, toggle } from "./dom.js";
import { messageNode } from "./messages.js";

const NEAR_END_PX = 60;
const SPINNER_MS = 15000;
const TOAST_MS = 4200;
const MORE = 100;

export class Phone {
  constructor(person, phones) {
    this.person = person;
    this.phones = phones;
    this.limit = 60;
    this.nodes = new Map();
    this.pending = new Map();
    this.lastSeen = null;
    this.lastId = 0;
    this.toasts = null;
    this.unread = 0;
    this.screen = null;
    this.build();
  }

  /** Take the screen as the server has it. */
  show(screen) {
    const isFirst = this.screen === null;
    const wasAtEnd = isFirst || this.isAtEnd();
    const before = this.lastId;
    this.screen = screen;
    this.drawMessages(screen.messages, isFirst);
    this.composer.show(screen);
    this.drawToasts(screen);
    this.lastId = screen.messages.at(-1)?.message_id ?? 0;
    if (isFirst) this.lastSeen = this.lastId;
    const news = screen.messages.filter((one) => one.message_id > before);
    if (!isFirst) {
      for (const one of news.filter((message) => !message.mine)) tell(
        "received",
        { person: this.person, text: one.text },
      );
    }
    if (wasAtEnd || news.some((one) => one.mine)) this.toEnd();
    this.count();
  }

  /** The phone may have come into view. */
  lookAt() {
    if (this.node.hidden) return;
    if (this.wantsEnd) this.toEnd();
    this.count();
  }

  /** The latest messages' inline buttons that fit a pattern, newest first. */
  buttons(pattern) {
    const found = [];
    for (const message of [...(this.screen?.messages ?? [])].reverse()) {
      for (const button of message.buttons.flat()) {
        if (pattern.test(button.label)) found.push({ message, button });
      }
    }
    return found;
  }

  async say(text) {
    const done = await act(() => post(`/api/phones/${this.person.user_id}/say`, { text }));
    if (done) tell("said", { person: this.person, text });
    return Boolean(done);
  }

  async press(message, button) {
    if (button.url && !button.data) {
      await this.followButton(button.url);
      return;
    }
    const key = `${message.message_id}:${button.data}`;
    if (this.pending.has(key)) return;
    this.setPending(key, "?");
    const body = { message_id: message.message_id, label: button.label, data: button.data };
    const done = await act(() => post(`/api/phones/${this.person.user_id}/press`, body));
    if (done) {
      this.setPending(key, done.query_id);
      tell("pressed", { person: this.person, label: button.label });
    } else this.clearPending(key);
  }

  async sendFile(file) {
    const path = `/api/phones/${this.person.user_id}/file?name=${encodeURIComponent(file.name)}`;
    const done = await act(() => postFile(path, file));
    if (done) tell("filed", { person: this.person, name: file.name });
  }

  async start() {
    if (await act(() => post(`/api/phones/${this.person.user_id}/start`))) tell(
      "said",
      { person: this.person, text: "/start" },
    );
  }

  build() {
    const { name, role } = this.person;
    this.chat = el(
      "div",
      {
        class: "chat",
        role: "log",
        tabindex: "0",
        "aria-label": `Переписка: ${name}`,
        onscroll: () => this.count(),
      },
    );
    this.down = el(
      "button",
      {
        class: "chat-down",
        type: "button",
        hidden: true,
        "aria-label": "К последнему сообщению",
        onclick: () => this.toEnd(true),
      },
      icon("down"),
      el("i", { class: "badge", hidden: true }),
    );
    this.toastBox = el("div", { class: "toast", role: "status", hidden: true });
    this.composer = new Composer(this);
    this.node = el(
      "div",
      { class: "phone", "aria-label": `${name}, ${role.toLowerCase()}`, role: "group" },
      el(
        "div",
        { class: "chat-head" },
        el("img", { src: "/static/coin.svg", alt: "", width: "34", height: "34" }),
        el("div", {}, el("b", {}, "Копейка"), el("small", {}, "бот компании")),
      ),
      el("div", { class: "chat-area" }, this.chat, this.down, this.toastBox),
      this.composer.node,
    );
    this.acceptDrops();
  }

  drawMessages(messages, isFirst) {
    const keep = new Map();
    const parts = [];
    if (this.screen.earlier > 0) parts.push(this.earlierButton());
    let lastDay = "";
    for (const message of messages) {
      const day = isoDayOf(message.date);
      if (day !== lastDay) {
        parts.push(el(
          "p",
          { class: "chat-day" },
          el("span", {}, dayOf(message.date)),
        ));
      }
      lastDay = day;
      const known = this.nodes.get(message.message_id);
      const signature = JSON.stringify(message);
      const node = known?.signature === signature ? known.node : this.drawMessage(message, messages);
      if (!known && !isFirst) lightUp(node, "is-new");
      if (known && known.signature !== signature) lightUp(node, "is-changed");
      keep.set(message.message_id, { signature, node });
      parts.push(node);
    }
    if (!messages.length) parts.push(this.emptyNode());
    this.nodes = keep;
    reconcile(this.chat, parts);
  }

  drawMessage(message, messages) {
    return messageNode(message, {
      replied: messages.find((one) => one.message_id === message.reply_to),
      filePath: `/api/phones/${this.person.user_id}/files/${message.message_id}`,
      openLink: (url) => this.phones.follow(url, this.person),
      press: (button) => this.press(message, button),
      isPending: (button) => this.pending.has(`${message.message_id}:${button.data}`),
    });
  }

  earlierButton() {
    const load = () => {
      this.limit += MORE;
      this.phones.load(this.person.user_id, this.phones.versions.get(this.person.user_id));
    };
    return el(
      "button",
      { class: "chat-earlier", type: "button", onclick: load },
      `Показать ещё (${this.screen.earlier})`,
    );
  }

  emptyNode() {
    return el("p", { class: "chat-empty" }, "Здесь появятся сообщения бота");
  }

  drawToasts(screen) {
    for (const toast of screen.toasts) {
      for (const [key, value] of this.pending) if (value === toast.query_id) this.clearPending(key);
    }
    const fresh = this.toasts === null ? 0 : screen.toasts_total - this.toasts;
    this.toasts = screen.toasts_total;
    if (fresh <= 0) return;
    for (const toast of screen.toasts.slice(-fresh)) if (toast.text) this.toast(toast);
  }

  toast({ text, alert }) {
    tell("toast", { person: this.person, text });
    clearTimeout(this.toastTimer);
    const close = () => toggle(this.toastBox, false);
    this.toastBox.className = alert ? "toast toast-alert" : "toast";
    this.toastBox.setAttribute("role", alert ? "alertdialog" : "status");
    this.toastBox.replaceChildren(el("p", {}, text));
    toggle(this.toastBox, true);
    if (!alert) {
      this.toastTimer = setTimeout(close, TOAST_MS);
      return;
    }
    const ok = el("button", { type: "button", onclick: close }, "Понятно");
    this.toastBox.append(ok);
    if (this.phones.isSeen(this.person.user_id)) ok.focus({ preventScroll: true });
  }

  setPending(key, queryId) {
    this.pending.set(key, queryId);
    setTimeout(() => this.clearPending(key), SPINNER_MS);
    this.drawPending(key, true);
  }

  clearPending(key) {
    if (this.pending.delete(key)) this.drawPending(key, false);
  }

  drawPending(key, isOn) {
    const [id] = key.split(":");
    const data = key.slice(id.length + 1);
    for (const button of this.nodes.get(Number(id))?.node.querySelectorAll("[data-callback]") ?? []) {
      if (button.dataset.callback === data) button.classList.toggle("is-waiting", isOn);
    }
  }

  async followButton(url) {
    if (/^(?:https?:\/\/)?t\.me\//.test(url)) await this.phones.follow(url, this.person);
    else window.open(url, "_blank", "noopener,noreferrer");
  }

  isAtEnd() {
    return this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR_END_PX;
  }

  toEnd(smooth = false) {
    this.wantsEnd = this.chat.clientHeight === 0;
    this.chat.scrollTo({ top: this.chat.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  count() {
    const atEnd = this.chat.clientHeight > 0 && this.isAtEnd();
    if (atEnd && this.phones.isSeen(this.person.user_id)) this.lastSeen = this.lastId;
    const waiting = (this.screen?.messages ?? []).filter((one) => !one.mine && one.message_id > this.lastSeen).length;
    const badge = this.down.querySelector(".badge");
    badge.textContent = String(waiting);
    toggle(badge, waiting > 0);
    toggle(this.down, this.chat.clientHeight > 0 && !atEnd);
    if (waiting !== this.unread) {
      this.unread = waiting;
      this.phones.drawBadges?.();
    }
  }

  acceptDrops() {
    const mark = (on) => (event) => {
      event.preventDefault();
      this.node.classList.toggle("is-target", on);
    };
    this.node.addEventListener("dragover", mark(true));
    this.node.addEventListener("dragleave", mark(false));
    this.node.addEventListener("drop", (event) => {
      mark(false)(event);
      for (const file of event.dataTransfer.files) this.sendFile(file);
    });
  }
}

/** Let an animation run once: a node that is moved later would run it again. */
function lightUp(node, name) {
  node.classList.add(name);
  node.addEventListener("animationend", () => node.classList.remove(name), { once: true });
}
