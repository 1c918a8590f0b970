// Elements: made in one call, so that a component reads like what it shows.

/**
 * Make an element: el("button.pill.wide", {onclick, "aria-label": "…"}, "text", child, …).
 * Properties starting with "on" are listeners, `style` is an object, `data` fills the dataset;
 * null, undefined and false are left out, of children as well.
 */
export function el(spec, properties = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  if (tag === "button") node.type = "button";
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") paint(node.style, value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  fill(node, children);
  return node;
}

function paint(style, values) {
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith("--")) style.setProperty(name, value);
    else style[name] = value ?? "";
  }
}

/** Append children that may be nested lists, strings or nothing. */
export function fill(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** Replace all that `node` holds. */
export function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, children);
}

const HOLD = 480; // milliseconds that make a press a long one
const SLACK = 6; // pixels that a finger may tremble

/** Call `held` after a long press or a right click on `node`. */
export function onHold(node, held) {
  let timer = null;
  let from = null;
  let last = -HOLD;
  const stop = () => clearTimeout(timer);
  // A long press on a touch screen is a right click as well: once is enough.
  const hold = () => {
    stop();
    if (performance.now() - last < HOLD) return;
    last = performance.now();
    held();
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = event;
    timer = setTimeout(hold, HOLD);
  });
  node.addEventListener("pointermove", (event) => {
    if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLACK) stop();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(name, stop);
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    hold();
  });
}

/** Let a strip that scrolls sideways be dragged with a mouse as well. */
export function dragSideways(strip) {
  let from = null;
  let moved = false;
  strip.addEventListener("pointerdown", (event) => {
    moved = false;
    from = event.pointerType === "mouse" ? { x: event.clientX, left: strip.scrollLeft } : null;
  });
  strip.addEventListener("pointermove", (event) => {
    if (from === null) return;
    if (!moved && Math.abs(event.clientX - from.x) < SLACK) return;
    moved = true;
    strip.classList.add("dragging");
    strip.scrollLeft = from.left - (event.clientX - from.x);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    strip.addEventListener(name, () => {
      from = null;
      strip.classList.remove("dragging");
    });
  }
  // A drag that ends over a button is no tap on it.
  strip.addEventListener("click", (event) => {
    if (!moved) return;
    moved = false;
    event.stopPropagation();
    event.preventDefault();
  }, true);
  return strip;
}

/** Let a mouse wheel push a strip sideways; only for strips that lie in nothing that scrolls. */
export function wheelSideways(strip) {
  strip.addEventListener("wheel", (event) => {
    if (Math.abs(event.deltaY) <= Math.abs(event.deltaX) || strip.scrollWidth <= strip.clientWidth) return;
    strip.scrollLeft += event.deltaY;
    event.preventDefault();
  }, { passive: false });
  return strip;
}
