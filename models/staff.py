"""People who work for the schools and the office, and what they are appointed to."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, sealed, staff_fk, utc_datetime

#: The column of `Staff.phone`, for sealing and for its index.
STAFF_PHONE: Final = "staff.phone"
STAFF_EMAIL: Final = "staff.email"


class Role(StrEnum):
    """Roles of the staff layout. What each may do is decided by queries, never by a page."""

    TEACHER = "teacher"  #: looks after the pupils of a room (ครูประจำชั้น / ครูที่ปรึกษา)
    DIRECTOR = "director"  #: ผอ.โรงเรียน: certifies, approves, sees what the school owes
    SCHOOL_ADMIN = "school_admin"  #: ธุรการ: enters for others, prints, invites
    DISTRICT_OFFICER = "district_officer"  #: receives alerts, reviews, reports
    DISTRICT_DIRECTOR = "district_director"  #: ผอ.เขต
    FINANCE = "finance"  #: pays and reconciles
    ADMIN = "admin"  #: administers the system and reads no cases (P15)


#: Roles of the office, whose rows carry no school.
DISTRICT_ROLES: Final = frozenset(
    {Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR, Role.FINANCE, Role.ADMIN}
)


class Staff(Base):
    """One person on the office's staff list."""

    __tablename__ = "staff"
    __table_args__ = (Index("uq_staff_code", "office_id", "staff_code", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: The list's own `staff_id`, when it has one.
    staff_code: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(40), default="")
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[sealed | None]
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    #: Where alerts go when LINE does not take them.
    email: Mapped[sealed | None]
    left_at: Mapped[utc_datetime | None]
    created_at: Mapped[utc_datetime]

    @property
    def full_name(self) -> str:
        """Name as it is addressed: นางสมใจ ใจดี."""
        return f"{self.title}{self.first_name} {self.last_name}"


class Appointment(Base):
    """A role at a place for a time. Several rows for several rooms."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_room", "school_id", "level", "room"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    staff_id: Mapped[staff_fk]
    role: Mapped[Role] = mapped_column(Code(Role))
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    #: Class as people write it (ป.4), and room; an empty room is every room of the class.
    level: Mapped[str | None] = mapped_column(String(10))
    room: Mapped[str | None] = mapped_column(String(10))
    #: In place of whoever holds the post (รักษาการ, P26); such a row always says until when.
    is_acting: Mapped[bool] = mapped_column(default=False, server_default=false())
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    #: The school year (B.E.) that a list or the teacher confirmed this post for; empty is the year
    #: of `starts_on`. A homeroom of a year gone by lapses at the turn of the year (P32).
    school_year: Mapped[int | None]


class Duty(Base):
    """A duty beside the role (P27): นักจิตวิทยาโรงเรียน, นิติกร, ครูแทน …"""

    __tablename__ = "duty"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    staff_id: Mapped[staff_fk]
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(String(100))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
