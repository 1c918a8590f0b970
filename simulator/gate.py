"""The gate in front of LINE's endpoints: token, rate, faults, errors and the log of calls."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator import ids
from simulator.buckets import rate_limited
from simulator.faults import Fault, Faults
from simulator.keys import CALL, PLATFORM
from simulator.platform import unauthorized
from simulator.refusals import Refusal, not_found
from simulator.request_log import Call

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LINE_PATHS = ("/v2/", "/oauth2/", "/bot/", "//")
OPEN_PATHS = ("/oauth2/",)  #: need no bearer token
_RESET = struct.pack("ii", 1, 0)  #: SO_LINGER that makes close() send RST


class Broken(Exception):
    """The connection is cut without an answer."""


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a call of the bot in, and answer, log and break it as LINE would."""
    if not request.path.startswith(LINE_PATHS):
        return await handler(request)
    platform = request.app[PLATFORM]
    call = Call(platform.clock.now_ms(), request.method, request.path, ids.request_id())
    call.retry_key = request.headers.get("X-Line-Retry-Key")
    request[CALL] = call
    platform.log.calls.append(call)
    try:
        answer = await _answer(request, handler, call)
    except Broken:
        call.status = 0
        _cut(request)
        return web.Response(status=500)
    call.status = answer.status
    answer.headers["x-line-request-id"] = call.request_id
    return answer


async def _answer(request: web.Request, handler: Handler, call: Call) -> web.StreamResponse:
    faults = request.app[PLATFORM].faults
    try:
        if faults.on:
            await _before(faults, request, call)
        _let_in(request)
        answer = await handler(request)
        if faults.on and answer.status < 300:
            await _after(faults, request, call)
    except web.HTTPException as error:
        return _refuse(not_found() if error.status in {404, 405} else _other(error), call)
    except Refusal as refusal:
        return _refuse(refusal, call)
    else:
        return answer


def _let_in(request: web.Request) -> None:
    platform, route = request.app[PLATFORM], request.match_info.route
    if route.resource is None:
        raise not_found()
    if not request.path.startswith(OPEN_PATHS):
        platform.authenticate(request.headers.get("Authorization"))
    if platform.settings.rate_limits:
        now = platform.clock.now()
        platform.buckets.take(request.method, route.resource.canonical, now=now)


async def _before(faults: Faults, request: web.Request, call: Call) -> None:
    if slow := _strike(faults, "slow", request, call):
        await asyncio.sleep(slow.ms / 1000)
    if hang := _strike(faults, "hang_before", request, call):
        await asyncio.sleep(faults.seconds(hang))
        raise Broken
    if _strike(faults, "reset_before", request, call):
        raise Broken
    if error := _strike(faults, "error_before", request, call):
        raise Refusal(error.status, "Internal Server Error")
    if _strike(faults, "unauthorized", request, call):
        raise unauthorized("The access token expired")
    if _strike(faults, "rate_limit", request, call):
        raise rate_limited()
    if _strike(faults, "monthly_limit", request, call):
        raise Refusal(429, "You have reached your monthly limit.")


async def _after(faults: Faults, request: web.Request, call: Call) -> None:
    if hang := _strike(faults, "hang_after", request, call):
        await asyncio.sleep(faults.seconds(hang))
        raise Broken
    if _strike(faults, "reset_after", request, call):
        raise Broken
    if error := _strike(faults, "error_after", request, call):
        raise Refusal(error.status, "Internal Server Error")


def _strike(faults: Faults, kind: str, request: web.Request, call: Call) -> Fault | None:
    fault = faults.strike(kind, path=request.path, user=call.user)
    if fault is not None:
        call.fault = kind
    return fault


def _refuse(refusal: Refusal, call: Call) -> web.Response:
    call.error = refusal.message
    return web.json_response(refusal.body(), status=refusal.status, headers=refusal.headers)


def _other(error: web.HTTPException) -> Refusal:
    return Refusal(error.status, error.reason)


def _cut(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    transport.abort()
