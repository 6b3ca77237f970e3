/** One chart of the spreadsheet as a drawing: columns, bars, lines, areas, points, pies. */

import { el } from "./dom.js";
import { axisOver, share, tickText } from "./scale.js";
import { pie } from "./pie.js";
import { arrange, legend, shorten, svg, text, titled, widest } from "./svg.js";

const TITLE_PX = 30;
const LABEL_PX = 18;
const EDGE_PX = 12;
const TICK_GAP_PX = 44;
const GROUP_SHARE = 0.7;
const NAMES_SHARE = 0.36;

/** The chart in a box of that size. */
export function chartNode(chart, { width, height, locale }) {
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": chart.title });
  const node = el("figure", { class: "chart" });
  node.append(root);
  if (!chart.kind) {
    node.append(el("figcaption", { class: "chart-none" }, `${chart.title || "График"}: такой вид графика здесь не рисуется`));
    return node;
  }
  if (chart.title) root.append(text(EDGE_PX, 22, shorten(chart.title, width - 2 * EDGE_PX, 8.2), { class: "chart-title" }));
  const box = { left: EDGE_PX, right: width - EDGE_PX, top: chart.title ? TITLE_PX + 6 : EDGE_PX, bottom: height - EDGE_PX };
  if (chart.kind === "PIE") pie(root, chart, box);
  else plot(root, chart, box, locale);
  return node;
}

function plot(root, chart, box, locale) {
  const named = chart.series.filter((one) => one.name);
  const area = legend(root, named.map((one) => ({ name: one.name, color: one.color })), box, chart.legend);
  if (chart.kind === "BAR") bars(root, chart, area, locale);
  else upright(root, chart, area, locale);
}

/** Columns, lines, areas: names along the foot, numbers on the left and, when asked, on the right. */
function upright(root, chart, box, locale) {
  const sides = [false, true].map((right) => side(chart, right, (box.bottom - box.top) / TICK_GAP_PX, locale));
  const [left, right] = sides;
  const titles = { left: chart.axes.LEFT_AXIS, right: chart.axes.RIGHT_AXIS };
  const plotBox = {
    left: box.left + (left ? left.room : 0) + (titles.left ? LABEL_PX : 0),
    right: box.right - (right ? right.room : 0) - (titles.right ? LABEL_PX : 0),
    top: box.top + 4,
    bottom: box.bottom - LABEL_PX - (chart.axes.BOTTOM_AXIS ? LABEL_PX : 0),
  };
  const y = (axis, value) => plotBox.bottom - share(axis, value) * (plotBox.bottom - plotBox.top);
  const main = left ?? right;
  for (const tick of main.axis.ticks) root.append(svg("line", {
    class: tick === 0 ? "chart-zero" : "chart-grid",
    x1: plotBox.left, x2: plotBox.right, y1: y(main.axis, tick), y2: y(main.axis, tick),
  }));
  if (left) left.axis.ticks.forEach((tick) => root.append(text(plotBox.left - 6, y(left.axis, tick) + 4, left.words(tick), { "text-anchor": "end" })));
  if (right) right.axis.ticks.forEach((tick) => root.append(text(plotBox.right + 6, y(right.axis, tick) + 4, right.words(tick))));
  sideTitle(root, titles.left, box.left + 10, plotBox);
  sideTitle(root, titles.right, box.right - 2, plotBox);
  const step = (plotBox.right - plotBox.left) / Math.max(chart.names.length, 1);
  const x = (index) => plotBox.left + step * (index + 0.5);
  footNames(root, chart.names, x, step, plotBox.bottom + 14);
  if (chart.axes.BOTTOM_AXIS) root.append(text((plotBox.left + plotBox.right) / 2, box.bottom, chart.axes.BOTTOM_AXIS, { "text-anchor": "middle" }));
  const at = (one) => (value) => y((one.right ? right : left).axis, value);
  columns(root, chart, { x, step, at });
  areas(root, chart, x, at);
  for (const one of chart.series) {
    if (one.kind === "LINE") line(root, chart, one, x, at(one));
    if (one.kind === "SCATTER") dots(root, chart, one, x, at(one));
  }
}

/** The axis of the series on one side, how much room its words take, or null when none stand there. */
function side(chart, right, count, locale) {
  const series = chart.series.filter((one) => one.right === right);
  if (!series.length) return null;
  const stacks = chart.stacked === "NOT_STACKED" ? [] : series.filter((one) => one.kind !== "LINE");
  const free = series.filter((one) => !stacks.includes(one)).flatMap((one) => one.values);
  const axis = axisOver([...free, ...arrange(chart, stacks).flat(2)], Math.max(2, Math.floor(count)));
  const words = tickText(locale, series.every((one) => one.percent) || chart.stacked === "PERCENT_STACKED");
  return { axis, words, room: widest(axis.ticks.map(words)) + 10 };
}

function sideTitle(root, words, x, box) {
  if (!words) return;
  const middle = (box.top + box.bottom) / 2;
  root.append(text(x, middle, words, { "text-anchor": "middle", transform: `rotate(-90 ${x} ${middle})` }));
}

/** Names under the columns: as many as fit, the others are skipped. */
function footNames(root, names, x, step, y) {
  const every = Math.max(1, Math.ceil((Math.min(widest(names), 90) + 8) / step));
  names.forEach((name, index) => {
    if (index % every === 0) root.append(text(x(index), y, shorten(name, step * every - 4), { "text-anchor": "middle" }));
  });
}

function columns(root, chart, { x, step, at }) {
  const series = chart.series.filter((one) => one.kind === "COLUMN");
  const stands = chart.stacked !== "NOT_STACKED";
  const width = (step * GROUP_SHARE) / (stands ? 1 : series.length || 1);
  const tops = arrange(chart, series);
  series.forEach((one, place) => one.values.forEach((value, index) => {
    if (value === null) return;
    const [from, to] = stands ? tops[place][index] : [0, value];
    const [low, high] = [at(one)(from), at(one)(to)];
    const left = x(index) - (step * GROUP_SHARE) / 2 + (stands ? 0 : place * width);
    root.append(block(chart, one, index, { x: left + 0.5, y: Math.min(low, high), width: Math.max(width - 1, 1), height: Math.abs(high - low) }));
  }));
}

/** Bars lie: names on the left, numbers along the foot, the first bar on top. */
function bars(root, chart, box, locale) {
  const count = Math.max(chart.names.length, 1);
  const names = Math.min(widest(chart.names) + 10, (box.right - box.left) * NAMES_SHARE);
  const foot = chart.axes.BOTTOM_AXIS ? 2 * LABEL_PX : LABEL_PX;
  const plotBox = { left: box.left + names, right: box.right - 16, top: box.top + 2, bottom: box.bottom - foot };
  const stands = chart.stacked !== "NOT_STACKED";
  const spans = arrange(chart, chart.series);
  const axis = axisOver(spans.flat(2), Math.max(2, Math.floor((plotBox.right - plotBox.left) / 80)));
  const words = tickText(locale, chart.series.every((one) => one.percent));
  const x = (value) => plotBox.left + share(axis, value) * (plotBox.right - plotBox.left);
  for (const tick of axis.ticks) {
    root.append(svg("line", { class: tick === 0 ? "chart-zero" : "chart-grid", x1: x(tick), x2: x(tick), y1: plotBox.top, y2: plotBox.bottom }));
    root.append(text(x(tick), plotBox.bottom + 14, words(tick), { "text-anchor": "middle" }));
  }
  if (chart.axes.BOTTOM_AXIS) root.append(text((plotBox.left + plotBox.right) / 2, box.bottom, chart.axes.BOTTOM_AXIS, { "text-anchor": "middle" }));
  const step = (plotBox.bottom - plotBox.top) / count;
  const thick = (step * GROUP_SHARE) / (stands ? 1 : chart.series.length || 1);
  chart.names.forEach((name, index) => {
    root.append(text(plotBox.left - 8, plotBox.top + step * (index + 0.5) + 4, shorten(name, names - 10), { "text-anchor": "end" }));
  });
  chart.series.forEach((one, place) => one.values.forEach((value, index) => {
    if (value === null) return;
    const [from, to] = stands ? spans[place][index] : [0, value];
    const top = plotBox.top + step * (index + (1 - GROUP_SHARE) / 2) + (stands ? 0 : place * thick);
    root.append(block(chart, one, index, { x: Math.min(x(from), x(to)), y: top, width: Math.abs(x(to) - x(from)), height: Math.max(thick - 1, 1) }));
  }));
}

function block(chart, one, index, place) {
  return titled(svg("rect", { ...place, fill: one.color }), chart, one, index);
}

/** Areas reach down to zero, stacked ones to the one below. */
function areas(root, chart, x, at) {
  const series = chart.series.filter((one) => one.kind === "AREA");
  const stands = chart.stacked !== "NOT_STACKED";
  const spans = stands ? arrange(chart, series) : series.map((one) => one.values.map((value) => [0, value ?? 0]));
  series.forEach((one, place) => {
    const edge = (end) => spans[place].map((span, index) => `${x(index).toFixed(1)} ${at(one)(span[end]).toFixed(1)}`);
    if (!spans[place].length) return;
    root.append(svg("path", { d: `M${[...edge(1), ...edge(0).reverse()].join("L")}Z`, fill: one.color, "fill-opacity": 0.3 }));
    root.append(svg("path", { d: `M${edge(1).join("L")}`, fill: "none", stroke: one.color, "stroke-width": 2 }));
  });
}

/** A line is broken where there is no number. */
function line(root, chart, one, x, y) {
  const parts = [[]];
  one.values.forEach((value, index) => {
    if (value === null) parts.push([]);
    else parts.at(-1).push(`${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
  });
  for (const points of parts.filter((part) => part.length)) {
    root.append(svg("path", { d: `M${points.join("L")}`, fill: "none", stroke: one.color, "stroke-width": 2.5, "stroke-linejoin": "round" }));
  }
  dots(root, chart, one, x, y);
}

function dots(root, chart, one, x, y) {
  one.values.forEach((value, index) => {
    if (value !== null) root.append(titled(svg("circle", { cx: x(index), cy: y(value), r: 3.5, fill: one.color }), chart, one, index));
  });
}
