/** The CRM: deals by stage on a board, one deal with its history at the side. */

import { act, get, notice, post } from "./api.js";
import { tell } from "./bus.js";
import { DealWindow } from "./deal.js";
import { openDealForm } from "./dealform.js";
import { el, icon, narrow, plural, roubles } from "./dom.js";

const EDGE_PX = 12;
const SHORT = [[/безнал/i, "безнал"], [/карт/i, "на карту"], [/кредит/i, "кредит"]];

/** A method of payment in one word, as there is room for on a card. */
function shortMethod(method) {
  const known = SHORT.find(([pattern]) => pattern.test(method));
  return known ? known[1] : (method || "оплата").toLowerCase();
}

export class Crm {
  constructor(root, catalog) {
    this.catalog = catalog;
    this.isStale = false;
    this.stages = [];
    this.known = null;
    this.window = null;
    this.summary = el("p", { class: "panel-note" });
    this.board = el("div", { class: "board", tabindex: "0", "aria-label": "Сделки по стадиям" });
    const add = el(
      "button",
      { class: "button button-main", type: "button", onclick: () => this.openForm() },
      icon("plus"),
      "Новая сделка",
    );
    root.append(
      el("div", { class: "panel-bar" }, el("h2", {}, "Сделки"), this.summary, add),
      this.board,
    );
  }

  look() {
    if (this.isStale) act(() => this.update());
  }

  async update() {
    this.isStale = false;
    const { stages, next_contract: next } = await get("/api/deals");
    this.nextContract = next;
    this.stages = stages;
    const fresh = this.remember(stages);
    this.draw(stages.map((stage) => this.column(stage, fresh)));
    const count = stages.reduce((sum, stage) => sum + stage.count, 0);
    const deals = plural(count, "сделка", "сделки", "сделок");
    this.summary.textContent = `${count} ${deals} в воронке «Продажи»`;
    await this.window?.refresh();
  }

  /** Make a deal; gives it, or undefined when the CRM refuses. */
  async add(body) {
    const deal = await act(() => post("/api/deals", body));
    if (!deal) return undefined;
    tell("deal-added", { deal, body });
    notice(`Сделка «${deal.name}» добавлена`);
    await act(() => this.update());
    return deal;
  }

  async move(deal, statusId) {
    if (deal.status_id === statusId) return;
    const moved = await act(() => post(`/api/deals/${deal.id}/move`, { status_id: statusId }));
    if (moved) tell("deal-moved", { deal: moved });
    await act(() => this.update());
  }

  openForm() {
    openDealForm(this, (body) => this.add(body));
  }

  async openDeal(id) {
    this.window = new DealWindow(id, this, () => {
      this.window = null;
    });
    await act(() => this.window.refresh());
    tell("deal-opened", { id });
  }

  /** Put the columns on the board; where one has scrolled to and what has the focus stay. */
  draw(columns) {
    const before = new Map([...this.board.children].map((node) => [
      node.dataset.stage,
      node.lastChild.scrollTop,
    ]));
    const focused = document.activeElement?.dataset.deal;
    const left = this.board.scrollLeft;
    this.board.replaceChildren(...columns);
    const isFirst = before.size === 0;
    const busy = columns.find((node) => !node.classList.contains("is-empty"));
    const jump = isFirst && narrow.matches && busy;
    this.board.scrollLeft = jump ? busy.offsetLeft - this.board.offsetLeft - EDGE_PX : left;
    for (const node of columns) node.lastChild.scrollTop = before.get(node.dataset.stage) ?? 0;
    if (focused) this.board.querySelector(`[data-deal="${focused}"]`)?.focus({ preventScroll: true });
  }

  column(stage, fresh) {
    const cards = stage.deals.map((deal) => this.card(deal, fresh));
    const hidden = stage.count - stage.deals.length;
    const more = hidden > 0 ? el(
      "p",
      { class: "stage-more" },
      `и ещё ${hidden} ${plural(hidden, "сделка", "сделки", "сделок")} раньше`,
    ) : null;
    const node = el(
      "section",
      {
        class: cards.length ? "stage" : "stage is-empty",
        "aria-label": stage.name,
        dataset: { stage: stage.id },
      },
      el(
        "header",
        {},
        el("h3", {}, stage.name),
        el("p", {}, stage.count ? `${stage.count} · ${roubles(stage.total)}` : "нет сделок"),
      ),
      el("div", { class: "stage-deals" }, cards, more),
    );
    node.style.setProperty("--stage", stage.color);
    this.acceptDrops(node, stage);
    return node;
  }

  card(deal, fresh) {
    const prepayment = deal.prepayment ? el(
      "span",
      { class: "deal-pay" },
      `${roubles(deal.prepayment)} · ${shortMethod(deal.method)}`,
    ) : null;
    const client = deal.name.includes(deal.client) ? "" : deal.client;
    const about = [
      deal.contract ? `№ ${deal.contract}` : "без договора",
      client,
    ].filter(Boolean).join(" · ");
    const open = () => this.openDeal(deal.id);
    // Not a <button>: some browsers do not let one be dragged.
    return el(
      "div",
      {
        class: fresh.has(deal.id) ? "deal is-changed" : "deal",
        role: "button",
        tabindex: "0",
        draggable: "true",
        dataset: { deal: deal.id },
        onclick: open,
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          open();
        },
        ondragstart: (event) => event.dataTransfer.setData("text/plain", String(deal.id)),
      },
      el("b", { class: "deal-name" }, deal.name),
      el(
        "span",
        { class: "deal-line" },
        el("span", { class: "deal-price" }, roubles(deal.price)),
        el("span", { class: "deal-small" }, deal.manager),
      ),
      el("span", { class: "deal-small" }, about),
      prepayment,
    );
  }

  acceptDrops(node, stage) {
    node.addEventListener("dragover", (event) => {
      event.preventDefault();
      node.classList.add("is-target");
    });
    node.addEventListener("dragleave", () => node.classList.remove("is-target"));
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      node.classList.remove("is-target");
      const id = Number(event.dataTransfer.getData("text/plain"));
      const deal = this.stages.flatMap((one) => one.deals).find((one) => one.id === id);
      if (deal) this.move(deal, stage.id);
    });
  }

  /** Which deals are new or stand elsewhere since the last look. */
  remember(stages) {
    const now = new Map(stages.flatMap((stage) => stage.deals.map((deal) => [deal.id, JSON.stringify(deal)])));
    const fresh = new Set(this.known ? [...now.keys()].filter((id) => this.known.get(id) !== now.get(id)) : []);
    this.known = now;
    return fresh;
  }
}
