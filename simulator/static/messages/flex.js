// Flex messages: bubbles and carousels, laid out with CSS flexbox as LINE's documentation maps them.

import { dragSideways, el } from "../kit/dom.js";
import { BUBBLES, border, font, image, ratio, space } from "./scales.js";
import { picture, tappable } from "./parts.js";

/** A bubble or a carousel; `tap(action)` is called for what is tapped. */
export function flex(contents, tap) {
  if (contents.type !== "carousel") return bubble(contents, tap);
  const bubbles = contents.contents.map((one) => bubble(one, tap));
  return dragSideways(el("div.carousel.flex-carousel", {}, bubbles));
}

function bubble(contents, tap) {
  const size = contents.size ?? "mega";
  const blocks = ["header", "hero", "body", "footer"].filter((name) => contents[name]);
  const card = el(`div.fx-bubble.fx-${size}`, {
    dir: contents.direction === "rtl" ? "rtl" : null,
    style: { "--bubble": `${BUBBLES[size] ?? 300}px` },
  }, blocks.map((name) => block(name, contents, blocks, tap)));
  return contents.action ? tappable(card, contents.action, tap) : card;
}

function block(name, contents, blocks, tap) {
  const style = contents.styles?.[name] ?? {};
  const node = el(`div.fx-block.fx-${name}`, { style: { backgroundColor: style.backgroundColor ?? "" } });
  if (name === "body" && blocks.includes("footer")) node.classList.add("above-footer");
  if (style.separator && blocks[0] !== name) {
    node.append(el("div.fx-rule", { style: { backgroundColor: style.separatorColor ?? "" } }));
  }
  const child = component(contents[name], tap);
  if (contents[name].type === "image") child.style.width = "100%";
  node.append(child);
  return node;
}

const COMPONENTS = { box, text, button, image: flexImage, icon: flexIcon, separator, filler, spacer: filler, video };

function component(what, tap) {
  const make = COMPONENTS[what.type];
  return make ? make(what, tap) : el("div.fx-unknown", {}, what.type);
}

function box(what, tap) {
  const node = el(`div.fx-box.fx-${what.layout}`);
  const style = node.style;
  style.width = what.width ?? "";
  style.height = what.height ?? "";
  style.maxWidth = what.maxWidth ?? "";
  style.maxHeight = what.maxHeight ?? "";
  style.backgroundColor = what.backgroundColor ?? "";
  style.justifyContent = what.justifyContent ?? "";
  style.alignItems = what.alignItems ?? (what.layout === "baseline" ? "baseline" : "");
  style.borderRadius = space(what.cornerRadius) ?? "";
  if (what.borderWidth || what.borderColor) {
    style.border = `${border(what.borderWidth ?? "none")} solid ${what.borderColor ?? "transparent"}`;
  }
  if (what.background?.type === "linearGradient") style.backgroundImage = gradient(what.background);
  pad(style, what);
  what.contents.forEach((child, index) => node.append(place(component(child, tap), child, what, index)));
  return what.action ? tappable(node, what.action, tap) : node;
}

function gradient({ angle, startColor, centerColor, centerPosition = "50%", endColor }) {
  const middle = centerColor ? `${centerColor} ${centerPosition}, ` : "";
  return `linear-gradient(${angle}, ${startColor}, ${middle}${endColor})`;
}

function pad(style, what) {
  const sides = { Top: "Top", Bottom: "Bottom", Start: "InlineStart", End: "InlineEnd" };
  for (const [side, css] of Object.entries(sides)) {
    const value = space(what[`padding${side}`] ?? what.paddingAll);
    if (value !== undefined) style[`padding${css}`] = value;
  }
}

/** Give a child its share of the box, its margin and its offset. */
function place(node, child, parent, index) {
  const style = node.style;
  if (child.position === "absolute") style.position = "absolute";
  else {
    const horizontal = parent.layout !== "vertical";
    style.flex = share(child, horizontal);
    const gap = space(child.margin ?? (index > 0 ? parent.spacing : undefined));
    if (gap !== undefined) style[horizontal ? "marginInlineStart" : "marginTop"] = gap;
  }
  const offsets = { Top: "top", Bottom: "bottom", Start: "insetInlineStart", End: "insetInlineEnd" };
  for (const [side, css] of Object.entries(offsets)) {
    const value = space(child[`offset${side}`]);
    if (value !== undefined) style[css] = value;
  }
  return node;
}

function share(child, horizontal) {
  if (child.type === "separator" || child.type === "icon") return "0 0 auto";
  if (child.type === "filler") return `${child.flex ?? 1} 0 0px`;
  const sized = child.type === "box" && (child.width || child.height);
  const flex = child.flex ?? (horizontal && !sized ? 1 : 0);
  if (flex === 0) return "0 0 auto";
  return horizontal ? `${flex} 0 0px` : `${flex} 0 auto`;
}

const JUSTIFY = { top: "flex-start", center: "center", bottom: "flex-end" };
const ALIGN = { start: "flex-start", center: "center", end: "flex-end" };

function text(what, tap) {
  const line = el("p", {}, what.contents?.length ? what.contents.map(span) : what.text ?? "");
  letters(line.style, what);
  line.style.textAlign = what.align ?? "";
  if (what.lineSpacing) line.style.lineHeight = `calc(1.45em + ${what.lineSpacing})`;
  if (what.maxLines) line.style.webkitLineClamp = what.maxLines;
  const node = el("div.fx-text", { style: { justifyContent: JUSTIFY[what.gravity] ?? "" } }, line);
  node.classList.toggle("wrap", what.wrap === true);
  node.classList.toggle("clamp", what.wrap === true && what.maxLines > 0);
  if (what.adjustMode === "shrink-to-fit" && !what.wrap) shrink(line);
  return what.action ? tappable(node, what.action, tap) : node;
}

function span(what) {
  const node = el("span", {}, what.text ?? "");
  letters(node.style, what);
  return node;
}

function letters(style, what) {
  style.fontSize = font(what.size) ?? "";
  style.color = what.color ?? "";
  style.fontWeight = what.weight === "bold" ? "700" : what.weight === "regular" ? "400" : "";
  style.fontStyle = what.style ?? "";
  style.textDecoration = what.decoration ?? "";
}

function button(what, tap) {
  const kind = what.style ?? "link";
  const label = el("span", {}, what.action.label ?? "");
  const face = el(`button.fx-button.fx-${kind}.fx-${what.height ?? "md"}`, { onclick: (event) => {
    event.stopPropagation();
    tap(what.action);
  } }, label);
  if (what.color) face.style[kind === "link" ? "color" : "backgroundColor"] = what.color;
  if (what.adjustMode === "shrink-to-fit") shrink(label, face);
  return el("div.fx-button-place", { style: { justifyContent: JUSTIFY[what.gravity] ?? "" } }, face);
}

/** Make the letters smaller until the line fits; once it has a width. */
function shrink(line, room = line) {
  const watcher = new ResizeObserver(() => {
    if (!room.clientWidth) return;
    watcher.disconnect();
    let size = parseFloat(getComputedStyle(line).fontSize);
    const tooWide = () => line.scrollWidth > line.clientWidth && size > 9;
    if (!tooWide()) return;
    while (tooWide()) line.style.fontSize = `${(size -= 0.5)}px`;
    line.style.fontSize = `${size - 0.5}px`; // widths are told in whole pixels only
  });
  watcher.observe(room);
}

function flexImage(what, tap) {
  const face = el("div.fx-picture", {
    style: { width: image(what.size), aspectRatio: ratio(what.aspectRatio), backgroundColor: what.backgroundColor ?? "" },
  }, picture(what.url, what.aspectMode === "cover" ? "cover" : "contain"));
  const node = el("div.fx-image", {
    style: { alignItems: ALIGN[what.align] ?? "center", justifyContent: JUSTIFY[what.gravity] ?? "" },
  }, face);
  return what.action ? tappable(node, what.action, tap) : node;
}

function flexIcon(what) {
  return el("div.fx-icon", { style: { fontSize: font(what.size ?? "md") } },
    el("span", { style: { aspectRatio: ratio(what.aspectRatio) } }, picture(what.url, "contain")));
}

function separator(what) {
  return el("div.fx-separator", { style: { backgroundColor: what.color ?? "" } });
}

function filler() {
  return el("div.fx-filler");
}

function video(what) {
  const ratioOf = what.aspectRatio ?? what.altContent?.aspectRatio;
  return el("video.fx-video", { src: what.url, poster: what.previewUrl, controls: true, playsinline: true, style: { aspectRatio: ratio(ratioOf) } });
}
