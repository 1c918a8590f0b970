// Toasts: short notes that come and go at the bottom of the page or of a phone.

import { el } from "./dom.js";

/** Show `text` for a moment; in `host`, or over the whole page. */
export function toast(text, host = document.getElementById("toasts")) {
  const note = el("div.toast", {}, text);
  host.append(note);
  setTimeout(() => note.classList.add("leaving"), 2_400);
  setTimeout(() => note.remove(), 2_800);
}
