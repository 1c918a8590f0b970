// Scenes for the camera: drawn anew for each shot, so that no two photos are the same bytes.

export const SCENES = ["homeOutside", "homeInside", "schoolSign", "path"];

const WIDTH = 1_280;
const HEIGHT = 960;
const SCALE = 0.8; // of the photo to the drawing

/** Draw a scene on `canvas`; `seed` (0…1) moves the light, the clouds and the grain. */
export function scene(name, canvas, { seed }) {
  canvas.width = WIDTH * SCALE;
  canvas.height = HEIGHT * SCALE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(SCALE, SCALE);
  const dice = rolling(seed);
  DRAWN[name](pen, dice);
  grain(pen, dice);
}

const DRAWN = { homeOutside, homeInside, schoolSign, path };

function rolling(seed) {
  let state = Math.floor(seed * 2 ** 31) || 1;
  return (low = 0, high = 1) => {
    state = (state * 48_271) % 2_147_483_647;
    return low + (state / 2_147_483_647) * (high - low);
  };
}

function fade(pen, stops, x0, y0, x1, y1) {
  const made = pen.createLinearGradient(x0, y0, x1, y1);
  stops.forEach((colour, index) => made.addColorStop(index / (stops.length - 1), colour));
  return made;
}

function block(pen, fill, x, y, width, height) {
  pen.fillStyle = fill;
  pen.fillRect(x, y, width, height);
}

function shape(pen, fill, points) {
  pen.fillStyle = fill;
  pen.beginPath();
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.fill();
}

function disc(pen, fill, x, y, radius, squash = 1) {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.ellipse(x, y, radius, radius * squash, 0, 0, Math.PI * 2);
  pen.fill();
}

function sky(pen, dice) {
  block(pen, fade(pen, ["#6db6ea", "#bfe1f5", "#eef6ee"], 0, 0, 0, 620), 0, 0, WIDTH, 640);
  const sun = dice(850, 1150);
  const glow = pen.createRadialGradient(sun, 130, 10, sun, 130, 260);
  glow.addColorStop(0, "#fffbe0");
  glow.addColorStop(0.25, "#fff3b8aa");
  glow.addColorStop(1, "#fff3b800");
  block(pen, glow, 0, 0, WIDTH, 500);
  for (let n = 0; n < 4; n += 1) {
    const [x, y] = [dice(0, WIDTH), dice(60, 260)];
    for (let puff = 0; puff < 6; puff += 1) disc(pen, "#ffffffb0", x + puff * 34 - 85, y + dice(-16, 16), dice(30, 58), 0.62);
  }
}

function trees(pen, dice, ground) {
  for (let n = 0; n < 26; n += 1) {
    const [x, size] = [n * 54 + dice(-30, 30), dice(46, 92)];
    disc(pen, `hsl(${dice(95, 125)} 34% ${dice(28, 40)}%)`, x, ground - size * 0.5, size, 0.85);
  }
}

function palm(pen, dice, x, ground, tall) {
  pen.strokeStyle = "#7c6145";
  pen.lineWidth = 20;
  pen.beginPath();
  pen.moveTo(x, ground);
  pen.quadraticCurveTo(x + dice(-30, 30), ground - tall / 2, x + 24, ground - tall);
  pen.stroke();
  for (let n = 0; n < 9; n += 1) {
    const turn = (n / 9) * Math.PI * 2 + dice(0, 0.4);
    const [tx, ty] = [x + 24 + Math.cos(turn) * 160, ground - tall + Math.sin(turn) * 74 + 46];
    pen.strokeStyle = n % 2 ? "#3f7f3a" : "#53963f";
    pen.lineWidth = 17;
    pen.beginPath();
    pen.moveTo(x + 24, ground - tall);
    pen.quadraticCurveTo((x + 24 + tx) / 2, ground - tall - 60, tx, ty);
    pen.stroke();
  }
}

function grass(pen, dice, top) {
  block(pen, fade(pen, ["#9cbf62", "#6f9a42"], 0, top, 0, HEIGHT), 0, top, WIDTH, HEIGHT - top);
  pen.lineWidth = 3;
  for (let n = 0; n < 900; n += 1) {
    const [x, y] = [dice(0, WIDTH), dice(top + 6, HEIGHT)];
    pen.strokeStyle = `hsl(${dice(78, 105)} 45% ${dice(30, 52)}%)`;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + dice(-5, 5), y - dice(6, 20));
    pen.stroke();
  }
}

function planks(pen, dice, x, y, width, height, step, hue) {
  for (let at = 0; at < height; at += step) {
    block(pen, `hsl(${hue} ${dice(30, 38)}% ${dice(38, 47)}%)`, x, y + at, width, Math.min(step - 3, height - at));
  }
}

function homeOutside(pen, dice) {
  sky(pen, dice);
  trees(pen, dice, 600);
  grass(pen, dice, 590);
  shape(pen, "#cdae84", [[520, 640], [720, 640], [940, 960], [260, 960]]);
  palm(pen, dice, 150, 660, 430);
  // Stilts, floor, wall, roof: a wooden house as they stand in the villages.
  disc(pen, "#0003", 640, 706, 360, 0.09);
  for (const x of [350, 480, 640, 790, 910]) block(pen, fade(pen, ["#8b8177", "#6f665e"], x, 0, x + 24, 0), x, 520, 24, 186);
  block(pen, "#2d251f66", 362, 540, 560, 130);
  planks(pen, dice, 330, 350, 620, 170, 24, 27);
  block(pen, "#5c4129", 310, 516, 660, 18);
  shape(pen, fade(pen, ["#a8553e", "#8c4331"], 0, 200, 0, 370), [[420, 196], [860, 196], [1010, 366], [270, 366]]);
  pen.strokeStyle = "#7a3829";
  pen.lineWidth = 3;
  for (let n = 0; n <= 22; n += 1) {
    pen.beginPath();
    pen.moveTo(420 + n * 20, 196);
    pen.lineTo(270 + n * 33.6, 366);
    pen.stroke();
  }
  for (const x of [390, 760]) {
    block(pen, "#3a2a1c", x, 392, 96, 88);
    block(pen, "#6b8f9c", x + 8, 400, 36, 72);
    block(pen, "#7ea3ae", x + 52, 400, 36, 72);
  }
  block(pen, "#4b331f", 590, 376, 92, 142);
  shape(pen, "#7a5535", [[590, 534], [690, 534], [730, 716], [560, 716]]);
  for (let n = 0; n < 6; n += 1) block(pen, "#553a22", 586 - n * 5, 552 + n * 28, 112 + n * 9, 9);
  // Washing on a line, and a water jar.
  pen.strokeStyle = "#eee";
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(970, 480);
  pen.quadraticCurveTo(1090, 510, 1210, 470);
  pen.stroke();
  ["#f4f4f0", "#e0697a", "#4f7fc0", "#f0c24f"].forEach((colour, n) => block(pen, colour, 1000 + n * 52, 494 - Math.abs(n - 1.5) * 4, 40, 62));
  disc(pen, "#a5673c", 1050, 720, 62, 1.05);
  disc(pen, "#5b3720", 1050, 664, 40, 0.28);
}

function homeInside(pen, dice) {
  planks(pen, dice, 0, 0, WIDTH, 640, 44, 29);
  block(pen, fade(pen, ["#0000", "#0004"], 0, 300, 0, 640), 0, 300, WIDTH, 340);
  for (let n = 0; n < 14; n += 1) {
    const spread = (n - 7) * 105;
    shape(pen, `hsl(28 34% ${dice(34, 42)}%)`, [[640 + spread, 640], [640 + spread + 100, 640], [640 + (spread + 100) * 1.9, 960], [640 + spread * 1.9, 960]]);
  }
  // The window and its light on the floor.
  const light = dice(-30, 30);
  block(pen, "#4b3220", 470, 150, 340, 270);
  block(pen, fade(pen, ["#a5d8f5", "#e9f6df"], 0, 160, 0, 410), 484, 164, 312, 242);
  for (let n = 0; n < 7; n += 1) disc(pen, `hsl(${dice(95, 120)} 36% ${dice(38, 50)}%)`, 500 + n * 46, 392, dice(24, 40), 0.8);
  block(pen, "#4b3220", 632, 164, 14, 242);
  shape(pen, "#ffeeb444", [[500 + light, 660], [780 + light, 660], [930 + light, 930], [470 + light, 930]]);
  for (const [x, turn] of [[446, -1], [834, 1]]) shape(pen, "#e7d7b6", [[x, 140], [x - turn * 60, 140], [x - turn * 30, 430], [x + turn * 8, 430]]);
  // A mat, a fan, a shelf with books, a picture on the wall.
  shape(pen, "#c9a25d", [[360, 730], [920, 730], [1030, 890], [250, 890]]);
  for (let n = 0; n < 8; n += 1) shape(pen, n % 2 ? "#b5433f" : "#3f7a5c", [[380 + n * 70, 730], [400 + n * 70, 730], [290 + n * 98, 890], [262 + n * 98, 890]]);
  block(pen, "#6e4a2a", 950, 330, 240, 16);
  for (let n = 0; n < 9; n += 1) block(pen, `hsl(${n * 43 + 10} 45% 50%)`, 962 + n * 24, 330 - dice(66, 98), 20, 100);
  block(pen, "#6e4a2a", 950, 336, 240, 12);
  block(pen, "#d9b25a", 130, 170, 170, 130);
  block(pen, fade(pen, ["#cfe6f7", "#9fc48a"], 0, 182, 0, 288), 142, 182, 146, 106);
  disc(pen, "#3c5d8c", 190, 244, 20, 1.3);
  disc(pen, "#b55f7d", 240, 250, 18, 1.3);
  block(pen, "#dfe3e6", 172, 560, 14, 190);
  disc(pen, "#cfd5d9", 179, 756, 62, 0.22);
  disc(pen, "#e9edf0", 179, 520, 78);
  disc(pen, "#9fb4c4", 179, 520, 68);
  for (let n = 0; n < 3; n += 1) disc(pen, "#e9edf0cc", 179 + Math.cos(n * 2.1 + light) * 34, 520 + Math.sin(n * 2.1 + light) * 34, 25);
}

function schoolSign(pen, dice) {
  sky(pen, dice);
  trees(pen, dice, 560);
  block(pen, "#f2e3bd", 120, 380, 1040, 170);
  shape(pen, "#b5523c", [[90, 386], [1190, 386], [1110, 316], [170, 316]]);
  for (let n = 0; n < 9; n += 1) block(pen, "#7fa9c4", 170 + n * 108, 420, 62, 74);
  grass(pen, dice, 550);
  block(pen, "#8f8a84", 0, 860, WIDTH, 100);
  palm(pen, dice, 1130, 720, 360);
  // The flag, and the sign on its two posts.
  block(pen, "#e8e8e8", 182, 150, 10, 520);
  ["#c8313a", "#fff", "#2b3f86", "#2b3f86", "#fff", "#c8313a"].forEach((colour, n) => block(pen, colour, 192, 158 + n * 15, 132, 15));
  for (const x of [350, 930]) block(pen, fade(pen, ["#b9b2a9", "#8b857d"], x, 0, x + 44, 0), x, 470, 44, 330);
  block(pen, "#0003", 306, 792, 720, 18);
  block(pen, "#e9c46a", 300, 470, 730, 220);
  block(pen, fade(pen, ["#1f6b45", "#15533a"], 0, 480, 0, 680), 314, 484, 702, 192);
  pen.fillStyle = "#ffe9a8";
  pen.textAlign = "center";
  pen.font = "700 70px 'Noto Sans Thai', Sarabun, Loma, sans-serif";
  pen.fillText("โรงเรียนบ้านทุ่งดอกไม้", 665, 578, 660);
  pen.font = "400 34px 'Noto Sans Thai', Sarabun, Loma, sans-serif";
  pen.fillText("สำนักงานเขตพื้นที่การศึกษา", 665, 640, 640);
  for (let n = 0; n < 16; n += 1) disc(pen, ["#e8577b", "#f2a33c", "#f7d64a", "#fff"][n % 4], 320 + n * 45 + dice(-10, 10), 800 + dice(-14, 14), dice(13, 20));
}

function path(pen, dice) {
  sky(pen, dice);
  trees(pen, dice, 470);
  block(pen, fade(pen, ["#a9cf6a", "#7fb04a"], 0, 460, 0, HEIGHT), 0, 460, WIDTH, 500);
  for (let row = 0; row < 15; row += 1) {
    const y = 480 + row * row * 2.2;
    pen.strokeStyle = `hsl(86 48% ${dice(34, 46)}%)`;
    pen.lineWidth = 2 + row * 0.5;
    for (let x = 0; x < WIDTH; x += 12 + row * 2) {
      pen.beginPath();
      pen.moveTo(x + dice(-4, 4), y + 10);
      pen.lineTo(x + dice(-8, 8), y - 4 - row * 1.6);
      pen.stroke();
    }
  }
  shape(pen, fade(pen, ["#d9b98d", "#b88d5b"], 0, 470, 0, HEIGHT), [[690, 470], [740, 470], [1060, 960], [300, 960]]);
  shape(pen, "#c7a06d", [[708, 470], [720, 470], [760, 960], [600, 960]]);
  block(pen, "#8a5f3c", 640, 400, 130, 66);
  shape(pen, "#a5523c", [[620, 404], [790, 404], [750, 356], [660, 356]]);
  palm(pen, dice, 880, 560, 260);
  palm(pen, dice, 240, 760, 420);
}

function grain(pen, dice) {
  const shot = pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
  const warm = dice(-6, 8);
  for (let at = 0; at < shot.data.length; at += 4) {
    const noise = (Math.random() - 0.5) * 14;
    shot.data[at] += noise + warm;
    shot.data[at + 1] += noise + warm * 0.5;
    shot.data[at + 2] += noise;
  }
  pen.putImageData(shot, 0, 0);
  const edge = pen.createRadialGradient(WIDTH / 2, HEIGHT / 2, 380, WIDTH / 2, HEIGHT / 2, 860);
  edge.addColorStop(0, "#0000");
  edge.addColorStop(1, "#0005");
  block(pen, edge, 0, 0, WIDTH, HEIGHT);
}
