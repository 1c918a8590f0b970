// Around the screen: the status bar on top of it, and below it who owns the phone.

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { copy } from "./actions.js";
import { personFace } from "./faces.js";

/** Time, signal and battery; the time is kept by whoever ticks `.status-time`. */
export function statusBar() {
  const signal = el("span.signal", {}, [1, 2, 3, 4].map((n) => el("i", { style: { height: `${n * 2.5 + 1}px` } })));
  return el("div.status", { "aria-hidden": "true" }, el("span.status-time"), el("i.island"),
    el("span.status-right", {}, signal, icon("wifi", 15), el("span.battery", {}, el("i"))));
}

/** Whose phone this is, and the invitation code that can be copied or sent. */
export function caption(phone) {
  const { user } = phone;
  const code = user.code && el("span.code", {},
    el("button", { title: `${t("inviteCode")} · ${t("copy")}`, onclick: async () => { await copy(user.code); phone.note(t("copied")); } },
      icon("copy", 15), user.code),
    el("button.send-code", { onclick: () => phone.doing(() => phone.person.text(user.code)) }, t("sendCode")));
  return el("footer.caption", {},
    personFace(user.name, 34, phone.number),
    el("span.who", {}, el("b", {}, user.label || user.name), user.label && el("small", {}, user.name)),
    code || (user.hint && el("small.hint", {}, user.hint)));
}
