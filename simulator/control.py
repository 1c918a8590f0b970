"""The control API: state, clock, faults, settings, events and the log, for tests and the page."""

import json
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator import transcript
from simulator.keys import PLATFORM, WEBHOOKS
from simulator.platform import Platform
from simulator.refusals import Json, Refusal, not_found
from simulator.user import User

MOST_WAIT = 60.0  #: seconds that any call may wait
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of the control API as `{message}`."""
    if not request.path.startswith("/_sim/"):
        return await handler(request)
    try:
        return await handler(request)
    except Refusal as refusal:
        return web.json_response(refusal.body(), status=refusal.status)
    except web.HTTPException as error:
        return web.json_response({"message": error.reason}, status=error.status)
    except (KeyError, TypeError, ValueError) as error:
        return web.json_response({"message": f"{type(error).__name__}: {error}"}, status=400)


async def body_of(request: web.Request) -> Json:
    """The JSON object of a request; empty without a body. Raises Refusal 400."""
    raw = await request.read()
    body = json.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise Refusal(400, "a JSON object is needed")
    return body


def user_of(request: web.Request) -> User:
    """The user of the path or of `?user=`; raises Refusal 404."""
    user_id = request.match_info.get("user") or request.query.get("user", "")
    user = request.app[PLATFORM].users.get(user_id)
    if user is None:
        raise Refusal(404, f"no such user: {user_id}")
    return user


def deadline(request: web.Request) -> float:
    """When `?wait=SECONDS` is over, on the monotonic clock."""
    return time.monotonic() + min(float(request.query.get("wait", 0)), MOST_WAIT)


async def state(request: web.Request) -> web.Response:
    """`GET /_sim/state`."""
    platform = request.app[PLATFORM]
    now = platform.clock.now()
    return web.json_response(
        {
            "bot": {
                "userId": platform.bot_id,
                "displayName": platform.options.display_name,
                "basicId": platform.options.basic_id,
                "webhook": platform.webhook_url,
            },
            "users": [user.body() for user in platform.users.values()],
            "quota": {**platform.quota.body(), "used": platform.quota.used(now)},
            "paid": platform.quota.total(),
            "faults": platform.faults.body(),
            "clock": _clock(platform),
            "settings": platform.settings.body()
            | {"openapiFound": platform.description is not None},
            "undelivered": request.app[WEBHOOKS].undelivered,
        }
    )


def _clock(platform: Platform) -> Json:
    return {"now": platform.clock.now_ms(), "offset": platform.clock.offset}


async def clock(request: web.Request) -> web.Response:
    """`GET /_sim/clock`."""
    return web.json_response(_clock(request.app[PLATFORM]))


async def set_clock(request: web.Request) -> web.Response:
    """`POST /_sim/clock {advance}` or `{offset}`, in seconds."""
    platform, body = request.app[PLATFORM], await body_of(request)
    if "offset" in body:
        platform.clock.set_offset(float(body["offset"]))
    if "advance" in body:
        platform.clock.advance(float(body["advance"]))
    platform.changed()
    return web.json_response(_clock(platform))


async def faults(request: web.Request) -> web.Response:
    """`GET`, `POST` and `DELETE /_sim/faults`."""
    platform = request.app[PLATFORM]
    if request.method == "POST":
        platform.faults.change(await body_of(request))
    elif request.method == "DELETE":
        platform.faults.clear()
    if request.method != "GET":
        platform.changed()
    return web.json_response(platform.faults.body())


async def settings(request: web.Request) -> web.Response:
    """`POST /_sim/settings {…}`: turn switches; answers with all of them."""
    platform = request.app[PLATFORM]
    platform.settings.change(await body_of(request))
    platform.changed()
    return web.json_response(platform.settings.body())


async def quota(request: web.Request) -> web.Response:
    """`POST /_sim/quota {limit?, reset?}`: a limit of null is a plan without one."""
    platform, body = request.app[PLATFORM], await body_of(request)
    if "limit" in body:
        platform.quota.limit = body["limit"]
    if body.get("reset"):
        platform.quota.reset()
    platform.changed()
    used = platform.quota.used(platform.clock.now())
    return web.json_response({**platform.quota.body(), "used": used})


async def event(request: web.Request) -> web.Response:
    """`GET /_sim/events/{id}?wait=S&wait_reply=1`."""
    found = request.app[PLATFORM].events.get(request.match_info["event"])
    if found is None:
        raise not_found()
    for_reply = request.query.get("wait_reply", "0") not in {"", "0"}
    end = deadline(request)
    while (left := end - time.monotonic()) > 0:
        replied = found.token is not None and found.token.used is not None
        if found.given_up or (found.delivered and (replied or not for_reply)):
            break
        await found.bell.wait(left)
    return web.json_response(found.status())


async def requests(request: web.Request) -> web.Response:
    """`GET` and `DELETE /_sim/requests`."""
    calls = request.app[PLATFORM].log.calls
    if request.method == "DELETE":
        calls.clear()
    return web.json_response({"requests": [call.body() for call in calls]})


async def idle(request: web.Request) -> web.Response:
    """`POST /_sim/idle {wait}`: until every webhook is delivered or given up."""
    webhooks, body = request.app[WEBHOOKS], await body_of(request)
    end = time.monotonic() + min(float(body.get("wait", 10)), MOST_WAIT)
    while webhooks.undelivered and (left := end - time.monotonic()) > 0:
        await webhooks.calm.wait(left)
    left_over = webhooks.undelivered
    return web.json_response({"idle": not left_over, "undelivered": left_over})


async def show_transcript(request: web.Request) -> web.Response:
    """`GET /_sim/transcript?user=ID`: JSON lines."""
    lines = transcript.write(user_of(request).chat.items)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return web.Response(text=text, content_type="application/x-ndjson", charset="utf-8")
