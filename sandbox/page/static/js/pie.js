/** A pie: parts of a whole as slices, each with its name and share in the legend. */

import { legend, svg, text, titled } from "./svg.js";

// The accents of the spreadsheet's theme.
const COLOURS = ["#4285f4", "#ea4335", "#fbbc04", "#34a853", "#ff6d01", "#46bdc6"];
const LABEL_SHARE = 0.06;
const percent = new Intl.NumberFormat("ru", { style: "percent", maximumFractionDigits: 1 });

/** Draw the slices of the one series into a box; what is below zero has no slice. */
export function pie(root, chart, box) {
  const [series] = chart.series;
  if (!series) return;
  const values = series.values.map((value) => Math.max(value ?? 0, 0));
  const whole = values.reduce((sum, value) => sum + value, 0);
  if (!whole) return;
  const color = (index) => COLOURS[index % COLOURS.length];
  const entries = chart.names.map((name, index) => ({
    name: `${name} ${percent.format(values[index] / whole)}`,
    color: color(index),
  }));
  const left = legend(root, entries, box, chart.legend === "LABELED_LEGEND" ? "RIGHT_LEGEND" : chart.legend);
  const radius = Math.max(Math.min(left.right - left.left, left.bottom - left.top) / 2 - 4, 10);
  const middle = { x: (left.left + left.right) / 2, y: (left.top + left.bottom) / 2 };
  let turned = 0;
  values.forEach((value, index) => {
    const part = value / whole;
    if (!part) return;
    const path = svg("path", { d: slice(middle, radius, chart.hole, turned, part), fill: color(index), stroke: "#fff" });
    root.append(titled(path, chart, series, index));
    if (part >= LABEL_SHARE) {
      const at = point(middle, radius * (chart.hole ? (1 + chart.hole) / 2 : 0.65), turned + part / 2);
      root.append(text(at.x, at.y + 4, percent.format(part), { "text-anchor": "middle", class: "chart-part" }));
    }
    turned += part;
  });
}

function slice(middle, radius, hole, from, part) {
  // A whole turn ends where it began: an arc needs a hair less.
  const to = from + Math.min(part, 0.99999);
  const large = part > 0.5 ? 1 : 0;
  const [a, b] = [point(middle, radius, from), point(middle, radius, to)];
  const outer = `M${a.x} ${a.y}A${radius} ${radius} 0 ${large} 1 ${b.x} ${b.y}`;
  if (!hole) return `${outer}L${middle.x} ${middle.y}Z`;
  const inner = radius * hole;
  const [c, d] = [point(middle, inner, to), point(middle, inner, from)];
  return `${outer}L${c.x} ${c.y}A${inner} ${inner} 0 ${large} 0 ${d.x} ${d.y}Z`;
}

function point(middle, radius, turn) {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return { x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) };
}
