"""The command: `python -m simulator --bot URL`, and `python -m simulator replay FILE --url URL`."""

import argparse
import asyncio
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.keys import PLATFORM
from simulator.options import (
    DEFAULT_CHANNEL,
    DEFAULT_SECRET,
    DEFAULT_TOKEN,
    REDELIVERY_SECONDS,
    Options,
)
from simulator.server import build, run
from simulator.transcript import Differs, replay

DESCRIPTION = Path(__file__).resolve().parents[2] / "shared" / "line-openapi"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["replay"]:
        return _replay(words[1:])
    return _serve(words)


def _serve(words: Sequence[str]) -> int:
    given = _parser().parse_args(words)
    options = Options(
        bot=given.bot,
        host=given.host,
        port=given.port,
        data_port=given.data_port,
        channel_secret=given.channel_secret,
        channel_token=given.channel_token,
        channel_id=given.channel_id,
        display_name=given.name,
        basic_id=given.basic_id,
        clock_file=given.clock_file,
        openapi=given.openapi,
        cast=given.cast,
        quota=None if given.quota < 0 else given.quota,
        bad_network=given.bad_network,
    )
    try:
        app = build(options)
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"simulator: {error}\n")
        return 2
    # Messages are many small objects that live long: full collections would stop the clock for
    # a tenth of a second, and there is next to nothing cyclic to collect.
    gc.freeze()
    gc.set_threshold(50_000, 50, 1_000)
    settings = app[PLATFORM].settings
    settings.strict, settings.rate_limits = given.strict, given.rate_limits
    settings.redelivery = bool(given.redelivery)
    settings.redelivery_seconds = given.redelivery
    settings.webhook_timeout = given.webhook_timeout
    try:
        asyncio.run(run(options, app))
    except OSError as error:
        sys.stderr.write(f"simulator: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulator", description="A LINE platform on this computer"
    )
    add, switch = parser.add_argument, argparse.BooleanOptionalAction
    add("--bot", default="", metavar="URL", help="address of the bot's webhook")
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8001, help="0 takes a free one")
    add("--data-port", type=int, help="a second port with the same paths")
    add("--channel-secret", default=DEFAULT_SECRET)
    add("--channel-token", default=DEFAULT_TOKEN)
    add("--channel-id", default=DEFAULT_CHANNEL)
    add("--name", default="ดูแล", help="the bot's display name")
    add("--basic-id", default="@doolae")
    add("--clock-file", type=Path, help="offset in seconds, shared with the bot")
    add("--openapi", type=Path, default=DESCRIPTION, help="folder with LINE's description")
    add("--no-openapi", dest="openapi", action="store_const", const=None)
    add("--cast", type=Path, help="JSON file with the phones to begin with")
    add("--quota", type=int, default=300, help="paid messages a month; -1 without limit")
    add("--strict", action=switch, default=True, help="refuse properties LINE does not know")
    add("--rate-limits", action=switch, default=True)
    add(
        "--redelivery",
        type=_seconds,
        default=REDELIVERY_SECONDS,
        metavar="S,S,…",
        help="waits before each further try; empty for none",
    )
    add("--webhook-timeout", type=float, default=2.0, metavar="S")
    add("--bad-network", action="store_true", help="start with a bad signal")
    return parser


def _seconds(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(",") if part)


def _replay(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="simulator replay")
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8001")
    parser.add_argument("--user", required=True, help="the phone's user id")
    given = parser.parse_args(words)
    lines = [json.loads(line) for line in given.file.read_text("utf-8").splitlines() if line]
    try:
        done = replay(given.url, given.user, lines)
    except (Differs, AssertionError, OSError) as error:
        sys.stderr.write(f"simulator: {error}\n")
        return 1
    sys.stdout.write(f"{len(done)} lines as written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
