"""Where gathered items land: the pupil's report that is begun, or a new one (P21)."""

from __future__ import annotations

from conversation import engine
from conversation.answers import Located, Photographed, Typed
from conversation.bringing import bring
from core.clock import BANGKOK
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from handlers.sheets import facts_for, open_sheet
from handlers.turn import Turn
from models.draft import Draft
from models.queries.students import Enrolled
from models.roadside import RoadsideItem, RoadsideKind
from services import drafts, road_days, roadside
from services.people import StaffMember


def bring_item(turn: Turn, row: Draft, item: RoadsideItem) -> None:
    """Put one item into a draft. Raises `InvalidAnswer` where it has no room for it."""
    sheet = open_sheet(turn, row)
    content = roadside.content_of(turn.session, item)
    given: Photographed | Located | Typed
    match item.kind:
        case RoadsideKind.PHOTO:
            given, path = Photographed(str(item.media_id)), "photos"
        case RoadsideKind.PLACE:
            given, path = Located(**content), "place"
        case RoadsideKind.LINE:
            given, path = Typed(str(content["text"])), "note"
        case _:
            sent = item.happened_at.astimezone(BANGKOK)
            voice = _("[A voice message of %(time)s is in the chat]", time=f"{sent:%H:%M}")
            given, path = Typed(turn.t(voice)), "note"
    sheet.keep(bring(sheet.form, sheet.draft, given, sheet.facts, path=path))


def draft_of(turn: Turn, person: StaffMember, pupil: Enrolled) -> Draft:
    """The pupil's report that is begun, or a new one that waits under งานของฉัน."""
    student = str(pupil.student.id)
    present = drafts.current(turn.session, turn.account)
    begun = [row for row in (present,) if row is not None]
    for row in (*begun, *drafts.parked(turn.session, turn.account)):
        if row.form_id != HOME_VISIT.id:
            continue
        answers = drafts.load(turn.session, row).answers
        if student == answers.get("student") or student in (answers.get("siblings") or ()):
            return row
    known = road_days.known_answers(turn.session, person, today=turn.today)
    begun_now = engine.start(
        HOME_VISIT, {**known, "student": student}, facts=facts_for(turn, HOME_VISIT)
    )
    return drafts.put_by(turn.session, turn.account, begun_now, now=turn.now)
