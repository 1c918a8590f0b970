"""Questions about photos: what is due, and what its owner has not heard of yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.fund_request import FundRequest, Payment
from models.home_visit import HomeVisit, HouseholdVisit
from models.incident import Incident
from models.media import Media, MediaKind, MediaStatus


def unspoken_of(session: Session, draft_id: int) -> Sequence[Media]:
    """Photos of a draft whose verdict its owner has not been told."""
    return session.scalars(
        select(Media).where(Media.draft_id == draft_id, Media.spoken.is_(False)).order_by(Media.id)
    ).all()


def pending_of(session: Session, account_id: int) -> int:
    """How many photos of a person are still being fetched."""
    return (
        session.scalar(
            select(func.count(Media.id)).where(
                Media.account_id == account_id,
                Media.status == MediaStatus.PENDING,
                Media.kind == MediaKind.PHOTO,
            )
        )
        or 0
    )


def count_pending(session: Session) -> int:
    return (
        session.scalar(select(func.count(Media.id)).where(Media.status == MediaStatus.PENDING)) or 0
    )


def of_message(session: Session, channel_id: int, line_message_id: str) -> Media | None:
    """The photo of a LINE message, locked."""
    return session.scalars(
        select(Media)
        .where(Media.channel_id == channel_id, Media.line_message_id == line_message_id)
        .with_for_update()
    ).one_or_none()


def voices_of(session: Session, household_visit_id: int) -> Sequence[Media]:
    """The voice notes of a visit that can be heard, the first first."""
    return session.scalars(
        select(Media)
        .where(
            Media.household_visit_id == household_visit_id,
            Media.kind == MediaKind.AUDIO,
            Media.status == MediaStatus.STORED,
        )
        .order_by(Media.id)
    ).all()


def withdrawn_of(session: Session, household_visit_id: int) -> int:
    """How many photos of a visit were taken back after its report was sent."""
    return (
        session.scalar(
            select(func.count(Media.id)).where(
                Media.household_visit_id == household_visit_id,
                Media.kind == MediaKind.PHOTO,
                Media.status.in_((MediaStatus.GONE, MediaStatus.HIDDEN)),
            )
        )
        or 0
    )


def voice_about(session: Session, media_id: int, student_id: int) -> Media | None:
    """A voice note, where it belongs to a report about that pupil. The caller asked the scope."""
    return session.scalars(
        select(Media).where(
            Media.id == media_id,
            Media.kind == MediaKind.AUDIO,
            Media.status == MediaStatus.STORED,
            exists().where(
                HomeVisit.household_visit_id == Media.household_visit_id,
                HomeVisit.student_id == student_id,
                HomeVisit.erased_at.is_(None),
            ),
        )
    ).one_or_none()


def reporter_of(session: Session, media: Media) -> int | None:
    """The member of staff who stands by the report that a photo belongs to."""
    if media.household_visit_id is None:
        return None
    return session.scalar(
        select(HouseholdVisit.reporter_id).where(HouseholdVisit.id == media.household_visit_id)
    )


def exif_of_draft(session: Session, draft_id: int) -> Sequence[bytes]:
    """Sealed place and time of a draft's photos, as far as they had any."""
    return session.scalars(
        select(Media.exif)
        .where(
            Media.draft_id == draft_id,
            Media.status == MediaStatus.STORED,
            Media.exif.is_not(None),
        )
        .order_by(Media.id)
    ).all()  # type: ignore[return-value]  # none of them is empty


def is_held(session: Session, media: Media) -> bool:
    """Whether a legal hold lies on a report that the photo belongs to, or it is in a case (P14).

    What proves a payment is kept as well.
    """
    if incident_of(session, media) is not None or _proves_payment(session, media):
        return True
    return media.household_visit_id is not None and bool(
        session.scalar(
            select(
                exists().where(
                    HomeVisit.household_visit_id == media.household_visit_id,
                    HomeVisit.legal_hold.is_(True),
                )
            )
        )
    )


def incident_of(session: Session, media: Media) -> Incident | None:
    """The urgent case that the draft of a photo has become."""
    if media.draft_id is None:
        return None
    return session.scalar(select(Incident).where(Incident.draft_id == media.draft_id))


def _proves_payment(session: Session, media: Media) -> bool:
    """A slip, a signed voucher or memo, or the evidence of a request that was paid."""
    of_payment = exists().where(
        or_(Payment.slip_media_id == media.id, Payment.signature_media_id == media.id)
    )
    of_request = exists().where(
        or_(
            FundRequest.scan_media_id == media.id,
            and_(
                FundRequest.draft_id == media.draft_id,
                or_(FundRequest.paid_at.is_not(None), FundRequest.legal_hold.is_(True)),
            ),
        )
    )
    return bool(session.scalar(select(or_(of_payment, of_request))))


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    """Ids of photos to be fetched now, and of gone ones whose file is to be removed."""
    leftover = and_(Media.status == MediaStatus.GONE, Media.path.is_not(None))
    return session.scalars(
        select(Media.id)
        .where(or_(Media.status == MediaStatus.PENDING, leftover), Media.due_at <= now)
        .order_by(Media.due_at)
        .limit(limit)
    ).all()
