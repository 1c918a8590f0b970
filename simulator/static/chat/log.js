// The chat's log: date separators, bubbles with avatar and time, notices, and who is typing.

import { el, onHold } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { clock, dayOf, hourMinute, separator } from "../kit/time.js";
import { t } from "../kit/words.js";
import { show, summary, WIDE } from "../messages/show.js";
import { botFace } from "./faces.js";

const NOTICES = { follow: "youFollowed", block: "youBlocked", unblock: "youUnblocked", unsend: "youUnsent" };

export class Log {
  /** `phone` answers tapIn, look and open; `held(item, row)` is called for a long press on a bubble. */
  constructor({ phone, bot, held }) {
    this.phone = phone;
    this.bot = bot;
    this.held = held;
    this.rows = new Map();
    this.last = null;
    this.list = el("div.log", { role: "log", "aria-label": t("messages"), tabindex: "0" });
    this.dots = el("div.row.from-bot.typing", { hidden: true },
      botFace(bot, 36), el("div.stack", {}, el("div.bubble.dots", { role: "status", "aria-label": t("typing") }, el("i"), el("i"), el("i"))));
    this.latest = el("button.to-latest", { hidden: true, "aria-label": t("newMessage"), onclick: () => this.toBottom(true) }, icon("down", 22));
    this.list.append(this.dots);
    this.stickToBottom();
  }

  // Whoever is at the bottom stays there when pictures or menus change the height; only a push
  // upwards ends that.
  stickToBottom() {
    this.sticking = true;
    let before = 0;
    this.list.addEventListener("scroll", () => {
      if (this.atBottom()) this.sticking = true;
      else if (this.list.scrollTop < before - 1) this.sticking = false;
      before = this.list.scrollTop;
      if (this.sticking) this.latest.hidden = true;
    }, { passive: true });
    const stay = () => requestAnimationFrame(() => this.sticking && this.toBottom());
    new ResizeObserver(stay).observe(this.list);
    for (const name of ["load", "error"]) this.list.addEventListener(name, stay, true);
  }

  /** Show one more item; those without anything to see are passed over. */
  add(item, { animate = true } = {}) {
    if (item.kind === "unsend") this.takeBack(item.messageId);
    const row = this.row(item);
    if (!row) return;
    const stay = this.sticking || item.from === "user";
    this.separate(item);
    this.join(item, row);
    if (animate) row.classList.add("arriving");
    this.dots.before(row);
    this.last = { item, row };
    if (stay) this.toBottom();
    else this.latest.hidden = item.from !== "bot";
  }

  /** Show or hide the dots of somebody who types. */
  typing(shown) {
    if (this.dots.hidden !== shown) return;
    this.dots.hidden = !shown;
    if (shown && this.sticking) this.toBottom();
  }

  toBottom(smooth = false) {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.sticking = true;
    this.latest.hidden = true;
  }

  atBottom() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  takeBack(messageId) {
    const row = this.rows.get(messageId);
    if (!row) return;
    row.remove();
    this.rows.delete(messageId);
  }

  row(item) {
    if (item.from === "system") return NOTICES[item.kind] ? el("div.notice", {}, t(NOTICES[item.kind])) : null;
    if (!item.message || item.unsent) return null;
    return item.from === "bot" ? this.theirs(item) : this.ours(item);
  }

  theirs(item) {
    const wide = WIDE.has(item.message.type);
    const sender = item.message.sender ?? {};
    const face = show(item, this.phone);
    const time = el("time.at", {}, hourMinute(item.at));
    const name = sender.name ? `${sender.name} ${t("from")} ${this.bot.displayName}` : this.bot.displayName;
    const row = el("div.row.from-bot", { data: { message: item.messageId } },
      botFace(sender.iconUrl ? { pictureUrl: sender.iconUrl } : this.bot, 36),
      el("div.stack", {}, el("span.name", {}, name), el("div.line", {}, this.quoted(item, face), time)));
    row.classList.toggle("wide", wide);
    row.classList.toggle("strip", face.classList.contains("carousel"));
    return this.holdable(item, row, face);
  }

  ours(item) {
    const face = show(item, this.phone);
    const meta = el("span.meta", {},
      el("span.read", { hidden: item.read !== true }, t("read")), el("time.at", {}, hourMinute(item.at)));
    const row = el("div.row.from-user", { data: { message: item.messageId ?? "" } },
      el("div.line", {}, meta, this.quoted(item, face)));
    return this.holdable(item, row, face);
  }

  holdable(item, row, face) {
    onHold(face, () => this.held(item, face));
    if (item.messageId) this.rows.set(item.messageId, row);
    return row;
  }

  quoted(item, face) {
    const id = item.quotedMessageId ?? item.message.quotedMessageId;
    const row = id && this.rows.get(id);
    if (!row || !face.classList.contains("words")) return face;
    face.prepend(el("button.quote", { onclick: () => row.scrollIntoView({ block: "center", behavior: "smooth" }) },
      row.dataset.summary ?? ""));
    return face;
  }

  separate(item) {
    const before = this.last?.item;
    if (before && dayOf(before.at) === dayOf(item.at)) return;
    this.dots.before(el("div.day", { data: { at: item.at } }, el("span", {})));
    this.nameDays();
    this.last = null;
  }

  /** Write on the separators which day it was, seen from today. */
  nameDays() {
    const words = { today: t("today"), yesterday: t("yesterday") };
    for (const day of this.list.querySelectorAll(".day")) {
      day.firstChild.textContent = separator(Number(day.dataset.at), clock.now(), words);
    }
  }

  /** Neighbours of one sender and minute share a face and a time. */
  join(item, row) {
    if (item.message) row.dataset.summary = summary(item.message).slice(0, 80);
    const before = this.last;
    if (!before || before.item.from !== item.from || item.from === "system") return;
    const sameSender = before.item.message?.sender?.name === item.message?.sender?.name;
    if (!sameSender) return;
    row.classList.add("follows");
    if (hourMinute(before.item.at) === hourMinute(item.at)) before.row.classList.add("timeless");
  }
}
