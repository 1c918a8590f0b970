"""Rich menus against LINE: drawn once, made once, linked to everybody who should have them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot import drawing
from bot.menus import RichMenus
from core.clock import SystemClock
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from models.line_account import LineAccount
from services import channels, menus
from tests.support.bot import data_environment
from tests.support.simulator import Refused

CLOCK = SystemClock()


@dataclass
class Drawer:
    """Draws with the real pen, and counts."""

    drawn: list[str]
    suffix: str = ""

    def __call__(self, role, language):
        menu = drawing.draw(role, language)
        self.drawn.append(menu.name)
        name = menu.name + self.suffix
        return drawing.Drawn(name, menu.png, menu.definition() | {"name": name})


@pytest.fixture
def database(database_url):
    settings = Settings.from_environ(data_environment(database_url))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=3)
    yield database
    database.close()


@pytest.fixture
def account_id(database, person):
    """The account of a person, who has not come in with a code yet."""

    def work(session):
        channel = channels.of_environment(session, now=CLOCK.now())
        account = LineAccount(
            office_id=channel.office_id,
            channel_id=channel.id,
            line_user_id=person.user_id,
            language="th",
            created_at=CLOCK.now(),
            wrong_codes=0,
        )
        session.add(account)
        session.flush()
        return account.id

    return database.run(work)


def linker(database, client, drawer):
    channel_id = database.read(lambda session: channels.of_environment(session, now=CLOCK.now()).id)
    return RichMenus(database, client, CLOCK, channel_id=channel_id, draw=drawer)


def menu_of(database, account_id):
    return database.read(lambda session: session.get_one(LineAccount, account_id).menu)


def change(database, account_id, **values):
    """Somebody's language changes, as a turn does it."""

    def work(session):
        account = session.get_one(LineAccount, account_id)
        for name, value in values.items():
            setattr(account, name, value)
        menus.look_again(account)

    database.run(work)


def shown_to(person):
    """The name of the menu below a person's chat."""
    try:
        linked = person.line.line("GET", f"/v2/bot/user/{person.user_id}/richmenu")
    except Refused:
        return None
    return person.line.line("GET", f"/v2/bot/richmenu/{linked['richMenuId']}")["name"]


def test_a_stranger_gets_the_menu_of_guests_once(database, client, person, account_id):
    """
    Drawn, made and linked; after that there is nothing due.
    """
    drawer = Drawer([])
    rich_menus = linker(database, client, drawer)
    assert rich_menus.due() == [account_id]

    rich_menus.link(account_id)
    rich_menus.link(account_id)

    assert shown_to(person) == drawer.drawn[0]
    assert drawer.drawn[0].startswith("guest:th:")
    assert menu_of(database, account_id) == drawer.drawn[0]
    assert len(drawer.drawn) == 1
    assert rich_menus.due() == []


def test_another_language_is_another_menu(database, client, person, account_id):
    """
    A turn that changes the language makes the menu due; the old one makes way.
    """
    rich_menus = linker(database, client, Drawer([]))
    rich_menus.link(account_id)
    change(database, account_id, language="en")
    assert rich_menus.due() == [account_id]

    rich_menus.link(account_id)

    assert shown_to(person).startswith("guest:en:")


def test_a_second_process_makes_no_second_menu(database, client, person, line, account_id):
    """
    What is at LINE already is only linked.
    """
    linker(database, client, Drawer([])).link(account_id)
    made = len(client.rich_menus())
    change(database, account_id)

    linker(database, client, Drawer([])).link(account_id)

    assert len(client.rich_menus()) == made
    assert menu_of(database, account_id)


def test_a_new_drawing_reaches_everybody_who_had_the_old_one(database, client, person, account_id):
    """
    A release with another picture: the menu is made anew for the first, and due for the others.
    """
    linker(database, client, Drawer([])).link(account_id)
    change(database, account_id)
    rich_menus = linker(database, client, Drawer([], suffix="-new"))

    rich_menus.link(account_id)

    assert shown_to(person).endswith("-new")


def test_line_that_fails_is_left_alone_for_a_while(database, client, person, line, account_id):
    """
    A 500 links nobody and loses nobody: the account stays due, and the linker rests.
    """
    line.fault(error_before={"times": 1, "path": "richmenu"})
    rich_menus = linker(database, client, Drawer([]))

    rich_menus.link(account_id)

    assert menu_of(database, account_id) is None
    assert rich_menus.due() == []
    later = linker(database, client, Drawer([]))
    assert later.due() == [account_id]
    later.link(account_id)
    assert shown_to(person)


def test_a_menu_that_somebody_removed_at_line_is_made_again(database, client, person, account_id):
    """
    The row says it exists, LINE says it does not: it is made anew and linked.
    """
    rich_menus = linker(database, client, Drawer([]))
    rich_menus.link(account_id)
    name = menu_of(database, account_id)
    for menu in client.rich_menus():
        client.delete_rich_menu(menu.id)
    change(database, account_id)

    rich_menus.link(account_id)

    assert shown_to(person) == name


def test_who_blocked_us_and_groups_have_no_menu(database, client, person, account_id):
    """
    Nothing is due for them.
    """
    change(database, account_id, blocked_at=CLOCK.now())
    rich_menus = linker(database, client, Drawer([]))
    assert rich_menus.due() == []

    change(database, account_id, blocked_at=None, line_user_id="C" + "1" * 32)

    assert rich_menus.due() == []
