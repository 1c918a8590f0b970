"""Rich menus at LINE: made once for each role and language, linked to each person.

It runs beside the turns and never holds one up. A turn that changes what somebody's menu depends on
empties `LineAccount.menu`; what is empty is linked at once, or by a later sweep.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any, Final, Protocol

import structlog
from sqlalchemy.orm import Session

from bot.drawing import NotDrawn, draw
from core.clock import Clock, local_date
from core.database import Database
from core.errors import DeliveryFailed
from line.client import LineClient
from line.limits import BeyondLimits, check_rich_menu
from models.line_account import LineAccount
from models.queries import accounts
from models.queries import menus as menu_queries
from models.rich_menu import RichMenu
from services.menus import MenuKey, wanted

log = structlog.get_logger()

#: Seconds that all linking rests after LINE failed, and that one person waits after a refusal.
REST: Final = 15.0
REFUSED_REST: Final = 3600.0
#: Accounts looked at in one sweep.
SWEEP: Final = 50


class Drawing(Protocol):
    """A drawn menu: `documents.rich_menu.Menu`."""

    @property
    def name(self) -> str:
        """`role:language:hash` of what is drawn."""

    @property
    def png(self) -> bytes: ...

    def definition(self) -> dict[str, Any]:
        """The body of LINE's "create rich menu"."""


Draw = Callable[[str, str], Drawing]


class RichMenus:
    """Links menus for one channel. Safe to share between threads."""

    def __init__(
        self,
        database: Database,
        line: LineClient,
        clock: Clock,
        *,
        channel_id: int,
        draw: Draw = draw,
    ) -> None:
        self._database = database
        self._line = line
        self._clock = clock
        self._draw = draw
        self._channel_id = channel_id
        self._made: dict[MenuKey, tuple[str, str]] = {}
        self._making = threading.Lock()
        self._rest_until = 0.0
        self._refused: dict[int, float] = {}

    def due(self) -> list[int]:
        """Accounts whose menu must be looked at; none while LINE is resting from our calls."""
        now = time.monotonic()
        if now < self._rest_until:
            return []
        self._refused = {id_: until for id_, until in self._refused.items() if now < until}
        found = self._database.read(
            lambda session: menu_queries.unlinked(
                session, self._channel_id, limit=SWEEP + len(self._refused)
            )
        )
        return [account_id for account_id in found if account_id not in self._refused]

    def link(self, account_id: int) -> None:
        """Give an account the menu it should have. What LINE does not take now is due again."""
        try:
            self._link(account_id)
        except DeliveryFailed as error:
            log.warning("menu.not_linked", account=account_id, reason=str(error))
            if error.may_retry:
                self._rest_until = time.monotonic() + REST
            else:
                self._refused[account_id] = time.monotonic() + REFUSED_REST
        except (BeyondLimits, NotDrawn):
            log.exception("menu.not_made", account=account_id)
            self._refused[account_id] = time.monotonic() + REFUSED_REST

    def _link(self, account_id: int) -> None:
        seen = self._database.read(lambda session: self._see(session, account_id))
        if seen is None:
            return
        user_id, key = seen
        name = self._link_to(user_id, key)
        self._database.run(lambda session: self._record(session, account_id, key, name))

    def _link_to(self, user_id: str, key: MenuKey) -> str:
        name, rich_menu_id = self._ensure(key)
        try:
            self._line.link_rich_menu(user_id, rich_menu_id)
        except DeliveryFailed as error:
            there = {menu.id for menu in self._line.rich_menus()} if error.status == 404 else None
            if there is None or rich_menu_id in there:
                raise
            self._forget(key)  # somebody removed it at LINE
            name, rich_menu_id = self._ensure(key)
            self._line.link_rich_menu(user_id, rich_menu_id)
        return name

    def _see(self, session: Session, account_id: int) -> tuple[str, MenuKey] | None:
        """LINE's user id and the menu to link; None where there is nothing to do."""
        account = session.get_one(LineAccount, account_id)
        if account.blocked_at is not None or account.menu is not None:
            return None
        return account.line_user_id, wanted(session, account, today=self._today())

    def _record(self, session: Session, account_id: int, key: MenuKey, name: str) -> None:
        account = accounts.lock_by_id(session, account_id)
        # A turn may have changed the role in the meantime: then it is looked at again.
        if key == wanted(session, account, today=self._today()):
            account.menu = name

    def _today(self) -> date:
        return local_date(self._clock.now())

    # Making a menu.

    def _ensure(self, key: MenuKey) -> tuple[str, str]:
        """Name and LINE's id of a menu; drawn once a process, made once a version."""
        with self._making:
            if key not in self._made:
                self._made[key] = self._make(key)
            return self._made[key]

    def _make(self, key: MenuKey) -> tuple[str, str]:
        drawing = self._draw(key.role, key.language)
        name = drawing.name
        known = self._database.read(
            lambda session: menu_queries.id_of(session, self._channel_id, name)
        )
        if known is not None:
            return name, known
        menu = drawing.definition()
        check_rich_menu(menu)
        made = self._line.create_rich_menu(menu)
        try:
            self._line.upload_rich_menu(made, drawing.png)
            kept = self._database.run(lambda session: self._keep(session, key, name, made))
        except Exception:
            with contextlib.suppress(DeliveryFailed):
                self._line.delete_rich_menu(made)
            raise
        if kept != made:  # another process was quicker
            self._line.delete_rich_menu(made)
        log.info("menu.made", menu=name, rich_menu=kept)
        return name, kept

    def _keep(self, session: Session, key: MenuKey, name: str, made: str) -> str:
        known = menu_queries.id_of(session, self._channel_id, name)
        if known is not None:
            return known
        session.add(
            RichMenu(
                channel_id=self._channel_id,
                name=name,
                rich_menu_id=made,
                created_at=self._clock.now(),
            )
        )
        menu_queries.unlink_other_versions(session, self._channel_id, key.prefix, name)
        return made

    def _forget(self, key: MenuKey) -> None:
        with self._making:
            name, _id = self._made.pop(key)

        self._database.run(lambda session: menu_queries.forget(session, self._channel_id, name))
