/**
 * The three journeys a newcomer can follow. A step is done when `when` recognises what happened on
 * the page; `show` brings the place before the eyes; `act` does the step for whoever asks.
 */

import { exampleDeal } from "./dealform.js";
import { purposeOf } from "./bank.js";

const OWNER = /владел|собствен/i;
const MANAGER = /менедж/i;
const CASHIER = /касс/i;
const ACCOUNTANT = /бухгалт/i;
// The product's own words on the buttons, with whatever sign before them.
const HAND_OVER_ALL = /сдать (всё|выбранное)/i;
const ACCEPT = /принял/i;
const ANSWER_MS = 6000;
const STEP_MS = 150;

const is = (event, kind, role = /./) => event.kind === kind && role.test(event.person?.role ?? "");
const said = (event, role, pattern) => is(event, "said", role) && pattern.test(event.text);
const phoneOf = (page, role) => page.phones.phones.get(page.phones.byRole(role).user_id);

function showPhone(page, role) {
  page.reveal("chats");
  page.phones.reveal(page.phones.byRole(role).user_id);
}

/** Wait for an inline button in a message later than `after`, the newest that fits; press it. */
async function tap(page, role, pattern, { after = 0 } = {}) {
  showPhone(page, role);
  const phone = phoneOf(page, role);
  const look = () => phone.buttons(pattern).find((one) => one.message.message_id > after);
  const found = await wait(look);
  if (found) await phone.press(found.message, found.button);
}

/** Say the words of a key under the line; gives the id of the message before it. */
async function sayKey(page, role, words) {
  showPhone(page, role);
  const phone = phoneOf(page, role);
  const before = phone.lastId;
  await phone.say(words);
  return before;
}

async function openTab(page, title) {
  page.reveal("sheet");
  await page.sheet.open(title);
}

/** Wait some seconds until the page sees something; gives it, or undefined. */
async function wait(look) {
  for (let waited = 0; waited < ANSWER_MS; waited += STEP_MS) {
    const seen = look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return undefined;
}

/** The newest link for somebody else in a chat: a button's or one in the text. */
function newestLink(phone, after) {
  for (const message of phone.screen.messages.filter((one) => one.message_id > after).reverse()) {
    const button = message.buttons.flat().find((one) => /t\.me\/.*start=/.test(one.url ?? ""));
    const text = /(?:https?:\/\/)?t\.me\/[^\s"<]+start=[\w-]+/.exec(message.html);
    if (!message.mine && (button || text)) return button?.url ?? text[0];
  }
  return undefined;
}

async function addDeal(page, method) {
  page.reveal("crm");
  await page.crm.update();
  const deal = exampleDeal(page.crm, { manager: /Анна/, method });
  if (await page.crm.add(deal)) page.memory.deal = deal;
}

const EXPENSE = {
  title: "Расход одной строкой",
  lead: "Собственник пишет в чат, таблица пересчитывает прибыль",
  steps: [
    {
      text: "На телефоне Игоря напишите «500 такси»",
      show: (page) => showPhone(page, OWNER),
      act: (page) => sayKey(page, OWNER, "500 такси"),
      when: (event) => is(event, "said", OWNER) && /\d/.test(event.text),
    },
    {
      text: "Бот ответит одной строкой: сумма, статья, кнопки",
      show: (page) => showPhone(page, OWNER),
      when: (event) => is(event, "received", OWNER),
    },
    {
      text: "В таблице, на вкладке «Журнал», появилась строка",
      show: (page) => page.reveal("sheet"),
      act: (page) => openTab(page, /журнал/i),
      when: (event) => event.kind === "tab" && /журнал/i.test(event.title),
    },
    {
      text: "На вкладке «ОПиУ» чистая прибыль стала меньше",
      show: (page) => page.reveal("sheet"),
      act: (page) => openTab(page, /опиу/i),
      when: (event) => event.kind === "tab" && /опиу/i.test(event.title),
    },
  ],
};

const CASH = {
  title: "Наличные по ссылке",
  lead: "Деньги числятся на менеджере, пока кассир не подтвердит",
  steps: [
    {
      text: "В CRM добавьте сделку Анны с предоплатой наличными",
      show: (page) => page.reveal("crm"),
      act: (page) => addDeal(page, /наличн/i),
      when: (event) => event.kind === "deal-added",
    },
    {
      text: "Анна нажимает «Моя касса»: деньги числятся на ней",
      show: (page) => showPhone(page, MANAGER),
      act: (page) => sayKey(page, MANAGER, "Моя касса"),
      when: (event) => said(event, MANAGER, /моя касса/i),
    },
    {
      text: "«Сдать кассу», затем «Сдать всё»: карточка ждёт кассира",
      show: (page) => showPhone(page, MANAGER),
      act: async (page) => {
        const after = await sayKey(page, MANAGER, "Сдать кассу");
        await tap(page, MANAGER, HAND_OVER_ALL, { after });
      },
      when: (event) => is(event, "pressed", MANAGER) && HAND_OVER_ALL.test(event.label),
    },
    {
      text: "«Ссылка для кассира»: нажмите ссылку, откройте её у Ольги",
      show: (page) => showPhone(page, MANAGER),
      act: async (page) => {
        const phone = phoneOf(page, MANAGER);
        const after = phone.lastId;
        await tap(page, MANAGER, /ссылка для кассира/i);
        const url = await wait(() => newestLink(phone, after));
        if (url) await page.phones.open(page.phones.byRole(CASHIER).user_id, url);
      },
      when: (event) => is(event, "opened", CASHIER),
    },
    {
      text: "Ольга пересчитала деньги и подтверждает",
      show: (page) => showPhone(page, CASHIER),
      act: (page) => tap(page, CASHIER, ACCEPT),
      when: (event) => is(event, "pressed", CASHIER) && ACCEPT.test(event.label),
    },
    {
      text: "Сделка в CRM: «Платёж подтверждён», запись в истории",
      show: (page) => page.reveal("crm"),
      act: (page) => page.reveal("crm"),
      when: (event) => event.kind === "panel" && event.name === "crm",
    },
  ],
};

const TRANSFER = {
  title: "Перевод по выписке",
  lead: "Платёж подтверждает строка банка, а не слово",
  steps: [
    {
      text: "В CRM добавьте сделку с оплатой по безналу",
      show: (page) => page.reveal("crm"),
      act: (page) => addDeal(page, /безнал/i),
      when: (event) => event.kind === "deal-added",
    },
    {
      text: "В банке клиент платит по номеру договора",
      show: (page) => page.reveal("bank"),
      act: async (page) => {
        page.reveal("bank");
        await page.bank.update();
        const { deal } = page.memory;
        if (!deal) return;
        const amount = Object.values(deal.fields)[0];
        const account = page.bank.bank.accounts[0].number;
        await page.bank.pay({
          account,
          amount,
          name: deal.client,
          inn: "",
          purpose: purposeOf(deal.number),
        });
      },
      when: (event) => event.kind === "paid",
    },
    {
      text: "«Выписка за завтра»: наступает следующий день",
      show: (page) => page.reveal("bank"),
      act: (page) => {
        page.reveal("bank");
        return page.bank.nextDay();
      },
      when: (event) => event.kind === "next-day",
    },
    {
      text: "Отправьте файл 1С в чат бухгалтера",
      show: (page) => page.reveal("bank"),
      act: async (page) => {
        page.reveal("bank");
        await page.bank.update();
        const [file] = page.bank.bank.files;
        if (file) await page.bank.send(file);
      },
      when: (event) => event.kind === "statement-sent" || is(event, "filed", ACCOUNTANT),
    },
    {
      text: "Мария видит, что сошлось, и решает об остальном",
      show: (page) => showPhone(page, ACCOUNTANT),
      when: (event) => is(event, "received", ACCOUNTANT),
    },
    {
      text: "На вкладке «Сверка» книги сходятся до копейки",
      show: (page) => page.reveal("sheet"),
      act: (page) => openTab(page, /сверка/i),
      when: (event) => event.kind === "tab" && /сверка/i.test(event.title),
    },
  ],
};

export const JOURNEYS = [EXPENSE, CASH, TRANSFER];
