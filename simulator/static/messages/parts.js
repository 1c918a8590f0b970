// Parts that several kinds of messages share: tappable things and pictures.

import { el } from "../kit/dom.js";
import { t } from "../kit/words.js";

/**
 * Make `node` do `action` when tapped. It becomes a real button, unless it holds buttons itself.
 * Its name is what is written on it, or the action's label when nothing is.
 */
export function tappable(node, action, tap) {
  const holdsButtons = node.querySelector("button, [role=button], video") !== null;
  const face = holdsButtons ? node : asButton(node);
  if (holdsButtons) {
    face.setAttribute("role", "button");
    face.tabIndex = 0;
    face.addEventListener("keydown", (event) => {
      if (event.target === face && event.key === "Enter") tap(action);
    });
  }
  face.classList.add("tappable");
  if (!face.textContent.trim()) face.setAttribute("aria-label", action.label ?? action.type);
  face.addEventListener("click", (event) => {
    event.stopPropagation();
    tap(action);
  });
  return face;
}

function asButton(node) {
  const face = el("button", { style: null });
  for (const { name, value } of node.attributes) face.setAttribute(name, value);
  face.append(...node.childNodes);
  return face;
}

/** A picture that fills its frame; what cannot be loaded is an empty frame with a word. */
export function picture(url, fit = "cover") {
  const node = el("img.picture", { src: url, alt: "", draggable: "false", loading: "eager", style: { objectFit: fit } });
  node.addEventListener("error", () => node.replaceWith(el("span.no-picture", {}, t("photoGone"))), { once: true });
  return node;
}
