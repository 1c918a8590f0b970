// The small sheets: what else can be sent, stickers, a voice message, and a picture seen large.

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { minutesSeconds } from "../kit/time.js";
import { t } from "../kit/words.js";
import { STICKERS, stickerPicture } from "../messages/stickers.js";
import { openSheet } from "./sheet.js";
import { tone } from "./tone.js";

/** What the + of the input bar offers. */
export function openMore(phone) {
  const input = el("input", { type: "file", hidden: true, onchange: () => {
    close();
    phone.doing(() => phone.person.file(input.files[0]));
  } });
  const tile = (mark, key, chosen) => el("button.tile", { onclick: chosen }, el("span", {}, icon(mark, 28)), t(key));
  const then = (sheet) => () => { close(); phone.open(sheet); };
  const close = openSheet(phone, { title: t("more"), kind: "more" }, el("div.tiles", {},
    tile("camera", "camera", then("camera")), tile("picture", "album", then("album")),
    tile("place", "place", then("place")), tile("mic", "voice", then("voice")),
    tile("smile", "sticker", then("sticker")), tile("file", "file", () => input.click())), input);
}

/** Stickers; a tap sends one. */
export function openStickers(phone) {
  const close = openSheet(phone, { title: t("sticker"), kind: "stickers" }, el("div.sticker-grid", {},
    STICKERS.map(({ packageId, stickerId }, index) => el("button.sticker-choice", {
      "aria-label": `${t("sticker")} ${index + 1}`,
      onclick: () => { close(); phone.doing(() => phone.person.sticker(packageId, stickerId)); },
    }, stickerPicture(stickerId)))));
}

/** A voice message: a tap starts it, another one sends it. No microphone is used. */
export function openVoice(phone) {
  let since = 0;
  let timer = null;
  const time = el("b.voice-time", {}, "0:00");
  const words = el("p", {}, t("startRecording"));
  const button = el("button.record", { "aria-label": t("startRecording"), onclick: () => (since ? finish() : start()) }, icon("mic", 38));
  const seconds = () => (performance.now() - since) / 1000;
  const start = () => {
    since = performance.now();
    timer = setInterval(() => (time.textContent = minutesSeconds(seconds())), 200);
    button.classList.add("on");
    button.setAttribute("aria-label", t("stopAndSend"));
    button.replaceChildren(icon("send", 36));
    words.textContent = t("recording");
  };
  const finish = () => {
    const length = Math.max(1, Math.round(seconds()));
    clearInterval(timer);
    close();
    phone.doing(() => phone.person.audio(tone(length), length * 1000));
  };
  const close = openSheet(phone, { title: t("voice"), kind: "voice-sheet", left: () => clearInterval(timer) }, time, button, words);
}

/** A picture over the whole screen of the phone. */
export function openPicture(phone, url) {
  openSheet(phone, { title: t("photo"), kind: "picture-sheet" }, el("img", { src: url, alt: t("photo") }));
}
