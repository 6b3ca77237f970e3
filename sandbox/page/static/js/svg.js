/** Pieces of drawings: shapes, texts with their rough widths, legends, stacks. */

const SVG = "http://www.w3.org/2000/svg";
const LETTER_PX = 6.4;
const LEGEND_PX = 20;
const MARK_PX = 10;

/** A shape: svg("rect", {x: 1, fill: "#fff"}). */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A text at a place. */
export function text(x, y, words, attributes = {}) {
  const node = svg("text", { x, y, ...attributes });
  node.textContent = words;
  return node;
}

/** A shape that tells its name and number when it is pointed at. */
export function titled(node, chart, series, index) {
  const words = [chart.names[index], series.name].filter(Boolean).join(", ");
  const title = svg("title");
  title.textContent = `${words}: ${series.texts[index]}`;
  node.append(title);
  return node;
}

/** The words as far as they fit, and three dots. */
export function shorten(words, width, letter = LETTER_PX) {
  const most = Math.max(Math.floor(width / letter), 1);
  return words.length <= most ? words : `${words.slice(0, Math.max(most - 1, 1)).trimEnd()}…`;
}

/** Roughly the width of the longest of some words. */
export function widest(words) {
  return Math.max(0, ...words.map((one) => one.length)) * LETTER_PX;
}

/** Numbers as spans from and to; stacked ones stand on one another, above and below zero apart. */
export function arrange(chart, series) {
  if (chart.stacked === "NOT_STACKED") return series.map((one) => one.values.map((value) => value ?? 0));
  const whole = chart.names.map((_, index) => series.reduce((sum, one) => sum + Math.abs(one.values[index] ?? 0), 0));
  const up = chart.names.map(() => 0);
  const down = chart.names.map(() => 0);
  return series.map((one) => chart.names.map((_, index) => {
    const part = chart.stacked === "PERCENT_STACKED" ? whole[index] || 1 : 1;
    const value = (one.values[index] ?? 0) / part;
    const base = value < 0 ? down : up;
    base[index] += value;
    return [base[index] - value, base[index]];
  }));
}

/** Draw what the colours mean at the side asked for; gives the box that is left. */
export function legend(root, entries, box, where) {
  if (where === "NO_LEGEND" || !entries.length) return box;
  const wide = (entry) => entry.name.length * LETTER_PX + MARK_PX + 20;
  if (where === "RIGHT_LEGEND" || where === "LEFT_LEGEND") {
    const room = Math.min(Math.max(...entries.map(wide)), (box.right - box.left) * 0.4);
    const left = where === "LEFT_LEGEND" ? box.left : box.right - room;
    entries.forEach((entry, index) => mark(root, entry, left, box.top + 12 + index * LEGEND_PX, room));
    return where === "LEFT_LEGEND" ? { ...box, left: box.left + room + 8 } : { ...box, right: box.right - room - 8 };
  }
  const lines = [[]];
  for (const entry of entries) {
    const used = lines.at(-1).reduce((sum, one) => sum + wide(one), 0);
    if (lines.at(-1).length && used + wide(entry) > box.right - box.left) lines.push([]);
    lines.at(-1).push(entry);
  }
  const height = lines.length * LEGEND_PX;
  const top = where === "TOP_LEGEND" ? box.top : box.bottom - height;
  lines.forEach((line, row) => {
    const width = line.reduce((sum, one) => sum + wide(one), 0);
    let x = Math.max((box.left + box.right - width) / 2, box.left);
    for (const entry of line) {
      mark(root, entry, x, top + row * LEGEND_PX + 14, box.right - x);
      x += wide(entry);
    }
  });
  return where === "TOP_LEGEND" ? { ...box, top: box.top + height + 4 } : { ...box, bottom: box.bottom - height - 6 };
}

function mark(root, entry, x, y, room) {
  root.append(svg("rect", { x, y: y - 9, width: MARK_PX, height: MARK_PX, rx: 2, fill: entry.color }));
  root.append(text(x + MARK_PX + 5, y, shorten(entry.name, room - MARK_PX - 6)));
}
