/** One deal at the side: its stage, its fields that can be changed, its history. */

import { act, get, notice, post } from "./api.js";
import { field, openDialog, select } from "./dialogs.js";
import { dayOf, el, roubles, setText, timeOf } from "./dom.js";

export class DealWindow {
  constructor(id, crm, onClose) {
    this.id = id;
    this.crm = crm;
    this.inputs = new Map();
    const { body, heading } = openDialog("Сделка", "drawer", onClose);
    this.heading = heading;
    this.price = el("p", { class: "deal-sum" });
    this.stage = select("stage", crm.catalog.stages.map((one) => [one.id, one.name]));
    this.stage.addEventListener("change", () => crm.move(this.deal, Number(this.stage.value)));
    this.form = this.buildForm();
    this.notes = el("ol", { class: "notes" });
    body.append(
      this.price,
      field("Стадия", this.stage),
      el("h3", {}, "История сделки"),
      this.notes,
      el("h3", {}, "Поля"),
      this.form,
    );
  }

  /** Take the deal as it stands; what a person is typing stays. */
  async refresh() {
    const deal = await get(`/api/deals/${this.id}`);
    this.deal = deal;
    setText(this.heading, deal.name);
    setText(
      this.price,
      [roubles(deal.price), deal.client, deal.manager].filter(Boolean).join(" · "),
    );
    if (document.activeElement !== this.stage) this.stage.value = String(deal.status_id);
    for (const { id, value } of deal.fields) {
      const input = this.inputs.get(id);
      if (input.value === input.dataset.was) input.value = value;
      input.dataset.was = value;
    }
    this.notes.replaceChildren(...(deal.notes.length ? deal.notes.map(noteNode) : [el(
      "li",
      { class: "notes-empty" },
      "Записей пока нет",
    )]));
  }

  buildForm() {
    const rows = this.crm.catalog.fields.map((one) => {
      const input = control(one);
      input.dataset.was = "";
      this.inputs.set(one.id, input);
      return field(one.name, input);
    });
    const save = el("button", { class: "button button-main", type: "submit" }, "Сохранить поля");
    return el("form", { class: "deal-fields", onsubmit: (event) => this.save(event) }, rows, save);
  }

  async save(event) {
    event.preventDefault();
    const changed = [...this.inputs].filter(([, input]) => input.value !== input.dataset.was);
    if (!changed.length) return;
    const fields = Object.fromEntries(changed.map(([id, input]) => [id, input.value]));
    const saved = await act(() => post(`/api/deals/${this.id}/fields`, { fields }));
    if (!saved) return;
    for (const [, input] of changed) input.dataset.was = input.value;
    notice("Поля сделки сохранены");
    await act(() => this.crm.update());
  }
}

/** The input of a CRM field by its type. */
export function control({ id, type, choices }) {
  if (type === "select") return select(String(id), ["", ...choices]);
  const kinds = { date: { type: "date" }, numeric: { inputmode: "decimal" } };
  return el("input", { name: String(id), autocomplete: "off", ...(kinds[type] ?? {}) });
}

function noteNode(note) {
  return el(
    "li",
    {},
    el("p", {}, note.text),
    el("small", {}, `${note.author} · ${dayOf(note.created_at)}, ${timeOf(note.created_at)}`),
  );
}
