"""What every test can ask for. Servers are started once for each test process, data is fresh."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from tests.simulator.stand_in import StandIn
from tests.support.bot import Bot, data_environment
from tests.support.browser import DESK, FLAGS, find_chromium
from tests.support.databases import PostgreSQL, SQLite, Templates
from tests.support.guard.loopback import stay_home
from tests.support.postgresql import PostgresServer, find_binaries
from tests.support.postgresql import postgres_server as a_postgres_server
from tests.support.second_ways import Mailbox, running_gateway, running_mailbox
from tests.support.simulator import Simulator, running_simulator
from tests.support.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

stay_home()

# A busy machine is no finding, and CI finds the same today as tomorrow.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

#: Where tests of the whole system run: both must hold what we promise.
DATABASES = ["sqlite", "postgresql"]


def _skip(what: str) -> None:
    """Skip a test for want of a system package; in CI that is a failure."""
    reason = f"{what} is not installed: run `make setup-test`"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process, on a free port, gone afterwards."""
    binaries = find_binaries()
    if binaries is None:
        _skip("PostgreSQL")
    else:
        with a_postgres_server(binaries) as server:
            yield server


@pytest.fixture(scope="session")
def _sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("sqlite")
    return Templates(SQLite(folder), folder)


@pytest.fixture(scope="session")
def _postgresql_templates(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> Templates:
    return Templates(PostgreSQL(postgres_server), tmp_path_factory.mktemp("postgresql"))


@pytest.fixture(params=DATABASES)
def databases(request: pytest.FixtureRequest) -> Templates:
    """Where new databases come from; a test that uses it runs on SQLite and on PostgreSQL."""
    templates: Templates = request.getfixturevalue(f"_{request.param}_templates")
    return templates


@pytest.fixture
def empty_database_url(databases: Templates) -> Iterator[str]:
    """A new database without tables."""
    name, url = databases.empty()
    yield url
    databases.kind.drop(name)


@pytest.fixture
def database_url(databases: Templates) -> Iterator[str]:
    """A new database with all tables and nothing in them."""
    name, url = databases.migrated()
    yield url
    databases.kind.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """All tables, no rows."""
    settings = Settings.from_environ(data_environment(database_url))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=3)
    yield database
    database.close()


@pytest.fixture
def district_database_url(databases: Templates) -> Iterator[str]:
    """A new database with the schools, staff and pupils of people.py, everybody invited."""
    name, url = databases.district()
    yield url
    databases.kind.drop(name)


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    """The clock that the bot, its commands and the simulator share; tests move it."""
    path = tmp_path / "clock"
    path.write_text("0")
    return path


@pytest.fixture
def simulator(tmp_path: Path, clock_file: Path) -> Iterator[Simulator]:
    """LINE on this computer. A new one each time: quota, faults and menus are nobody else's."""
    with running_simulator(tmp_path, clock_file=clock_file) as line:
        yield line


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mail server of the office."""
    with running_mailbox() as box:
        yield box


@pytest.fixture
def gateway() -> Iterator[StandIn]:
    """The office's gateway for SMS and voice."""
    with running_gateway() as stand_in:
        yield stand_in


@pytest.fixture
def is_public() -> bool:
    """Whether phones can open the bot's pages; a module that needs them says True."""
    return False


@pytest.fixture
def bot(
    tmp_path: Path,
    district_database_url: str,
    simulator: Simulator,
    clock_file: Path,
    is_public: bool,
) -> Iterator[Bot]:
    """The bot, ready, with LINE's webhooks pointing at it."""
    bot = Bot(
        tmp_path,
        database_url=district_database_url,
        line_url=simulator.url,
        clock_file=clock_file,
    )
    if is_public:
        bot.environment["PUBLIC_URL"] = bot.url
    simulator.send_webhooks_to(bot.callback)
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()


@pytest.fixture
def world(
    request: pytest.FixtureRequest, databases: Templates, simulator: Simulator, bot: Bot
) -> World:
    """A district with everybody invited, LINE, and the bot."""
    world = World(simulator, bot, databases.codes())
    request.node.stash[_WORLD] = world
    return world


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    chromium = find_chromium()
    if chromium is None:
        _skip("Chromium")
    else:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            yield running
            running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page of the browser at a desk, in Thai; errors of its scripts fail the test."""
    context = browser.new_context(viewport=DESK, locale="th-TH", timezone_id="Asia/Bangkok")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


_WORLD = pytest.StashKey[World]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test tells the chats and what bot and simulator have written."""
    report = yield
    if report.failed and hasattr(item, "funcargs"):
        report.sections += list(_story(item))
    return report


def _story(item: pytest.Item) -> Iterator[tuple[str, str]]:
    given: dict[str, Any] = item.funcargs  # type: ignore[attr-defined] # only functions have them
    if (world := item.stash.get(_WORLD, None)) is not None:
        try:
            yield "chats", world.story()
        except OSError as error:
            yield "chats", f"the simulator does not answer any more: {error}"
    folder = given.get("tmp_path")
    for log in sorted(folder.glob("*.log")) if folder else []:
        lines = log.read_text(errors="replace").splitlines()[-80:]
        yield f"the end of {log.name}", "\n".join(lines)
