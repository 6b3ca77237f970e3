/** The bank: balances, movements, a client's payment, the next day with its statement. */

import { act, get, notice, post } from "./api.js";
import { tell } from "./bus.js";
import { field, select } from "./dialogs.js";
import { dayOfIso, el, icon, plural, roubles, toggle } from "./dom.js";

const ACCOUNT_TAIL = 4;
const OFFERS_MAX = 4;

export class Bank {
  constructor(root, phones) {
    this.phones = phones;
    this.isStale = false;
    this.known = null;
    this.accounts = el("ul", { class: "accounts" });
    this.files = el("ul", { class: "files" });
    this.movements = el(
      "ol",
      { class: "movements", tabindex: "0", "aria-label": "Движения по счетам" },
    );
    this.offers = el("div", { class: "offers" });
    this.dayButton = el(
      "button",
      { class: "button button-main button-big", type: "button", onclick: () => this.nextDay() },
      icon("sun"),
      el("span", {}, "Выписка за завтра"),
    );
    root.append(
      el("div", { class: "bank" },
        el(
          "section",
          { class: "card" },
          el("h2", {}, "Счета"),
          this.accounts,
          el("h2", {}, "Следующий день"),
          el(
            "p",
            { class: "panel-note" },
            "Наступит завтра: придут ожидаемые переводы, банк выгрузит файл 1С.",
          ),
          this.dayButton,
          this.files,
        ),
        el(
          "section",
          { class: "card" },
          el("h2", {}, "Клиент платит"),
          this.offers,
          this.buildForm(),
        ),
        el("section", { class: "card card-wide" }, el("h2", {}, "Движения"), this.movements),
      ),
    );
  }

  look() {
    if (this.isStale) act(() => this.update());
  }

  async update() {
    this.isStale = false;
    const [bank, deals] = await Promise.all([get("/api/bank"), get("/api/deals")]);
    this.bank = bank;
    this.accounts.replaceChildren(...bank.accounts.map(accountNode));
    this.drawAccounts(bank.accounts);
    this.files.replaceChildren(...bank.files.map((file) => this.fileNode(file)));
    const fresh = this.remember(bank.movements);
    this.movements.replaceChildren(...bank.movements.map((one) => movementNode(one, bank.accounts, fresh)));
    if (!bank.movements.length) {
      this.movements.append(el(
        "li",
        { class: "movements-empty" },
        "Движений пока нет",
      ));
    }
    this.drawOffers(deals.stages);
  }

  drawAccounts(accounts) {
    const choice = this.form.elements.account;
    const chosen = choice.value || accounts[0].number;
    choice.replaceChildren(...accounts.map((one) => el(
      "option",
      { value: one.number },
      accountName(one),
    )));
    choice.value = chosen;
  }

  /** A client pays into the main account; gives the movement, or undefined. */
  async pay(body) {
    const movement = await act(() => post("/api/bank/payments", body));
    if (!movement) return undefined;
    tell("paid", { movement });
    notice(`Деньги на счёте: ${roubles(movement.amount)} от «${movement.name}»`);
    await act(() => this.update());
    return movement;
  }

  /** The day goes on; gives what came, or undefined. */
  async nextDay() {
    if (this.dayButton.disabled) return undefined;
    this.dayButton.disabled = true;
    this.dayButton.lastChild.textContent = "День проходит…";
    const done = await act(() => post("/api/bank/next-day"));
    this.dayButton.disabled = false;
    this.dayButton.lastChild.textContent = "Выписка за завтра";
    if (!done) return undefined;
    const { files } = done;
    const count = `${files} ${plural(files, "файл", "файла", "файлов")} выписки`;
    notice(`Наступило ${dayOfIso(done.today)}: ${files ? count : "выписки нет"}`);
    tell("next-day", { files });
    await act(() => this.update());
    return done;
  }

  /** Drop a statement file into the accountant's chat. */
  async send(file) {
    const accountant = this.phones.byRole(/бухгалтер/i);
    if (!accountant) return undefined;
    const done = await act(() => post(
      `/api/bank/files/${file.number}/send`,
      { user_id: accountant.user_id },
    ));
    if (!done) return undefined;
    tell("statement-sent", { person: accountant, name: file.name });
    notice(`Файл в чате: ${accountant.name}`);
    await act(() => this.update());
    return done;
  }

  buildForm() {
    const text = (name, extra) => el("input", { name, autocomplete: "off", ...extra });
    this.form = el(
      "form",
      { class: "pay-form", onsubmit: (event) => this.submit(event) },
      field(
        "Договор №",
        text("contract", { placeholder: "ДМ-0001" }),
        "попадёт в назначение платежа",
      ),
      field(
        "Сумма, ₽",
        text("amount", { required: true, inputmode: "decimal", placeholder: "15 000" }),
      ),
      field("Плательщик", text("name", { required: true, placeholder: "Смирнова Ольга" })),
      field(
        "ИНН плательщика",
        text("inn", { inputmode: "numeric", maxlength: "12", placeholder: "можно пусто" }),
      ),
      field("На счёт", select("account", [])),
      el("button", { class: "button button-main", type: "submit" }, "Заплатить сегодня"),
    );
    return this.form;
  }

  async submit(event) {
    event.preventDefault();
    const { contract, ...rest } = Object.fromEntries(new FormData(this.form));
    if (await this.pay({ ...rest, purpose: purposeOf(contract) })) this.form.reset();
  }

  /** Deals that wait for a bank transfer, to fill the form with one press. */
  drawOffers(stages) {
    const open = stages.slice(0, 2).flatMap((stage) => stage.deals);
    const waiting = open.filter((deal) => /безнал/i.test(deal.method) && deal.contract && deal.prepayment);
    const buttons = waiting.slice(0, OFFERS_MAX).map((deal) => {
      const use = () => {
        const { contract, amount, name } = this.form.elements;
        [contract.value, amount.value, name.value] = [
          deal.contract,
          deal.prepayment,
          deal.client || deal.name,
        ];
        amount.focus();
      };
      return el(
        "button",
        { class: "offer", type: "button", onclick: use },
        `№ ${deal.contract}`,
        el("b", {}, roubles(deal.prepayment)),
      );
    });
    toggle(this.offers, buttons.length > 0);
    this.offers.replaceChildren(
      el("p", { class: "panel-note" }, "Ждут оплаты по безналу:"),
      ...buttons,
    );
  }

  fileNode(file) {
    const accountant = this.phones.byRole(/бухгалтер/i);
    const sent = file.sent_to.length > 0;
    const send = el(
      "button",
      {
        class: sent ? "button" : "button button-main",
        type: "button",
        onclick: () => this.send(file),
      },
      icon("send"),
      sent ? "Отправить ещё раз" : "Отправить бухгалтеру",
    );
    return el(
      "li",
      { class: sent ? "file-card is-sent" : "file-card" },
      el("span", { class: "file-icon" }, icon("file")),
      el(
        "span",
        { class: "file-name" },
        file.name,
        el(
          "small",
          {},
          sent ? `отправлено: ${file.sent_to.join(", ")}` : `после ${dayOfIso(file.day)}, ${Math.ceil(file.size / 1024)} КБ`,
        ),
      ),
      el(
        "span",
        { class: "file-acts" },
        el(
          "a",
          { class: "button", href: `/api/bank/files/${file.number}`, download: file.name },
          icon("save"),
          "Скачать",
        ),
        accountant ? send : null,
      ),
    );
  }

  remember(movements) {
    const now = new Set(movements.map((one) => one.id));
    const fresh = new Set(this.known ? [...now].filter((id) => !this.known.has(id)) : []);
    this.known = now;
    return fresh;
  }
}

/** What a client writes about a payment by a contract. */
export const purposeOf = (contract) =>
  contract
    ? `Оплата по договору № ${contract}. НДС не облагается.`
    : "Оплата за мебель. НДС не облагается.";

function accountName({ bank, number }) {
  const short = bank.replace(/^.*(ПАО СБЕРБАНК|АО "ТБАНК").*$/, "$1");
  return `${short} ··${number.slice(-ACCOUNT_TAIL)}`;
}

function accountNode(account) {
  return el(
    "li",
    { class: "account" },
    el("span", {}, accountName(account), el("small", {}, account.number)),
    el("b", {}, roubles(account.balance, { kopecks: true })),
  );
}

function movementNode(one, accounts, fresh) {
  const isOut = one.amount.startsWith("-");
  const account = accounts.find((each) => each.number === one.account);
  return el(
    "li",
    { class: [
      "movement",
      isOut ? "movement-out" : "movement-in",
      fresh.has(one.id) ? "is-changed" : "",
    ].join(" ").trim() },
    el("span", { class: "movement-day" }, dayOfIso(one.day)),
    el("span", { class: "movement-what" }, el("b", {}, one.name), el("small", {}, one.purpose)),
    el(
      "span",
      { class: "movement-sum" },
      roubles(one.amount, { sign: true, kopecks: true }),
      el("small", {}, account ? `··${account.number.slice(-ACCOUNT_TAIL)}` : ""),
    ),
  );
}
