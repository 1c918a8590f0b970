// Icons: line drawings on a 24 × 24 grid, coloured like the text around them.

const PATHS = {
  back: "M15 5l-7 7 7 7",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l4.5 4.5",
  more: "M4 7h16M4 12h16M4 17h16",
  plus: "M12 5v14M5 12h14",
  camera: "M4 8h3.500l1.5-2.500h6L16.5 8H20v11H4zM12 10.200a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.500h.01",
  mic: "M12 3.500a2.8 2.8 0 0 0-2.8 2.800v5a2.8 2.8 0 0 0 5.6 0v-5A2.8 2.8 0 0 0 12 3.500M5.8 11a6.2 6.2 0 0 0 12.4 0M12 17.200v3.3",
  smile: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M8.3 14c.9 1.5 2.2 2.2 3.7 2.200s2.8-.7 3.7-2.200M9 9.500h.01M15 9.500h.01",
  keyboard: "M3.5 6.500h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  menu: "M4 5.500h7v6H4zM13.5 5.500H20v6h-6.500zM4 14h7v5H4zM13.5 14H20v5h-6.500z",
  place: "M12 21s6.5-6.3 6.5-11a6.5 6.5 0 1 0-13 0c0 4.7 6.5 11 6.5 11M12 7.800a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6",
  file: "M6 3.500h8l4.5 4.500v12.500H6zM14 3.500V8h4.5",
  calendar: "M4.5 6h15v14h-15zM4.5 10.300h15M8.5 3.500V7M15.5 3.500V7",
  clock: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.500V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.500l4.5 4.500L19 7.5",
  down: "M6 9.500l6 6 6-6",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  play: "M8 5.500l11 6.5-11 6.500z",
  stop: "M7 7h10v10H7z",
  reply: "M9.5 6L4.5 11l5 5M4.5 11H14a5.5 5.5 0 0 1 5.5 5.500V18",
  copy: "M8.5 8.500h11v11h-11zM15.5 8.500v-4h-11v11h4",
  bin: "M5 7h14M9.5 7V4.500h5V7M7 7l.8 12.500h8.400L17 7M10.3 10.500v5.500M13.7 10.500v5.5",
  ban: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.500c.6-4 3.5-6 7.5-6s6.9 2 7.5 6",
  addPerson: "M10 4.500a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.400M3 20c.6-3.7 3.2-5.6 7-5.6 1.5 0 2.8.3 3.9.8M18 14v6.500M14.8 17.200h6.4",
  phone: "M6 4l3.5-.5 2 4.5-2.3 1.800a11.5 11.5 0 0 0 5 5l1.8-2.3 4.5 2-.5 3.500c-7 2-16-7-14-14z",
  web: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M3.5 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17",
  wifi: "M4 10.500a11.5 11.5 0 0 1 16 0M7 13.800a7 7 0 0 1 10 0M10 17a2.8 2.8 0 0 1 4 0",
  sliders: "M5 7h8M17 7h2M5 17h2M11 17h8M15 4.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400M9 14.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  coin: "M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.5 16V8h3a2 2 0 0 1 0 4h-3M12.5 12a2 2 0 0 1 0 4h-3M11 6.500V8M11 16v1.5",
};

/** An icon by name; `send` is the one that is filled. */
export function icon(name, size = 24) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  if (name === "send") {
    path.setAttribute("d", "M3.5 20.500l17.5-8.500L3.5 3.500l2.3 7L15 12l-9.2 1.500z");
    svg.setAttribute("fill", "currentColor");
  } else {
    path.setAttribute("d", PATHS[name]);
    svg.setAttribute("fill", "none");
    svg.setAttribute("stroke", "currentColor");
    svg.setAttribute("stroke-width", "1.7");
    svg.setAttribute("stroke-linecap", "round");
    svg.setAttribute("stroke-linejoin", "round");
  }
  svg.append(path);
  return svg;
}
