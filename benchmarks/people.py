"""Accounts with half-filled drafts, and the taps with which they go on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Final, cast

from sqlalchemy import case, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from benchmarks import webhooks
from benchmarks.form import CODE, FORM, POSITIONS, QUESTIONS, answered
from bot.parts import Parts, channel
from core.database import secrets_of
from handlers.buttons import sign
from handlers.moves import Move
from handlers.sheets import ACTION
from handlers.turn import Turn
from models import schema
from models.draft import ANSWERS, Draft, DraftStatus
from models.inbound_event import EventStatus, InboundEvent
from models.line_account import LineAccount
from models.outbox import Reply, ReplyStatus

#: Enough that nobody's turn comes again while their last reply is on its way.
PEOPLE: Final = 4000
#: Long before the measurement, so that no housekeeping takes them for newcomers.
_AGO: Final = timedelta(days=3)


def user_id(number: int) -> str:
    """The LINE user id of a person."""
    return f"U{number:032x}"


def settle_in(parts: Parts) -> None:
    """Make the tables and everybody in them. Row ids are the people's numbers, from 1."""
    schema.upgrade(parts.database)
    row = channel(parts)
    places = {"office_id": row.office_id, "channel_id": row.id}
    before = parts.clock.now() - _AGO

    def work(session: Session) -> None:
        everybody = range(1, PEOPLE + 1)
        session.execute(
            insert(LineAccount),
            [
                {
                    **places,
                    "id": number,
                    "line_user_id": user_id(number),
                    "language": "th",
                    "created_at": before,
                    "notice_version": "1",
                    "notice_at": before,
                    "menu": "-",
                    "asked_by_id": number,
                }
                for number in everybody
            ],
        )
        session.execute(
            insert(InboundEvent),
            [
                {
                    "channel_id": row.id,
                    "webhook_event_id": f"before-{number}",
                    "type": "message",
                    "status": EventStatus.HANDLED,
                    "happened_at": before,
                    "received_at": before,
                }
                for number in everybody
            ],
        )
        session.execute(
            insert(Reply),
            [
                {
                    "channel_id": row.id,
                    "account_id": number,
                    "event_id": number,
                    "status": ReplyStatus.SENT,
                    "leased_until": before,
                    "deadline": before,
                    "asked_at": before,
                    "created_at": before,
                    "settled_at": before,
                }
                for number in everybody
            ],
        )
        session.execute(
            insert(Draft),
            [
                {
                    "office_id": row.office_id,
                    "id": number,
                    "account_id": number,
                    "form_id": FORM.id,
                    "status": DraftStatus.OPEN,
                    "created_at": before,
                    "updated_at": before,
                }
                for number in everybody
            ],
        )
        session.execute(update(LineAccount).values(draft_id=LineAccount.id))
        if not parts.settings.is_sqlite:
            # Rows were given their ids; the sequences have to hear of it.
            for table in ("line_account", "draft", "inbound_event", "reply"):
                session.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {PEOPLE})")
                )

    parts.database.run(work)
    start_over(parts)


def start_over(parts: Parts) -> None:
    """Put everybody back to where they were before the last run, all replies sent."""

    def work(session: Session) -> None:
        connection = session.connection()
        connection.execute(
            update(LineAccount).values(asked_by_id=LineAccount.id, last_event_at=None)
        )
        connection.execute(delete(Reply).where(Reply.id > PEOPLE))
        connection.execute(delete(InboundEvent).where(InboundEvent.id > PEOPLE))
        for position in range(POSITIONS):
            draft = answered(position)
            connection.execute(
                update(Draft)
                .where(Draft.id % POSITIONS == position)
                .values(
                    answers=secrets_of(session).seal_json(draft.to_json(), column=ANSWERS),
                    revision=draft.revision,
                    status=DraftStatus.OPEN,
                )
            )

    parts.database.run(work)


def went_on(parts: Parts) -> int:
    """How many drafts have got an answer since `start_over`."""

    def work(session: Session) -> int:
        beginnings = case(
            {position: answered(position).revision for position in range(POSITIONS)},
            value=Draft.id % POSITIONS,
        )
        return session.scalar(select(func.count()).where(Draft.revision > beginnings)) or 0

    return parts.database.read(work)


def taps(parts: Parts, count: int) -> Iterator[bytes]:
    """Signed requests: everybody answers their next question, then everybody the one after it."""
    now = int(time.time() * 1000)
    for number in range(count):
        person, answers_before = number % PEOPLE + 1, number // PEOPLE
        data = _button(parts, person, answers_before)
        yield webhooks.request(webhooks.tap(user_id(person), data, at_ms=now))


def _button(parts: Parts, person: int, answers_before: int) -> str:
    """The data of the button with which this person goes on."""
    # The floor takes more of them than a form has questions, and does not look inside.
    done = min(person % POSITIONS + answers_before, QUESTIONS - 1)
    giver = SimpleNamespace(secrets=parts.secrets, account=SimpleNamespace(id=person))
    revision, path = answered(done).revision, f"question_{done + 1}"
    return sign(cast(Turn, giver), ACTION, str(person), str(revision), Move.CHOOSE, path, CODE)
