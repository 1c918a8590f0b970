// Text of a bubble: line breaks, links that can be tapped, LINE emoji, mentions.

import { el } from "../kit/dom.js";

const LINK = /(https?:\/\/(?:(?!["'<>])[!-~])+|\b0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}\b)/g;

/** The nodes of a text message; `phone.open(url)` is called for a tapped link. */
export function richText(message, phone) {
  const text = message.type === "textV2" ? substituted(message) : message.text;
  return withEmojis(text, message.emojis ?? []).split(LINK).map((part, index) => {
    if (index % 2 === 0) return part;
    const url = part.startsWith("http") ? part : `tel:${part.replace(/[^\d]/g, "")}`;
    return el("button.link", { onclick: () => phone.open(url) }, part);
  });
}

// Positions count UTF-16 units, as JavaScript does. LINE's drawings are not ours to show.
function withEmojis(text, emojis) {
  if (!emojis.length) return text;
  const at = new Set(emojis.filter((one) => !one.length).map((one) => one.index));
  return [...Array(text.length).keys()].map((n) => (at.has(n) ? "🙂" : text[n])).join("");
}

function substituted({ text, substitution = {} }) {
  const filled = text.replace(/\{([0-9a-zA-Z_]{1,20})\}/g, (whole, key) => {
    const what = substitution[key];
    if (what?.type === "mention") return what.mentionee?.type === "all" ? "@All" : "@…";
    return what?.type === "emoji" ? "🙂" : whole;
  });
  return filled.replaceAll("{{", "{").replaceAll("}}", "}");
}
