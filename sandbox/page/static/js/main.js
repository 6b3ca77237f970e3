/** The page's start and its pulse: asks what has changed and tells each part. */

import { get, Lost, notice, onWake, Refused } from "./api.js";
import { Bank } from "./bank.js";
import { tell } from "./bus.js";
import { Crm } from "./crm.js";
import { momentOf, narrow, setText, toggle } from "./dom.js";
import { Guide } from "./guide.js";
import { Phones } from "./phones.js";
import { Sheet } from "./sheet.js";

const PULSE_MS = 400;
const PULSE_WHEN_LOST_MS = 2500;
const PANELS = ["sheet", "crm", "bank"];

const $ = (id) => document.getElementById(id);
const desk = $("desk");
const state = { panel: "sheet", view: "chats", seen: {}, lost: false, timer: null };

/** Show a panel; in one column it is also the view. */
function showPanel(name) {
  state.panel = name;
  for (const panel of PANELS) {
    const isShown = panel === name;
    toggle($(`panel-${panel}`), isShown);
    $(`tab-${panel}`).setAttribute("aria-selected", String(isShown));
    $(`tab-${panel}`).tabIndex = isShown ? 0 : -1;
  }
  markNews(name, false);
  parts[name].look();
  tell("panel", { name });
}

/** Show a view: the chats or one of the panels. */
function showView(view) {
  state.view = view;
  desk.dataset.view = view;
  for (const button of $("dock").children) {
    const isShown = button.dataset.view === view;
    if (isShown) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  if (view !== "chats") showPanel(view);
  parts.phones.refreshView();
}

/** Bring a part of the page before the eyes. */
function reveal(view) {
  if (narrow.matches) showView(view);
  else if (view !== "chats") {
    showPanel(view);
    $("panel-tabs").scrollIntoView({ behavior: "smooth", block: "start" });
  } else $("phones").scrollIntoView({ behavior: "smooth", block: "center" });
}

const isPanelInView = (name) => state.panel === name && (!narrow.matches || state.view === name);

function markNews(name, isNew) {
  toggle($(`tab-${name}`).querySelector(".dot"), isNew);
  toggle($("dock").querySelector(`[data-view="${name}"] .dot`), isNew);
}

async function pulse() {
  const version = await get("/api/version");
  if (state.lost) notice("Связь с показом восстановлена");
  state.lost = false;
  const [day, time] = momentOf(version.now);
  setText($("now").children[0], day);
  setText($("now").children[1], time);
  $("now").dateTime = version.now;
  setText($("busy"), version.busy ?? "");
  toggle($("busy"), Boolean(version.busy));
  await parts.phones.update(version.phones);
  const versions = { sheet: version.sheet, crm: version.deals, bank: version.bank };
  for (const [name, value] of Object.entries(versions)) await take(name, value, version);
}

async function take(name, value, version) {
  if (state.seen[name] === value) return;
  const isFirst = state.seen[name] === undefined;
  state.seen[name] = value;
  if (!isPanelInView(name)) {
    parts[name].isStale = true;
    if (!isFirst) markNews(name, true);
    return;
  }
  try {
    await parts[name].update(version);
  } catch (error) {
    if (!(error instanceof Refused) || error instanceof Lost) throw error;
    notice(error.message, "error");
  }
}

async function beat() {
  clearTimeout(state.timer);
  let pause = PULSE_MS;
  try {
    if (!document.hidden) await pulse();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!state.lost) notice(error.message, "error");
    state.lost = true;
    pause = PULSE_WHEN_LOST_MS;
  } finally {
    clearTimeout(state.timer);
    state.timer = setTimeout(queueBeat, pause);
  }
}

// One beat at a time: an act that wants news during a beat gets another right after it.
let running = null;
let again = false;
function queueBeat() {
  if (running) {
    again = true;
    return;
  }
  running = beat().finally(() => {
    running = null;
    if (again) {
      again = false;
      queueBeat();
    }
  });
}

function wirePanels() {
  for (const name of PANELS) {
    $(`tab-${name}`).addEventListener("click", () => showPanel(name));
  }
  $("panel-tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = PANELS[(PANELS.indexOf(state.panel) + step + PANELS.length) % PANELS.length];
    showPanel(next);
    $(`tab-${next}`).focus();
  });
  for (const button of $("dock").children) button.addEventListener(
    "click",
    () => showView(button.dataset.view),
  );
  document.addEventListener("visibilitychange", queueBeat);
}

const parts = {};
const world = await get("/api/world");
setText($("company"), `Демо-компания «${world.company}»`);
parts.phones = new Phones(
  $("phones"),
  world.people,
  () => !narrow.matches || state.view === "chats",
);
parts.phones.onUnread = (count) => {
  const badge = $("dock").querySelector('[data-view="chats"] .badge');
  setText(badge, String(count));
  toggle(badge, count > 0);
};
parts.sheet = new Sheet($("panel-sheet"));
parts.crm = new Crm($("panel-crm"), world.crm);
parts.bank = new Bank($("panel-bank"), parts.phones);
parts.guide = new Guide($("guide"), $("guide-toggle"), { ...parts, reveal, world });
wirePanels();
onWake(queueBeat);
showPanel("sheet");
showView("chats");
queueBeat();
