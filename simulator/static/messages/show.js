// What each kind of message looks like.

import { contentUrl } from "../kit/api.js";
import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { minutesSeconds } from "../kit/time.js";
import { t } from "../kit/words.js";
import { flex } from "./flex.js";
import { miniMap } from "./map.js";
import { picture } from "./parts.js";
import { stickerPicture } from "./stickers.js";
import { imagemap, template } from "./templates.js";
import { richText } from "./text.js";

/** Kinds that stand in the chat without a bubble of their own around them. */
export const WIDE = new Set(["flex", "template", "imagemap"]);

/**
 * The face of a message. `item` is a chat item with its `message`; `phone` answers
 * `tapIn(item, action)`, `look(url)` for pictures and `open(url)` for links.
 */
export function show(item, phone) {
  const face = FACES[item.message.type] ?? unknown;
  return face(item.message, item, phone);
}

/** One line that stands for a message, where it is quoted. */
export function summary(message) {
  if (!message) return t("youUnsent");
  const named = { image: "photo", video: "video", audio: "voice", sticker: "sticker", location: "place" };
  if (message.type in named) return t(named[message.type]);
  return message.text ?? message.altText ?? message.fileName ?? "";
}

const FACES = {
  text: (message, item, phone) => el("div.bubble.words", {}, richText(message, phone)),
  textV2: (message, item, phone) => el("div.bubble.words", {}, richText(message, phone)),
  image: photo,
  video: film,
  audio: voice,
  file,
  location,
  sticker: (message) => stickerPicture(message.stickerId),
  flex: (message, item, phone) => flex(message.contents, tapIn(item, phone)),
  template: (message, item, phone) => template(message, tapIn(item, phone)),
  imagemap: (message, item, phone) => imagemap(message, tapIn(item, phone)),
};

const tapIn = (item, phone) => (action) => phone.tapIn(item, action);

const unknown = (message) => el("div.bubble.words", {}, `[${message.type}] ${message.altText ?? ""} ${t("notOnPhones")}`);

const source = (message, item) => message.originalContentUrl ?? item.content?.url ?? contentUrl(item.messageId);

function photo(message, item, phone) {
  const url = source(message, item);
  return el("button.photo", { "aria-label": t("photo"), onclick: () => phone.look(url) },
    picture(message.previewImageUrl ?? url));
}

function film(message, item) {
  return el("video.film", { src: source(message, item), poster: message.previewImageUrl, controls: true, playsinline: true });
}

function voice(message, item) {
  const seconds = (message.duration ?? 0) / 1000;
  const player = new Audio();
  player.preload = "none";
  const bars = el("span.bars", {}, [...Array(18).keys()].map((n) => el("i", {
    style: { height: `${5 + Math.abs(Math.sin(n * 1.9 + seconds)) * 14}px` },
  })));
  const button = el("button.listen", { "aria-label": t("listen") }, icon("play", 22));
  button.onclick = () => {
    if (!player.src) player.src = source(message, item);
    player.paused ? player.play().catch(() => {}) : player.pause();
  };
  player.onplay = () => button.replaceChildren(icon("stop", 22));
  player.onpause = () => button.replaceChildren(icon("play", 22));
  return el("div.bubble.voice", {}, button, bars, el("span", {}, minutesSeconds(seconds)));
}

function file(message, item) {
  const size = message.fileSize ?? item.content?.size ?? 0;
  const words = size > 1e6 ? `${(size / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1e3))} KB`;
  return el("a.bubble.file", { href: source(message, item), download: message.fileName },
    el("span.file-mark", {}, icon("file", 26)),
    el("span", {}, el("b", {}, message.fileName), el("small", {}, words)));
}

function location(message, item, phone) {
  const { latitude, longitude } = message;
  const open = () => phone.open(`https://www.google.com/maps?q=${latitude},${longitude}`);
  return el("button.spot", { onclick: open },
    miniMap(latitude, longitude),
    el("b", {}, message.title ?? t("place")),
    el("small", {}, message.address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
}
