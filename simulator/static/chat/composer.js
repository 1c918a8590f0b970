// The bar at the bottom: a keyboard side to write on, and a menu side with the rich menu.

import { el } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { t } from "../kit/words.js";
import { summary } from "../messages/show.js";

const tool = (name, key, onclick) => el(`button.tool.tool-${name}`, { "aria-label": t(key), onclick }, icon(name, 25));

export class Composer {
  /** `phone` answers write(text, quoted), sheets by name (open(name)), and toggled() when its height changed. */
  constructor({ write, open, richMenu, resized }) {
    this.write = write;
    this.resized = resized;
    this.richMenu = richMenu;
    this.quoted = null;
    this.menuOpen = false;
    this.onMenuSide = false;
    this.input = el("textarea", {
      rows: 1, "aria-label": t("writeHere"), placeholder: t("writeHere"), maxlength: 10_000, enterkeyhint: "send",
      oninput: () => this.grow(), onkeydown: (event) => this.key(event), onfocus: () => this.closeMenu(),
    });
    this.toMenu = el("button.tool.to-menu", { "aria-label": t("openMenu"), hidden: true, onclick: () => this.turn(true) }, icon("menu", 24));
    this.sendButton = el("button.tool.send", { "aria-label": t("send"), onclick: () => this.submit() }, icon("send", 25));
    this.quote = el("div.quoting", { hidden: true });
    this.keyboardSide = el("div.bar.keyboard-side", {},
      this.toMenu,
      tool("plus", "more", () => open("more")),
      tool("camera", "camera", () => open("camera")),
      tool("picture", "album", () => open("album")),
      el("div.field", {}, this.input, tool("smile", "sticker", () => open("sticker"))),
      tool("mic", "voice", () => open("voice")),
      this.sendButton);
    this.barText = el("span", {});
    this.toggle = el("button.bar-text", { "aria-expanded": "false", onclick: () => this.openMenu(!this.menuOpen) }, this.barText, icon("down", 16));
    this.menuSide = el("div.bar.menu-side", { hidden: true },
      el("button.tool", { "aria-label": t("openKeyboard"), onclick: () => this.turn(false, true) }, icon("keyboard", 25)), this.toggle);
    this.node = el("div.composer", {}, this.quote, this.keyboardSide, this.menuSide, richMenu.node);
  }

  /** A menu came, changed or went. */
  menuChanged(menu) {
    this.toMenu.hidden = !menu;
    if (!menu) return this.turn(false);
    this.barText.textContent = menu.chatBarText;
    this.turn(!this.input.value);
    this.openMenu(menu.selected === true);
  }

  /** Turn the bar to its menu side or to its keyboard side. */
  turn(toMenu, focus = false) {
    this.onMenuSide = toMenu;
    this.menuSide.hidden = !toMenu;
    this.keyboardSide.hidden = toMenu;
    this.openMenu(toMenu);
    if (focus) this.input.focus();
  }

  openMenu(open) {
    this.menuOpen = open && this.onMenuSide;
    this.richMenu.node.classList.toggle("open", this.menuOpen);
    this.toggle.setAttribute("aria-expanded", String(this.menuOpen));
    this.resized();
  }

  closeMenu() {
    if (this.menuOpen) this.openMenu(false);
  }

  /** Put text into the field, as a button with fillInText does. */
  prefill(text) {
    this.turn(false, true);
    this.input.value = text ?? "";
    this.grow();
  }

  /** Write an answer to one message. */
  quoting(item) {
    this.quoted = item;
    this.quote.hidden = !item;
    this.quote.replaceChildren();
    if (!item) return;
    this.quote.append(icon("reply", 18), el("span", {}, summary(item.message)),
      el("button.tool", { "aria-label": t("close"), onclick: () => this.quoting(null) }, icon("close", 18)));
    this.turn(false, true);
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.write(text, this.quoted?.messageId);
    this.input.value = "";
    this.quoting(null);
    this.grow();
    this.input.focus();
  }

  grow() {
    this.node.classList.toggle("written", this.input.value.trim() !== "");
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 118)}px`;
    this.resized();
  }
}
