"""The district office, its LINE channels and its schools."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, office_fk, pk, school_fk, utc_datetime


class Office(Base):
    """An education service area office (สพป.)."""

    __tablename__ = "office"

    id: Mapped[pk]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: Rules that an office may set, by name; what is absent has its default in the code.
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[utc_datetime]


class Channel(Base):
    """A LINE Messaging API channel. User ids differ from provider to provider."""

    __tablename__ = "channel"

    id: Mapped[pk]
    office_id: Mapped[office_fk] = mapped_column(index=True)
    #: `/callback/<key>`; empty for the channel of the environment.
    key: Mapped[str] = mapped_column(String(40), unique=True)
    #: The bot's own user id, learnt from LINE; a webhook's `destination`.
    bot_user_id: Mapped[str | None] = mapped_column(String(80))
    basic_id: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[utc_datetime]
    #: When a webhook was last seen redelivered: the console's switch is on (`doolae check`).
    redelivery_seen_at: Mapped[utc_datetime | None]


class School(Base):
    """A school of the office. `code` is DMC's รหัสโรงเรียน; text, never a number."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    district_area: Mapped[str | None] = mapped_column(String(100))
    closed_on: Mapped[date | None]


class SchoolAlias(Base):
    """Another code by which the same school is known (SMIS, OBEC, 10 digits)."""

    __tablename__ = "school_alias"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk]
    code: Mapped[str] = mapped_column(String(20))


class NumberSeries(Base):
    """The last number given out per office, kind and year: V69-000123."""

    __tablename__ = "number_series"
    __table_args__ = (Index("uq_number_series", "office_id", "kind", "year", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    kind: Mapped[str] = mapped_column(String(4))
    year: Mapped[int]
    last: Mapped[int]
