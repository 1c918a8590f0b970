"""`doolae demo`: a made-up district, LINE and the bot on this computer; nothing to configure."""

from __future__ import annotations

import json
import os
import secrets as random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from bot.parts import Parts, build
from core.clock import local_date
from core.errors import DoolaeError
from core.i18n import translator
from core.settings import VAR, Settings
from documents.demo_district import DemoDistrict, make_district
from documents.imports import import_table
from models import schema
from services import demo_cast, demo_money

#: Where the demo keeps its district; made anew each time unless --keep.
FOLDER: Final = VAR / "demo"
#: Seconds that the bot and LINE may take to come up.
PATIENCE: Final = 60


class DidNotStart(DoolaeError):
    """A part of the demo did not come up; its last words are above."""


@click.command()
@click.option("--schools", default=4, show_default=True, type=click.IntRange(1, 500))
@click.option("--rooms", default=1, show_default=True, type=click.IntRange(1, 12))
@click.option("--pupils", default=12, show_default=True, type=click.IntRange(1, 60), help="a room")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 for a real phone")
@click.option("--port", default=8001, show_default=True, help="of the chat windows; 0 = any free")
@click.option("--keep", is_flag=True, help="go on with the district of last time")
@click.option("--browser/--no-browser", default=True)
def demo(
    schools: int, rooms: int, pupils: int, host: str, port: int, *, keep: bool, browser: bool
) -> None:
    """Try Doolae: chat windows in the browser, a family, a school and an office with codes."""
    console = Console(stderr=True)
    if not keep:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = _environment(host, port)
    parts = build(Settings.from_environ(environment, line=True))
    schema.upgrade(parts.database)
    if not keep:
        _fill(parts, make_district(
            today=local_date(parts.clock.now()), schools=schools, rooms=rooms, pupils=pupils
        ), console)  # fmt: skip
        _give_money_a_past(parts)
    cast = _cast(parts)
    parts.database.close()
    _run(environment, cast, host, console, browser=browser)


def _fill(parts: Parts, district: DemoDistrict, console: Console) -> None:
    """Import the made-up lists as an office would import its own."""
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        for kind, content in district.files.items():
            task = progress.add_task(kind, total=None)
            import_table(
                parts.database,
                kind,
                content,
                now=parts.clock.now(),
                complete=False,
                report=partial(_advance, progress, task),
                started=partial(_begin, progress, task),
            )


def _give_money_a_past(parts: Parts) -> None:
    """Funds with balances, requests at every step, and a statement of the bank."""
    now = parts.clock.now()
    parts.database.run(lambda session: demo_money.fill(session, now=now))
    content = parts.database.read(lambda session: demo_money.statement(session, now=now))
    import_table(parts.database, "bank", content, now=now, complete=False)


def _begin(progress: Progress, task: TaskID, rows: int) -> None:
    progress.update(task, total=rows)


def _advance(progress: Progress, task: TaskID, _row: object) -> None:
    progress.advance(task)


def _cast(parts: Parts) -> list[dict[str, str]]:
    """The phones: who holds each, and the code they got on paper."""
    t = translator("th")
    players = parts.database.run(lambda session: demo_cast.invite(session, now=parts.clock.now()))
    return [
        {
            "name": player.name,
            "label": t(player.part),
            "hint": player.place,
            "code": player.code,
        }
        for player in players
    ]


def _environment(host: str, port: int) -> dict[str, str]:
    """Everything the contract asks for, made up; the same again with --keep."""
    saved = FOLDER / "environment.json"
    kept: dict[str, str] = json.loads(saved.read_text()) if saved.exists() else {}
    line_port, port_of_bot = port or _free_port(), _free_port()
    address = f"http://127.0.0.1:{line_port}"
    made = {
        "SECRET_KEY": kept.get("SECRET_KEY") or random.token_urlsafe(48),
        "LINE_CHANNEL_SECRET": kept.get("LINE_CHANNEL_SECRET") or random.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": kept.get("LINE_CHANNEL_ACCESS_TOKEN") or random.token_hex(32),
        "LINE_API_URL": address,
        "LINE_DATA_API_URL": address,
        "DATABASE_URL": f"sqlite:///{FOLDER}/doolae.db",
        "MEDIA_URL": f"file:{FOLDER}/media",
        "CLOCK_FILE": str(FOLDER / "clock"),
        "HOST": "127.0.0.1",
        "PORT": str(port_of_bot),
        # The phones are windows on this computer: they open its pages and see its pictures.
        "PUBLIC_URL": f"http://127.0.0.1:{port_of_bot}",
    }
    saved.write_text(json.dumps(made, indent=1))
    saved.chmod(0o600)
    return {**{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}, **made}


def _run(
    environment: dict[str, str],
    cast: Sequence[dict[str, str]],
    host: str,
    console: Console,
    *,
    browser: bool,
) -> None:
    bot_url = f"http://127.0.0.1:{environment['PORT']}"
    line_url = environment["LINE_API_URL"]
    cast_file = FOLDER / "cast.json"
    cast_file.write_text(json.dumps({"phones": cast}, ensure_ascii=False))
    line = _start(
        "simulator",
        "--bot", f"{bot_url}/callback", "--host", host, "--port", line_url.rsplit(":", 1)[1],
        "--channel-secret", environment["LINE_CHANNEL_SECRET"],
        "--channel-token", environment["LINE_CHANNEL_ACCESS_TOKEN"],
        "--clock-file", environment["CLOCK_FILE"], "--cast", str(cast_file),
        environment=environment,
    )  # fmt: skip
    bot: subprocess.Popen[bytes] | None = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait(f"{line_url}/_sim/state", line)
        bot = _start("serve", environment=environment)
        _wait(f"{bot_url}/readyz", bot)
        click.echo(line_url)
        _explain(console, cast, line_url)
        if browser and _has_browser():
            webbrowser.open(line_url)
        while bot.poll() is None and line.poll() is None:
            time.sleep(0.5)
        raise DidNotStart("A part of the demo stopped; see above.")
    except KeyboardInterrupt:
        console.print()
    finally:
        for program in (bot, line):
            if program is not None and program.poll() is None:
                program.terminate()
                program.wait(timeout=15)


def _start(*arguments: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "bot", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _wait(url: str, program: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and program.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # of this computer
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise DidNotStart


def _explain(console: Console, cast: Sequence[dict[str, str]], url: str) -> None:
    console.print(f"\n[bold green]ดูแล[/] → [link={url}]{url}[/link]\n")
    for phone in cast:
        console.print(
            f"  [bold]{phone['code']}[/]  {phone['label']}  {phone['name']}  {phone['hint']}"
        )
    console.print("\nCtrl-C = จบการสาธิต\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _has_browser() -> bool:
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("WSL_DISTRO_NAME")
    )
