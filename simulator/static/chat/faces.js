// Faces: the bot's round picture and the coloured initials of people.

import { el } from "../kit/dom.js";

const HUES = [152, 212, 28, 268, 338, 188, 48, 120];

/** The bot's picture, or a house with a heart where it has none. */
export function botFace(bot, size) {
  const face = el("span.face.bot-face", { style: { width: `${size}px`, height: `${size}px` }, "aria-hidden": "true" });
  if (bot.pictureUrl) face.append(el("img", { src: bot.pictureUrl, alt: "", onerror: (event) => event.target.replaceWith(house()) }));
  else face.append(house());
  return face;
}

function house() {
  const host = el("span.house");
  host.innerHTML = `<svg viewBox="0 0 48 48" aria-hidden="true">
    <path d="M10 25L24 12l14 13v12.5a1.5 1.5 0 0 1-1.5 1.5h-25a1.5 1.5 0 0 1-1.5-1.5z" fill="#fff"/>
    <path d="M24 35.5c-8-5.2-8.6-11-4.6-11.6 2.4-.3 4 1.5 4.6 2.7.6-1.2 2.2-3 4.6-2.7 4 .6 3.4 6.4-4.6 11.6z" fill="#f0566e"/></svg>`;
  return host;
}

/** A person's initial on a colour of their own. */
export function personFace(name, size, number = 0) {
  const letter = [...name.replace(/^(นางสาว|นาง|นาย|ครู|ผอ\.|คุณ|ด\.ช\.|ด\.ญ\.)\s*/u, "").replace(/^[เแโใไ]/u, "")][0] ?? "?";
  return el("span.face.person-face", {
    "aria-hidden": "true",
    style: { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.45}px`, backgroundColor: `hsl(${HUES[number % HUES.length]} 52% 48%)` },
  }, letter);
}
