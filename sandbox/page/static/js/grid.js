/** The cells of one tab as a table; only the rows that were sent are in it, the rest is height. */

import { Charts } from "./charts.js";
import { el } from "./dom.js";

const ROW_PX = 23;
const COLUMN_PX = 100;
const HEAD_PX = 24;
const INDEX_PX = 46;
const END_PX = 40;
const POINTS_TO_PX = 1.25;
const FROZEN_SHARE_MAX = 0.75;

/** Letters and number of a cell: cellName(0, 1) is "B1". */
export function cellName(row, column) {
  return `${letters(column)}${row + 1}`;
}

function letters(index) {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : letters(Math.floor(index / 26) - 1) + rest;
}

export class Grid {
  constructor(onSelect, onScroll) {
    this.onSelect = onSelect;
    this.cells = new Map();
    this.selected = null;
    this.table = el("table", { class: "grid", role: "grid" });
    this.charts = new Charts();
    this.node = el(
      "div",
      {
        class: "grid-view",
        tabindex: "0",
        "aria-label": "Ячейки таблицы",
        onscroll: onScroll,
        onkeydown: (event) => this.onKey(event),
      },
      this.table,
      this.charts.node,
    );
    this.table.addEventListener("click", (event) => this.onClick(event));
    new ResizeObserver(() => this.data && this.draw(new Set())).observe(this.node);
  }

  /** Another tab comes: nothing of the old one flashes or stays chosen. */
  forget() {
    this.cells = new Map();
    this.data = null;
    this.selected = null;
    this.node.scrollTo(0, 0);
  }

  /** Draw what the server has sent; cells whose text is new light up. */
  show(data) {
    const before = this.cells;
    const isSame = this.data?.tab === data.tab && this.data.from === data.from;
    this.data = data;
    this.cells = new Map(data.cells.map((cell) => [`${cell.r}:${cell.c}`, cell]));
    const changed = isSame ? data.cells.filter((cell) => before.get(`${cell.r}:${cell.c}`)?.t !== cell.t) : [];
    this.draw(new Set(changed));
  }

  draw(changed) {
    this.measure();
    this.lines = new Map();
    this.table.classList.toggle("grid-plain", this.data.hide_gridlines);
    this.table.style.width = `${this.lefts.at(-1)}px`;
    this.table.replaceChildren(this.columns(), this.head(), this.body(changed));
    this.settleFrozen();
    this.charts.show(this.data, {
      lefts: this.lefts,
      tops: this.tops.map((top, row) => this.seenTop(row) ?? top),
      room: this.node.clientWidth,
    });
    this.mark();
  }

  /** Where a row really begins: wrapped texts make those above taller than told. */
  seenTop(row) {
    return this.lines?.get(row)?.offsetTop;
  }

  cell(row, column) {
    return this.cells.get(`${row}:${column}`);
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    return Boolean(this.data) && scrollHeight - scrollTop - clientHeight < END_PX;
  }

  toEnd() {
    this.node.scrollTo(0, this.node.scrollHeight);
  }

  /** The first and last row between the frozen ones and the lower edge. */
  rowsInView() {
    const top = this.node.scrollTop + this.tops[this.data.frozen_rows];
    const bottom = this.node.scrollTop + this.node.clientHeight;
    return { first: this.rowAt(top), last: this.rowAt(bottom) };
  }

  measure() {
    const { data } = this;
    // Empty rows and columns up to the edges of the window, as in any spreadsheet.
    this.widths = data.columns.map((column) => column.width);
    let right = this.widths.reduce((sum, width) => sum + width, INDEX_PX);
    for (; right < this.node.clientWidth; right += COLUMN_PX) this.widths.push(COLUMN_PX);
    this.lefts = this.widths.reduce((sums, width) => push(sums, sums.at(-1) + width), [INDEX_PX]);
    // A frozen column that fills a phone would leave nothing to scroll in.
    const isWide = this.lefts[data.frozen_columns] > this.node.clientWidth * FROZEN_SHARE_MAX;
    this.frozenColumns = isWide ? 0 : data.frozen_columns;
    const heights = Array.from({ length: data.rows }, (_, row) => this.height(row));
    this.tops = heights.reduce((sums, height) => push(sums, sums.at(-1) + height), [HEAD_PX]);
    this.padding = Math.max(0, Math.floor((this.node.clientHeight - this.tops.at(-1)) / ROW_PX));
    this.covered = new Map();
    for (const [row0, row1, column0, column1] of data.merges) {
      for (let row = row0; row < row1; row += 1) {
        for (let column = column0; column < column1; column += 1) this.covered.set(
          `${row}:${column}`,
          { row0, row1, column0, column1 },
        );
      }
    }
  }

  height(row) {
    const size = this.data.row_sizes[row];
    return size === undefined ? ROW_PX : size === 0 ? 0 : Math.max(size, ROW_PX);
  }

  rowAt(y) {
    const found = this.tops.findIndex((top) => top > y);
    return found < 0 ? this.data.rows : Math.max(found - 1, 0);
  }

  columns() {
    const group = el("colgroup", {}, el("col"));
    group.firstChild.style.width = `${INDEX_PX}px`;
    for (const width of this.widths) {
      const column = el("col");
      column.style.width = `${width}px`;
      if (width === 0) column.style.visibility = "collapse";
      group.append(column);
    }
    return group;
  }

  head() {
    const names = this.widths.map((_, index) => {
      const node = el("th", { scope: "col" }, letters(index));
      this.freeze(node, -1, index);
      return node;
    });
    return el("thead", {}, el("tr", {}, el("th", { class: "grid-corner" }), names));
  }

  body(changed) {
    const { frozen_rows: frozen, from, to, rows } = this.data;
    const start = Math.max(frozen, from);
    const lines = [];
    for (let row = 0; row < Math.min(frozen, rows); row += 1) lines.push(this.row(row, changed));
    lines.push(this.gap(this.tops[Math.min(start, rows)] - this.tops[Math.min(frozen, rows)]));
    for (let row = start; row < to; row += 1) lines.push(this.row(row, changed));
    lines.push(this.gap(this.tops[rows] - this.tops[Math.max(to, Math.min(start, rows))]));
    const rest = to === rows ? this.padding : 0;
    for (let row = rows; row < rows + rest; row += 1) lines.push(this.row(row, changed));
    return el("tbody", {}, lines.filter(Boolean));
  }

  gap(height) {
    if (height <= 0) return null;
    const cell = el("td", { colspan: this.widths.length + 1, class: "grid-gap" });
    cell.style.height = `${height}px`;
    return el("tr", { "aria-hidden": "true" }, cell);
  }

  row(row, changed) {
    const height = this.height(row);
    if (height === 0) return null;
    const index = el("th", { scope: "row" }, String(row + 1));
    this.freeze(index, row, -1);
    const line = el("tr", {}, index);
    this.lines.set(row, line);
    line.style.height = `${height}px`;
    this.widths.forEach((width, column) => {
      const merge = this.covered.get(`${row}:${column}`);
      if (merge && (merge.row0 !== row || merge.column0 !== column)) return;
      line.append(this.cellNode(row, column, { width, merge, changed }));
    });
    return line;
  }

  cellNode(row, column, { width, merge, changed }) {
    const cell = this.cell(row, column);
    const node = el("td", { dataset: { row, column } });
    if (merge) {
      node.colSpan = merge.column1 - merge.column0;
      node.rowSpan = merge.row1 - merge.row0;
    }
    this.freeze(node, row, column);
    // In a hidden column a wrapped text would make the row as tall as a tower.
    if (!cell || width === 0) return node;
    if (cell.t !== undefined) node.append(el("span", { class: "grid-text" }, cell.t));
    if (cell.k) node.classList.add(`grid-${cell.k}`);
    else if (!merge && this.overflows(row, column, cell, width)) node.classList.add("grid-over");
    if (cell.n) {
      node.classList.add("grid-note");
      node.title = cell.n;
    }
    if (cell.o?.length) node.classList.add("grid-choice");
    if (changed.has(cell)) node.classList.add("is-changed");
    this.dress(node, this.data.looks[cell.l]);
    return node;
  }

  /** A text runs over the empty cells to its right, as in any spreadsheet. */
  overflows(row, column, cell, width) {
    const look = this.data.looks[cell.l];
    return cell.t && !look?.wrap && cell.t.length * 6.5 > width && !this.cell(row, column + 1)?.t;
  }

  dress(node, look) {
    if (!look) return;
    const { style } = node;
    if (look.bg) style.setProperty("--fill", look.bg);
    if (look.fg) style.color = look.fg;
    if (look.b) style.fontWeight = "700";
    if (look.i) style.fontStyle = "italic";
    const lines = [look.u ? "underline" : "", look.s ? "line-through" : ""].join(" ").trim();
    if (lines) style.textDecoration = lines;
    if (look.size) style.fontSize = `${look.size * POINTS_TO_PX}px`;
    if (look.ha) style.textAlign = look.ha;
    if (look.va) style.verticalAlign = look.va;
    if (look.wrap) node.classList.add("grid-wrap");
    const sides = { bt: "borderTop", br: "borderRight", bb: "borderBottom", bl: "borderLeft" };
    for (const [mark, side] of Object.entries(sides)) if (look[mark]) style[side] = `1px solid ${look[mark]}`;
  }

  freeze(node, row, column) {
    const { frozen_rows: rows } = this.data;
    const columns = this.frozenColumns;
    const inRows = row >= 0 && row < rows;
    const inColumns = column >= 0 && column < columns;
    if (inRows) node.style.top = `${this.tops[row]}px`;
    if (inColumns) node.style.left = `${this.lefts[column]}px`;
    if (inRows) node.classList.add("is-frozen-row");
    if (inColumns) node.classList.add("is-frozen-column");
    if (inRows && row === rows - 1) node.classList.add("is-last-frozen-row");
    if (inColumns && column === columns - 1) node.classList.add("is-last-frozen-column");
  }

  /** Wrapped headings are taller than told: each frozen row begins where the one above ends. */
  settleFrozen() {
    let top = HEAD_PX;
    for (const line of this.table.tBodies[0].querySelectorAll("tr:has(> .is-frozen-row)")) {
      for (const cell of line.children) cell.style.top = `${top}px`;
      top += line.offsetHeight;
    }
  }

  onClick(event) {
    const node = event.target.closest("td[data-row]");
    if (node) this.choose(Number(node.dataset.row), Number(node.dataset.column));
  }

  choose(row, column) {
    this.selected = { row, column };
    this.mark();
    this.onSelect(this.selected);
  }

  mark() {
    for (const node of this.table.querySelectorAll("[aria-selected]")) node.removeAttribute("aria-selected");
    if (!this.selected) return;
    const { row, column } = this.selected;
    this.table.querySelector(`td[data-row="${row}"][data-column="${column}"]`)?.setAttribute("aria-selected", "true");
  }

  onKey(event) {
    const step = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }[event.key];
    if (!step || !this.selected) return;
    event.preventDefault();
    const row = Math.min(
      Math.max(this.selected.row + step[0], 0),
      this.data.rows + this.padding - 1,
    );
    const column = Math.min(Math.max(this.selected.column + step[1], 0), this.widths.length - 1);
    this.choose(row, column);
    this.table.querySelector("[aria-selected]")?.scrollIntoView({
      block: "nearest",
      inline: "nearest",
    });
  }
}

function push(list, value) {
  list.push(value);
  return list;
}
