// The location sheet: a few places of a made-up village, and a map whose pin moves where it is tapped.

import { el, refill } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { MAP_DEGREES, miniMap } from "../messages/map.js";
import { openSheet } from "./sheet.js";

const PLACES = [
  { title: "บ้านนักเรียน", address: "หมู่ 4 ถนนริมคลอง", latitude: 16.43218, longitude: 102.83451 },
  { title: "โรงเรียน", address: "หมู่ 1 ถนนหน้าวัด", latitude: 16.43907, longitude: 102.82764 },
  { title: "สวนหลังหมู่บ้าน", address: "หมู่ 7", latitude: 16.42533, longitude: 102.84119 },
];

/** Choose a place and send it. */
export function openPlace(phone) {
  let place = { ...PLACES[0] };
  const map = el("button.map", { "aria-label": t("searchPlace"), onclick: (event) => {
    const box = map.getBoundingClientRect();
    const degrees = MAP_DEGREES / Math.max(box.width, box.height * (200 / 120));
    put({
      latitude: place.latitude - (event.clientY - box.top - box.height / 2) * degrees,
      longitude: place.longitude + (event.clientX - box.left - box.width / 2) * degrees,
    });
  } });
  const number = (key, words) => el("label", {}, words, el("input", {
    type: "number", step: "0.00001", inputmode: "decimal",
    onchange: (event) => {
      const value = Number(event.target.value);
      if (Math.abs(value) <= (key === "latitude" ? 90 : 180)) put({ ...place, title: undefined, address: undefined, [key]: value });
    },
  }));
  const fields = [number("latitude", t("latitude")), number("longitude", t("longitude"))];
  const list = el("div.places", {}, PLACES.map((one) => el("button.place", { onclick: () => put({ ...one }) },
    icon("place", 20), el("span", {}, el("b", {}, one.title), el("small", {}, one.address)))));
  const put = (there) => {
    place = there;
    refill(map, miniMap(place.latitude, place.longitude));
    fields[0].lastChild.value = place.latitude.toFixed(5);
    fields[1].lastChild.value = place.longitude.toFixed(5);
    PLACES.forEach((one, index) => list.children[index].setAttribute("aria-pressed", String(one.title === place.title)));
  };
  const send = () => {
    close();
    const rounded = { latitude: Number(place.latitude.toFixed(6)), longitude: Number(place.longitude.toFixed(6)) };
    phone.doing(() => phone.person.location({ ...place, ...rounded }));
  };
  const close = openSheet(phone, { title: t("place"), kind: "place-sheet" },
    map, list, el("div.numbers", {}, fields),
    el("div.sheet-foot", {}, el("button.strong", { onclick: send }, t("sendPlace"))));
  put(place);
}
