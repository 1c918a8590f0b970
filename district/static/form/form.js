// Saves each answer as it is given, and keeps it on the phone while there is no signal.
// The page works without this: then its buttons save a whole section.
"use strict";
(() => {
  const form = document.getElementById("form");
  const state = document.getElementById("state");
  if (!form || !window.fetch || !window.localStorage) return;
  document.documentElement.classList.add("js");

  const KEY = `doolae-form-${form.dataset.draft}`;
  const LIFE = 12 * 3600 * 1000;
  let sending = false;
  let timer = 0;
  let pause = 2000;

  // What is typed and not saved yet: {path: {texts, was}}.
  const read = () => {
    try { return JSON.parse(localStorage.getItem(KEY) || "{}").fields || {}; } catch { return {}; }
  };
  const write = (fields) => {
    try {
      if (Object.keys(fields).length) localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), fields }));
      else localStorage.removeItem(KEY);
    } catch { /* a full phone: the page itself still has it */ }
  };
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("doolae-form-")) continue;
    try { if (JSON.parse(localStorage[key]).at < Date.now() - LIFE) localStorage.removeItem(key); }
    catch { localStorage.removeItem(key); }
  }

  const was = (one) => one.querySelector(`[name="was.${CSS.escape(one.dataset.path)}"]`);
  const box = (path) => form.querySelector(`[data-path="${CSS.escape(path)}"]`);
  const inputs = (one) => [...one.querySelectorAll("[name]")].filter((each) => each.name.startsWith("f."));
  const textsOf = (one) => inputs(one)
    .filter((each) => !/^(radio|checkbox)$/.test(each.type) || each.checked)
    .map((each) => each.value.trim()).filter(Boolean);
  const put = (one, texts) => {
    for (const each of inputs(one)) {
      if (/^(radio|checkbox)$/.test(each.type)) each.checked = texts.includes(each.value);
      else if (each.tagName === "SELECT") each.value = texts[0] || "";
      else {
        const known = inputs(one).some((other) => other !== each && texts.includes(other.value));
        each.value = known ? "" : texts.join("\n");
      }
    }
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function show(is) {
    state.dataset.is = is;
    state.textContent = form.dataset[is] || "";
  }

  function keep(one) {
    const fields = read();
    const path = one.dataset.path;
    fields[path] = { texts: textsOf(one), was: was(one).value };
    write(fields);
    show(navigator.onLine ? "unsaved" : "offline");
  }

  function soon(after) {
    clearTimeout(timer);
    timer = setTimeout(send, after);
  }

  async function post(body) {
    const control = new AbortController();
    const over = setTimeout(() => control.abort(), 30000);
    try {
      return await fetch(form.getAttribute("action"), {
        method: "POST", body, headers: { "X-Doolae-Save": "1" }, signal: control.signal, redirect: "error",
      });
    } finally { clearTimeout(over); }
  }

  function bodyOf(fields) {
    const body = new FormData();
    body.set("csrf", form.elements.csrf.value);
    body.set("shape", form.elements.shape.value);
    for (const each of form.querySelectorAll('input[name^="rows."]')) body.set(each.name, each.value);
    for (const each of form.querySelectorAll("details[open]")) {
      body.append("open", `${each.closest("[data-table]").dataset.table}.${each.dataset.row}`);
    }
    for (const [path, field] of Object.entries(fields)) {
      body.set(`was.${path}`, field.was);
      for (const text of field.texts) body.append(`f.${path}`, text);
    }
    return body;
  }

  async function send() {
    const fields = Object.fromEntries(Object.entries(read()).filter(([, field]) => !field.bad));
    if (sending || !Object.keys(fields).length) return;
    sending = true;
    show("saving");
    try {
      const answer = await post(bodyOf(fields));
      if ([403, 404, 410].includes(answer.status)) {
        if (answer.status !== 403) localStorage.removeItem(KEY);
        show("gone");
        location.reload();
        return;
      }
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      settle(fields, await answer.json());
      pause = 2000;
    } catch {
      show(navigator.onLine ? "unsaved" : "offline");
      pause = Math.min(pause * 2, 60000);
      soon(pause);
    } finally { sending = false; }
  }

  // What was saved leaves the queue, unless something else was typed meanwhile.
  function settle(sent, answer) {
    const left = read();
    for (const [path, field] of Object.entries(sent)) {
      if (left[path] && same(left[path].texts, field.texts)) {
        if (answer.errors[path]) left[path].bad = true; else delete left[path];
      }
      const fresh = answer.fields[path];
      const mark = fresh ? fresh.was : answer.tables[path];
      if (left[path] && mark) left[path].was = mark;
      const one = box(path);
      if (!one) continue;
      if (mark) was(one).value = mark;
      verdict(one, answer.errors[path] || "", answer.notes[path] || "");
      if (fresh && !answer.errors[path] && !left[path] && !one.contains(document.activeElement)) put(one, fresh.texts);
    }
    write(left);
    document.getElementById("progress").textContent = answer.progress;
    const said = document.getElementById("said");
    if (answer.said.length) {
      said.textContent = "";
      for (const line of answer.said) {
        const note = document.createElement("div");
        note.className = "box note";
        note.textContent = line;
        said.append(note);
      }
    }
    if (answer.html) redraw(answer.html, answer.errors);
    if (Object.values(left).some((field) => !field.bad)) { show("unsaved"); soon(600); }
    else show(document.querySelector(".q.wrong") ? "wrong" : "saved");
  }

  function verdict(one, error, note) {
    one.classList.toggle("wrong", Boolean(error));
    word(one, "error", error);
    word(one, "second-look", note);
    for (const each of inputs(one)) {
      if (error) each.setAttribute("aria-invalid", "true"); else each.removeAttribute("aria-invalid");
    }
  }

  function word(one, kind, text) {
    let said = one.querySelector(`.${kind}`);
    if (!said && text) {
      said = document.createElement("p");
      said.className = kind;
      if (kind === "error") said.setAttribute("role", "alert");
      one.append(said);
    }
    if (said) said.textContent = text;
  }

  // Other questions apply now: draw them, and keep the place, the focus and what is typed.
  function redraw(html, errors) {
    const active = document.activeElement;
    const focus = active && form.contains(active) ? { id: active.id, name: active.name, value: active.value } : null;
    const range = active && "selectionStart" in active && active.type === "text" ? active.selectionStart : null;
    const open = new Set([...form.querySelectorAll("details[open]")].map((each) => each.id));
    const wrong = {};
    for (const each of form.querySelectorAll(".q.wrong")) wrong[each.dataset.path] = [textsOf(each), (each.querySelector(".error") || {}).textContent || ""];
    const top = focus ? active.getBoundingClientRect().top : 0;
    document.getElementById("section").innerHTML = html;
    for (const each of form.querySelectorAll("details")) if (open.has(each.id)) each.open = true;
    for (const [path, [texts, error]] of Object.entries(wrong)) {
      const one = box(path);
      if (one) { put(one, texts); verdict(one, errors[path] || error, ""); }
    }
    restore();
    if (focus) {
      const back = (focus.id && document.getElementById(focus.id)) ||
        [...form.querySelectorAll(`[name="${CSS.escape(focus.name)}"]`)].find((each) => each.value === focus.value);
      if (back) {
        back.focus({ preventScroll: true });
        if (range !== null && back.type === "text") back.setSelectionRange(range, range);
        window.scrollBy({ top: back.getBoundingClientRect().top - top, behavior: "instant" });
      }
    }
  }

  function restore() {
    for (const [path, field] of Object.entries(read())) {
      let one = box(path);
      const [table, item] = path.split(".");
      while (!one && item && isNew(table, item) && addRow(table)) one = box(path);
      if (one) {
        if (!same(textsOf(one), field.texts)) put(one, field.texts);
        const row = one.closest("details");
        if (row) row.open = true;
      }
    }
  }

  function isNew(path, item) {
    const rows = [...form.querySelectorAll(`[data-table="${CSS.escape(path)}"] [data-row]`)];
    return rows.length && Number(item) > Math.max(...rows.map((each) => Number(each.dataset.row)));
  }

  // One more row, also without a signal: the spare one with the next number.
  function addRow(path) {
    const table = form.querySelector(`[data-table="${CSS.escape(path)}"]`);
    const spare = table && [...table.querySelectorAll(".row.spare")].pop();
    if (!spare) return null;
    const item = Number(spare.dataset.row);
    if (item + 1 >= Number(table.dataset.maximum)) return null;
    const made = document.createElement("div");
    made.innerHTML = spare.outerHTML
      .replaceAll(`${path}.${item}`, `${path}.${item + 1}`)
      .replaceAll(`-${path}-${item}`, `-${path}-${item + 1}`)
      .replaceAll(`data-row="${item}"`, `data-row="${item + 1}"`)
      .replaceAll(` ${item + 1}</legend>`, ` ${item + 2}</legend>`);
    const row = made.firstElementChild;
    for (const one of row.querySelectorAll("[data-path]")) { put(one, []); verdict(one, "", ""); }
    row.open = false;
    spare.after(row);
    return row;
  }

  // Somebody writes in the spare row: it becomes a row, and there is another one.
  function begun(one) {
    const row = one.closest(".row.spare");
    if (!row || row !== [...row.parentElement.querySelectorAll(".row.spare")].pop()) return;
    if (textsOf(one).length) addRow(row.closest("[data-table]").dataset.table);
  }

  function together(one, changed) {
    if (changed.type === "radio" && one.querySelector('input[type="text"]')) one.querySelector('input[type="text"]').value = "";
    if (changed.type === "text") for (const each of one.querySelectorAll('input[type="radio"]')) each.checked = false;
  }

  form.addEventListener("input", (event) => {
    const one = event.target.closest("[data-path]");
    if (!one || !event.target.name || !event.target.name.startsWith("f.")) return;
    together(one, event.target);
    keep(one);
    begun(one);
    if (!/^(text|textarea)$/.test(event.target.type)) soon(50); else soon(4000);
  });
  form.addEventListener("change", (event) => {
    const target = event.target;
    const one = target.closest("[data-path]");
    if (!one) return;
    if (target.classList.contains("picker")) {
      const line = one.querySelector(".line");
      if (target.value) { line.value = target.value; keep(one); soon(50); }
    } else if (target.type === "file") upload(target, one);
    else soon(50);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches('input[type="text"]')) {
      event.preventDefault();
      soon(0);
    }
  });

  async function upload(input, one) {
    for (const file of input.files) {
      const body = bodyOf({});
      body.set(input.name, file);
      show("saving");
      try {
        const answer = await post(body);
        if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
        const said = await answer.json();
        settle({}, said);
        const path = one.dataset.path;
        const now = box(path);
        if (now && said.errors[path]) { verdict(now, said.errors[path], ""); show("wrong"); }
      } catch { show(navigator.onLine ? "unsaved" : "offline"); verdict(one, form.dataset.unsaved, ""); return; }
    }
    input.value = "";
  }

  // A folded row is fetched and opened where it stands.
  async function unfold(button) {
    const body = bodyOf({});
    body.set("do", button.value);
    body.set("shape", "");
    show("saving");
    try {
      const answer = await post(body);
      if (!answer.ok) throw new Error(String(answer.status));
      const [, path, item] = button.value.match(/^open:(.+)\.(\d+)$/);
      settle({}, await answer.json());
      const row = document.getElementById(`row-${path}-${item}`);
      if (row && row.tagName === "DETAILS") { row.open = true; row.querySelector("summary").focus(); }
    } catch { show(navigator.onLine ? "unsaved" : "offline"); }
  }

  // A row goes after a second tap; nothing goes without a signal.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (!button) return;
    if (button.classList.contains("unfold")) {
      event.preventDefault();
      unfold(button);
    } else if (button.classList.contains("danger") && !button.dataset.asked) {
      event.preventDefault();
      button.dataset.asked = "1";
      button.textContent = form.dataset.sure;
    }
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      show("offline");
    }
  });

  window.addEventListener("online", () => soon(100));
  window.addEventListener("offline", () => show("offline"));
  document.addEventListener("visibilitychange", () => soon(0));
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // What a whole section has saved meanwhile is not waiting any more.
  const waiting = read();
  for (const [path, field] of Object.entries(waiting)) {
    const one = box(path);
    if (one && same(textsOf(one), field.texts) && !one.classList.contains("wrong")) delete waiting[path];
    if (one) delete field.bad;
  }
  write(waiting);
  restore();
  if (Object.keys(waiting).length) soon(100);
  if (location.hash) {
    const there = document.getElementById(location.hash.slice(1));
    const row = there && there.closest("details");
    if (row) { row.open = true; there.scrollIntoView(); }
  }
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.scrollIntoView({ inline: "center", block: "nearest", behavior: "instant" });
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
