// The first opening: the account's card with "add friend".

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { botFace } from "./faces.js";

/** The screen before the account is a friend; `added` is called when it is added. */
export function welcome(bot, added) {
  return el("div.welcome", {},
    el("div.welcome-cover"),
    botFace(bot, 104),
    el("h2", {}, bot.displayName),
    el("p.welcome-id", {}, bot.basicId ?? ""),
    el("p.welcome-kind", {}, el("span.shield", {}, icon("check", 13)), t("officialAccount")),
    el("p.welcome-hint", {}, t("addFriendHint")),
    el("button.add-friend", { onclick: added }, icon("addPerson", 24), el("span", {}, t("addFriend"))));
}
