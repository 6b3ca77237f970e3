/** The guide: three journeys, the steps of the chosen one, where one stands. */

import { follow } from "./bus.js";
import { el, icon, narrow } from "./dom.js";
import { JOURNEYS } from "./journeys.js";

export class Guide {
  constructor(root, opener, page) {
    this.page = { ...page, memory: {} };
    this.root = root;
    this.opener = opener;
    this.chosen = 0;
    this.done = JOURNEYS.map(() => 0);
    this.tabs = el(
      "div",
      { class: "guide-tabs", role: "tablist", "aria-label": "Сценарии" },
      JOURNEYS.map((journey, index) => this.tab(journey, index)),
    );
    this.steps = el("ol", { class: "guide-steps" });
    root.append(this.tabs, this.steps);
    this.bar = el("div", { class: "guide-bar", role: "group", "aria-label": "Текущий шаг" });
    root.after(this.bar);
    // The bar stands in for the guide wherever the guide itself cannot be seen.
    new IntersectionObserver(([one]) => this.bar.classList.toggle(
      "is-needed",
      !one.isIntersecting,
    )).observe(root);
    opener.addEventListener("click", () => this.open(!root.classList.contains("is-open")));
    follow((event) => this.hear(event));
    this.open(!narrow.matches);
    this.draw();
  }

  open(isOpen) {
    this.root.classList.toggle("is-open", isOpen);
    this.opener.setAttribute("aria-expanded", String(isOpen));
  }

  /** Something happened: does it do the step at which the chosen journey stands? */
  hear(event) {
    const { steps } = JOURNEYS[this.chosen];
    const step = steps[this.done[this.chosen]];
    if (!step?.when(event)) return;
    this.done[this.chosen] += 1;
    this.draw();
  }

  tab(journey, index) {
    const choose = () => {
      this.chosen = index;
      this.draw();
    };
    return el(
      "button",
      { class: "guide-tab", type: "button", role: "tab", onclick: choose },
      el("span", { class: "guide-number" }, String(index + 1)),
      el("span", {}, el("b", {}, journey.title), el("small", {}, journey.lead)),
    );
  }

  draw() {
    [...this.tabs.children].forEach((tab, index) => {
      const isDone = this.done[index] === JOURNEYS[index].steps.length;
      tab.setAttribute("aria-selected", String(index === this.chosen));
      tab.classList.toggle("is-done", isDone);
      tab.querySelector(".guide-number").replaceChildren(isDone ? icon("check") : String(index + 1));
    });
    const { steps } = JOURNEYS[this.chosen];
    const at = this.done[this.chosen];
    const nodes = steps.map((step, index) => this.step(step, index, at));
    if (at === steps.length) nodes.unshift(this.ending());
    const hadFocus = this.steps.contains(document.activeElement);
    this.steps.replaceChildren(...nodes);
    if (hadFocus) this.steps.querySelector("button")?.focus({ preventScroll: true });
    this.drawBar(steps, at);
    const current = this.steps.querySelector(".is-current");
    // Only the list itself scrolls; the page stays where the person looks.
    if (current && !narrow.matches) {
      this.steps.scrollTo({
        left: current.offsetLeft - this.steps.offsetLeft - 160,
        behavior: "smooth",
      });
    }
  }

  drawBar(steps, at) {
    const step = steps[at];
    const open = el(
      "button",
      {
        class: "guide-bar-open",
        type: "button",
        "aria-controls": this.root.id,
        onclick: () => this.comeBack(),
      },
      el("b", {}, `${Math.min(at + 1, steps.length)} / ${steps.length}`),
      el("span", {}, step?.text ?? "Готово: деньги прошли весь путь"),
    );
    const run = (event) => this.run(step, event.currentTarget);
    const forMe = step?.act ? el(
      "button",
      {
        class: "button guide-bar-act",
        type: "button",
        "aria-label": "Сделать этот шаг за меня",
        onclick: run,
      },
      icon("play"),
      el("span", {}, "За меня"),
    ) : null;
    this.bar.replaceChildren(...[open, forMe].filter(Boolean));
  }

  /** From the bar to the whole guide. */
  comeBack() {
    this.open(true);
    if (!narrow.matches) window.scrollTo({ top: 0, behavior: "smooth" });
  }

  step(step, index, at) {
    const name = index < at ? "guide-step is-done" : index === at ? "guide-step is-current" : "guide-step";
    const node = el(
      "li",
      { class: name, "aria-current": index === at ? "step" : null },
      el("span", { class: "guide-mark" }, index < at ? icon("check") : String(index + 1)),
      el("p", {}, step.text),
    );
    if (index === at) node.append(this.acts(step));
    return node;
  }

  acts(step) {
    const show = el(
      "button",
      {
        class: "link-button",
        type: "button",
        onclick: () => this.leave(() => step.show(this.page)),
      },
      "Показать",
    );
    const forMe = step.act ? el(
      "button",
      {
        class: "link-button guide-act",
        type: "button",
        onclick: (event) => this.run(step, event.currentTarget),
      },
      icon("play"),
      "Сделать за меня",
    ) : null;
    const next = step.act ? null : el(
      "button",
      { class: "link-button", type: "button", onclick: () => this.skip() },
      "Дальше",
    );
    return el("span", { class: "guide-acts" }, forMe, show, next);
  }

  async run(step, button) {
    button.disabled = true;
    await this.leave(() => step.act(this.page));
    button.disabled = false;
  }

  /** In one column the guide lies over the page: it goes away to show what happens. */
  leave(work) {
    if (narrow.matches) this.open(false);
    return work();
  }

  skip() {
    this.done[this.chosen] += 1;
    this.draw();
  }

  ending() {
    const again = () => {
      this.done[this.chosen] = 0;
      this.draw();
    };
    return el(
      "li",
      { class: "guide-step guide-ending" },
      el("p", {}, "Готово: деньги прошли весь путь."),
      el(
        "span",
        { class: "guide-acts" },
        el("button", { class: "link-button", type: "button", onclick: again }, "Пройти ещё раз"),
      ),
    );
  }
}
