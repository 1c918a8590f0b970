// A drawn map: roads, fields and a river that depend on the place, and a pin. No tiles, no network.

const SPACE = "http://www.w3.org/2000/svg";

/** Degrees that the drawn map is wide. */
export const MAP_DEGREES = 0.02;

const dice = (x, y) => {
  const wave = Math.sin(x * 127.1 + y * 311.7) * 43758.5453;
  return wave - Math.floor(wave);
};

function make(name, attributes) {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** A map around a place; its pin is in the middle. */
export function miniMap(latitude, longitude) {
  const svg = make("svg", { viewBox: "0 0 200 120", preserveAspectRatio: "xMidYMid slice", class: "mini-map", "aria-hidden": "true" });
  const scale = 200 / MAP_DEGREES;
  const left = longitude * scale - 100;
  const top = -latitude * scale - 60;
  svg.append(make("rect", { width: 200, height: 120, fill: "#eef1e6" }));
  const world = make("g", { transform: `translate(${-left % 40} ${-top % 40})` });
  const [column, row] = [Math.floor(left / 40), Math.floor(top / 40)];
  for (let x = -2; x < 8; x += 1) {
    for (let y = -2; y < 6; y += 1) blocks(world, x, y, dice(column + x, row + y));
  }
  svg.append(world, river(left, top), pin());
  return svg;
}

function blocks(world, x, y, chance) {
  const [px, py] = [x * 40, y * 40];
  const fill = chance < 0.3 ? "#d3e8bd" : chance < 0.42 ? "#e4dccb" : chance < 0.5 ? "#c5dfb0" : null;
  if (fill) world.append(make("rect", { x: px + 3, y: py + 3, width: 34, height: 34, rx: 3, fill }));
  if (chance > 0.72) {
    world.append(make("rect", { x: px + 8 + chance * 10, y: py + 9, width: 9, height: 8, fill: "#d9cdb9" }));
    world.append(make("rect", { x: px + 6, y: py + 23, width: 12, height: 8, fill: "#ddd3c2" }));
  }
  const wide = dice(y, 7) > 0.6 ? 5 : 2.4;
  world.append(make("path", { d: `M${px} ${py}h40`, stroke: "#fff", "stroke-width": wide }));
  if (chance > 0.35) world.append(make("path", { d: `M${px} ${py}v40`, stroke: "#fff", "stroke-width": 2.4 }));
}

function river(left, top) {
  const bend = Math.sin(left / 190) * 30;
  const across = 30 - ((top / 3) % 40);
  return make("path", {
    d: `M-10 ${across + bend}C50 ${across - 40} 110 ${across + 60} 210 ${across - bend}`,
    fill: "none", stroke: "#a9d3f0", "stroke-width": 9,
  });
}

function pin() {
  const group = make("g", { transform: "translate(100 60)" });
  group.append(
    make("ellipse", { rx: 6, ry: 2.5, fill: "#0003" }),
    make("path", { d: "M0 0c-3-7-11-11-11-19a11 11 0 0 1 22 0c0 8-8 12-11 19z", fill: "#ea4335", stroke: "#fff", "stroke-width": 1.2 }),
    make("circle", { cy: -19, r: 4, fill: "#fff" }),
  );
  return group;
}
