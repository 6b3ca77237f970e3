/** Messages with Telegram's few tags, built as nodes: an unknown tag is shown as the text it is. */

import { el } from "./dom.js";

const TAGS = new Set(["b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler"]);
const TOKEN = /<(\/?)([a-z-]+)((?:\s+[a-z-]+="[^"]*")*)\s*>|([^<]+|<)/g;
const REFERENCES = { lt: "<", gt: ">", amp: "&", quot: '"', "#x27": "'", "#39": "'" };
const LINK = /(?:https?:\/\/|t\.me\/)[^\s<>"«»]+[^\s<>"«».,;:!?)]/g;

const plain = (text) => text.replace(
  /&(lt|gt|amp|quot|#x27|#39);/g,
  (_, name) => REFERENCES[name],
);

/** Fill a node with a message; `openLink(url, event)` follows a link that is tapped. */
export function fillRich(target, html, openLink) {
  const open = [target];
  const names = [""];
  for (const [whole, closing, name, attributes, text] of html.matchAll(TOKEN)) {
    const top = open[open.length - 1];
    if (text !== undefined) {
      const inLink = names.includes("a") || names.includes("code") || names.includes("pre");
      if (inLink) top.append(plain(text));
      else appendLinked(top, plain(text), openLink);
    } else if (!TAGS.has(name) || (closing && names[names.length - 1] !== name)) {
      top.append(whole);
    } else if (closing) {
      open.pop();
      names.pop();
    } else {
      const child = start(name, attributes, openLink);
      top.append(child);
      open.push(child);
      names.push(name);
    }
  }
}

/** Whether a link is one that a Telegram client opens itself. */
export const isTelegramLink = (url) => /^(?:https?:\/\/)?t\.me\//.test(url);

function start(name, attributes, openLink) {
  if (name === "a") {
    const url = plain(/href="([^"]*)"/.exec(attributes)?.[1] ?? "");
    return link(url, openLink);
  }
  if (name === "tg-spoiler") return el("span", { class: "spoiler", tabindex: "0" });
  return el(name);
}

function appendLinked(target, text, openLink) {
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    target.append(text.slice(from, match.index));
    const node = link(match[0], openLink);
    node.append(match[0]);
    target.append(node);
    from = match.index + match[0].length;
  }
  target.append(text.slice(from));
}

function link(url, openLink) {
  const full = url.includes("://") ? url : `https://${url}`;
  // Only the web: a link of another kind (javascript:, data:) leads nowhere.
  const safe = /^https?:\/\//.test(full) ? full : "#";
  return el("a", {
    href: safe,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      if (safe !== "#" && !isTelegramLink(url)) return;
      event.preventDefault();
      if (safe !== "#") openLink(url);
    },
  });
}
