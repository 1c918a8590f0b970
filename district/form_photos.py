"""Photos that are sent on a form's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from conversation.filling import add_photo
from core.errors import InvalidAnswer
from core.i18n import Lazy
from core.i18n import lazy as _
from district import form_words
from district.form_opening import Door, Opened, Refused, is_ours, open_page
from district.form_posts import Posted, Saved
from services import uploads
from services.media import Reason

#: What the names of file fields begin with.
PHOTO: Final = "photo."
#: Photos of one save.
MOST: Final = 10

_REFUSED: Final[dict[Reason, Lazy]] = {
    Reason.TOO_LARGE: _("One photo is too large. Please send a smaller one."),
    Reason.NOT_A_PHOTO: _("One file could not be read as a photo. Please send it again."),
    Reason.DAMAGED: _("One photo arrived damaged. Please send it again."),
}
_UNUSABLE: Final = _("One photo could not be used. Please send it again.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo for a question: its file is kept, or why not."""

    path: str
    kept: uploads.Kept | None
    refused: Lazy | None = None


def take_files(door: Door, posted: Posted, files: MultiDict[str, FileStorage]) -> Sequence[Sent]:
    """Judge and store the files of a post, before its transaction; most posts have none."""
    given = [
        (name.removeprefix(PHOTO), file)
        for name, file in files.items(multi=True)
        if name.startswith(PHOTO) and file.filename
    ]
    if not given:
        return ()

    def may(session: Session) -> int:
        page = open_page(door, session).page
        if not is_ours(door, page, posted.csrf):
            raise Refused(form_words.STALE, HTTPStatus.FORBIDDEN, page.account.language)
        return page.row.id

    draft_id = door.database.read(may)
    return [_take(door, path, file, draft_id) for path, file in given[:MOST]]


def add_photos(
    session: Session, opened: Opened, sent: Sequence[Sent], saved: Saved, *, now: datetime
) -> None:
    """Put photos into the draft, as the chat would."""
    for one in sent:
        if one.kept is None:
            saved.errors[one.path] = one.refused or _UNUSABLE
            continue
        try:
            saved.draft = add_photo(
                opened.form, saved.draft, one.path, str(one.kept.media_id), opened.facts
            )
        except InvalidAnswer as full:
            saved.errors[one.path] = full.hint
            continue
        uploads.settle(session, one.kept, now=now)
        saved.paths.append(one.path)


def _take(door: Door, path: str, file: FileStorage, draft_id: int) -> Sent:
    picture = uploads.judge(file.stream)
    if isinstance(picture, Reason):
        return Sent(path, None, _REFUSED.get(picture, _UNUSABLE))
    kept = uploads.keep(door.database, door.store, door.clock, picture, draft_id=draft_id)
    return Sent(path, kept)
