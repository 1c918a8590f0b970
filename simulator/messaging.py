"""Sending: reply, push, multicast and broadcast, each to the phones it reaches."""

import re
from collections.abc import Iterable

from aiohttp import web

from simulator import ids
from simulator.keys import CALL, PLATFORM, read_json
from simulator.platform import Message, Platform
from simulator.refusals import Json, Refusal, invalid_property
from simulator.rules.requests import check_body
from simulator.user import Group, User

USER_ID = re.compile(r"U[0-9a-f]{32}")
CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
QUOTABLE = frozenset(
    {"text", "textV2", "sticker", "image", "video", "imagemap", "template", "flex"}
)


async def reply(request: web.Request) -> web.Response:
    """`POST /v2/bot/message/reply`: free, once per token, within a minute."""
    platform = request.app[PLATFORM]
    if "X-Line-Retry-Key" in request.headers:
        raise Refusal(400, "The retry key is not supported by this endpoint")
    body = await read_json(request)
    check_body(platform, "reply", body)
    now = platform.clock.now()
    token = platform.reply_tokens.get(body["replyToken"])
    if token is None or not token.alive(now):
        raise Refusal(400, "Invalid reply token")
    _check_quotes(platform, body["messages"], token.chat)
    call = request[CALL]
    call.user, call.messages = token.chat, len(body["messages"])
    token.used = {
        "requestId": call.request_id,
        "at": int(now * 1000),
        "messages": body["messages"],
    }
    sent = [_sent(message) for message in body["messages"]]
    _deliver(platform, token.chat, body["messages"], sent, "reply", call.request_id, token.event_id)
    platform.quota.count("reply", 1, now=now, objects=len(sent))
    if event := platform.events.get(token.event_id):
        event.bell.ring()
    return web.json_response({"sentMessages": sent})


async def push(request: web.Request) -> web.Response:
    """`POST /v2/bot/message/push`: to one person or group; paid by people reached."""
    platform, call = request.app[PLATFORM], request[CALL]
    body = await read_json(request)
    check_body(platform, "push", body)
    to = body["to"]
    if not CHAT_ID.fullmatch(to):
        raise invalid_property("to")
    now, key = platform.clock.now(), request.headers.get("X-Line-Retry-Key")
    platform.retry_keys.check(key, now=now)
    call.user, call.messages = to, len(body["messages"])
    user, group = platform.users.get(to), platform.groups.get(to)
    if user is None and (group is None or not group.joined):
        raise Refusal(400, "Failed to send messages")
    _check_quotes(platform, body["messages"], to)
    people = len(group.members) if group else int(user is not None and user.reachable(now))
    _pay(platform, "push", people, now=now, objects=len(body["messages"]))
    call.counted = people
    sent = [_sent(message) for message in body["messages"]]
    if people:
        _deliver(platform, to, body["messages"], sent, "push", call.request_id)
    platform.retry_keys.accept(key, now=now, request_id=call.request_id, sent=sent)
    return web.json_response({"sentMessages": sent})


async def multicast(request: web.Request) -> web.Response:
    """`POST /v2/bot/message/multicast`: to up to 500 people; nobody says who got it."""
    platform = request.app[PLATFORM]
    body = await read_json(request)
    check_body(platform, "multicast", body)
    for index, user_id in enumerate(body["to"]):
        if not USER_ID.fullmatch(user_id):
            raise invalid_property(f"to[{index}]")
    unknown = [user_id for user_id in body["to"] if user_id not in platform.users]
    if unknown and platform.settings.multicast_unknown == "refuse":
        raise Refusal(400, "Failed to send messages")
    users = [platform.users[i] for i in dict.fromkeys(body["to"]) if i in platform.users]
    return _send_to_many(request, "multicast", body, users)


async def broadcast(request: web.Request) -> web.Response:
    """`POST /v2/bot/message/broadcast`: to all friends."""
    platform = request.app[PLATFORM]
    body = await read_json(request)
    check_body(platform, "broadcast", body)
    users = [user for user in platform.users.values() if user.friend]
    return _send_to_many(request, "broadcast", body, users)


async def validate(request: web.Request) -> web.Response:
    """`POST /v2/bot/message/validate/…`: the same rules as sending, and nothing sent."""
    check_body(
        request.app[PLATFORM], "validate/" + request.match_info["method"], await read_json(request)
    )
    return web.json_response({})


def _send_to_many(
    request: web.Request, method: str, body: Json, users: Iterable[User]
) -> web.Response:
    platform, call = request.app[PLATFORM], request[CALL]
    now, key = platform.clock.now(), request.headers.get("X-Line-Retry-Key")
    platform.retry_keys.check(key, now=now)
    reached = [user for user in users if user.reachable(now)]
    _pay(platform, method, len(reached), now=now, objects=len(body["messages"]))
    call.counted, call.messages = len(reached), len(body["messages"])
    for user in reached:
        sent = [_sent(message) for message in body["messages"]]
        _deliver(platform, user.user_id, body["messages"], sent, method, call.request_id)
    platform.retry_keys.accept(key, now=now, request_id=call.request_id)
    return web.json_response({})


def _pay(platform: Platform, method: str, people: int, *, now: float, objects: int) -> None:
    platform.quota.claim(people, now=now)
    platform.quota.count(method, people, now=now, objects=objects)
    if people:
        platform.changed()


def _sent(message: Json) -> Json:
    sent: Json = {"id": ids.message_id()}
    if message["type"] in QUOTABLE:
        sent["quoteToken"] = ids.long_token()
    return sent


def _check_quotes(platform: Platform, messages: list[Json], chat: str) -> None:
    for index, message in enumerate(messages):
        token = message.get("quoteToken")
        if token is None:
            continue
        quoted = platform.quotes.get(token)
        if quoted is None or quoted.chat != chat:
            raise invalid_property(f"messages[{index}].quoteToken")


def _deliver(
    platform: Platform,
    to: str,
    messages: list[Json],
    sent: list[Json],
    via: str,
    request_id: str,
    reply_to: str | None = None,
) -> None:
    receiver: User | Group | None = platform.users.get(to) or platform.groups.get(to)
    now = platform.clock.now()
    if receiver is None or (isinstance(receiver, User) and not receiver.reachable(now)):
        return
    chat = receiver.chat
    for message, about in zip(messages, sent, strict=True):
        platform.remember_message(Message(about["id"], to, about.get("quoteToken")))
        quoted = platform.quotes.get(message.get("quoteToken", ""))
        chat.add(
            at=int(now * 1000),
            origin="bot",
            kind=message["type"],
            message=message,
            messageId=about["id"],
            quotedMessageId=quoted.message_id if quoted else None,
            replyTo=reply_to,
            via=via,
            requestId=request_id,
        )
    chat.typing_until = 0.0
    chat.offer(sent[-1]["id"], (messages[-1].get("quickReply") or {}).get("items") or [])
    platform.changed(to)
