// The page: phones side by side, or one at a time on a small screen, kept up to date by one stream.

import { api, Refused } from "./kit/api.js";
import { el, refill } from "./kit/dom.js";
import { clock, milliseconds } from "./kit/time.js";
import { toast } from "./kit/toast.js";
import { recall, t } from "./kit/words.js";
import { Phone } from "./chat/phone.js";
import { personFace } from "./chat/faces.js";
import { TopBar } from "./topbar.js";

class Page {
  constructor() {
    this.phones = new Map();
    this.chosen = null;
    this.table = document.getElementById("phones");
    this.tabs = document.getElementById("tabs");
    this.bar = new TopBar(document.getElementById("topbar"), {
      redraw: () => this.redraw(),
      reload: () => this.reload(),
      addPhone: () => this.addPhone(),
    });
  }

  /** Load everything, and stay in touch: whenever the stream opens anew, all is read again. */
  start() {
    let told = false;
    const source = api.stream((news) => this.hear(news), () => {
      told = false;
      this.reload();
    });
    source.onerror = () => {
      if (!told) toast(t("offline"));
      told = true;
    };
  }

  hear(news) {
    const phone = this.phones.get(news.user);
    return phone ? unlessGone(phone.refresh()) : this.reload();
  }

  reload() {
    return unlessGone(this.readAll());
  }

  async readAll() {
    const state = await api.state();
    clock.tell(milliseconds(state.clock.now));
    this.bar.show(state);
    this.lay(state);
    await Promise.all([...this.phones.values()].map((phone) => {
      phone.log.nameDays();
      return phone.refresh();
    }));
  }

  lay(state) {
    const ids = state.users.map((user) => user.userId);
    const same = ids.length === this.phones.size && ids.every((id) => this.phones.has(id));
    if (same && (ids.length || this.table.firstChild)) return;
    const before = this.phones;
    this.phones = new Map(state.users.map((user, number) => [
      user.userId,
      before.get(user.userId) ?? new Phone(user, state.bot, number, { unreadChanged: () => this.drawTabs() }),
    ]));
    refill(this.table, [...this.phones.values()].map((phone) => phone.node));
    this.table.style.setProperty("--phones", ids.length);
    if (!ids.length) this.table.append(el("p.nobody", {}, t("noPhones")));
    if (!this.phones.has(this.chosen)) this.chosen = ids[0] ?? null;
    this.drawTabs();
  }

  drawTabs() {
    this.tabs.setAttribute("aria-label", t("phones"));
    refill(this.tabs, [...this.phones.values()].map((phone) => this.tab(phone)));
    for (const [id, phone] of this.phones) phone.node.classList.toggle("chosen", id === this.chosen);
  }

  tab(phone) {
    const { user } = phone;
    return el("button.tab", {
      "aria-pressed": String(user.userId === this.chosen),
      onclick: () => this.choose(user.userId),
    },
    personFace(user.name, 24, phone.number), el("span", {}, user.label || user.name),
    phone.unread > 0 && el("span.badge", { "aria-label": `${phone.unread} ${t("unread")}` }, String(phone.unread)));
  }

  choose(id) {
    this.chosen = id;
    const phone = this.phones.get(id);
    phone.unread = 0;
    this.drawTabs();
    this.tabs.querySelector("[aria-pressed=true]").scrollIntoView({ inline: "center", block: "nearest" });
    phone.log.toBottom();
  }

  async addPhone() {
    const name = await askName();
    if (!name) return;
    const user = await api.addUser({ name });
    await this.reload();
    this.choose(user.userId);
    this.phones.get(user.userId).node.scrollIntoView({ inline: "end" });
  }

  redraw() {
    for (const phone of this.phones.values()) phone.draw();
    this.drawTabs();
    this.bar.tick();
  }
}

// A simulator that has ended cannot answer; the stream tells so, and when it is back.
async function unlessGone(answer) {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Refused)) throw error;
  }
}

function askName() {
  const input = el("input", { value: t("newPhoneDefault"), "aria-label": t("newPhoneName"), required: true, maxlength: 60 });
  const dialog = el("dialog.ask", { "aria-label": t("addPhone") },
    el("form", { method: "dialog" },
      el("label", {}, t("newPhoneName"), input),
      el("div.sheet-foot", {},
        el("button.quiet", { onclick: () => dialog.close("") }, t("cancel")),
        el("button.quiet.go", { onclick: () => dialog.close(input.value.trim()) }, t("confirm")))));
  dialog.querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    dialog.close(input.value.trim());
  };
  document.body.append(dialog);
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      resolve(dialog.returnValue);
    };
  });
}

recall();
new Page().start();
