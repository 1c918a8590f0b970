"""Telling the people of a case that something waits for them: number and word only (P5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from models.incident import Incident
from models.outbox import Purpose, Via
from models.queries import staff as staff_queries
from outbox.kinds import Settled, on_undelivered
from services import channels
from services.urgent import alerts, cases, second_channel

#: Kinds of pushes; their words are made in handlers/urgent/case_pushes.
NEWS: Final = "incident.news"
TO_REPORTER: Final = "incident.reporter_word"


class Word(StrEnum):
    """What a push of a case is about; nothing of the case itself."""

    OFFER = "offer"  #: please take it over
    REFERRAL = "referral"  #: somebody asks for your help with it
    CLOSING = "closing"  #: please say whether it may be closed
    TASK = "task"  #: a task is yours
    CHANGED = "changed"  #: something was added: an answer, the reporter's words
    CLOSED = "closed"
    REOPENED = "reopened"


#: What somebody must act upon; never kept back, and by the second ways where LINE fails.
_PRESSING: Final = frozenset({Word.OFFER, Word.REFERRAL})


def tell(
    session: Session,
    incident: Incident,
    staff_ids: Iterable[int | None],
    word: Word,
    *,
    about: int,
    now: datetime,
    item: int | None = None,
) -> None:
    """Promise a push to these people, once for each thing that it is `about` (an event's id).

    `item` is what the button opens beside the case: a referral's id.
    """
    out = cases.excluded(session, incident.id)
    purpose = Purpose.ALERT if word in _PRESSING else Purpose.RESULT
    for staff_id in dict.fromkeys(staff_ids):
        if staff_id is None or staff_id in out:
            continue
        accounts = staff_queries.accounts_of(session, staff_id)
        facts = {"incident": incident.id, "word": word.value, "staff": staff_id, "item": item}
        alerts.push(
            session, accounts, NEWS, facts, purpose, f"news:{incident.id}:{about}:{staff_id}",
            office_id=incident.office_id, now=now,
        )  # fmt: skip
        if not accounts and word in _PRESSING:
            _other_ways(session, incident, staff_id, now=now)


def tell_reporter(
    session: Session, incident: Incident, word: Word, *, about: int, now: datetime
) -> None:
    """Ask or tell the reporter, where their phone may be told anything at all (P7)."""
    if incident.reporter_account_id is None:
        return
    if incident.reporter_staff_id is None and not incident.may_push_reporter:
        return
    if incident.reporter_staff_id in cases.excluded(session, incident.id):
        return
    alerts.push(
        session, [incident.reporter_account_id], TO_REPORTER,
        {"incident": incident.id, "word": word.value}, Purpose.RESULT,
        f"reporter:{incident.id}:{word.value}:{about}", office_id=incident.office_id, now=now,
    )  # fmt: skip


@on_undelivered(NEWS)
def _did_not_arrive(session: Session, settled: Settled) -> None:
    if settled.via is not Via.LINE or settled.facts["word"] not in _PRESSING:
        return
    incident = session.get_one(Incident, settled.facts["incident"])
    _other_ways(session, incident, settled.facts["staff"], now=settled.at)


def _other_ways(session: Session, incident: Incident, staff_id: int, *, now: datetime) -> None:
    second_channel.alert(
        session, office_id=incident.office_id,
        channel_id=channels.of_environment(session, now=now).id, staff_ids=[staff_id],
        number=incident.number, severity=incident.severity, kind=NEWS, now=now,
        is_drill=incident.is_drill,
        dedupe_key=f"news:{incident.id}:{staff_id}:{int(now.timestamp())}",
    )  # fmt: skip
