"""The server: one application for LINE's API, the control API and the page."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator

from aiohttp import web

from simulator import cast
from simulator.control import plain_errors
from simulator.gate import gate
from simulator.keys import PHONES, PLATFORM, WEBHOOKS
from simulator.options import Options
from simulator.phone import Phones
from simulator.platform import Platform
from simulator.routes import control_routes, line_routes, page_routes
from simulator.webhooks import Webhooks

MOST_BYTES = 64 * 2**20  #: of any request; photos and videos of the phones are the largest


def build(options: Options) -> web.Application:
    """The application with everything in it."""
    platform = Platform(options)
    webhooks = Webhooks(platform)
    app = web.Application(middlewares=[gate, plain_errors], client_max_size=MOST_BYTES)
    app[PLATFORM], app[WEBHOOKS], app[PHONES] = platform, webhooks, Phones(platform, webhooks)
    app.add_routes([*line_routes(), *control_routes(), *page_routes()])
    app.cleanup_ctx.append(_webhooks)
    if options.cast is not None:
        cast.enter(platform, options.cast)
    return app


async def _webhooks(app: web.Application) -> AsyncIterator[None]:
    app[WEBHOOKS].start()
    yield
    await app[WEBHOOKS].stop()


async def run(options: Options, app: web.Application | None = None) -> None:
    """Serve until the process is asked to end; says `{"url": …}` on stdout when ready."""
    runner = web.AppRunner(app or build(options), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, options.host, options.port, backlog=1024)
        await site.start()
        if options.data_port is not None:
            await web.TCPSite(runner, options.host, options.data_port).start()
        port = runner.addresses[0][1]
        sys.stdout.write(json.dumps({"url": f"http://{_host(options.host)}:{port}"}) + "\n")
        sys.stdout.flush()
        await _asked_to_end()
    finally:
        await runner.cleanup()


def _host(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - only compared, nothing is bound here
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


async def _asked_to_end() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, asked.set)
    await asked.wait()
