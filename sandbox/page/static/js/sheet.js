/** The spreadsheet: tabs along the bottom, a line with the formula, the rows in view. */

import { act, get, post } from "./api.js";
import { tell } from "./bus.js";
import { el, icon, setText, toggle } from "./dom.js";
import { cellName, Grid } from "./grid.js";

const ROWS_AT_ONCE = 110;
const ROWS_BEFORE = 30;
const SCROLL_REST_MS = 70;
// A journal opens at its end, where the news is; so does whatever is too long to be sent whole.
const JOURNAL = /журнал/i;

export class Sheet {
  constructor(root) {
    this.tab = null;
    this.from = "end";
    this.isStale = false;
    this.grid = new Grid((cell) => this.select(cell), () => this.scrolled());
    this.build(root);
  }

  /** The panel has come into view. */
  look() {
    if (this.isStale) act(() => this.update());
  }

  /** Something has changed: take the rows in view anew. */
  async update() {
    this.isStale = false;
    const isOpening = this.from === "end";
    const query = new URLSearchParams({ from: this.from, rows: ROWS_AT_ONCE });
    if (this.tab !== null) query.set("tab", this.tab);
    this.turn = (this.turn ?? 0) + 1;
    const { turn } = this;
    const shown = await get(`/api/sheet?${query}`);
    // Something else was asked for meanwhile: its own answer comes.
    if (turn !== this.turn) return;
    this.tab = shown.tab;
    this.from = shown.from;
    this.drawTabs(shown.tabs);
    setText(this.title, shown.title);
    const wasAtEnd = this.grid.isAtEnd();
    const grew = this.data && this.data.tab === shown.tab && shown.rows > this.data.rows;
    this.data = shown;
    this.grid.show(shown);
    this.refreshLine();
    const title = shown.tabs.find((tab) => tab.id === shown.tab)?.title ?? "";
    const opensAtEnd = shown.from > 0 || JOURNAL.test(title);
    if (isOpening ? opensAtEnd : grew && wasAtEnd) this.grid.toEnd();
  }

  /** Open a tab by its title; gives false when there is none. */
  async open(pattern) {
    if (!this.data) await this.update();
    const tab = this.data.tabs.find((one) => pattern.test(one.title));
    if (tab) await this.choose(tab);
    return Boolean(tab);
  }

  async choose(tab) {
    this.tab = tab.id;
    this.from = "end";
    this.grid.forget();
    this.selected = null;
    setText(this.place, "");
    this.line.value = "";
    toggle(this.choices, false);
    toggle(this.note, false);
    for (const button of this.tabs.children) button.setAttribute(
      "aria-selected",
      String(Number(button.dataset.tab) === tab.id),
    );
    tell("tab", { title: tab.title });
    await act(() => this.update());
  }

  build(root) {
    this.title = el("h2", { class: "sheet-title" }, "Таблица");
    const save = el(
      "a",
      { class: "button", href: "/api/sheet/book.xlsx", download: "" },
      icon("save"),
      "Скачать .xlsx",
    );
    this.place = el("output", { class: "sheet-place", "aria-label": "Выбранная ячейка" }, "");
    this.line = el(
      "input",
      {
        class: "sheet-line",
        "aria-label": "Формула или значение ячейки",
        placeholder: "Выберите ячейку, чтобы увидеть формулу",
        readonly: true,
        onkeydown: (event) => this.onKey(event),
        oninput: () => toggle(this.saveCell, true),
      },
    );
    this.choices = el(
      "select",
      {
        class: "sheet-choices",
        "aria-label": "Значение из списка",
        hidden: true,
        onchange: () => this.write(this.choices.value),
      },
    );
    this.saveCell = el(
      "button",
      {
        class: "button button-main",
        type: "button",
        hidden: true,
        onclick: () => this.write(this.line.value),
      },
      "Записать",
    );
    this.note = el("p", { class: "sheet-note", hidden: true });
    this.tabs = el(
      "div",
      { class: "sheet-tabs", role: "tablist", "aria-label": "Вкладки таблицы" },
    );
    root.append(
      el("div", { class: "sheet-bar" }, this.title, save),
      el(
        "div",
        { class: "sheet-formula" },
        this.place,
        el("span", { class: "sheet-fx", "aria-hidden": "true" }, "fx"),
        this.line,
        this.choices,
        this.saveCell,
      ),
      this.note,
      this.grid.node,
      this.tabs,
    );
  }

  drawTabs(tabs) {
    const signature = JSON.stringify(tabs);
    if (signature !== this.tabsSignature) {
      this.tabsSignature = signature;
      this.tabs.replaceChildren(...tabs.map((tab) => this.tabButton(tab)));
    }
    for (const button of this.tabs.children) button.setAttribute(
      "aria-selected",
      String(Number(button.dataset.tab) === this.tab),
    );
  }

  tabButton(tab) {
    const button = el(
      "button",
      {
        class: "sheet-tab",
        type: "button",
        role: "tab",
        dataset: { tab: tab.id },
        onclick: () => this.choose(tab),
      },
      tab.title,
    );
    if (tab.color) button.style.setProperty("--tab", tab.color);
    return button;
  }

  select(cell) {
    this.selected = cell;
    this.refreshLine();
  }

  refreshLine() {
    if (!this.selected || document.activeElement === this.line && !this.saveCell.hidden) return;
    const { row, column } = this.selected;
    const cell = this.grid.cell(row, column);
    setText(this.place, cellName(row, column));
    this.line.value = cell?.f ?? cell?.t ?? "";
    this.line.title = this.line.value;
    this.line.readOnly = false;
    // A finger cannot hover: the chosen cell's note is told in words.
    setText(this.note, cell?.n ?? "");
    toggle(this.note, Boolean(cell?.n));
    toggle(this.saveCell, false);
    const options = cell?.o ?? [];
    toggle(this.choices, options.length > 0);
    if (options.length) {
      this.choices.replaceChildren(...options.map((text) => el(
        "option",
        { selected: text === cell.t },
        text,
      )));
    }
  }

  onKey(event) {
    if (event.key === "Enter") this.write(this.line.value);
    if (event.key === "Escape") {
      toggle(this.saveCell, false);
      this.line.blur();
      this.refreshLine();
    }
  }

  async write(value) {
    if (!this.selected) return;
    const { row, column } = this.selected;
    toggle(this.saveCell, false);
    this.line.blur();
    const body = { tab: this.tab, cell: cellName(row, column), value };
    await act(() => post("/api/sheet/cell", body));
  }

  scrolled() {
    clearTimeout(this.scrollTimer);
    this.scrollTimer = setTimeout(() => this.fetchInView(), SCROLL_REST_MS);
  }

  async fetchInView() {
    // Between two tabs there is nothing to scroll in.
    if (!this.grid.data) return;
    const { first, last } = this.grid.rowsInView();
    const { from, to, rows } = this.data;
    if (first >= from && Math.min(last, rows) <= to) return;
    this.from = Math.max(0, first - ROWS_BEFORE);
    await act(() => this.update());
  }
}
