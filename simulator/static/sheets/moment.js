// The date and time picker: a month to tap on, and two wheels for the hour and the minute.

import { el, refill } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { clock, dayOf, hourMinute, longDay, monthOf, weekdays } from "../kit/time.js";
import { t } from "../kit/words.js";
import { openSheet } from "./sheet.js";

const two = (number) => String(number).padStart(2, "0");

/** Let the person choose; gives "2026-11-21", "09:30", "2026-11-21T09:30", or null when left. */
export function pickMoment(phone, action) {
  return new Promise((resolve) => {
    const range = { min: part(action.min, action.mode), max: part(action.max, action.mode) };
    const start = starting(action, range);
    const calendar = action.mode === "time" ? null : new Calendar(start.day, range, () => told());
    const wheels = action.mode === "date" ? null : new Wheels(start.time);
    const chosen = el("p.chosen-day", { "aria-live": "polite" });
    const told = () => calendar && (chosen.textContent = longDay(calendar.day));
    told();
    const value = () => [calendar?.day, wheels?.time].filter(Boolean).join("T");
    const close = openSheet(phone, {
      title: t(action.mode === "time" ? "chooseTime" : "chooseDate"), kind: "moment", left: () => resolve(null),
    },
    calendar && chosen, calendar?.node, wheels?.node,
    el("div.sheet-foot", {},
      el("button.plain", { onclick: () => close(false) }, t("cancel")),
      el("button.strong", { onclick: () => { resolve(within(value(), action)); close(); } }, t("confirm"))));
    wheels?.settle();
  });
}

const part = (limit, mode) => (limit && mode !== "time" ? limit.slice(0, 10) : undefined);

function starting(action, { min, max }) {
  const now = clock.now();
  const [first, second] = (action.initial ?? "").toUpperCase().split("T");
  let day = action.mode === "time" ? "" : first || dayOf(now);
  if (min && day < min) day = min;
  if (max && day > max) day = max;
  return { day, time: (action.mode === "time" ? first : second) || hourMinute(now) };
}

// The wheels turn freely; LINE never sends a moment outside the limits.
function within(value, { min, max }) {
  const limit = (text) => text?.replace("t", "T");
  if (min && value < limit(min)) return limit(min);
  if (max && value > limit(max)) return limit(max);
  return value;
}

class Calendar {
  constructor(day, range, changed) {
    this.day = day;
    this.range = range;
    this.changed = changed;
    [this.year, this.month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
    this.node = el("div.calendar");
    this.draw();
  }

  turn(months) {
    const moved = new Date(Date.UTC(this.year, this.month + months, 1));
    [this.year, this.month] = [moved.getUTCFullYear(), moved.getUTCMonth()];
    this.draw();
  }

  draw() {
    const first = new Date(Date.UTC(this.year, this.month, 1)).getUTCDay();
    const days = new Date(Date.UTC(this.year, this.month + 1, 0)).getUTCDate();
    const blanks = [...Array(first).keys()].map(() => el("span"));
    refill(this.node,
      el("div.month", {},
        el("button.tool", { "aria-label": t("previousMonth"), onclick: () => this.turn(-1) }, icon("left", 22)),
        el("strong", {}, monthOf(this.year, this.month)),
        el("button.tool", { "aria-label": t("nextMonth"), onclick: () => this.turn(1) }, icon("right", 22))),
      el("div.days", {},
        weekdays().map((name) => el("small", {}, name)), blanks,
        [...Array(days).keys()].map((index) => this.dayButton(index + 1))));
  }

  dayButton(number) {
    const day = `${this.year}-${two(this.month + 1)}-${two(number)}`;
    const { min, max } = this.range;
    return el("button.day-button", {
      data: { date: day },
      disabled: (min && day < min) || (max && day > max),
      "aria-pressed": String(day === this.day),
      "aria-current": day === dayOf(clock.now()) ? "date" : null,
      onclick: () => {
        this.day = day;
        this.draw();
        this.changed();
      },
    }, String(number));
  }
}

class Wheels {
  constructor(time) {
    const [hour, minute] = time.split(":").map(Number);
    this.hour = new Wheel(t("hours"), 24, hour);
    this.minute = new Wheel(t("minutes"), 60, minute);
    this.node = el("div.wheels", {}, this.hour.node, el("b", {}, ":"), this.minute.node);
  }

  get time() {
    return `${two(this.hour.value)}:${two(this.minute.value)}`;
  }

  settle() {
    this.hour.turnTo(this.hour.value, "instant");
    this.minute.turnTo(this.minute.value, "instant");
  }
}

const ROW = 40;

class Wheel {
  constructor(name, count, value) {
    this.value = value;
    this.buttons = [...Array(count).keys()].map((n) => el("button", { onclick: () => this.turnTo(n) }, two(n)));
    this.node = el("div.wheel", { role: "group", "aria-label": name, onscroll: () => this.turned() }, this.buttons);
  }

  turnTo(value, behavior = "smooth") {
    this.node.scrollTo({ top: value * ROW, behavior });
    this.mark(value);
  }

  turned() {
    this.mark(Math.min(this.buttons.length - 1, Math.max(0, Math.round(this.node.scrollTop / ROW))));
  }

  mark(value) {
    this.buttons[this.value].removeAttribute("aria-current");
    this.value = value;
    this.buttons[value].setAttribute("aria-current", "true");
  }
}
