"""`python -m benchmarks.profile`: where a turn's time goes, in one thread without HTTP."""

from __future__ import annotations

import cProfile
import io
import pstats
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks import form, people
from benchmarks.measures import district
from benchmarks.servers import databases
from benchmarks.turn import make_application
from bot.webhook import Webhook
from core import logging


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--turns", default=2000, show_default=True)
@click.option("--sort", default="tottime", show_default=True, help="cumulative, tottime …")
@click.option("--lines", default=45, show_default=True)
def main(*, database: str, turns: int, sort: str, lines: int) -> None:
    """Profile turns as `/callback` takes them, with a sender that drops."""
    logging.configure("warning")
    form.register()
    with tempfile.TemporaryDirectory(prefix="doolae-profile-") as folder:
        Path(folder).chmod(0o711)
        with databases(database, Path(folder)) as made:
            if made is None:
                raise click.ClickException("PostgreSQL is not installed")
            with district(made, "profile") as parts:
                webhook = make_application(parts.settings)
                requests = list(environs(people.taps(parts, turns * 2)))
                _take(webhook, requests[: turns // 2])
                started, cpu = time.perf_counter(), time.process_time()
                _take(webhook, requests[turns // 2 : turns])
                wall, cpu = time.perf_counter() - started, time.process_time() - cpu
                half = turns - turns // 2
                click.echo(f"{wall / half * 1e6:.0f} µs a turn, {cpu / half * 1e6:.0f} µs CPU")
                profile = cProfile.Profile()
                profile.runcall(_take, webhook, requests[turns:])
                pstats.Stats(profile).sort_stats(sort).print_stats(lines)


def environs(requests: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """Requests as a WSGI server hands them over."""
    for request in requests:
        head, _, body = request.partition(b"\r\n\r\n")
        signature = head.split(b"X-Line-Signature: ")[1].split(b"\r\n")[0].decode()
        yield {
            "PATH_INFO": "/callback",
            "REQUEST_METHOD": "POST",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_LINE_SIGNATURE": signature,
            "wsgi.input": io.BytesIO(body),
        }


def _take(webhook: Webhook, requests: list[dict[str, Any]]) -> None:
    def start_response(status: str, _headers: list[tuple[str, str]]) -> None:
        if status != "200 OK":
            raise RuntimeError(status)

    for environ in requests:
        list(webhook(environ, start_response))


if __name__ == "__main__":
    main()
