// Template messages and imagemaps.

import { dragSideways, el } from "../kit/dom.js";
import { picture, tappable } from "./parts.js";

/** The card of a template message; `tap(action)` is called for what is tapped. */
export function template(message, tap) {
  const what = message.template;
  if (what.type === "buttons") return card(what, tap);
  if (what.type === "confirm") return confirm(what, tap);
  if (what.type === "carousel") return strip(what.columns.map((column) => card({ ...what, ...column }, tap)));
  if (what.type === "image_carousel") return strip(what.columns.map((column) => imageColumn(column, tap)));
  return el("div.bubble", {}, message.altText);
}

const strip = (cards) => dragSideways(el("div.carousel", {}, cards));

const choice = (action, tap) => el("button.tp-action", { onclick: () => tap(action) }, action.label);

function card(what, tap) {
  const node = el("div.tp-card");
  if (what.thumbnailImageUrl) node.append(thumbnail(what));
  const words = el("div.tp-words", {},
    what.title && el("p.tp-title", {}, what.title),
    el("p.tp-text", {}, what.text));
  node.append(what.defaultAction ? tappable(words, what.defaultAction, tap) : words);
  node.append(el("div.tp-actions", {}, what.actions.map((action) => choice(action, tap))));
  return node;
}

function thumbnail(what) {
  const fit = what.imageSize === "contain" ? "contain" : "cover";
  return el("div.tp-thumbnail", {
    style: {
      aspectRatio: what.imageAspectRatio === "square" ? "1 / 1" : "1.51 / 1",
      backgroundColor: what.imageBackgroundColor ?? "#fff",
    },
  }, picture(what.thumbnailImageUrl, fit));
}

function confirm(what, tap) {
  return el("div.tp-card.tp-confirm", {},
    el("div.tp-words", {}, el("p.tp-text", {}, what.text)),
    el("div.tp-actions.tp-beside", {}, what.actions.map((action) => choice(action, tap))));
}

function imageColumn(column, tap) {
  const label = column.action.label;
  const node = el("div.tp-image", {}, picture(column.imageUrl), label && el("span.tp-label", {}, label));
  return tappable(node, column.action, tap);
}

/** An imagemap: a picture (1040 wide) with tappable areas. */
export function imagemap(message, tap) {
  const { width, height } = message.baseSize;
  const areas = message.actions.map((action) => {
    const { area } = action;
    return el("button.im-area", {
      "aria-label": action.label ?? action.text ?? action.linkUri ?? action.type,
      style: {
        left: `${(area.x / width) * 100}%`,
        top: `${(area.y / height) * 100}%`,
        width: `${(area.width / width) * 100}%`,
        height: `${(area.height / height) * 100}%`,
      },
      onclick: () => tap(action),
    });
  });
  return el("div.im", { style: { aspectRatio: `${width} / ${height}` } }, picture(`${message.baseUrl}/700`), areas);
}
