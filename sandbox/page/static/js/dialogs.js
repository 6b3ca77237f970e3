/** Modal windows: a sheet from the side, a small choice. */

import { el, icon } from "./dom.js";

/** Open a window with a title; gives {dialog, body, close}. `kind`: "drawer" or "small". */
export function openDialog(title, kind, onClose = () => {}) {
  const body = el("div", { class: "dialog-body" });
  const heading = el("h2", { class: "dialog-title", id: `dialog-${Date.now()}` }, title);
  const dialog = el(
    "dialog",
    { class: `dialog dialog-${kind}`, "aria-labelledby": heading.id },
    el("div", { class: "dialog-head" }, heading, closeButton(() => dialog.close())),
    body,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  // A press on the veil around the window closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, body, heading, close: () => dialog.close() };
}

/** Ask to choose one of [{label, note, value}]; gives the value, or undefined. */
export function choose(title, options) {
  return new Promise((resolve) => {
    const { body, close } = openDialog(title, "small", () => resolve(undefined));
    for (const option of options) {
      const pick = () => {
        resolve(option.value);
        close();
      };
      const note = option.note ? el("small", {}, option.note) : null;
      body.append(el(
        "button",
        { class: "choice", type: "button", onclick: pick },
        option.label,
        note,
      ));
    }
  });
}

function closeButton(onclick) {
  return el(
    "button",
    { class: "icon-button", type: "button", "aria-label": "Закрыть", onclick },
    icon("close"),
  );
}

/** A labelled control of a form. */
export function field(label, control, hint = null) {
  const note = hint ? el("small", {}, hint) : null;
  return el("label", { class: "field" }, el("span", {}, label), control, note);
}

/** A list to choose from: [[value, text], …] or [text, …]. */
export function select(name, options, chosen = "") {
  const node = el("select", { name });
  for (const option of options) {
    const [value, text] = Array.isArray(option) ? option : [option, option || "—"];
    node.append(el(
      "option",
      { value: String(value), selected: String(value) === String(chosen) },
      text,
    ));
  }
  return node;
}
