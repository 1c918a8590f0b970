"""A person and a form without LINE: real rows in SQLite, real signatures, messages as dicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from handlers import forms
from handlers.buttons import read
from handlers.turn import Turn
from line import limits
from line.events import Content, Event, Location, OtherMessage, Photo, Postback, Text
from models.base import Base
from models.draft import Draft
from models.line_account import LineAccount
from models.office import Channel, Office
from services import drafts

START = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@dataclass
class Person:
    """Someone with a chat. What the bot said last is in `said`."""

    session: Session
    secrets: Secrets
    account: LineAccount
    now: datetime = START
    said: list[dict[str, Any]] = field(default_factory=list)
    hold: float = 0

    def turn(self, content: Content, *, may_answer: bool = True) -> Turn:
        self.now += timedelta(seconds=5)
        event = Event("e", "message", self.now, content, "U1", "token", "user", None, False)
        turn = Turn(self.session, self.secrets, self.account, event, 1, self.now)
        turn.draft = drafts.current(self.session, self.account)
        turn.may_answer = may_answer
        return turn

    def opens(self, form: Any, answers: Mapping[str, Any] | None = None) -> None:
        turn = self.turn(Text("m", "-"))
        forms.open_form(turn, form, answers)
        self._heard(turn)

    def says(self, text: str, *, late: bool = False) -> None:
        self._sends(Text("m", text), late=late)

    def sends(self, kind: str) -> None:
        self._sends(OtherMessage("m", kind))

    def locates(self, latitude: float, longitude: float, address: str | None = None) -> None:
        self._sends(Location("m", latitude, longitude, None, address))

    def photographs(self, name: str, **sent_together: Any) -> None:
        self._sends(Photo(name, **sent_together))

    def hears_verdict(self, *refused: tuple[int, str], still_coming: int = 0) -> None:
        turn = self.turn(Text("m", "-"))
        forms.photos_settled(turn, refused=refused, still_coming=still_coming)
        self._heard(turn)

    def taps(self, label: str, *, picked: str | None = None) -> None:
        self.taps_data(self.data_of(label), picked=picked)

    def data_of(self, label: str) -> str:
        for action in self.actions():
            if label in action.get("label", "") and "data" in action:
                return str(action["data"])
        raise AssertionError(f"no button {label} among {self.labels()}")

    def taps_data(self, data: str, *, picked: str | None = None) -> None:
        params = {"date": picked} if picked else {}
        turn = self.turn(Postback(data, params))
        button = read(turn, data)
        assert button is not None
        forms.press(turn, button)
        self._heard(turn)

    def actions(self) -> list[dict[str, Any]]:
        """Everything that can be tapped in what was said last."""
        return [action for message in self.said for action in _actions(message)]

    def labels(self) -> list[str]:
        return [action.get("label", "") for action in self.actions()]

    @property
    def text(self) -> str:
        """All words of what was said last."""
        return "\n".join(_words(self.said))

    @property
    def draft(self) -> Draft | None:
        return drafts.current(self.session, self.account)

    def answers(self) -> dict[str, Any]:
        assert self.draft is not None
        return drafts.load(self.session, self.draft).answers

    def _sends(self, content: Content, *, late: bool = False) -> None:
        turn = self.turn(content, may_answer=not late)
        forms.continue_form(turn)
        self._heard(turn)

    def _heard(self, turn: Turn) -> None:
        self.session.flush()
        self.hold = turn.hold
        if turn.said:
            limits.check(turn.said)
            self.said = turn.said


@contextmanager
def a_person(folder: Path, *, language: str = "en") -> Iterator[Person]:
    """Somebody with a LINE account and an empty database of their own."""
    secrets = Secrets.from_settings(Settings(secret_key=SecretStr("k" * 40)))
    database = Database(f"sqlite:///{folder / 'forms.db'}", secrets)
    Base.metadata.create_all(database.engine)
    with Session(database.engine, expire_on_commit=False, info={"secrets": secrets}) as session:
        office = Office(code="7104", name="สพป.", settings={}, created_at=START)
        session.add(office)
        session.flush()
        channel = Channel(office_id=office.id, key="", created_at=START)
        session.add(channel)
        session.flush()
        account = LineAccount(
            office_id=office.id,
            channel_id=channel.id,
            line_user_id="U1",
            language=language,
            created_at=START,
            wrong_codes=0,
        )
        session.add(account)
        session.flush()
        yield Person(session, secrets, account)
        session.rollback()
    database.close()


def _actions(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "type" in part and "label" in part:
            yield part
        for value in part.values():
            yield from _actions(value)
    elif isinstance(part, list):
        for value in part:
            yield from _actions(value)


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for value in part:
            yield from _words(value)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str) and part.get("type") == "text":
                yield value
            elif key not in ("quickReply", "action"):
                yield from _words(value)
