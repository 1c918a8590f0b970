"""What a person does with a phone, and the event LINE makes of it."""

import random
from typing import Any

from simulator import ids
from simulator.content import Content
from simulator.event import Event, ReplyToken
from simulator.platform import Message, Platform
from simulator.refusals import Json, Refusal
from simulator.user import Group, User
from simulator.webhooks import Webhooks

STICKER_WORDS = ("สวัสดี", "ขอบคุณ", "happy", "smile", "hello", "love", "good")
SILENT = frozenset({"unsend", "unfollow", "leave", "memberLeft", "delivery"})


class Phones:
    """All phones; each method is one gesture and returns the event it made."""

    def __init__(self, platform: Platform, webhooks: Webhooks) -> None:
        self._platform = platform
        self._webhooks = webhooks

    # -- friendship ---------------------------------------------------------

    def follow(self, user: User) -> Event:
        """Add the account as a friend, or unblock it."""
        again = user.blocked
        user.friend, user.blocked = True, False
        user.rich_menu_id = None if again else user.rich_menu_id
        event = self._event(user, "follow", follow={"isUnblocked": again})
        return self._show(user, event, origin="system", kind="unblock" if again else "follow")

    def block(self, user: User) -> Event:
        """Block the account: an unfollow event without a reply token."""
        if not user.friend or user.blocked:
            raise Refusal(409, "only a friend can be blocked")
        user.blocked = True
        user.chat.offer(None, [])
        event = self._event(user, "unfollow")
        return self._show(user, event, origin="system", kind="block")

    # -- messages -----------------------------------------------------------

    def say(
        self,
        user: User,
        message: Json,
        *,
        group: Group | None = None,
        tapped: Json | None = None,
    ) -> Event:
        """Send a message: `message` as in the event, without id and tokens."""
        if user.blocked and group is None:
            raise Refusal(409, "the account is blocked on this phone")
        message = self._complete(message, user, group)
        event = self._event(user, "message", group=group, message=message)
        if group is None:
            user.wrote_at = self._platform.clock.now()
            user.chat.offer(None, [])
        return self._show(
            user,
            event,
            origin="user",
            kind=message["type"],
            group=group,
            messageId=message["id"],
            message=message,
            content=self._content_of(message),
            tapped=tapped,
            read=self._platform.settings.mark_as_read == "auto",
        )

    def send_content(self, user: User, content: Content, extra: Json | None = None) -> Event:
        """Send a photo, voice, video or file whose bytes are `content`."""
        content.message_id = ids.message_id()
        self._platform.contents.add(content)
        message: Json = {"type": content.kind, "id": content.message_id}
        if content.kind != "file":
            message["contentProvider"] = {"type": "external" if content.external else "line"}
        if content.external:
            url = f"https://example.com/{content.message_id}"
            message["contentProvider"] |= {"originalContentUrl": url, "previewImageUrl": url}
        return self.say(user, message | (extra or {}))

    def send_images(self, user: User, contents: list[Content]) -> list[Event]:
        """Send several photos at once: one set, one event each, in no particular order."""
        if len(contents) == 1:
            return [self.send_content(user, contents[0])]
        set_id, total = ids.image_set_id(), len(contents)
        numbered = list(enumerate(contents, 1))
        random.shuffle(numbered)
        sets = [({"id": set_id, "index": n, "total": total}, content) for n, content in numbered]
        return [self.send_content(user, content, {"imageSet": which}) for which, content in sets]

    def unsend(self, user: User, message_id: str) -> Event:
        """Take a message back; its content is gone for everybody."""
        item = user.chat.find(message_id)
        if item is None or item["from"] != "user":
            raise Refusal(404, "this phone sent no such message")
        item["unsent"] = True
        item.pop("message", None)
        self._platform.contents.withdraw(message_id)
        event = self._event(user, "unsend", unsend={"messageId": message_id})
        return self._show(user, event, origin="system", kind="unsend", messageId=message_id)

    # -- buttons and the rest -----------------------------------------------

    def postback(
        self,
        user: User,
        data: str,
        *,
        params: Json | None = None,
        display_text: str | None = None,
        tapped: Json | None = None,
    ) -> Event:
        """Tap a postback button; `display_text` appears as the person's own words."""
        if user.blocked:
            raise Refusal(409, "the account is blocked on this phone")
        postback: Json = {"data": data} | ({"params": params} if params else {})
        event = self._event(user, "postback", postback=postback)
        if display_text is not None:
            user.chat.offer(None, [])
        return self._show(
            user,
            event,
            origin="user",
            kind="postback",
            tapped=tapped,
            message=None if display_text is None else {"type": "text", "text": display_text},
        )

    def raw(self, user: User, fields: Json) -> Event:
        """An odd event: `fields` laid over a well-formed one, null takes a field away."""
        event = self._event(user, str(fields.get("type", "message")))
        message = fields.get("message")
        if isinstance(message, dict):
            fields = {**fields, "message": {"id": ids.message_id(), **message}}
        event.body |= fields
        event.body = {key: value for key, value in event.body.items() if value is not None}
        event.event_id = str(event.body.get("webhookEventId", event.event_id))
        return self._show(user, event, origin="system", kind="raw")

    def join(self, user: User, group: Group) -> Event:
        """Invite the bot into a group."""
        group.joined = True
        event = self._event(user, "join", group=group)
        return self._show(user, event, origin="system", kind="join", group=group)

    # -- making and showing events ------------------------------------------

    def _event(self, user: User, kind: str, *, group: Group | None = None, **fields: Any) -> Event:
        now = self._platform.clock.now()
        chat = group.group_id if group else user.user_id
        body: Json = {
            "type": kind,
            "mode": "active",
            "timestamp": int(now * 1000),
            "source": _source(user, group, kind),
            "webhookEventId": ids.ulid(int(now * 1000)),
            "deliveryContext": {"isRedelivery": False},
        }
        token = None
        if kind not in SILENT:
            token = ReplyToken(ids.reply_token(), chat, body["webhookEventId"], now)
            body["replyToken"] = token.value
        return Event(body | fields, chat, body["webhookEventId"], token)

    def _show(
        self,
        user: User,
        event: Event,
        *,
        origin: str,
        kind: str,
        group: Group | None = None,
        **fields: Any,
    ) -> Event:
        chat = group.chat if group else user.chat
        chat.add(
            at=self._platform.clock.now_ms(),
            origin=origin,
            kind=kind,
            event=None if origin == "user" and kind != "postback" else event.body,
            webhookEventId=event.event_id,
            **fields,
        )
        self._platform.changed(user.user_id)
        self._webhooks.send(event)
        return event

    def _complete(self, message: Json, user: User, group: Group | None) -> Json:
        kind = message["type"]
        chat = group.group_id if group else user.user_id
        known = Message(message.get("id") or ids.message_id(), chat)
        tokens: Json = {}
        if kind not in {"audio", "file"}:
            known.quote_token = tokens["quoteToken"] = ids.long_token()
        known.read_token = tokens["markAsReadToken"] = ids.long_token()
        self._platform.remember_message(known)
        return {"type": kind, "id": known.message_id, **tokens, **message}

    def _content_of(self, message: Json) -> Json | None:
        content = self._platform.contents.get(message["id"])
        if content is None:
            return None
        url = f"/_sim/content/{content.message_id}"
        return {"url": url, "type": content.mime, "size": len(content.data)}


def _source(user: User, group: Group | None, kind: str) -> Json:
    if group is None:
        return {"type": "user", "userId": user.user_id}
    named = {"userId": user.user_id} if kind == "message" else {}
    return {"type": "group", "groupId": group.group_id, **named}


def sticker(package_id: str, sticker_id: str) -> Json:
    """A sticker message as in an event, without id and tokens."""
    return {
        "type": "sticker",
        "packageId": package_id,
        "stickerId": sticker_id,
        "stickerResourceType": "STATIC",
        "keywords": list(STICKER_WORDS),
    }
