"""Pupils, the schools they are enrolled in, and the adults who answer for them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, office_fk, pk, school_fk, sealed, student_fk, utc_datetime

#: The columns that are sealed, named for sealing and for their indexes.
CITIZEN_ID: Final = "student.citizen_id"
GUARDIAN_PHONE: Final = "guardian.phone"
GUARDIAN_NAME: Final = "guardian.name"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class IdKind(StrEnum):
    """What the number in `citizen_id` is; a child may move from one to the other."""

    CITIZEN = "citizen"  #: 13 digits, those of children without status included
    G_CODE = "g_code"  #: G and 12 digits, given by the school


class Custody(StrEnum):
    """What the school knows about an adult's rights, by paper or by word (P8)."""

    SOLE = "sole"  #: has custody alone
    SHARED = "shared"  #: with somebody else
    VISITS = "visits"  #: may see the child, decides nothing
    NONE = "none"  #: was taken away, or given to somebody else
    DISPUTED = "disputed"  #: before a court: the school tells neither side of the other


class Student(Base):
    """A pupil. Name, nickname, class and number are searched and not encrypted (design §4)."""

    __tablename__ = "student"
    __table_args__ = (Index("uq_student_citizen", "office_id", "citizen_id_index", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    citizen_id: Mapped[sealed | None]
    citizen_id_index: Mapped[str | None] = mapped_column(String(64))
    citizen_id_kind: Mapped[IdKind | None] = mapped_column(Code(IdKind))
    title: Mapped[str] = mapped_column(String(40), default="")
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    nickname: Mapped[str | None] = mapped_column(String(60))
    sex: Mapped[Sex | None] = mapped_column(Code(Sex))
    birth_date: Mapped[date | None]
    #: Sealed (P8): address, place, photos, guardians are hidden from all but case owners.
    is_sealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: To be screened for ทุนเสมอภาค; empty follows the rule of `services.visits.screening`.
    needs_screening: Mapped[bool | None]
    created_at: Mapped[utc_datetime]
    retain_until: Mapped[date | None]
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[utc_datetime | None]

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}"


class Enrolment(Base):
    """A pupil's place in a class for a time; the open one (`ends_on` empty) is today's."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_room", "school_id", "level", "room", "ends_on"),
        Index("ix_enrolment_number", "school_id", "student_no"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(index=False)
    student_id: Mapped[student_fk]
    student_no: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    #: The school year (B.E.) that a list or the turn of the year gave this place for; empty is the
    #: year of `starts_on`. A place of a year gone by is moved up at the turn of the year (P32).
    school_year: Mapped[int | None]


class Guardian(Base):
    """An adult who answers for one pupil. The same mother of two pupils has two rows."""

    __tablename__ = "guardian"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    student_id: Mapped[student_fk]
    name: Mapped[sealed | None]
    #: Blind index of the folded name: with the same phone or name, pupils may be siblings.
    name_index: Mapped[str | None] = mapped_column(String(64), index=True)
    relation: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[sealed | None]
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    #: Suspended silently by the school (P8); guardians never see each other.
    suspended_at: Mapped[utc_datetime | None]
    #: What the school knows of custody, see `Custody`; empty is not known, which is no "none".
    custody: Mapped[Custody | None] = mapped_column(Code(Custody))
    #: May be told about the pupil; empty follows custody and confirmation, false is never.
    may_know: Mapped[bool | None]
