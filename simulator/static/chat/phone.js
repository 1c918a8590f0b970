// One phone: its frame, the chat with the bot, and what its owner can do.

import { Person, Refused } from "../kit/api.js";
import { el, refill } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { clock, milliseconds } from "../kit/time.js";
import { toast } from "../kit/toast.js";
import { t } from "../kit/words.js";
import { followLink } from "../sheets/link.js";
import { openAlbum, openCamera } from "../sheets/photos.js";
import { openPlace } from "../sheets/place.js";
import { openChoices } from "../sheets/sheet.js";
import { openMore, openPicture, openStickers, openVoice } from "../sheets/small.js";
import { actionsOf } from "../messages/buttons.js";
import { copy, perform } from "./actions.js";
import { Composer } from "./composer.js";
import { welcome } from "./welcome.js";
import { Log } from "./log.js";
import { QuickReplies } from "./quick.js";
import { RichMenu } from "./richmenu.js";
import { caption, statusBar } from "./frame.js";

const SHEETS = { more: openMore, camera: openCamera, album: openAlbum, place: openPlace, sticker: openStickers, voice: openVoice };

export class Phone {
  /** `user` and `bot` as the state tells them; `number` is its place on the table. */
  constructor(user, bot, number, { unreadChanged }) {
    this.user = user;
    this.bot = bot;
    this.number = number;
    this.unreadChanged = unreadChanged;
    this.person = new Person(user.userId);
    this.items = [];
    this.unread = 0;
    this.node = el("section.phone", { "aria-label": `${user.label} ${user.name}`.trim() });
    this.draw();
  }

  get after() {
    return this.items.at(-1)?.seq ?? 0;
  }

  /** Draw everything anew, as after a change of language. */
  draw() {
    const written = this.composer?.input.value;
    this.closeSheet = null;
    this.log = new Log({ phone: this, bot: this.bot, held: (item, face) => this.hold(item, face) });
    this.quick = new QuickReplies(this.tap);
    this.menu = new RichMenu(this.tap);
    this.composer = new Composer({
      write: (text, quoted) => this.doing(() => this.person.text(text, quoted)),
      open: (sheet) => this.open(sheet),
      richMenu: this.menu,
      resized: () => this.log.sticking && requestAnimationFrame(() => this.log.toBottom()),
    });
    this.blockedBar = el("div.blocked-bar", { hidden: true }, el("span", {}, t("blockedBar")),
      el("button.quiet", { onclick: () => this.doing(() => this.person.unblock()) }, t("unblock")));
    this.notes = el("div.notes", { role: "status" });
    this.screen = el("div.screen", {},
      statusBar(), this.head(),
      el("div.wall", {}, this.log.list, this.log.latest, this.quick.node),
      this.composer.node, this.blockedBar,
      this.welcome = welcome(this.bot, () => this.doing(() => this.person.follow())),
      this.notes);
    refill(this.node, el("div.frame", {}, this.screen, el("i.home-bar")), caption(this));
    for (const item of this.items) this.log.add(item, { animate: false });
    if (this.told) this.show(this.told);
    if (written) this.composer.prefill(written);
  }

  head() {
    return el("header.chat-head", {}, icon("back", 24),
      el("h2", {}, el("span.shield", {}, icon("check", 11)), el("span.bot-name", {}, this.bot.displayName)),
      icon("search", 22),
      el("button.tool", { "aria-label": t("chatMenu"), onclick: () => this.openMenu() }, icon("more", 24)));
  }

  /** Fetch what is new and show it; calls that overlap are joined into one more. */
  async refresh() {
    if (this.fetching) {
      this.again = true;
      return this.fetching;
    }
    this.fetching = this.fetchOnce().finally(() => (this.fetching = null));
    await this.fetching;
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  async fetchOnce() {
    const first = this.items.length === 0;
    const told = await this.person.chat(this.after);
    for (const item of told.items) {
      if (item.seq <= this.after) continue;
      item.at = milliseconds(item.at);
      this.items.push(item);
      if (item.kind === "unsend") this.forget(item.messageId);
      this.log.add(item, { animate: !first });
      if (item.from === "bot") this.arrived(first);
    }
    this.show(told);
  }

  forget(messageId) {
    const item = this.items.find((one) => one.messageId === messageId && one.from === "user");
    if (item) item.unsent = true;
  }

  arrived(first) {
    if (first || this.node.offsetParent !== null) return;
    this.unread += 1;
    this.unreadChanged();
  }

  show(told) {
    this.told = told;
    this.welcome.hidden = told.friend || told.blocked;
    this.blockedBar.hidden = !told.blocked;
    this.composer.node.hidden = told.blocked;
    const code = this.node.querySelector(".send-code");
    if (code) code.disabled = !told.friend || told.blocked;
    this.quick.show(told.quickReplies, told.quickReplyIcons, told.quickReplyMessageId);
    if (this.menu.show(told.richMenu)) this.composer.menuChanged(told.richMenu);
    this.showTyping(told.typing);
  }

  showTyping(until) {
    clearTimeout(this.typingEnds);
    const left = until ? milliseconds(until) - clock.now() : 0;
    this.log.typing(left > 0);
    if (left > 0) this.typingEnds = setTimeout(() => this.log.typing(false), left);
  }

  // -- what messages, buttons and sheets ask of the phone --

  tap = (action, where) => this.doing(() => perform(this, action, where));
  look = (url) => openPicture(this, url);
  open = (what) => (what in SHEETS ? SHEETS[what](this) : followLink(this, what));
  note = (text) => toast(text, this.notes);

  /** A button of the message that `item` shows was tapped. */
  tapIn(item, action) {
    const index = actionsOf(item.message).indexOf(action);
    return this.tap(action, { source: "bubble", index, messageId: item.messageId });
  }

  /** Do something that talks to the simulator; when it is refused, the phone says so. */
  async doing(what) {
    try {
      await what();
    } catch (error) {
      if (!(error instanceof Refused || error instanceof TypeError)) throw error;
      this.note(`${t("failed")} · ${error.message}`);
    }
  }

  hold(item, face) {
    if (item.unsent || this.told?.blocked) return;
    const text = item.message?.text;
    const choices = [];
    if (text) choices.push([icon("copy", 22), t("copy"), async () => { await copy(text); this.note(t("copied")); }]);
    if (item.messageId && item.kind !== "postback") choices.push([icon("reply", 22), t("reply"), () => this.composer.quoting(item)]);
    if (item.from === "user" && item.messageId) {
      choices.push([icon("bin", 22), t("unsend"), () => this.doing(() => this.person.unsend(item.messageId)), true]);
    }
    if (!choices.length) return;
    face.classList.add("held");
    setTimeout(() => face.classList.remove("held"), 300);
    openChoices(this, text?.slice(0, 40) ?? t("messages"), choices);
  }

  openMenu() {
    const entry = this.told?.blocked
      ? [icon("check", 22), t("unblock"), () => this.doing(() => this.person.unblock())]
      : [icon("ban", 22), t("block"), () => this.doing(() => this.person.block()), true];
    openChoices(this, this.bot.displayName, [entry]);
  }
}
