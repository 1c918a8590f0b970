"""A pupil or a member of staff has left: nobody acts for them here any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models.invitation import Invitation
from models.line_account import Binding, LineAccount
from models.queries import bindings as binding_queries
from models.timeline import Door
from services import invitations, timeline


def unlink_guardians(
    session: Session, student_ids: Collection[int], *, now: datetime, door: Door
) -> int:
    """End what guardians may see of these pupils, and revoke codes that nobody used yet."""
    if not student_ids:
        return 0
    return _unlink(
        session, Binding.student_id.in_(student_ids), Invitation.student_id.in_(student_ids),
        now=now, door=door,
    )  # fmt: skip


def unlink_staff(session: Session, staff_ids: Collection[int], *, now: datetime, door: Door) -> int:
    """End the accounts of staff who have left, and their codes."""
    if not staff_ids:
        return 0
    return _unlink(
        session, Binding.staff_id.in_(staff_ids), Invitation.staff_id.in_(staff_ids),
        now=now, door=door,
    )  # fmt: skip


def other_menus(session: Session, staff_ids: Collection[int]) -> None:
    """Posts of these people changed: the menus below their chats are linked anew."""
    accounts = select(Binding.account_id).where(
        Binding.staff_id.in_(staff_ids), Binding.ended_at.is_(None)
    )
    session.execute(
        update(LineAccount)
        .where(LineAccount.id.in_(accounts))
        .values(menu=None)
        .execution_options(synchronize_session=False)
    )


def _unlink(
    session: Session,
    whose: ColumnElement[bool],
    codes: ColumnElement[bool],
    *,
    now: datetime,
    door: Door,
) -> int:
    bound = session.scalars(select(Binding).where(whose, Binding.ended_at.is_(None))).all()
    for binding in bound:
        binding.ended_at = now
        binding_queries.forget_acting(session, binding)
        timeline.record(
            session, "account.ended", at=now, office_id=binding.office_id,
            subject=("binding", binding.id), door=door, staff_id=None,
        )  # fmt: skip
    invitations.revoke_unused(session, codes, now=now)
    return len(bound)
