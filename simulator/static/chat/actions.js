// Actions: what happens when something with an action object is tapped, as LINE does it.

import { t } from "../kit/words.js";
import { pickMoment } from "../sheets/moment.js";
import { followLink } from "../sheets/link.js";

const DOERS = {
  message,
  postback,
  uri,
  datetimepicker,
  clipboard,
  richmenuswitch: message,
  camera: (phone) => phone.open("camera"),
  cameraRoll: (phone) => phone.open("album"),
  location: (phone) => phone.open("place"),
};

/**
 * Do `action` on `phone`. `where` tells the simulator which button it was:
 * {source: "quickReply" | "bubble" | "richMenu", index, messageId?}.
 */
export async function perform(phone, action, where) {
  await DOERS[action.type]?.(phone, action, where);
}

async function message(phone, action, where) {
  await phone.person.tap(where);
}

async function postback(phone, action, where) {
  await phone.person.tap(where);
  const options = {
    openKeyboard: () => phone.composer.prefill(action.fillInText),
    openRichMenu: () => phone.composer.turn(true),
    closeRichMenu: () => phone.composer.closeMenu(),
    openVoice: () => phone.open("voice"),
  };
  options[action.inputOption]?.();
}

async function datetimepicker(phone, action, where) {
  const value = await pickMoment(phone, action);
  if (value !== null) await phone.person.tap({ ...where, [action.mode]: value });
}

async function clipboard(phone, action, where) {
  await leave(phone, where);
  await copy(action.clipboardText);
  phone.note(t("copied"));
}

async function uri(phone, action, where) {
  await leave(phone, where);
  followLink(phone, action.uri ?? action.linkUri);
}

// These tell the bot nothing; the simulator need only take the quick replies away.
async function leave(phone, where) {
  if (where.source === "quickReply") await phone.person.tap(where);
}

/** Put text on the clipboard; also where the page is not on a secure address. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
