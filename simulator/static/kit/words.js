// The page's own words in Thai and English. (What the bot says is the bot's.)

const WORDS = {
  title: ["ตัวจำลอง LINE", "LINE simulator"],
  badNetwork: ["สัญญาณไม่ดี", "Bad network"],
  badNetworkOn: ["สัญญาณไม่ดีแล้ว ข้อความถึงช้า ซ้ำ หรือสลับลำดับ", "Bad network: messages come late, twice or out of order"],
  badNetworkOff: ["สัญญาณกลับมาดีแล้ว", "The network is fine again"],
  hour: ["+1 ชม.", "+1 hour"],
  day: ["+1 วัน", "+1 day"],
  paid: ["ข้อความเสียเงิน", "Paid messages"],
  settings: ["ตั้งค่า", "Settings"],
  addPhone: ["เพิ่มโทรศัพท์", "Add a phone"],
  newPhoneName: ["ชื่อเจ้าของเครื่อง", "Name of its owner"],
  newPhoneDefault: ["คนใหม่", "Somebody new"],
  phones: ["โทรศัพท์", "Phones"],
  noPhones: ["ยังไม่มีโทรศัพท์", "No phones yet"],
  offline: ["ติดต่อตัวจำลองไม่ได้ กำลังลองใหม่…", "The simulator does not answer; trying again…"],
  inviteCode: ["รหัสเชิญ", "Invitation code"],
  copy: ["คัดลอก", "Copy"],
  copied: ["คัดลอกแล้ว", "Copied"],
  sendCode: ["ส่งรหัส", "Send code"],
  addFriend: ["เพิ่มเพื่อน", "Add friend"],
  officialAccount: ["บัญชีทางการ", "Official account"],
  addFriendHint: ["เพิ่มเพื่อนเพื่อเริ่มคุยกัน", "Add this account to start chatting"],
  blockedBar: ["คุณบล็อกบัญชีนี้อยู่", "You have blocked this account"],
  block: ["บล็อก", "Block"],
  unblock: ["เลิกบล็อก", "Unblock"],
  chatMenu: ["เมนูแชท", "Chat menu"],
  today: ["วันนี้", "Today"],
  yesterday: ["เมื่อวาน", "Yesterday"],
  read: ["อ่านแล้ว", "Read"],
  messages: ["ข้อความ", "Messages"],
  newMessage: ["ข้อความใหม่", "New message"],
  typing: ["กำลังพิมพ์", "Typing"],
  youFollowed: ["คุณเพิ่มเพื่อนแล้ว", "You added this account"],
  youBlocked: ["คุณบล็อกบัญชีนี้", "You blocked this account"],
  youUnblocked: ["คุณเลิกบล็อกบัญชีนี้", "You unblocked this account"],
  youUnsent: ["คุณยกเลิกข้อความ", "You unsent a message"],
  unsend: ["ยกเลิกการส่ง", "Unsend"],
  reply: ["ตอบกลับ", "Reply"],
  writeHere: ["ข้อความ", "Aa"],
  send: ["ส่ง", "Send"],
  voice: ["ข้อความเสียง", "Voice message"],
  more: ["เพิ่มเติม", "More"],
  camera: ["กล้อง", "Camera"],
  album: ["รูปภาพ", "Photos"],
  place: ["ตำแหน่งที่ตั้ง", "Location"],
  file: ["ไฟล์", "File"],
  sticker: ["สติกเกอร์", "Stickers"],
  openMenu: ["เปิดเมนู", "Open the menu"],
  openKeyboard: ["เปิดแป้นพิมพ์", "Open the keyboard"],
  richMenu: ["เมนูหลัก", "Rich menu"],
  close: ["ปิด", "Close"],
  cancel: ["ยกเลิก", "Cancel"],
  confirm: ["ตกลง", "OK"],
  chooseDate: ["เลือกวันที่", "Choose a date"],
  chooseTime: ["เลือกเวลา", "Choose a time"],
  previousMonth: ["เดือนก่อน", "Previous month"],
  nextMonth: ["เดือนถัดไป", "Next month"],
  hours: ["นาฬิกา", "Hour"],
  minutes: ["นาที", "Minute"],
  shoot: ["ถ่ายรูป", "Take the photo"],
  again: ["ถ่ายใหม่", "Retake"],
  ownCamera: ["ใช้กล้องของเครื่องนี้", "Use this device's camera"],
  ownPhotos: ["เลือกจากเครื่องนี้", "From this device"],
  sendPhotos: ["ส่งรูป", "Send photos"],
  homeOutside: ["บ้านด้านนอก", "House, outside"],
  homeInside: ["บ้านด้านใน", "House, inside"],
  schoolSign: ["ป้ายโรงเรียน", "School sign"],
  path: ["ทางเข้าบ้าน", "Way to the house"],
  notAPicture: ["เปิดรูปนี้ไม่ได้", "This picture cannot be opened"],
  sendPlace: ["ส่งตำแหน่งนี้", "Send this location"],
  searchPlace: ["แตะแผนที่เพื่อย้ายหมุด", "Tap the map to move the pin"],
  latitude: ["ละติจูด", "Latitude"],
  longitude: ["ลองจิจูด", "Longitude"],
  recording: ["กำลังอัดเสียง…", "Recording…"],
  startRecording: ["แตะเพื่ออัดเสียง", "Tap to record"],
  stopAndSend: ["หยุดและส่ง", "Stop and send"],
  listen: ["ฟัง", "Listen"],
  video: ["วิดีโอ", "Video"],
  openLink: ["เปิดลิงก์", "Open the link"],
  call: ["โทร", "Call"],
  callNotice: ["ตัวจำลองไม่ได้โทรออกจริง", "The simulator does not really call"],
  calling: ["กำลังโทรหา", "Calling"],
  photo: ["รูปภาพ", "Photo"],
  notOnPhones: ["แสดงไม่ได้บนตัวจำลองนี้", "Cannot be shown here"],
  failed: ["ส่งไม่สำเร็จ", "Could not be sent"],
  unread: ["ยังไม่ได้อ่าน", "unread"],
  from: ["จาก", "from"],
  photoGone: ["รูปนี้ไม่มีแล้ว", "This picture is gone"],
};

let at = 0;

/** "th" or "en" */
export const language = () => (at === 0 ? "th" : "en");

/** The word for `key` in the page's language. */
export const t = (key) => WORDS[key][at];

/** Start with what was chosen last time. */
export function recall() {
  at = localStorage.getItem("language") === "en" ? 1 : 0;
  document.documentElement.lang = language();
}

/** Switch between Thai and English, now and for next time. */
export function toggleLanguage() {
  at = 1 - at;
  localStorage.setItem("language", language());
  document.documentElement.lang = language();
}
