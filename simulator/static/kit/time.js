// Time: how moments and days are written. Phones in this simulator are in Thailand.

import { language } from "./words.js";

const ZONE = "Asia/Bangkok";
const DAY = 86_400_000;
const cache = new Map();

function write(moment, options) {
  const key = language() + JSON.stringify(options);
  if (!cache.has(key)) {
    const locale = language() === "th" ? "th-TH" : "en-GB";
    cache.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }));
  }
  return cache.get(key).format(moment);
}

/** 09:05 */
export const hourMinute = (at) => write(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** 21 พ.ย. 2569 */
export const shortDay = (at) => write(at, { day: "numeric", month: "short", year: "numeric" });

/** พฤศจิกายน 2569 of a year and a month counted from 0 */
export const monthOf = (year, month) => write(Date.UTC(year, month, 15), { month: "long", year: "numeric" });

/** อา. จ. อ. … starting on Sunday */
export const weekdays = () => [...Array(7).keys()].map((day) => write(Date.UTC(2026, 1, 1 + day, 5), { weekday: language() === "th" ? "narrow" : "short" }));

/** เสาร์ 21 พฤศจิกายน 2569 of "2026-11-21" */
export const longDay = (day) => write(Date.parse(`${day}T05:00Z`), { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** The Thai calendar day of a moment as YYYY-MM-DD */
export const dayOf = (at) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);

/** What stands between two days of a chat: วันนี้, เมื่อวาน, or the date */
export function separator(at, now, words) {
  const day = dayOf(at);
  if (day === dayOf(now)) return words.today;
  if (day === dayOf(now - DAY)) return words.yesterday;
  const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4);
  return write(at, { weekday: "short", day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** Seconds as 0:07 */
export const minutesSeconds = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The simulator's clock in the page: told now and then, it runs on by itself. */
export const clock = {
  ahead: 0,
  /** Set to `now` in milliseconds. */
  tell(now) {
    this.ahead = now - Date.now();
  },
  now() {
    return Date.now() + this.ahead;
  },
};

/** A moment as milliseconds, from milliseconds, seconds or an ISO text. */
export function milliseconds(moment) {
  if (typeof moment === "string") return Date.parse(moment);
  return moment < 1e11 ? moment * 1000 : moment;
}
