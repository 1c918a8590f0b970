"""Typed words of an urgent report that their sender took back (P14).

Unsending removes them from draft and case. Where there is a case, the copy stays sealed here until
its owner decides; who reported is told so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from forms.incident import WORDS as WORD_KEYS
from models.draft import Draft
from models.incident import Incident
from models.line_account import LineAccount
from models.told_words import WORDS, ToldWords
from services import cases, drafts, timeline


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
    words = secrets_of(session).open(told.words, column=WORDS).decode()
    told.withdrawn_at = now
    draft = session.get_one(Draft, told.draft_id)
    if draft.answers is not None:
        half = drafts.load(session, draft)
        kept = replace(
            half, answers=_without(half.answers, words), gathering=_without(half.gathering, words)
        )
        drafts.save(session, draft, kept, now=now)
    known = session.scalar(select(Incident.id).where(Incident.draft_id == draft.id))
    incident = cases.locked(session, known) if known is not None else None
    if incident is None:
        told.words = None
        return told, None
    incident.answers = cases.sealed(session, _without(cases.answers_of(session, incident), words))
    timeline.record(
        session, "incident.taken_back", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), account_id=account.id,
    )  # fmt: skip
    return told, incident


def sealed_of(session: Session, incident: Incident) -> Sequence[TakenBack]:
    """What was taken back of a case: to be shown to its owner, who decides about it."""
    secrets = secrets_of(session)
    rows = session.scalars(
        select(ToldWords)
        .where(ToldWords.draft_id == incident.draft_id, ToldWords.withdrawn_at.is_not(None))
        .order_by(ToldWords.id)
    )
    return [
        TakenBack(row.id, secrets.open(row.words, column=WORDS).decode(), row.withdrawn_at)
        for row in rows
        if row.words is not None and row.withdrawn_at is not None
    ]


def _without(answers: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The answers without these words, once; a story that was nothing else is gone."""
    kept = dict(answers)
    for key in WORD_KEYS:
        story = kept.get(key)
        if not isinstance(story, str) or words not in story:
            continue
        before, _words, after = story.partition(words)
        rest = "\n".join(part for part in (before.strip("\n"), after.strip("\n")) if part)
        if rest:
            kept[key] = rest
        else:
            del kept[key]
        break
    return kept
