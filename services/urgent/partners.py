"""Partners outside: contacts with a card, and accounts that receive referrals (domain §2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.casework import PARTNER_PHONE, Partner
from models.invitation import Invitation
from models.line_account import LineAccount
from services import invitations, timeline


def of_office(
    session: Session, office_id: int, *, district_area: str | None = None
) -> Sequence[Partner]:
    """Partners in force, those of the district first that a school lies in."""
    near = or_(Partner.district_area.is_(None), Partner.district_area == district_area)
    order = [near.desc()] if district_area else []
    return session.scalars(
        select(Partner)
        .where(Partner.office_id == office_id, Partner.ended_at.is_(None))
        .order_by(*order, Partner.kind, Partner.name)
    ).all()


def phone_of(session: Session, partner: Partner) -> str:
    """The telephone number, "" where there is none."""
    if partner.phone is None:
        return ""
    return secrets_of(session).open(partner.phone, column=PARTNER_PHONE).decode()


def of_account(session: Session, account: LineAccount) -> Partner | None:
    """The partner whose desk an account is."""
    return session.scalars(
        select(Partner)
        .where(Partner.account_id == account.id, Partner.ended_at.is_(None))
        .order_by(Partner.id)
        .limit(1)
    ).first()


def invited(session: Session, code: str, *, now: datetime) -> tuple[Invitation, Partner] | None:
    """The invitation of a canonical code that is a partner's and good still."""
    invitation = invitations.find(session, code)
    return _good(session, invitation, now=now)


def invited_by_id(
    session: Session, invitation_id: int, *, now: datetime
) -> tuple[Invitation, Partner] | None:
    """The same, of a code that is held."""
    invitation = session.get(Invitation, invitation_id, with_for_update=True)
    return _good(session, invitation, now=now)


def bind(
    session: Session, account: LineAccount, invitation_id: int, *, now: datetime
) -> Partner | None:
    """The desk's LINE account is this one from now on; None if the code is no longer good."""
    found = invited_by_id(session, invitation_id, now=now)
    if found is None:
        return None
    invitation, partner = found
    invitation.uses += 1
    account.wrong_codes, account.codes_closed_until = 0, None
    partner.account_id = account.id
    timeline.record(
        session, "partner.bound", at=now, office_id=partner.office_id,
        subject=("partner", partner.id), account_id=account.id,
    )  # fmt: skip
    return partner


def _good(
    session: Session, invitation: Invitation | None, *, now: datetime
) -> tuple[Invitation, Partner] | None:
    if invitation is None or invitation.partner_id is None or invitation.revoked_at is not None:
        return None
    if invitation.uses >= invitation.uses_allowed or invitation.expires_at <= now:
        return None
    partner = session.get(Partner, invitation.partner_id)
    if partner is None or partner.ended_at is not None:
        return None
    return invitation, partner
