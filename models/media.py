"""Photos that people sent, from LINE's servers to our store."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    account_fk,
    channel_fk,
    office_fk,
    pk,
    sealed,
    utc_datetime,
)

#: The column that place and time from EXIF are sealed for.
EXIF: Final = "media.exif"


class MediaKind(StrEnum):
    PHOTO = "photo"
    AUDIO = "audio"  #: a voice note, kept as it came (P28)


class MediaStatus(StrEnum):
    PENDING = "pending"  #: known, not yet fetched from LINE
    STORED = "stored"  #: re-encoded and in the store
    REFUSED = "refused"  #: no photo, or too large; its owner was told
    GONE = "gone"  #: LINE has it no more, or its sender took it back; content removed
    HIDDEN = "hidden"  #: taken back under a legal hold: kept, shown to nobody but the case owner


ALLOWED: Final = {
    MediaStatus.PENDING: {MediaStatus.STORED, MediaStatus.REFUSED, MediaStatus.GONE},
    MediaStatus.STORED: {MediaStatus.GONE, MediaStatus.HIDDEN},
    MediaStatus.HIDDEN: {MediaStatus.GONE},
    MediaStatus.REFUSED: set[MediaStatus](),
    MediaStatus.GONE: set[MediaStatus](),
}


class Media(Base):
    """One photo. The file is named by its hash, outside the web root."""

    __tablename__ = "media"
    __table_args__ = (
        UniqueConstraint("channel_id", "line_message_id"),
        Index("ix_media_due", "status", "due_at"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    channel_id: Mapped[channel_fk]
    account_id: Mapped[account_fk]
    line_message_id: Mapped[str] = mapped_column(String(40))
    #: The draft it was sent to, and the record that it belongs to after submitting.
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), index=True)
    household_visit_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("household_visit.id"), index=True
    )
    kind: Mapped[MediaKind] = mapped_column(
        Code(MediaKind), default=MediaKind.PHOTO, server_default=MediaKind.PHOTO.value
    )
    status: Mapped[MediaStatus] = mapped_column(Code(MediaStatus))
    #: Why it was refused or is gone: a code that the words are chosen by.
    reason: Mapped[str | None] = mapped_column(String(40))
    #: When to ask LINE (again), and how often we did.
    due_at: Mapped[utc_datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    path: Mapped[str | None] = mapped_column(String(200))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    #: What it looks like (`services.pictures.dhash`), 16 hexadecimal digits; empty for what shows
    #: too little to be known again.
    dhash: Mapped[str | None] = mapped_column(String(16))
    #: An earlier photo of another home that looks the same, for the reviewer; blocks nothing.
    same_as_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("media.id"))
    width: Mapped[int | None]
    height: Mapped[int | None]
    bytes: Mapped[int | None]
    #: {"latitude", "longitude", "taken_at"} read before EXIF was stripped; absent is normal.
    exif: Mapped[sealed | None]
    #: Its owner was told the verdict, or saw the form go on with it.
    spoken: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[utc_datetime]
    stored_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: MediaStatus, *, reason: str | None = None) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
        self.reason = reason


class MediaBand(Base):
    """A quarter of a photo's `dhash` with its place in it, so that look-alikes are found by index.

    Two hashes that differ in at most three of 64 bits have one of four quarters in common.
    """

    __tablename__ = "media_band"

    #: Place of the quarter (0 to 3) × 65536 + its 16 bits.
    band: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    media_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("media.id"), primary_key=True, autoincrement=False, index=True
    )
