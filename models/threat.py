"""The list of threats: four groups with sub-types, edited by the office, kept by version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, office_fk, pk, utc_datetime
from models.incident import ThreatGroup


class Threat(Base):
    """A sub-type. A new version of the list is new rows; old cases keep reading the old ones."""

    __tablename__ = "threat"
    __table_args__ = (UniqueConstraint("office_id", "version", "code"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    version: Mapped[int]
    group: Mapped[ThreatGroup] = mapped_column(Code(ThreatGroup))
    code: Mapped[str] = mapped_column(String(60))
    #: {"th": …, "en": …, "my": …, "km": …}; Thai where a language is absent.
    labels: Mapped[dict[str, Any]] = mapped_column(JSON)
    position: Mapped[int]
    created_at: Mapped[utc_datetime]
