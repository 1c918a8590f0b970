// A voice without a microphone: a soft hum as WAV bytes.

const RATE = 8_000;

/** `seconds` of sound that rises and falls like somebody speaking. */
export function tone(seconds) {
  const samples = seconds * RATE;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const write = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, "data");
  view.setUint32(40, samples, true);
  let phase = 0;
  for (let n = 0; n < samples; n += 1) {
    const at = n / RATE;
    phase += (2 * Math.PI * (190 + 60 * Math.sin(at * 3.1) + 25 * Math.sin(at * 11))) / RATE;
    const loud = Math.max(0, Math.sin(at * 9)) * 0.35;
    view.setUint8(44 + n, 128 + Math.round(127 * loud * Math.sin(phase)));
  }
  return new Blob([view], { type: "audio/wav" });
}
