"""Typed words of an urgent case that their sender took back (P14).

Unsending removes them from draft, case and timeline. Where there is a case, the copy stays sealed
until its owner decides (`services.urgent.case_evidence`); who sent them is told so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from forms.incident import INCIDENT
from forms.incident import WORDS as WORD_KEYS
from models.casework import MEETING, TASK, IncidentMeeting, IncidentTask
from models.draft import Draft
from models.incident import Incident
from models.line_account import LineAccount
from models.queries import staff as staff_queries
from models.timeline import NOTE, Event, Note
from models.told_words import WORDS, ToldWords
from services import drafts, timeline
from services.urgent import cases

#: Kind of the event; its note, where it has one, is what was taken out of the timeline.
TAKEN_BACK: Final = "incident.taken_back"
#: The question of the forms of casework whose answer stands in the timeline.
CASE_WORDS: Final = ("words",)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back, and when; for the owner of the case alone."""

    id: int
    words: str
    at: datetime


def remember(
    session: Session, account: LineAccount, draft: Draft, message_id: str, words: str, *,
    now: datetime,
) -> None:  # fmt: skip
    """Keep which message brought which words of a report."""
    session.add(
        ToldWords(
            office_id=account.office_id, account_id=account.id, draft_id=draft.id,
            line_message_id=message_id, created_at=now,
            words=secrets_of(session).seal(words.encode(), column=WORDS),
        )
    )  # fmt: skip


def withdraw(
    session: Session, account: LineAccount, message_id: str, *, now: datetime
) -> tuple[ToldWords, Incident | None] | None:
    """Take the words of a message out of every view; None where it brought none of ours.

    The account is locked. With the words comes the case that they belong to, if there is one.
    """
    told = session.scalars(
        select(ToldWords).where(
            ToldWords.account_id == account.id,
            ToldWords.line_message_id == message_id,
            ToldWords.withdrawn_at.is_(None),
        )
    ).one_or_none()
    if told is None or told.words is None:
        return None
    words = words_of(session, told)
    told.withdrawn_at = now
    draft = session.get_one(Draft, told.draft_id)
    worked_on = (draft.subject or {}).get("incident") if draft.form_id != INCIDENT.id else None
    keys = WORD_KEYS if worked_on is None else CASE_WORDS
    if draft.answers is not None:
        half = drafts.load(session, draft)
        kept = replace(
            half,
            answers=_without(half.answers, words, keys),
            gathering=_without(half.gathering, words, keys),
        )
        drafts.save(session, draft, kept, now=now)
    if worked_on is not None:
        told.words = None
        incident = cases.locked(session, int(worked_on))
        assert incident is not None
        return told, _out_of_timeline(session, account, incident, told, words, now=now)
    known = session.scalar(select(Incident.id).where(Incident.draft_id == draft.id))
    incident = cases.locked(session, known) if known is not None else None
    if incident is None:
        told.words = None
        return told, None
    incident.answers = cases.sealed(
        session, _without(cases.answers_of(session, incident), words, keys)
    )
    timeline.record(
        session, TAKEN_BACK, at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), account_id=account.id,
    )  # fmt: skip
    return told, incident


def sealed_of(session: Session, incident: Incident) -> Sequence[TakenBack]:
    """What was taken back of a case: to be shown to its owner, who decides about it."""
    rows = session.scalars(
        select(ToldWords)
        .where(ToldWords.draft_id == incident.draft_id, ToldWords.withdrawn_at.is_not(None))
        .order_by(ToldWords.id)
    )
    return [
        TakenBack(row.id, words_of(session, row), row.withdrawn_at)
        for row in rows
        if row.words is not None and row.withdrawn_at is not None
    ]


def words_of(session: Session, told: ToldWords) -> str:
    """What was typed, "" once it was decided about."""
    if told.words is None:
        return ""
    return secrets_of(session).open(told.words, column=WORDS).decode()


def _out_of_timeline(
    session: Session,
    account: LineAccount,
    incident: Incident,
    told: ToldWords,
    words: str,
    *,
    now: datetime,
) -> Incident | None:
    """Out of what this account wrote into the case since; None where it was not written yet."""
    mine = [
        staff.id for _row, staff, _who in staff_queries.bindings_of(session, account.id) if staff
    ]
    events = session.scalars(
        select(Event).where(
            Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id,
            Event.kind != TAKEN_BACK, Event.note_id.is_not(None), Event.at >= told.created_at,
            (Event.actor_account_id == account.id) | Event.actor_staff_id.in_(mine),
        )
    ).all()  # fmt: skip
    found = [each for each in events if words in timeline.note_text(session, each.note_id)]
    if not found:
        return None
    secrets = secrets_of(session)
    for each in found:
        note = session.get_one(Note, each.note_id)
        rest = _cut(timeline.note_text(session, note.id), words)
        note.text = secrets.seal(rest.encode(), column=NOTE) if rest else None
        note.erased_at = now
    for task in session.scalars(
        select(IncidentTask).where(
            IncidentTask.incident_id == incident.id, IncidentTask.created_by_id.in_(mine)
        )
    ):
        if task.text and words in (said := secrets.open(task.text, column=TASK).decode()):
            task.text = secrets.seal(_cut(said, words).encode(), column=TASK)
    for meeting in session.scalars(
        select(IncidentMeeting).where(
            IncidentMeeting.incident_id == incident.id, IncidentMeeting.recorded_by_id.in_(mine)
        )
    ):
        if meeting.minutes and words in (
            said := secrets.open(meeting.minutes, column=MEETING).decode()
        ):
            meeting.minutes = secrets.seal(_cut(said, words).encode(), column=MEETING)
    event = timeline.record(
        session, TAKEN_BACK, at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), account_id=account.id,
    )  # fmt: skip
    event.note_id = timeline.note(session, incident.office_id, words)
    return incident


def _cut(said: str, words: str) -> str:
    """What was said without these words, once."""
    before, _words, after = said.partition(words)
    return "\n".join(part for part in (before.strip("\n"), after.strip("\n")) if part)


def _without(answers: Mapping[str, Any], words: str, keys: Sequence[str]) -> dict[str, Any]:
    """The answers without these words, once; a story that was nothing else is gone."""
    kept = dict(answers)
    for key in keys:
        story = kept.get(key)
        if not isinstance(story, str) or words not in story:
            continue
        if rest := _cut(story, words):
            kept[key] = rest
        else:
            del kept[key]
        break
    return kept
