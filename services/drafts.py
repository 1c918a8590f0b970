"""Keep half-filled forms between two messages, and never lose one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from conversation.engine import Draft as Answers
from core.database import secrets_of
from models.draft import ANSWERS, Draft, DraftStatus
from models.line_account import LineAccount

#: A draft untouched this long is spoken of at its owner's next visit, and thrown away only
#: this long after that warning was given.
WARN_AFTER: Final = timedelta(days=21)
KEEP_AFTER_WARNING: Final = timedelta(days=14)


def open_new(
    session: Session,
    account: LineAccount,
    answers: Answers,
    *,
    now: datetime,
    subject: Mapping[str, Any] | None = None,
    opened_at: datetime | None = None,
) -> Draft:
    """Start a draft about `subject` (ids only); what was open is put aside.

    `opened_at` is when its owner asked for it, if that was before `now`.
    """
    park_current(session, account, now=now)
    draft = Draft(
        office_id=account.office_id,
        account_id=account.id,
        form_id=answers.form_id,
        subject=dict(subject) if subject else None,
        status=DraftStatus.OPEN,
        answers=None,
        revision=0,
        created_at=now,
        opened_at=opened_at or now,
        updated_at=now,
    )
    save(session, draft, answers, now=now)
    session.add(draft)
    session.flush()  # the draft's id goes into the buttons of its first question
    account.draft_id = draft.id
    return draft


def put_by(
    session: Session,
    account: LineAccount,
    answers: Answers,
    *,
    now: datetime,
    subject: Mapping[str, Any] | None = None,
) -> Draft:
    """A new draft about `subject` that waits beside the open one, to be gone on with later."""
    draft = Draft(
        office_id=account.office_id,
        account_id=account.id,
        form_id=answers.form_id,
        subject=dict(subject) if subject else None,
        status=DraftStatus.PARKED,
        revision=0,
        created_at=now,
        updated_at=now,
    )
    save(session, draft, answers, now=now)
    session.add(draft)
    session.flush()  # photos and buttons name it
    return draft


def load(session: Session, draft: Draft) -> Answers:
    """The engine's draft as it was saved last."""
    if draft.answers is None:
        raise ValueError("a draft that ended has no answers")
    return Answers.from_json(secrets_of(session).open_json(draft.answers, column=ANSWERS))


def save(session: Session, draft: Draft, answers: Answers, *, now: datetime) -> None:
    """Keep the engine's draft. A touched draft is young again."""
    draft.answers = secrets_of(session).seal_json(answers.to_json(), column=ANSWERS)
    draft.revision = answers.revision
    draft.updated_at = now
    draft.warned_at = None


def current(session: Session, account: LineAccount) -> Draft | None:
    """The draft that answers go to."""
    return session.get(Draft, account.draft_id) if account.draft_id else None


def park_current(session: Session, account: LineAccount, *, now: datetime) -> Draft | None:
    """Put the open draft aside; returns it, if there was one."""
    draft = current(session, account)
    if draft is not None:
        draft.move_to(DraftStatus.PARKED)
        account.draft_id = None
    return draft


def resume(
    session: Session,
    account: LineAccount,
    draft: Draft,
    *,
    now: datetime,
    opened_at: datetime | None = None,
) -> None:
    """Go on with a parked draft, as asked at `opened_at`; what was open is put aside."""
    park_current(session, account, now=now)
    draft.move_to(DraftStatus.OPEN)
    draft.opened_at, draft.updated_at = opened_at or now, now
    draft.warned_at = None
    account.draft_id = draft.id


def end(session: Session, account: LineAccount, draft: Draft, status: DraftStatus) -> None:
    """Finish a draft as sent or cancelled; its answers are erased from here."""
    draft.move_to(status)
    if account.draft_id == draft.id:
        account.draft_id = None


def parked(session: Session, account: LineAccount) -> Sequence[Draft]:
    """Drafts that wait, the one touched last first."""
    return session.scalars(
        select(Draft)
        .where(Draft.account_id == account.id, Draft.status == DraftStatus.PARKED)
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
    ).all()


def to_warn_about(session: Session, account: LineAccount, *, now: datetime) -> Sequence[Draft]:
    """Parked drafts so old that their owner must be told before they go."""
    return [
        draft
        for draft in parked(session, account)
        if draft.warned_at is None and now - draft.updated_at >= WARN_AFTER
    ]


def count_expiring(session: Session, *, now: datetime) -> int:
    """How many drafts `expire` would throw away."""
    return session.scalar(select(func.count()).select_from(_overdue(now).subquery())) or 0


def expire(session: Session, *, now: datetime, limit: int) -> int:
    """Throw away drafts whose owners were warned long enough ago; at most `limit` at a time."""
    overdue = session.scalars(_overdue(now).order_by(Draft.id).limit(limit)).all()
    for draft in overdue:
        draft.move_to(DraftStatus.EXPIRED)
    return len(overdue)


def _overdue(now: datetime) -> Select[Draft]:
    return select(Draft).where(
        Draft.status == DraftStatus.PARKED,
        Draft.warned_at.is_not(None),
        Draft.warned_at <= now - KEEP_AFTER_WARNING,
    )
