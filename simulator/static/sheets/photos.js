// Camera and album: built-in scenes so that nobody needs a file, and the device's own pictures.

import { el, refill } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { SCENES, scene } from "./scenes.js";
import { openSheet } from "./sheet.js";

const LONGEST = 2_048;
const QUALITY = 0.85;

/** The camera: choose what stands before it, shoot, look at it, send. */
export function openCamera(phone) {
  let name = "homeOutside";
  const view = el("canvas.viewfinder");
  const controls = el("div.shutter-row");
  const aim = () => {
    scene(name, view, { seed: Math.random() });
    for (const chip of strip.children) chip.setAttribute("aria-pressed", String(chip.dataset.scene === name));
  };
  const strip = el("div.scene-strip", {}, SCENES.map((one) => el("button.scene-chip", {
    data: { scene: one }, onclick: () => { name = one; aim(); ready(); },
  }, t(one))));
  const own = filePicker(phone, { capture: true, label: t("ownCamera") }, (blobs) => { close(); sendPhotos(phone, blobs); });
  const ready = () => refill(controls, el("button.shutter", { "aria-label": t("shoot"), onclick: shoot }, el("i")));
  const shoot = () => {
    view.classList.remove("flash");
    void view.offsetWidth; // restarts the flash
    view.classList.add("flash");
    refill(controls,
      el("button.plain", { onclick: () => { aim(); ready(); } }, t("again")),
      el("button.strong", { onclick: async () => { const blob = await jpeg(view); close(); sendPhotos(phone, [blob]); } }, t("send")));
  };
  const close = openSheet(phone, { title: t("camera"), kind: "camera" }, view, strip, controls, own);
  aim();
  ready();
}

/** The album: pick one or several; they are sent together. */
export function openAlbum(phone) {
  const chosen = [];
  const pictures = el("div.album-grid");
  const go = el("button.strong", { disabled: true, onclick: async () => {
    go.disabled = true;
    const blobs = await Promise.all(chosen.map((one) => one.blob()));
    close();
    sendPhotos(phone, blobs);
  } }, t("sendPhotos"));
  const marks = () => {
    for (const cell of pictures.children) {
      const place = chosen.findIndex((one) => one.cell === cell);
      cell.setAttribute("aria-pressed", String(place >= 0));
      cell.querySelector(".number").textContent = place >= 0 ? place + 1 : "";
    }
    go.disabled = chosen.length === 0;
    go.textContent = chosen.length ? `${t("sendPhotos")} (${chosen.length})` : t("sendPhotos");
  };
  const add = (view, words, blob, picked = false) => {
    const cell = el("button.album-cell", { onclick: () => {
      const place = chosen.findIndex((one) => one.cell === cell);
      if (place >= 0) chosen.splice(place, 1);
      else chosen.push({ cell, blob });
      marks();
    } }, view, el("span.album-word", {}, words), el("span.number", {}));
    pictures.append(cell);
    if (picked) cell.click();
  };
  for (const name of SCENES) {
    const view = el("canvas");
    scene(name, view, { seed: Math.random() });
    add(view, t(name), () => jpeg(view));
  }
  const own = filePicker(phone, { label: t("ownPhotos") }, (blobs) => {
    for (const blob of blobs) add(el("img", { src: URL.createObjectURL(blob), alt: "" }), "", async () => blob, true);
  });
  const close = openSheet(phone, { title: t("album"), kind: "album" }, pictures, own, el("div.sheet-foot", {}, go));
}

/** Send photos as the app does: one alone, or several as one set; a film by itself. */
export async function sendPhotos(phone, blobs) {
  const films = blobs.filter((blob) => blob.type.startsWith("video/"));
  const photos = blobs.filter((blob) => !blob.type.startsWith("video/"));
  await phone.doing(async () => {
    if (photos.length === 1) await phone.person.image(photos[0]);
    else if (photos.length > 1) await phone.person.images(photos);
    for (const one of films) await phone.person.video(one);
  });
}

function filePicker(phone, { label, capture = false }, picked) {
  const input = el("input", {
    type: "file", accept: capture ? "image/*" : "image/*,video/*", multiple: !capture, capture: capture ? "environment" : null, hidden: true,
    onchange: async () => {
      const made = await Promise.all([...input.files].map((file) => asJpeg(file).catch(() => null)));
      input.value = "";
      if (made.includes(null)) phone.note(t("notAPicture"));
      const blobs = made.filter(Boolean);
      if (blobs.length) picked(blobs);
    },
  });
  return el("div.own-pictures", {}, input,
    el("button.quiet", { onclick: () => input.click() }, icon(capture ? "camera" : "picture", 20), el("span", {}, label)));
}

/** What a canvas shows as JPEG bytes. */
export async function jpeg(canvas) {
  // toBlob waits for an idle moment, which a busy page may not have for seconds.
  const answer = await fetch(canvas.toDataURL("image/jpeg", QUALITY));
  return answer.blob();
}

// The app sends JPEG whatever the camera made, and makes large pictures smaller.
async function asJpeg(file) {
  if (file.type.startsWith("video/")) return file;
  const bitmap = await createImageBitmap(file);
  const factor = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas", { width: Math.round(bitmap.width * factor), height: Math.round(bitmap.height * factor) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return jpeg(canvas);
}
