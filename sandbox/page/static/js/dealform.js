/** The form of a new deal, and a ready example for whoever has no time to invent one. */

import { field, openDialog, select } from "./dialogs.js";
import { el } from "./dom.js";
import { control } from "./deal.js";

const CLIENTS = [
  "Смирнова Ольга",
  "Кузнецов Павел",
  "Гарипова Алия",
  "Орлов Денис",
  "Зайцева Ирина",
  "Ахметов Тимур",
  "Белова Наталья",
  "Фролов Кирилл",
];
const PLACE = {
  prepayment: /^Предоплата$/,
  method: /^Тип оплаты$/,
  paidOn: /^Дата предоплаты$/,
  number: /^Номер договора$/,
  signedOn: /^Дата договора$/,
  product: /^Продукт$/,
  salon: /^Салон$/,
  city: /^Город$/,
};
let made = 0;

/** The CRM's fields by what they mean to the page; names are the demo company's own. */
export function places(catalog) {
  const find = (pattern) => catalog.fields.find((one) => pattern.test(one.name));
  return Object.fromEntries(Object.entries(PLACE).map(([key, pattern]) => [key, find(pattern)]));
}

/** A plausible deal: {manager: /Анна/, method: /Наличные/, prepayment: 15000} and a client of ours. */
export function exampleDeal(crm, { manager = /./, method = /./, prepayment = 15000 } = {}) {
  const { catalog, nextContract: number } = crm;
  const at = places(catalog);
  const pick = (list, step = 0) => list[(made + step) % list.length];
  made += 1;
  const product = pick(at.product.choices);
  const today = document.getElementById("now").dateTime.slice(0, 10);
  const fields = {
    [at.prepayment.id]: String(prepayment),
    [at.method.id]: at.method.choices.find((one) => method.test(one)),
    [at.paidOn.id]: today,
    [at.number.id]: number,
    [at.signedOn.id]: today,
    [at.product.id]: product,
    [at.salon.id]: pick(at.salon.choices),
    [at.city.id]: pick(at.city.choices),
  };
  const client = pick(CLIENTS, 2);
  return {
    name: `${product}, ${client.split(" ")[0]}`,
    client,
    manager_id: catalog.managers.find((one) => manager.test(one.name))?.id ?? catalog.managers[0].id,
    price: String(prepayment * 4),
    status_id: signedStage(catalog),
    fields,
    number,
  };
}

/** Open the form; `send(body)` adds the deal and gives it, or undefined when it was refused. */
export function openDealForm(crm, send) {
  const { catalog } = crm;
  const { body, close } = openDialog("Новая сделка", "drawer");
  const at = places(catalog);
  const text = (name, extra = {}) => el("input", { name, autocomplete: "off", ...extra });
  const order = [
    "prepayment",
    "method",
    "paidOn",
    "number",
    "signedOn",
    "product",
    "salon",
    "city",
  ];
  const inputs = Object.fromEntries(order.map((key) => [key, control(at[key])]));
  const form = el(
    "form",
    { class: "deal-form" },
    field("Название", text("name", { required: true, placeholder: "Кухня, Смирнова" })),
    field("Клиент", text("client", { placeholder: "Смирнова Ольга" })),
    field("Менеджер", select("manager_id", catalog.managers.map((one) => [one.id, one.name]))),
    field("Цена, ₽", text("price", { inputmode: "decimal", placeholder: "60 000" })),
    field(
      "Стадия",
      select("status_id", catalog.stages.map((one) => [one.id, one.name]), signedStage(catalog)),
    ),
    order.map((key) => field(key === "prepayment" ? "Предоплата, ₽" : at[key].name, inputs[key])),
    el(
      "div",
      { class: "form-foot" },
      el(
        "button",
        { class: "button", type: "button", onclick: () => fill(form, exampleDeal(crm)) },
        "Заполнить примером",
      ),
      el("button", { class: "button button-main", type: "submit" }, "Добавить сделку"),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const { name, client, manager_id, price, status_id, ...fields } = values;
    if (await send({ name, client, manager_id, price, status_id, fields })) close();
  });
  body.append(form);
}

function fill(form, deal) {
  const { fields, number, ...rest } = deal;
  for (const [name, value] of Object.entries({ ...rest, ...fields })) form.elements.namedItem(name).value = value;
}

function signedStage(catalog) {
  return (catalog.stages.find((one) => /подписан/i.test(one.name)) ?? catalog.stages[0]).id;
}
