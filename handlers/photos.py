"""Photos in the chat: taken at once, judged in the background, spoken of when the verdict is in."""

from __future__ import annotations

from typing import Any, Final

from core.i18n import lazy as _
from handlers import forms
from handlers.turn import Turn
from line.events import Photo
from line.messages import text
from models.media import Media, MediaKind, MediaStatus
from models.queries import media as media_queries
from models.queries import staff as staff_queries
from services import media, notices

#: Why a photo counts as bad, by the media row's status.
BAD: Final = (MediaStatus.REFUSED, MediaStatus.GONE)
#: Notices of what became of a photo when there was no reply to say it with.
TAKEN_BACK: Final = "photo.taken_back"
REFUSED_LATE: Final = "photo.refused"
VOICE_LOST: Final = "voice.lost"


def outside_a_form(turn: Turn, _photo: Photo) -> None:
    """A photo that nobody asked for is not kept; say where photos belong."""
    turn.say(
        text(
            turn.t(
                _(
                    "Thank you for the photo. To send photos of a home, please open a report "
                    "first: type “home visit”."
                )
            )
        )
    )


def take_back(turn: Turn, message_id: str) -> None:
    """The sender unsent a message: its photo goes, from a draft or from a report (design §4).

    There is nothing to reply to, so what became of it is said with the next reply.
    """
    row = media.withdraw(
        turn.session, channel_id=turn.account.channel_id, line_message_id=message_id, now=turn.now
    )
    if row is None:
        return
    turn.media.append(row.id)  # so that the file goes at once
    row.spoken = True
    in_report = row.household_visit_id is not None
    if not in_report and row.draft_id is not None:
        forms.drop_photo(turn, row.draft_id, row.id)
    incident = media_queries.incident_of(turn.session, row)
    facts = {
        "in_report": in_report,
        "voice": row.kind is MediaKind.AUDIO,
        "kept": row.status is MediaStatus.HIDDEN,
        "incident": incident.number if incident is not None else "",
    }
    _tell_later(turn, TAKEN_BACK, facts)
    _tell_owner(turn, row, facts)


def judged_late(turn: Turn, row: Media) -> None:
    """A photo turned out bad after the form had gone on: it leaves the draft, and is told later."""
    row.spoken = True
    if row.kind is MediaKind.AUDIO:
        _tell_later(turn, VOICE_LOST, {})
        return
    if row.draft_id is not None:
        forms.drop_photo(turn, row.draft_id, row.id)
    _tell_later(turn, REFUSED_LATE, {"reason": row.reason or ""})


def settled(turn: Turn) -> None:
    """All photos are judged, or the reply can wait no longer: say what came, ask what is next."""
    if turn.account.draft_id is None:
        return
    rows = media_queries.unspoken_of(turn.session, turn.account.draft_id)
    refused = [(row.id, row.reason or "") for row in rows if row.status in BAD]
    stored = [row for row in rows if row.status is MediaStatus.STORED]
    coming = sum(row.status is MediaStatus.PENDING for row in rows)
    for row in rows:
        row.spoken = row.status is not MediaStatus.PENDING
    forms.photos_settled(turn, refused=refused, still_coming=coming, stored=stored)


def _tell_owner(turn: Turn, row: Media, facts: dict[str, Any]) -> None:
    """Who stands by the report hears of it too, where a colleague had sent the photo."""
    owner = media_queries.reporter_of(turn.session, row)
    if owner is None:
        return
    for account_id in staff_queries.accounts_of(turn.session, owner):
        if account_id != turn.account.id:
            notices.tell(
                turn.session, account_id, TAKEN_BACK, facts,
                office_id=row.office_id, now=turn.now,
            )  # fmt: skip


def _tell_later(turn: Turn, kind: str, facts: dict[str, Any]) -> None:
    account = turn.account
    notices.tell(turn.session, account.id, kind, facts, office_id=account.office_id, now=turn.now)
