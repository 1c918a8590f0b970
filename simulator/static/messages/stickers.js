// Stickers: our own little chick stands in for LINE's drawings, which may not be copied.
// The ids are LINE's, so a bot sees the packages and stickers that it knows.

const FACES = {
  hello: { eyes: "open", mouth: "smile", extra: "wave" },
  happy: { eyes: "arc", mouth: "laugh", extra: "sparkle" },
  love: { eyes: "heart", mouth: "smile", extra: "hearts" },
  thanks: { eyes: "arc", mouth: "smile", extra: "wai" },
  sad: { eyes: "open", mouth: "frown", extra: "tear" },
  surprised: { eyes: "wide", mouth: "round", extra: "lines" },
  sleepy: { eyes: "closed", mouth: "flat", extra: "zzz" },
  cheer: { eyes: "open", mouth: "laugh", extra: "flag" },
};

/** What the sticker sheet offers: LINE's package and sticker ids, and our face for each. */
export const STICKERS = [
  ["446", "1988", "hello"], ["446", "1989", "happy"], ["446", "2000", "love"], ["446", "1993", "thanks"],
  ["446", "2008", "sad"], ["446", "2011", "surprised"], ["446", "2010", "sleepy"], ["446", "2003", "cheer"],
].map(([packageId, stickerId, face]) => ({ packageId, stickerId, face }));

const EYES = {
  open: '<circle cx="38" cy="50" r="4.5"/><circle cx="62" cy="50" r="4.5"/>',
  wide: '<g fill="#fff" stroke="#4a3426" stroke-width="2.5"><circle cx="38" cy="49" r="7.5"/><circle cx="62" cy="49" r="7.5"/></g><circle cx="38" cy="49" r="3"/><circle cx="62" cy="49" r="3"/>',
  arc: '<path d="M32 52q6-8 12 0M56 52q6-8 12 0" fill="none" stroke="#4a3426" stroke-width="3.5" stroke-linecap="round"/>',
  closed: '<path d="M32 50q6 5 12 0M56 50q6 5 12 0" fill="none" stroke="#4a3426" stroke-width="3.5" stroke-linecap="round"/>',
  heart: '<g fill="#f2506b"><path d="M38 56c-9-6-8-13-3.5-13 2 0 3.5 2 3.5 3 0-1 1.5-3 3.5-3 4.5 0 5.5 7-3.5 13z"/><path d="M62 56c-9-6-8-13-3.5-13 2 0 3.5 2 3.5 3 0-1 1.5-3 3.5-3 4.5 0 5.5 7-3.5 13z"/></g>',
};
const MOUTHS = {
  smile: '<path d="M44 61q6 7 12 0z" fill="#f08a24"/>',
  laugh: '<path d="M42 59h16q-1 12-8 12t-8-12z" fill="#d9432f"/><path d="M42 59h16l-8 4z" fill="#f08a24"/>',
  frown: '<path d="M45 66q5-6 10 0z" fill="#f08a24"/>',
  round: '<ellipse cx="50" cy="65" rx="4.5" ry="6" fill="#d9732f"/>',
  flat: '<path d="M45 62h10l-5 5z" fill="#f08a24"/>',
};
const EXTRAS = {
  wave: '<path d="M84 44q9-14 12-4-1 10-13 18z" fill="#ffd34d" stroke="#e5a91f" stroke-width="2"/><path d="M90 24l3-6M97 29l6-3" stroke="#7fb9e8" stroke-width="3" stroke-linecap="round"/>',
  sparkle: '<g fill="#ffb92e"><path d="M12 22l2.5 6 6 2.5-6 2.5-2.5 6-2.5-6-6-2.5 6-2.500zM90 12l2 5 5 2-5 2-2 5-2-5-5-2 5-2z"/></g>',
  hearts: '<g fill="#f2506b"><path d="M88 30c-9-6-8-13-3.5-13 2 0 3.5 2 3.5 3 0-1 1.5-3 3.5-3 4.5 0 5.5 7-3.5 13zM12 24c-6-4-5.5-9-2.5-9 1.5 0 2.5 1.5 2.5 2 0-.5 1-2 2.5-2 3 0 3.5 5-2.5 9z"/></g>',
  wai: '<path d="M50 70q-9 8-5 18h10q4-10-5-18z" fill="#ffe08a" stroke="#e5a91f" stroke-width="2"/><path d="M50 72v15" stroke="#e5a91f" stroke-width="2"/>',
  tear: '<path d="M69 56q7 10 0 13-7-3 0-13z" fill="#6db7f2"/><path d="M30 42l9-3M70 42l-9-3" stroke="#4a3426" stroke-width="3" stroke-linecap="round"/>',
  lines: '<path d="M50 4v10M28 8l4 9M72 8l-4 9" stroke="#f2a03d" stroke-width="4" stroke-linecap="round"/>',
  zzz: '<g fill="none" stroke="#6d8ec9" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"><path d="M76 26h10l-10 11h10M90 10h8l-8 9h8"/></g>',
  flag: '<path d="M86 70L94 22" stroke="#8a5a35" stroke-width="3" stroke-linecap="round"/><path d="M94 22l-24 4 4 14 18-2z" fill="#06c755"/>',
};

/** The drawing of a sticker as SVG; one that we have no face for gets one by its number. */
export function stickerPicture(stickerId) {
  const names = Object.keys(FACES);
  const known = STICKERS.find((one) => one.stickerId === String(stickerId));
  const face = FACES[known?.face ?? names[Number(stickerId) % names.length || 0]];
  const host = document.createElement("div");
  host.className = "sticker";
  // All of this markup is ours: nothing in it comes from a message.
  host.innerHTML = `<svg viewBox="-4 0 112 100" aria-hidden="true">
    <path d="M50 12c24 0 36 16 36 40S72 92 50 92 14 76 14 52s12-40 36-40z" fill="#ffd94f" stroke="#e5a91f" stroke-width="2.5"/>
    <path d="M45 13q1-9 7-9-2 4 1 5 4-3 6 0-6 0-8 5z" fill="#ffd94f" stroke="#e5a91f" stroke-width="2"/>
    <path d="M16 58q-9 8-2 18 7-2 8-9z" fill="#ffcb30" stroke="#e5a91f" stroke-width="2"/>
    <path d="M38 92l-3 5M38 92l3 5M62 92l-3 5M62 92l3 5" stroke="#f08a24" stroke-width="3" stroke-linecap="round"/>
    <g fill="#ff9d8a" opacity=".55"><ellipse cx="28" cy="60" rx="6" ry="4"/><ellipse cx="72" cy="60" rx="6" ry="4"/></g>
    <g fill="#4a3426">${EYES[face.eyes]}</g>${MOUTHS[face.mouth]}${EXTRAS[face.extra]}</svg>`;
  return host;
}
