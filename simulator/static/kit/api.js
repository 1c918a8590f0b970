// The control API of the simulator, as the page uses it.

/** An answer of the simulator that was no success; `status` and `body` tell which. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

async function ask(path, { method = "GET", body, type, signal } = {}) {
  const raw = body instanceof Blob;
  const answer = await fetch(`/_sim/${path}`, {
    method,
    signal,
    headers: body === undefined ? {} : { "Content-Type": raw ? type ?? body.type : "application/json" },
    body: body === undefined || raw ? body : JSON.stringify(body),
  });
  const told = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

const post = (path, body = {}) => ask(path, { method: "POST", body });

export const api = {
  state: () => ask("state"),
  addUser: (user) => post("users", user),
  moveClock: (seconds) => post("clock", { advance: seconds }),
  setFaults: (faults) => post("faults", faults),
  /** Call `heard` with every change, and `opened` whenever the stream (re)opens. */
  stream(heard, opened) {
    const source = new EventSource("/_sim/stream");
    source.onmessage = (event) => heard(JSON.parse(event.data));
    source.onopen = opened;
    return source;
  },
};

/** What one person can do, as calls to the simulator. */
export class Person {
  constructor(userId) {
    this.at = `users/${encodeURIComponent(userId)}`;
  }

  chat = (after) => ask(`${this.at}/chat?after=${after}`);
  follow = () => post(`${this.at}/follow`);
  block = () => post(`${this.at}/block`);
  unblock = () => post(`${this.at}/unblock`);
  text = (text, quotedMessageId) => post(`${this.at}/text`, quotedMessageId ? { text, quotedMessageId } : { text });
  sticker = (packageId, stickerId) => post(`${this.at}/sticker`, { packageId, stickerId });
  location = (place) => post(`${this.at}/location`, place);
  tap = (tap) => post(`${this.at}/tap`, tap);
  unsend = (messageId) => post(`${this.at}/unsend`, { messageId });
  image = (blob) => ask(`${this.at}/image`, { method: "POST", body: blob });
  images = async (blobs) => post(`${this.at}/images`, { images: await Promise.all(blobs.map(base64)) });
  audio = (blob, duration) => ask(`${this.at}/audio?duration=${duration}`, { method: "POST", body: blob });
  video = (blob) => ask(`${this.at}/video`, { method: "POST", body: blob });
  file = (file) => ask(`${this.at}/file?fileName=${encodeURIComponent(file.name)}`, {
    method: "POST", body: file, type: file.type || "application/octet-stream",
  });
}

/** Where the simulator serves a message's photo, voice or file. */
export const contentUrl = (messageId) => `/_sim/content/${messageId}`;

/** Where the simulator serves a rich menu's picture. */
export const richMenuUrl = (richMenuId) => `/_sim/richmenu/${richMenuId}/image`;

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
