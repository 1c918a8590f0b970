"""The control API of the phones: each path is something a person does, or looks at."""

import base64
import time
from typing import Any

from aiohttp import web

from simulator import ids
from simulator.buttons import choose, offered
from simulator.content import Content
from simulator.control import body_of, deadline, user_of
from simulator.event import Event
from simulator.keys import PHONES, PLATFORM
from simulator.phone import sticker
from simulator.platform import Platform
from simulator.refusals import Json, Refusal, not_found
from simulator.taps import tap as do_tap
from simulator.user import Group, User

DEFAULT_DURATION = 3_000  #: milliseconds of a voice message or video


def receipt(event: Event, **more: Any) -> web.Response:
    """What a gesture answers at once; delivery goes on in the background."""
    return web.json_response(_receipt(event) | more)


def _receipt(event: Event) -> Json:
    body = event.body
    message = body.get("message")
    found: Json = {
        "webhookEventId": event.event_id,
        "replyToken": body.get("replyToken"),
        "timestamp": body.get("timestamp"),
    }
    if isinstance(message, dict):
        found["messageId"] = message.get("id")
    return found


# -- people ---------------------------------------------------------------------


async def add_user(request: web.Request) -> web.Response:
    """`POST /_sim/users {name, label?, language?, picture?, hint?, code?}`."""
    body = await body_of(request)
    names = ("label", "language", "picture", "hint", "code")
    fields = {name: body[name] for name in names if name in body}
    user = request.app[PLATFORM].add_user(name=str(body["name"]), **fields)
    return web.json_response(user.body())


async def users(request: web.Request) -> web.Response:
    """`GET /_sim/users`."""
    everybody = request.app[PLATFORM].users.values()
    return web.json_response({"users": [user.body() for user in everybody]})


async def friendship(request: web.Request) -> web.Response:
    """`POST /_sim/users/{id}/follow|block|unblock`."""
    phones, user = request.app[PHONES], user_of(request)
    match request.match_info["what"]:
        case "block":
            return receipt(phones.block(user))
        case "unblock" if not user.blocked:
            raise Refusal(409, "the account is not blocked on this phone")
    return receipt(phones.follow(user))


# -- messages -------------------------------------------------------------------


async def text(request: web.Request) -> web.Response:
    """`POST …/text {text, emojis?, quotedMessageId?, mention?}`."""
    body = await body_of(request)
    names = ("emojis", "mention", "quotedMessageId")
    optional = {name: body[name] for name in names if name in body}
    message = {"type": "text", "text": str(body["text"]), **optional}
    return receipt(request.app[PHONES].say(user_of(request), message))


async def send_sticker(request: web.Request) -> web.Response:
    """`POST …/sticker {packageId, stickerId}`."""
    body = await body_of(request)
    message = sticker(str(body.get("packageId", "446")), str(body.get("stickerId", "1988")))
    return receipt(request.app[PHONES].say(user_of(request), message))


async def location(request: web.Request) -> web.Response:
    """`POST …/location {latitude, longitude, address?, title?}`."""
    body = await body_of(request)
    message: Json = {
        "type": "location",
        **{name: body[name] for name in ("title", "address") if body.get(name)},
        "latitude": float(body["latitude"]),
        "longitude": float(body["longitude"]),
    }
    return receipt(request.app[PHONES].say(user_of(request), message))


async def media(request: web.Request) -> web.Response:
    """`POST …/image|audio|video|file`: raw bytes, or `{base64, type?}`."""
    kind, query = request.match_info["kind"], request.query
    content = await _content(request, kind)
    extra: Json = {}
    if "set" in query:
        numbers = {name: int(query[name]) for name in ("index", "total") if name in query}
        extra["imageSet"] = {"id": query["set"], **numbers}
    if kind in {"audio", "video"}:
        extra["duration"] = int(query.get("duration", DEFAULT_DURATION))
    if kind == "file":
        extra["fileName"] = query.get("fileName", "file.pdf")
        extra["fileSize"] = len(content.data)
    return receipt(request.app[PHONES].send_content(user_of(request), content, extra))


async def images(request: web.Request) -> web.Response:
    """`POST …/images [base64, …]`: photos sent together."""
    given = await request.json()
    listed = given.get("images") if isinstance(given, dict) else given
    if not isinstance(listed, list) or not listed:
        raise Refusal(400, "a list of photos is needed")
    contents = [_decoded(one, "image") for one in listed]
    now = request.app[PLATFORM].clock.now()
    for content in contents:
        _condition(content, request.query.get("content", "ready"), now)
    events = request.app[PHONES].send_images(user_of(request), contents)
    return web.json_response({"events": [_receipt(event) for event in events]})


async def _content(request: web.Request, kind: str) -> Content:
    if request.content_type == "application/json":
        content = _decoded(await request.json(), kind)
    else:
        content = Content("", kind, request.content_type, await request.read())
    now = request.app[PLATFORM].clock.now()
    _condition(content, request.query.get("content", "ready"), now)
    return content


def _decoded(given: object, kind: str) -> Content:
    fields = given if isinstance(given, dict) else {"base64": given}
    coded, mime = str(fields["base64"]), str(fields.get("type", "image/jpeg"))
    if coded.startswith("data:"):
        head, _, coded = coded.partition(",")
        mime = head[5:].partition(";")[0] or mime
    return Content("", kind, mime, base64.b64decode(coded))


def _condition(content: Content, condition: str, now: float) -> None:
    word, _, seconds = condition.partition(":")
    match word:
        case "ready":
            pass
        case "delayed":
            content.ready_at = now + float(seconds or 2)
        case "gone":
            content.gone = True
        case "missing":
            content.missing = True
        case "external":
            content.external = True
        case _:
            raise Refusal(400, f"no such condition of a content: {condition}")


# -- the rest --------------------------------------------------------------------


async def postback(request: web.Request) -> web.Response:
    """`POST …/postback {data, params?, displayText?}`."""
    body = await body_of(request)
    event = request.app[PHONES].postback(
        user_of(request),
        str(body["data"]),
        params=body.get("params"),
        display_text=body.get("displayText"),
    )
    return receipt(event)


async def unsend(request: web.Request) -> web.Response:
    """`POST …/unsend {messageId}`."""
    body = await body_of(request)
    return receipt(request.app[PHONES].unsend(user_of(request), str(body["messageId"])))


async def raw(request: web.Request) -> web.Response:
    """`POST …/raw {fields}`: an odd event."""
    return receipt(request.app[PHONES].raw(user_of(request), await body_of(request)))


async def tap(request: web.Request) -> web.Response:
    """`POST …/tap {label?, index?, messageId?, source?, date?|time?|datetime?}`."""
    platform, user, body = request.app[PLATFORM], user_of(request), await body_of(request)
    button = choose(
        offered(user.chat, platform.menu_of(user)),
        label=body.get("label"),
        index=body.get("index"),
        message_id=body.get("messageId"),
        source=body.get("source"),
    )
    event, more = do_tap(platform, request.app[PHONES], user, button, body)
    more |= {"label": button.label, "source": button.source}
    return web.json_response(more) if event is None else receipt(event, **more)


async def group_join(request: web.Request) -> web.Response:
    """`POST …/group/join {groupId?, name?, members?}`: the bot is invited by this user."""
    platform, user, body = request.app[PLATFORM], user_of(request), await body_of(request)
    group_id = str(body.get("groupId") or ids.group_id())
    group = platform.groups.setdefault(group_id, Group(group_id, str(body.get("name", "กลุ่ม"))))
    group.members |= {user.user_id, *body.get("members", ())}
    return receipt(request.app[PHONES].join(user, group), groupId=group_id)


async def group_text(request: web.Request) -> web.Response:
    """`POST …/group/text {groupId, text}`."""
    platform, body = request.app[PLATFORM], await body_of(request)
    group = platform.groups.get(str(body["groupId"]))
    if group is None:
        raise Refusal(404, "no such group")
    message = {"type": "text", "text": str(body["text"])}
    return receipt(request.app[PHONES].say(user_of(request), message, group=group))


# -- looking ---------------------------------------------------------------------


async def chat(request: web.Request) -> web.Response:
    """`GET …/chat?after=SEQ&wait=SECONDS`: long-polls until there is an item after SEQ."""
    platform, user = request.app[PLATFORM], user_of(request)
    after, end = int(request.query.get("after", 0)), deadline(request)
    while user.chat.seq <= after and (left := end - time.monotonic()) > 0:
        await user.chat.bell.wait(left)
    return web.json_response(_chat(platform, user, after))


def _chat(platform: Platform, user: User, after: int) -> Json:
    talk = user.chat
    menu = platform.menu_of(user)
    if menu is not None:
        menu = {**menu, "imageUrl": f"/_sim/richmenu/{menu['richMenuId']}/image"}
    typing = talk.typing_until > platform.clock.now()
    return {
        "items": talk.after(after),
        "seq": talk.seq,
        "quickReplies": [item["action"] for item in talk.quick_replies],
        "quickReplyIcons": [item.get("imageUrl") for item in talk.quick_replies],
        "quickReplyMessageId": talk.quick_reply_message,
        "richMenu": menu,
        "typing": int(talk.typing_until * 1000) if typing else None,
        "blocked": user.blocked,
        "friend": user.friend,
    }


async def group_chat(request: web.Request) -> web.Response:
    """`GET /_sim/groups/{id}/chat?after=SEQ`."""
    group = request.app[PLATFORM].groups.get(request.match_info["group"])
    if group is None:
        raise not_found()
    items = group.chat.after(int(request.query.get("after", 0)))
    return web.json_response({"items": items, "seq": group.chat.seq})


async def show_content(request: web.Request) -> web.Response:
    """`GET /_sim/content/{messageId}`: for the sender's own phone, whatever the bot may see."""
    content = request.app[PLATFORM].contents.get(request.match_info["message"])
    if content is None or not content.data:
        raise not_found()
    headers = {"Cache-Control": "private, max-age=3600"}
    return web.Response(body=content.data, content_type=content.mime, headers=headers)


async def show_menu_image(request: web.Request) -> web.Response:
    """`GET /_sim/richmenu/{id}/image`."""
    menu = request.app[PLATFORM].menus.get(request.match_info["menu"])
    if not menu.image:
        raise not_found()
    headers = {"Cache-Control": "private, max-age=3600"}
    return web.Response(body=menu.image, content_type=menu.mime, headers=headers)
