"""`doolae serve`, `work` and `clock`: the roles of a running Doolae."""

from __future__ import annotations

import os
import signal
import sys
import threading

import click

from bot.commands.context import settings_from_environ
from bot.parts import ready
from bot.service import ROLES
from core import logging

#: Threads that take requests. On SQLite writers queue anyway; on PostgreSQL each has a connection.
SQLITE_THREADS = 4
POSTGRESQL_THREADS = 16


@click.command()
@click.option("--roles", default=",".join(ROLES), show_default=True, help="web, sender, clock")
def serve(roles: str) -> None:
    """Answer LINE and the browser, send, and run the clock."""
    wanted = [role.strip() for role in roles.split(",") if role.strip()]
    if not wanted or set(wanted) - set(ROLES):
        raise click.BadParameter(f"one or more of {', '.join(ROLES)}", param_hint="--roles")
    if "web" not in wanted:
        run_beside(wanted)
        return
    settings = settings_from_environ(line=True)
    ready(settings).database.close()  # an older schema is refused before anything listens
    os.environ["DOOLAE_ROLES"] = ",".join(wanted)
    # This process becomes the server, so that what was imported to get here is not kept.
    command = server_command(
        "bot.wsgi:application", settings.host, settings.port, is_sqlite=settings.is_sqlite
    )
    os.execv(command[0], command)  # noqa: S606  # no shell, our own interpreter


def server_command(application: str, host: str, port: int, *, is_sqlite: bool) -> list[str]:
    """How a WSGI application is served; benchmarks serve theirs in the same way."""
    threads = SQLITE_THREADS if is_sqlite else POSTGRESQL_THREADS
    return [
        sys.executable, "-m", "granian", application, "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", "1",
        "--blocking-threads", str(threads), "--backpressure", str(threads * 16),
        "--http", "1", "--no-ws", "--log-level", "warning", "--workers-kill-timeout", "10",
    ]  # fmt: skip


@click.command()
def work() -> None:
    """Send, fetch and link, beside other processes that serve."""
    run_beside(["sender"])


@click.command()
def clock() -> None:
    """Run the clock; of several, one leads."""
    run_beside(["clock"])


def run_beside(roles: list[str]) -> None:
    """Run roles without the web until told to stop."""
    from bot.service import Service  # imports LINE's SDK

    settings = settings_from_environ(line=True)
    logging.configure(settings.log_level)
    service = Service(ready(settings), roles=roles)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    stop.wait()
    service.close()
