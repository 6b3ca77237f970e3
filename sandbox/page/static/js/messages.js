/** One message as a bubble with its buttons. */

import { el, icon, timeOf } from "./dom.js";
import { fillRich } from "./richtext.js";

const QUOTE_CHARS = 60;
const STYLES = new Set(["success", "danger", "primary"]);

/**
 * The node of a message. `chat` gives what the bubble needs: `replied` (a message or undefined),
 * `filePath`, `openLink(url)`, `press(button)`, `isPending(button)`.
 */
export function messageNode(message, chat) {
  const bubble = el("div", { class: "bubble" });
  if (chat.replied) {
    bubble.append(el(
      "p",
      { class: "quote" },
      chat.replied.text.slice(0, QUOTE_CHARS),
    ));
  }
  if (message.document) bubble.append(fileRow(message, chat.filePath));
  if (message.text) {
    const text = el("div", { class: "bubble-text" });
    fillRich(text, message.html, chat.openLink);
    bubble.append(text);
  }
  const edited = message.edited ? "изменено " : "";
  bubble.append(el(
    "span",
    { class: "bubble-time" },
    `${edited}${timeOf(message.date)}`,
    message.mine ? icon("check") : null,
  ));
  const rows = message.buttons.map((row) => el(
    "div",
    { class: "button-row" },
    row.map((button) => buttonNode(button, chat)),
  ));
  return el(
    "div",
    {
      class: message.mine ? "message message-mine" : "message",
      dataset: { message: message.message_id },
    },
    bubble,
    rows.length ? el("div", { class: "buttons" }, rows) : null,
  );
}

function fileRow(message, path) {
  return el(
    "a",
    { class: "file", href: path, download: message.document },
    el("span", { class: "file-icon" }, icon("file")),
    el("span", { class: "file-name" }, message.document, el("small", {}, "скачать")),
  );
}

function buttonNode(button, chat) {
  const style = STYLES.has(button.style) ? ` inline-${button.style}` : "";
  const waiting = chat.isPending(button) ? " is-waiting" : "";
  return el(
    "button",
    {
      class: `inline${style}${waiting}`,
      type: "button",
      disabled: button.is_disabled,
      dataset: { callback: button.data ?? "" },
      onclick: () => chat.press(button),
    },
    el("span", {}, button.label),
    button.url ? icon("out") : null,
  );
}
