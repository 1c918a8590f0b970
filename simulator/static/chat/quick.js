// Quick replies: pills above the input bar that can be pushed sideways.

import { dragSideways, el, refill, wheelSideways } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { picture } from "../messages/parts.js";

const ICONS = { camera: "camera", cameraRoll: "picture", location: "place", datetimepicker: "calendar" };

// Actions that leave the pills where they are until something was sent.
const STAYING = new Set(["camera", "cameraRoll", "location", "datetimepicker"]);

export class QuickReplies {
  /** `tap(action, where)` is called for a tapped pill. */
  constructor(tap) {
    this.tap = tap;
    this.node = wheelSideways(dragSideways(el("div.quick", { hidden: true })));
    this.messageId = null;
  }

  /** Show the actions that belong to a message; those already there stay where they were pushed to. */
  show(actions, icons, messageId) {
    const shown = actions.length ? messageId : null;
    if (shown === this.messageId) return;
    this.messageId = shown;
    this.node.hidden = shown === null;
    refill(this.node, actions.map((action, index) => this.pill(action, icons?.[index], { source: "quickReply", index, messageId })));
    this.node.scrollLeft = 0;
  }

  pill(action, imageUrl, where) {
    const mark = imageUrl ? el("span.pill-mark", {}, picture(imageUrl)) : action.type in ICONS && icon(ICONS[action.type], 19);
    return el("button.pill", {
      onclick: () => {
        if (!STAYING.has(action.type)) this.node.hidden = true;
        this.tap(action, where);
      },
    }, mark, el("span", {}, action.label));
  }
}
