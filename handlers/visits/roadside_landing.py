"""Where gathered items land: the pupil's report that is begun, or a new one (P21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conversation import engine
from conversation.answers import Located, Photographed, Typed
from conversation.bringing import bring
from core.clock import BANGKOK, local_date
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from handlers.sheets import facts_for, open_sheet
from handlers.turn import Turn
from handlers.visits import correcting, own_reports
from models.draft import Draft
from models.home_visit import Outcome
from models.queries.students import Enrolled
from models.roadside import RoadsideItem, RoadsideKind
from services import drafts
from services.people import StaffMember
from services.visits import corrections, road_days, roadside
from services.visits.corrections import Correctable


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
            given, path = Typed(voice_words(turn, item)), "note"
    sheet.keep(bring(sheet.form, sheet.draft, given, sheet.facts, path=path))


def voice_words(turn: Turn, item: RoadsideItem) -> str:
    """What the note says where a voice message lies with the report."""
    sent = item.happened_at.astimezone(BANGKOK)
    return turn.t(_("[Voice message of %(time)s, kept with the report]", time=f"{sent:%H:%M}"))


def draft_of(
    turn: Turn, person: StaffMember, pupil: Enrolled, items: Sequence[RoadsideItem]
) -> Draft:
    """The pupil's report that is begun, or one that waits under งานของฉัน from now on.

    That is a new one, or the correction of the report which was sent while these items of its day
    were still under way: they make no second visit.
    """
    student = str(pupil.student.id)
    present = drafts.current(turn.session, turn.account)
    begun = [row for row in (present,) if row is not None]
    for row in (*begun, *drafts.parked(turn.session, turn.account)):
        if row.form_id != HOME_VISIT.id:
            continue
        answers = drafts.load(turn.session, row).answers
        if student == answers.get("student") or student in (answers.get("siblings") or ()):
            return row
    if (found := _sent_since(turn, person, pupil, items)) is not None:
        form, answers, earlier = correcting.answers_of(found)
        subject = {"report": found.report.id}
        begun_again = engine.start(form, answers, facts=facts_for(turn, form, subject))
        return drafts.put_by(
            turn.session,
            turn.account,
            replace(begun_again, earlier=earlier),
            now=turn.now,
            subject=subject,
        )
    known = road_days.known_answers(turn.session, person, today=turn.today)
    begun_now = engine.start(
        HOME_VISIT, {**known, "student": student}, facts=facts_for(turn, HOME_VISIT)
    )
    return drafts.put_by(turn.session, turn.account, begun_now, now=turn.now)


def _sent_since(
    turn: Turn, person: StaffMember, pupil: Enrolled, items: Sequence[RoadsideItem]
) -> Correctable | None:
    """The pupil's newest report, if all of these were sent before it and on its day."""
    report = own_reports.newest(turn, person, pupil.student.id)
    if report is None or report.outcome is not Outcome.VISITED:
        return None
    if any(item.happened_at > report.submitted_at for item in items):
        return None
    days = {report.visited_on, local_date(report.submitted_at)}
    if any(local_date(item.happened_at) not in days for item in items):
        return None
    return corrections.find(turn.session, person, report.id, today=turn.today)
