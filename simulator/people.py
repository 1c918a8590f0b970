"""Endpoints about people and chats: profiles, groups, typing, read marks and contents."""

from aiohttp import web

from simulator.content import Content, waiting_body
from simulator.keys import CALL, PLATFORM, read_json
from simulator.messaging import USER_ID
from simulator.refusals import Refusal, invalid_property, not_found
from simulator.rules.requests import check_body
from simulator.user import Group

DEFAULT_TYPING = 20


async def profile(request: web.Request) -> web.Response:
    """`GET /v2/bot/profile/{userId}`."""
    platform, user_id = request.app[PLATFORM], request.match_info["userId"]
    request[CALL].user = user_id
    if not USER_ID.fullmatch(user_id):
        raise Refusal(400, "The value for the 'userId' parameter is invalid")
    user = platform.users.get(user_id)
    if user is None or not user.known():
        raise not_found()
    return web.json_response(user.profile())


async def member(request: web.Request) -> web.Response:
    """`GET /v2/bot/group/{groupId}/member/{userId}`: friend or not."""
    user = request.app[PLATFORM].users.get(request.match_info["userId"])
    if user is None or user.user_id not in _group(request).members:
        raise not_found()
    whole = user.profile()
    shown = {name: whole[name] for name in ("displayName", "userId", "pictureUrl") if name in whole}
    return web.json_response(shown)


async def group_summary(request: web.Request) -> web.Response:
    """`GET /v2/bot/group/{groupId}/summary`."""
    group = _group(request)
    return web.json_response({"groupId": group.group_id, "groupName": group.name})


async def group_count(request: web.Request) -> web.Response:
    """`GET /v2/bot/group/{groupId}/members/count`: without the bot."""
    return web.json_response({"count": len(_group(request).members)})


async def leave_group(request: web.Request) -> web.Response:
    """`POST /v2/bot/group/{groupId}/leave`."""
    _group(request).joined = False
    return web.json_response({})


async def only_verified(request: web.Request) -> web.Response:
    """Lists of followers and members: for verified and premium accounts only."""
    raise Refusal(403, "Access to this API is not available for your account")


def _group(request: web.Request) -> Group:
    group = request.app[PLATFORM].groups.get(request.match_info["groupId"])
    if group is None or not group.joined:
        raise not_found()
    return group


async def start_loading(request: web.Request) -> web.Response:
    """`POST /v2/bot/chat/loading/start`: 202; nothing happens for a non-friend."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "loading", body)
    request[CALL].user = body["chatId"]
    user = platform.users.get(body["chatId"])
    now = platform.clock.now()
    if user is not None and user.reachable(now):
        user.chat.typing_until = now + body.get("loadingSeconds", DEFAULT_TYPING)
        platform.changed(user.user_id)
    return web.json_response({}, status=202)


async def mark_as_read(request: web.Request) -> web.Response:
    """`POST /v2/bot/chat/markAsRead`: everything up to the message of this token."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "mark_as_read", body)
    known = platform.reads.get(body["markAsReadToken"])
    if known is None:
        raise invalid_property("markAsReadToken")
    user = platform.users.get(known.chat)
    if user is not None:
        for item in user.chat.items:
            if item["from"] == "user":
                item["read"] = True
            if item.get("messageId") == known.message_id:
                break
        platform.changed(user.user_id)
    return web.json_response({})


async def content(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/{id}/content`: 202 while it is being prepared."""
    found = _content(request)
    if request.app[PLATFORM].clock.now() < found.ready_at:
        return web.json_response({}, status=202)
    return web.Response(body=found.data, content_type=found.mime)


async def preview(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/{id}/content/preview`: of photos and videos."""
    found = _content(request)
    if found.kind not in {"image", "video"}:
        raise Refusal(400, "The content can not be previewed")
    return await content(request)


async def transcoding(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/{id}/content/transcoding`: of videos and voices."""
    found = _content(request)
    if found.kind not in {"audio", "video"}:
        raise Refusal(400, "The content is not transcoded")
    return web.json_response(waiting_body(found, request.app[PLATFORM].clock.now()))


def _content(request: web.Request) -> Content:
    return request.app[PLATFORM].contents.for_bot(request.match_info["messageId"])
