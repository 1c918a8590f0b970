// The bar over the phones: bad network, the clock, paid messages, the language.

import { api } from "./kit/api.js";
import { el, refill } from "./kit/dom.js";
import { icon } from "./kit/icons.js";
import { clock, hourMinute, shortDay } from "./kit/time.js";
import { toast } from "./kit/toast.js";
import { language, t, toggleLanguage } from "./kit/words.js";

const HOUR = 3_600;

export class TopBar {
  /** `redraw` is called when the language changed. */
  constructor(node, { redraw, reload, addPhone }) {
    this.node = node;
    this.redraw = redraw;
    this.reload = reload;
    this.addPhone = addPhone;
    this.draw();
    setInterval(() => this.tick(), 1_000);
    document.addEventListener("pointerdown", (event) => this.node.contains(event.target) || this.fold(false));
  }

  draw() {
    document.title = t("title");
    this.now = el("span.now");
    this.bad = el("button.switch", { role: "switch", "aria-checked": "false", onclick: () => this.turnNetwork() },
      el("i"), el("span", {}, t("badNetwork")));
    this.paid = el("b", {}, "–");
    this.fill = el("i");
    this.more = el("button.tool.open-controls", {
      "aria-label": t("settings"), onclick: () => this.fold(!this.node.classList.contains("opened")),
    }, icon("sliders", 22));
    this.fold(false);
    refill(this.node,
      el("h1", {}, el("span.mark", {}, "LINE"), el("span", {}, t("title").replace(/ ?LINE ?/, " ").trim())),
      el("div.controls", {},
        this.bad,
        el("div.clock", {}, icon("clock", 18), this.now,
          el("button.quiet", { onclick: () => this.move(HOUR) }, t("hour")),
          el("button.quiet", { onclick: () => this.move(24 * HOUR) }, t("day"))),
        el("div.paid", {}, icon("coin", 18), el("span", {}, t("paid")), this.paid, el("span.meter", {}, this.fill)),
        el("button.quiet", { onclick: this.addPhone }, icon("plus", 16), el("span", {}, t("addPhone"))),
        el("button.quiet.language", { lang: language() === "th" ? "en" : "th", onclick: () => this.switchLanguage() },
          language() === "th" ? "English" : "ไทย")),
      this.more);
    if (this.state) this.show(this.state);
    this.tick();
  }

  // On a narrow screen the controls are a panel that can be folded away.
  fold(opened) {
    this.node.classList.toggle("opened", opened);
    this.more.setAttribute("aria-expanded", String(opened));
  }

  /** Show what the simulator tells about itself. */
  show(state) {
    this.state = state;
    const bad = state.faults?.bad_network === true;
    this.bad.setAttribute("aria-checked", String(bad));
    document.body.classList.toggle("bad-network", bad);
    const quota = state.quota?.value ?? state.quota;
    const paid = state.paid ?? 0;
    this.paid.textContent = Number.isFinite(quota) ? `${paid}/${quota}` : String(paid);
    this.fill.style.width = Number.isFinite(quota) && quota > 0 ? `${Math.min(100, (paid / quota) * 100)}%` : "0";
    this.tick();
  }

  tick() {
    const now = clock.now();
    this.now.textContent = `${shortDay(now)} ${hourMinute(now)}`;
    for (const node of document.querySelectorAll(".status-time")) node.textContent = hourMinute(now);
  }

  async turnNetwork() {
    const on = this.bad.getAttribute("aria-checked") !== "true";
    await this.change(() => api.setFaults({ bad_network: on }), t(on ? "badNetworkOn" : "badNetworkOff"));
  }

  move(seconds) {
    return this.change(() => api.moveClock(seconds));
  }

  async change(what, words = null) {
    try {
      await what();
    } catch (error) {
      return toast(`${t("failed")} · ${error.message}`);
    }
    if (words) toast(words);
    return this.reload();
  }

  switchLanguage() {
    toggleLanguage();
    this.draw();
    this.redraw();
  }
}
