// The rich menu: a picture with tappable areas that slides up from the bottom.

import { richMenuUrl } from "../kit/api.js";
import { el, refill } from "../kit/dom.js";
import { t } from "../kit/words.js";

export class RichMenu {
  constructor(tap) {
    this.tap = tap;
    this.menu = null;
    this.node = el("div.rich-menu", { role: "group", "aria-label": t("richMenu") });
  }

  /** Show another menu, or none; true if it is another one than before. */
  show(menu) {
    if (menu?.richMenuId === this.menu?.richMenuId) return false;
    this.menu = menu;
    refill(this.node, menu && this.panel(menu));
    return true;
  }

  panel(menu) {
    const { width, height } = menu.size;
    return el("div.rich-panel", { style: { aspectRatio: `${width} / ${height}` } },
      el("img", { src: richMenuUrl(menu.richMenuId), alt: "", draggable: "false" }),
      menu.areas.map(({ bounds, action }, index) => el("button.rich-area", {
        "aria-label": action.label ?? action.text ?? action.displayText ?? `${t("richMenu")} ${index + 1}`,
        style: {
          left: `${(bounds.x / width) * 100}%`,
          top: `${(bounds.y / height) * 100}%`,
          width: `${(bounds.width / width) * 100}%`,
          height: `${(bounds.height / height) * 100}%`,
        },
        onclick: () => this.tap(action, { source: "richMenu", index }),
      })));
  }
}
