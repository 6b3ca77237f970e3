/** Small helpers over the DOM. Text is only ever set as text: nothing here parses markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: el("button", {class: "x", onclick: f, disabled: true}, "text", child). */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A picture of the sprite; it says nothing to a screen reader, the button around it does. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Make the children of a node these, moving none that already stands in its place. */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}

/** Show or hide. */
export function toggle(node, shown) {
  node.hidden = !shown;
}

/** Set a text only when it differs, so that nothing is repainted or read aloud again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** "15000.50" as "15 000,50"; whole roubles without kopecks. */
export function money(text, { sign = false, kopecks = false } = {}) {
  const negative = text.startsWith("-");
  const [whole, part = "00"] = text.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  const cents = part.padEnd(2, "0");
  const tail = kopecks || cents !== "00" ? `,${cents}` : "";
  const mark = negative ? "−" : sign ? "+" : "";
  return `${mark}${grouped}${tail}`;
}

/** The same with the rouble sign. */
export function roubles(text, options) {
  return `${money(text, options)}\u00a0₽`;
}

const zone = { timeZone: "Europe/Moscow" };
const clock = new Intl.DateTimeFormat("ru", { ...zone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("ru", { ...zone, day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(
  "ru",
  { ...zone, weekday: "short", day: "numeric", month: "long", year: "numeric" },
);
const isoDay = new Intl.DateTimeFormat("sv", zone);

/** Unix seconds as "14:05". */
export const timeOf = (seconds) => clock.format(seconds * 1000);
/** Unix seconds as "2 марта". */
export const dayOf = (seconds) => day.format(seconds * 1000);
/** Unix seconds as "2026-03-02" in the business's zone. */
export const isoDayOf = (seconds) => isoDay.format(seconds * 1000);
/** "2026-03-02" as "2 марта". */
export const dayOfIso = (text) => day.format(new Date(`${text}T12:00:00+03:00`));
/** An instant with a zone as ["пн, 2 марта 2026", "14:05"]. */
export function momentOf(text) {
  const instant = new Date(text);
  return [full.format(instant).replace(/\s*г\.$/, ""), clock.format(instant)];
}

/** Whether the page is one column wide. */
export const narrow = window.matchMedia("(max-width: 860px)");

/** The right Russian form: plural(3, "сделка", "сделки", "сделок"). */
export function plural(count, one, few, many) {
  const [tens, units] = [count % 100, count % 10];
  if (tens > 10 && tens < 20) return many;
  if (units === 1) return one;
  return units > 1 && units < 5 ? few : many;
}
