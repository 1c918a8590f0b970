"""The stream of news for the page: Server-Sent Events."""

import asyncio
import json

from aiohttp import web

from simulator.keys import PLATFORM
from simulator.platform import Listener

HEARTBEAT = 15.0  #: seconds of silence after which a comment keeps the connection alive


async def stream(request: web.Request) -> web.StreamResponse:
    """`GET /_sim/stream`: `{user, seq}` when a chat changed, `{state: true}` otherwise."""
    platform = request.app[PLATFORM]
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    answer = web.StreamResponse(headers=headers)
    listener = Listener()
    platform.listeners.add(listener)
    try:
        await answer.prepare(request)
        await answer.write(b'retry: 1000\ndata: {"state": true}\n\n')
        while True:
            await answer.write(await _next(listener))
    except (ConnectionError, asyncio.CancelledError):
        return answer
    finally:
        platform.listeners.discard(listener)


async def _next(listener: Listener) -> bytes:
    if not listener.news:
        listener.wake.clear()
        try:
            async with asyncio.timeout(HEARTBEAT):
                await listener.wake.wait()
        except TimeoutError:
            return b": still here\n\n"
    lines = [f"data: {json.dumps(news)}\n\n" for news in listener.news]
    listener.news.clear()
    return "".join(lines).encode()
