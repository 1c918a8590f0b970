"""Photos sent to an open form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from conversation import engine
from conversation.answers import Photographed
from conversation.carrying import forget_photo
from conversation.screens import Prompt
from core.errors import InvalidAnswer
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date
from handlers.form_steps import show
from handlers.sheets import Sheet, open_sheet
from handlers.turn import Turn
from line.events import Photo
from models.draft import Draft as Row
from models.media import Media
from outbox.policy import HOLD
from services import drafts, look_alikes, media


def take_photo(sheet: Sheet, photo: Photo) -> None:
    """Take a photo where one is wanted; the reply waits for the verdict on it."""
    turn = sheet.turn
    take = engine.reply if turn.may_answer else engine.late
    try:
        # Whether it is wanted at all is asked first: a photo nobody wants is not fetched.
        wanted = take(sheet.form, sheet.draft, Photographed(""), sheet.facts)
    except InvalidAnswer as invalid:
        show(sheet, turn.t(invalid.hint))
        return
    if wanted is None:
        show(sheet)
        return
    row = media.expect(turn.session, turn.account, photo, draft_id=sheet.row.id, now=turn.now)
    given = Photographed(str(row.id), photo.set_id, photo.index, photo.total)
    step = take(sheet.form, sheet.draft, given, sheet.facts)
    assert step is not None
    sheet.keep(step.draft)
    turn.media.append(row.id)
    turn.hold = HOLD.total_seconds()


#: What a person is told about a photo that could not be used, by its reason.
REFUSED: Final[dict[str, Lazy]] = {
    media.Reason.TOO_LARGE: _("One photo is too large. Please send a smaller one."),
    media.Reason.NOT_A_PHOTO: _("One file could not be read as a photo. Please send it again."),
    media.Reason.DAMAGED: _("One photo arrived damaged. Please send it again."),
    media.Reason.EXTERNAL: _("One photo came from outside LINE. Please send it from the album."),
    media.Reason.EXPIRED: _("One photo is not on LINE any more. Please send it again."),
    media.Reason.WITHDRAWN: _("One photo was taken back, so it was removed here too."),
}
UNUSABLE: Final = _("One photo could not be used. Please send it again.")


def photos_settled(
    turn: Turn,
    *,
    refused: Sequence[tuple[int, str]],
    still_coming: int = 0,
    stored: Sequence[Media] = (),
) -> None:
    """Say what became of the photos and ask what is next. Refused ones leave the draft."""
    row = turn.draft or drafts.current(turn.session, turn.account)
    if row is None:
        return
    turn.draft = row
    sheet = open_sheet(turn, row)
    draft = sheet.draft
    for media_id, _reason in refused:
        draft = forget_photo(sheet.form, draft, str(media_id), sheet.facts)
    sheet.keep(draft)
    told: dict[Lazy, None] = dict.fromkeys(REFUSED.get(reason, UNUSABLE) for _id, reason in refused)
    if still_coming:
        told[_("Photos are still coming in; you may go on meanwhile.")] = None
    elif (
        not refused
        and not _is_counted_below(sheet)
        and (count := engine.photo_count(sheet.form, draft))
    ):
        told[nlazy("Photo received.", "%(count)s photos received.", count)] = None
    if (day := _sent_before(sheet, stored)) is not None:
        told[alike(turn, day)] = None
    show(sheet, *(turn.t(lazy) for lazy in told))


def alike(turn: Turn, day: date) -> Lazy:
    """A photo was sent for another home before: said as a question, for it may well be right."""
    return _(
        "One photo looks the same as one that was sent for another home on %(day)s. If it is the "
        "right one, just go on; if not, take it back in LINE and send the right one.",
        day=format_date(day, turn.t.language),
    )


def _sent_before(sheet: Sheet, stored: Sequence[Media]) -> date | None:
    """The day on which one of these photos was sent for a home where none of the pupils lives."""
    answers = sheet.draft.answers
    pupils = [answers.get("student"), *(answers.get("siblings") or ())]
    students = [int(each) for each in pupils if isinstance(each, str) and each.isdecimal()]
    for row in stored:
        found = look_alikes.earlier(sheet.turn.session, row, students)
        if found is not None:
            return found[1].visited_on
    return None


def drop_photo(turn: Turn, draft_id: int, media_id: int) -> None:
    """Take a photo out of a draft that is not sent yet, open or parked, without a word."""
    row = turn.session.get(Row, draft_id)
    if row is not None and row.answers is not None:
        sheet = open_sheet(turn, row)
        sheet.keep(forget_photo(sheet.form, sheet.draft, str(media_id), sheet.facts))


def _is_counted_below(sheet: Sheet) -> bool:
    """Whether the question that comes next says itself how many photos there are."""
    shown = sheet.look()
    return isinstance(shown, Prompt) and bool(shown.gathered) and shown.question.kind == "photos"
