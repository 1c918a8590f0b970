"""A village with two schools, and chats with its people, without LINE in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dispatch import dispatch, dispatch_group
from core.database import Database, cache_of, secrets_of
from core.thai import normal_name
from handlers.turn import Turn
from line import limits
from line.events import Content, Event, Follow, Postback, Text
from models.line_account import LineAccount, Notice
from models.office import Channel, Office, School
from models.queries import accounts
from models.staff import Appointment, Role, Staff
from models.student import GUARDIAN_NAME, GUARDIAN_PHONE, Enrolment, Guardian, Student
from services import drafts, invitations

#: A Wednesday morning in Bangkok, in the month of home visits.
NOW = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 10)
STARTED = date(2026, 5, 16)


@dataclass
class Village:
    """Rows are made as a list would make them; ids are kept by first name."""

    database: Database
    office_id: int = 0
    channel_id: int = 0
    schools: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(4101, 9999)))

    def __post_init__(self) -> None:
        self.database.run(self._settle)

    def _settle(self, session: Session) -> None:
        office = Office(code="7104", name="สพป.ตัวอย่าง", settings={}, created_at=NOW)
        session.add(office)
        session.flush()
        self.office_id = office.id
        channel = Channel(office_id=office.id, key="", created_at=NOW)
        session.add(channel)
        for code, name in (("1001", "บ้านดอน"), ("1002", "วัดนา")):
            school = School(office_id=office.id, code=code, name=name)
            session.add(school)
            session.flush()
            self.schools[name] = school.id
        self.channel_id = channel.id

    def set(self, **settings: Any) -> None:
        """Settings of the office."""

        def work(session: Session) -> None:
            session.get_one(Office, self.office_id).settings = settings
            cache_of(session).clear()  # nobody waits half a minute here

        self.database.run(work)

    def employs(self, name: str, *posts: tuple[Role, str | None, str | None, str | None]) -> int:
        """A member of staff with posts: role, school, class, room."""

        def work(session: Session) -> int:
            person = Staff(
                office_id=self.office_id,
                title="นาง",
                first_name=name,
                last_name="ตัวอย่าง",
                created_at=NOW,
            )
            session.add(person)
            session.flush()
            for role, school, level, room in posts:
                session.add(
                    Appointment(
                        office_id=self.office_id,
                        staff_id=person.id,
                        role=role,
                        school_id=self.schools[school] if school else None,
                        level=level,
                        room=room,
                        starts_on=STARTED,
                    )
                )
            return person.id

        self.staff[name] = self.database.run(work)
        return self.staff[name]

    def teaches(
        self, name: str, school: str = "บ้านดอน", level: str = "ป.4", room: str = "1"
    ) -> int:
        """A homeroom teacher of one room."""
        return self.employs(name, (Role.TEACHER, school, level, room))

    def enrols(
        self,
        name: str,
        *,
        last_name: str = "ใจดี",
        school: str = "บ้านดอน",
        level: str = "ป.4",
        room: str = "1",
        guardian: str | None = None,
        phone: str | None = None,
        is_sealed: bool = False,
    ) -> int:
        """A pupil, with a guardian where there is a name or a phone."""

        def work(session: Session) -> int:
            secrets = secrets_of(session)
            pupil = Student(
                office_id=self.office_id,
                title="เด็กหญิง",
                first_name=name,
                last_name=last_name,
                is_sealed=is_sealed,
                created_at=NOW,
            )
            session.add(pupil)
            session.flush()
            session.add(
                Enrolment(
                    office_id=self.office_id,
                    school_id=self.schools[school],
                    student_id=pupil.id,
                    student_no=f"{next(self._numbers):05d}",
                    level=level,
                    room=room,
                    starts_on=STARTED,
                )
            )
            if guardian or phone:
                session.add(
                    Guardian(
                        office_id=self.office_id,
                        student_id=pupil.id,
                        name_index=secrets.index(normal_name(guardian), column=GUARDIAN_NAME)
                        if guardian
                        else None,
                        phone_index=secrets.index(phone, column=GUARDIAN_PHONE) if phone else None,
                    )
                )
            return pupil.id

        self.pupils[name] = self.database.run(work)
        return self.pupils[name]

    def code_of(self, name: str, *, at: datetime = NOW, keep: bool = False) -> str:
        """A fresh code for a member of staff."""
        staff_id = self.staff[name]
        return self.database.run(
            lambda session: invitations.issue_to_staff(
                session, {staff_id: self.office_id}, now=at, keep=keep
            )[staff_id]
        )

    def guardian_code_of(self, name: str) -> str:
        """A fresh code for the guardians of a pupil."""
        pupil_id = self.pupils[name]
        return self.database.run(
            lambda session: invitations.issue_to_guardians(
                session, {pupil_id: self.office_id}, now=NOW
            )[pupil_id]
        )

    def chat(self, name: str = "ใครคนหนึ่ง", *, at: datetime = NOW) -> Chat:
        """The chat of a LINE account that nobody knows yet."""

        def work(session: Session) -> int:
            account = LineAccount(
                office_id=self.office_id,
                channel_id=self.channel_id,
                line_user_id=f"U{name}",
                language="th",
                created_at=NOW,
            )
            session.add(account)
            session.flush()
            return account.id

        return Chat(self, self.database.run(work), at)

    def comes_in(self, name: str) -> Chat:
        """Somebody of the staff who has come in."""
        chat = self.chat(name)
        chat.adds()
        chat.taps("รับทราบ")
        chat.says(self.code_of(name))
        chat.taps("ใช่ ถูกต้อง")
        return chat

    def kept(self, query: Any) -> list[Any]:
        """What a query finds now."""

        def look(session: Session) -> list[Any]:
            found = list(session.scalars(query))
            session.expunge_all()
            return found

        return self.database.read(look)


@dataclass
class Chat:
    """One person's chat: every gesture is a turn of its own and returns what the bot says."""

    village: Village
    account_id: int
    at: datetime
    said: list[dict[str, Any]] = field(default_factory=list)
    #: From where LINE takes pictures.
    pictures_url: str = ""
    #: By which phones reach our pages.
    public_url: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def adds(self) -> list[dict[str, Any]]:
        return self.sends(Follow(), kind="follow")

    def says(self, text: str) -> list[dict[str, Any]]:
        return self.sends(Text(f"m{next(self._ids)}", text))

    def taps(self, label: str) -> list[dict[str, Any]]:
        """Tap what bears these words, or the first thing that holds them."""
        actions = list(self.actions())
        for action in (
            *(each for each in actions if each.get("label") == label),
            *(each for each in actions if label in each.get("label", "")),
        ):
            if action["type"] == "message":
                return self.says(action["text"])
            if action["type"] == "postback":
                return self.sends(Postback(action["data"]), kind="postback")
        raise AssertionError(f"no button {label!r} among {[each.get('label') for each in actions]}")

    def later(self, **time: float) -> None:
        """Let time go by."""
        self.at += timedelta(**time)

    def sends(
        self,
        content: Content,
        *,
        kind: str = "message",
        source: str = "user",
        sent_ago: float = 0,
        may_answer: bool = True,
    ) -> list[dict[str, Any]]:
        """Send something; it arrives `sent_ago` seconds later."""
        event = Event(
            id=f"e{self.account_id}-{next(self._ids)}",
            type=kind,
            happened_at=self.at - timedelta(seconds=sent_ago),
            content=content,
            user_id=f"U{self.account_id}",
            reply_token="token",
            source=source,
            group_id=None,
            is_redelivery=False,
        )
        turn = self.village.database.run(lambda session: self._turn(session, event, may_answer))
        if turn.said:
            limits.check(turn.said)
            self.said = turn.said
        self.at += timedelta(seconds=2)
        return turn.said

    def _turn(self, session: Session, event: Event, may_answer: bool) -> Turn:
        account = accounts.lock_by_id(session, self.account_id)
        unsaid = select(Notice).where(Notice.account_id == account.id, Notice.said_at.is_(None))
        turn = Turn(
            session=session,
            secrets=secrets_of(session),
            account=account,
            event=event,
            event_id=0,
            now=self.at,
            draft=drafts.current(session, account),
            has_notices=session.scalars(unsaid).first() is not None,
            pictures_url=self.pictures_url,
            public_url=self.public_url,
            may_answer=may_answer,
        )
        if event.source == "user":
            dispatch(turn)
        else:
            dispatch_group(turn)
        return turn

    def actions(self) -> Iterator[dict[str, Any]]:
        """Everything that can be tapped in what was said last."""
        yield from _actions(self.said)

    @property
    def words(self) -> str:
        """Everything readable in what was said last."""
        return "\n".join(_words(self.said))

    @property
    def offered(self) -> list[str]:
        return [action["label"] for action in self.actions() if "label" in action]

    @property
    def account(self) -> LineAccount:
        account: LineAccount
        (account,) = self.village.kept(select(LineAccount).where(LineAccount.id == self.account_id))
        return account


def _actions(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for each in part:
            yield from _actions(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "action":
                yield value
            else:
                yield from _actions(value)


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _words(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            elif key not in {"action", "quickReply", "altText"}:
                yield from _words(value)
