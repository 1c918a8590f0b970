"""Take the pictures of the README and the docs, from a running bot and the simulator's own page.

A teacher and a head of school come in, the teacher begins a report, and Debian's Chromium looks.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, ViewportSize, sync_playwright  # noqa: E402 (see above)

from tests.support import home_visit  # noqa: E402
from tests.support.bot import Bot  # noqa: E402
from tests.support.browser import DESK, FLAGS, PHONE, find_chromium  # noqa: E402
from tests.support.databases import SQLite, Templates  # noqa: E402
from tests.support.people import CLASS, DIRECTOR, TEACHER  # noqa: E402
from tests.support.phones import Phone  # noqa: E402
from tests.support.simulator import running_simulator  # noqa: E402
from tests.support.world import World  # noqa: E402

PICTURES: Final = ROOT / "docs" / "pictures"
#: Fields of the rich menu of whoever has not come in.
_OF_A_GUEST: Final = 3


def main() -> int:
    """Take all pictures; the exit status is 1 where there is no browser."""
    chromium = find_chromium()
    if chromium is None:
        print("Chromium is not installed: run `make setup-test`.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with a_world() as world, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        teacher = world.comes_in(TEACHER)
        director = world.comes_in(DIRECTOR)
        for phone in (teacher, director):
            waits_for_own_menu(phone)
        home_visit.begins(teacher, CLASS[3])
        home_visit.answers(teacher, until="met")
        take(browser.new_page(viewport=PHONE, locale="th-TH"), world, "chat")
        home_visit.answers(teacher, after="how")
        take(browser.new_page(viewport=DESK, locale="th-TH"), world, "phones")
        browser.close()
    return 0


@contextmanager
def a_world() -> Iterator[World]:
    """The district of the tests, the bot and LINE."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = folder / "clock"
        clock.write_text("0")
        templates = Templates(SQLite(folder), folder)
        _name, url = templates.district()
        with running_simulator(folder, clock_file=clock) as simulator:
            bot = Bot(folder, database_url=url, line_url=simulator.url, clock_file=clock)
            simulator.send_webhooks_to(bot.callback)
            bot.start()
            try:
                yield World(simulator, bot, templates.codes())
            finally:
                bot.stop()


def waits_for_own_menu(phone: Phone, *, seconds: float = 90) -> None:
    """Wait until the menu of the person's role is drawn: it has more than the three of a guest."""
    end = time.monotonic() + seconds
    while len((phone.rich_menu or {}).get("areas", ())) <= _OF_A_GUEST:
        if time.monotonic() > end:
            raise TimeoutError(f"{phone.name} has no menu of their own")
        time.sleep(0.2)


def take(page: Page, world: World, name: str) -> None:
    """Save what the simulator's page shows."""
    page.goto(world.simulator.url)
    page.wait_for_load_state("load")
    page.wait_for_timeout(1_500)  # bubbles slide in
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    size: ViewportSize | None = page.viewport_size
    print(f"{path.relative_to(ROOT)} {size}")


if __name__ == "__main__":
    sys.exit(main())
