// Links: phone numbers ring nobody, LINE's own links do what LINE would, the rest opens beside the page.

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { openSheet } from "./sheet.js";

const OWN = {
  "/R/nv/camera/": "camera",
  "/R/nv/cameraRoll/single": "album",
  "/R/nv/cameraRoll/multi": "album",
  "/R/nv/location/": "place",
};

/** Follow `uri` from `phone`. */
export function followLink(phone, uri) {
  if (uri.startsWith("tel:")) return call(phone, uri.slice(4));
  const url = new URL(uri, location.href);
  if (url.hostname === "line.me") {
    const sheet = OWN[url.pathname] ?? OWN[`${url.pathname}/`];
    if (sheet) return phone.open(sheet);
    if (url.pathname.startsWith("/R/oaMessage/")) return phone.composer.prefill(decodeURIComponent(url.search.slice(1)));
  }
  return browse(phone, url);
}

function call(phone, number) {
  openSheet(phone, { title: `${t("calling")} ${number}`, kind: "call" },
    el("span.call-mark", {}, icon("phone", 40)), el("b", {}, number), el("p", {}, t("callNotice")));
}

function browse(phone, url) {
  const close = openSheet(phone, { title: t("openLink"), kind: "browse" },
    el("span.call-mark", {}, icon("web", 36)), el("b", {}, url.hostname), el("p", {}, url.href),
    el("div.sheet-foot", {}, el("button.strong", { onclick: () => { close(); window.open(url.href, "_blank", "noopener"); } }, t("openLink"))));
}
