/** The charts that lie over the cells of a tab; they scroll with them. */

import { chartNode } from "./chart.js";
import { el } from "./dom.js";

const EDGE_PX = 10;
const WIDTH_PX_MIN = 260;
const COLUMN_PX = 100;
const ROW_PX = 23;

export class Charts {
  constructor() {
    this.node = el("div", { class: "grid-charts" });
    this.drawn = "";
  }

  /** Draw them at their cells: where columns and rows begin, and the width in view, tell where. */
  show(data, { lefts, tops, room }) {
    const places = data.charts.map((chart) => place(chart, data, { lefts, tops, room }));
    const wanted = JSON.stringify([data.charts, places, data.locale]);
    // The same drawing again would lose what a person is pointing at.
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.node.replaceChildren(...data.charts.map((chart, index) => frame(chart, places[index], data.locale)));
  }
}

/** Where a chart stands; on a phone it is drawn as wide as the window, not cut. */
function place(chart, data, { lefts, tops, room }) {
  return {
    x: edge(lefts, chart.column, COLUMN_PX) + chart.dx,
    y: edge(tops, chart.row, ROW_PX) + chart.dy,
    width: Math.max(Math.min(chart.width, room - lefts[0] - EDGE_PX), WIDTH_PX_MIN),
    height: chart.height,
    inFrozen: chart.column < data.frozen_columns,
  };
}

/** Where a line begins, also beyond those that are drawn. */
function edge(known, index, usual) {
  const last = known.length - 1;
  return index <= last ? known[index] : known[last] + (index - last) * usual;
}

function frame(chart, at, locale) {
  const size = { width: at.width, height: at.height, locale: locale.replace("_", "-") };
  const node = chartNode(chart, size);
  node.style.transform = `translate(${at.x}px, ${at.y}px)`;
  node.style.width = `${at.width}px`;
  node.style.height = `${at.height}px`;
  if (at.inFrozen) node.classList.add("is-frozen-column");
  return node;
}
