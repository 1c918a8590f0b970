"""One-time codes with which people come in."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, office_fk, pk, utc_datetime


class Invitation(Base):
    """A code `XXXX-XXXX` for one member of staff, the (two) guardians of one pupil, or a partner.

    Only a keyed hash of the code is stored; who reads the table cannot come in with it.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_staff", "staff_id"),
        Index("ix_invitation_student", "student_id"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    student_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("student.id"))
    partner_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("partner.id"))
    #: How many accounts may use it, and how many have.
    uses_allowed: Mapped[int] = mapped_column(default=1)
    uses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[utc_datetime]
    expires_at: Mapped[utc_datetime]
    revoked_at: Mapped[utc_datetime | None]
