// A sheet slides up from the bottom of a phone and goes when it is answered or left.

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";

/**
 * Open a sheet on `phone`; `left` is called when it is closed without an answer.
 * Returns a function that closes it.
 */
export function openSheet(phone, { title, kind = "", left = () => {} }, ...body) {
  phone.closeSheet?.();
  const close = (answered = true) => {
    if (phone.closeSheet !== close) return;
    phone.closeSheet = null;
    still(phone.screen, false);
    panel.removeAttribute("role");
    veil.inert = true;
    veil.classList.add("leaving");
    setTimeout(() => veil.remove(), 180);
    if (!answered) left();
  };
  const leave = () => close(false);
  const panel = el(`div.sheet${kind && `.${kind}`}`, { role: "dialog", "aria-label": title, tabindex: "-1" },
    el("div.sheet-head", {}, el("h3", {}, title),
      el("button.tool", { "aria-label": t("close"), onclick: leave }, icon("close", 22))),
    body);
  const veil = el("div.veil", {
    onclick: (event) => event.target === veil && leave(),
    onkeydown: (event) => event.key === "Escape" && leave(),
  }, panel);
  still(phone.screen, true);
  phone.screen.append(veil);
  phone.closeSheet = close;
  panel.focus({ preventScroll: true });
  return close;
}

// What lies behind a sheet can be neither tapped nor read out.
function still(screen, inert) {
  for (const part of screen.children) part.inert = inert && !part.classList.contains("notes");
}

/** A sheet of choices, one under the other: [icon, words, what to do, dangerous?]. */
export function openChoices(phone, title, choices) {
  const close = openSheet(phone, { title, kind: "choices" }, choices.map(([mark, words, chosen, dangerous]) => el(
    `button.choice${dangerous ? ".dangerous" : ""}`,
    { onclick: () => { close(); chosen(); } },
    mark, el("span", {}, words))));
}
