"""One report before its reviewer: read in the words of its form, accepted or sent back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.i18n import lazy as _
from core.i18n import nlazy
from documents.papers.visits import VISITS
from documents.papers.voices import VOICE
from handlers import menu, papers
from handlers.buttons import Button, sign
from handlers.layer_offers import NAMES
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports, part_card, report_card, reviewing
from line.messages import Action, postback, text
from models.home_visit import VisitStatus
from models.queries import media as media_queries
from models.staff import Staff
from services.visits import reviews, visit_parts
from services.visits.reviews import ToRead
from services.visits.visit_records import SHOWS_THE_HOME

#: Voice notes that a card offers: a visit rarely has more than one.
_VOICES: Final = 3

_NOT_YOURS: Final = _(
    "This report is not yours to review: it moved on, belongs to another school, or is your own."
)
_CHANGED: Final = _("Something has changed since; please look again.")


@router.button("review.read")
def read(turn: Turn, tapped: Button) -> None:
    """A report in the words of its form, as far as its reviewer may see."""
    person = own_reports.staff(turn)
    found = None
    if person is not None and tapped.args:
        found = reviews.read(
            turn.session, person, int(tapped.args[0]), now=turn.now, today=turn.today
        )
    if found is None:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)))
        return
    report, pupil = found.report, found.pupil
    class_name = f"{report.level}/{report.room}" if report.room else report.level
    turn.say(
        report_card.card(
            turn,
            f"{pupil.full_name} · {class_name}",
            report,
            found.visit,
            found.answers,
            hidden=report_card.HOME if pupil.is_sealed else (),
            notes=_notes(turn, found),
            footer=_decisions(turn, found),
            chips=menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU),
        )
    )


def _notes(turn: Turn, found: ToRead) -> list[str]:
    t, session = turn.t, turn.session
    by = session.get_one(Staff, found.visit.reporter_id).full_name
    notes = [t(_("Visited by %(name)s", name=by))]
    if found.visit.entered_by_id is not None:
        who = session.get_one(Staff, found.visit.entered_by_id).full_name
        notes.append(t(_("Entered by %(name)s, confirmed by the teacher", name=who)))
    if found.report.revision > 1:
        notes.append(t(_("Corrected; revision %(number)s", number=found.report.revision)))
    if gone := media_queries.withdrawn_of(session, found.visit.id):
        notes.append(
            t(nlazy("%(count)s photo is not there any more.",
                    "%(count)s photos are not there any more.", gone))
        )  # fmt: skip
    if found.same_photo:
        notes.append(t(_("A photo looks the same as one of another home. Please ask the teacher.")))
    return notes


@router.button("review.part")
def read_part(turn: Turn, tapped: Button) -> None:
    """A further layer of a report: what the reviewer takes responsibility for as well."""
    person = own_reports.staff(turn)
    report_id, form_id = (*tapped.args, "", "")[:2]
    found = None
    if person is not None and report_id.isdecimal() and form_id in visit_parts.LAYERS:
        found = reviews.read(turn.session, person, int(report_id), now=turn.now, today=turn.today)
    part = visit_parts.stored(turn.session, found.report, form_id) if found is not None else None
    if found is None or part is None:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)))
        return
    if found.pupil.is_sealed:
        shown = {key: value for key, value in part.answers.items() if key not in SHOWS_THE_HOME}
        part = replace(part, answers=shown)
    label = turn.t(_("Back to the report"))
    back = postback(label, sign(turn, "review.read", report_id), shown=label)
    chips = [back, *menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)]
    turn.say(*part_card.cards(turn, found.pupil.full_name, part, chips))


def _parts(turn: Turn, found: ToRead) -> list[Action]:
    """The way to every further layer that was sent."""
    return [
        postback(label, sign(turn, "review.part", str(found.report.id), layer), shown=label)
        for layer in visit_parts.LAYERS
        if visit_parts.stored(turn.session, found.report, layer) is not None
        for label in [turn.t(NAMES[layer])]
    ]


def _voices(turn: Turn, found: ToRead) -> list[Action]:
    """The voice notes of the visit, each behind a one-time link (P28)."""
    report = found.report
    notes = media_queries.voices_of(turn.session, report.household_visit_id)
    taps = [
        papers.paper_button(
            turn,
            VOICE.name,
            label=_("Hear voice note %(number)s", number=number),
            school_id=report.school_id,
            level=report.level,
            room=report.room,
            student_id=report.student_id,
            item=note.id,
        )
        for number, note in enumerate(notes[:_VOICES], 1)
    ]
    return [tap for tap in taps if tap is not None]


def _decisions(turn: Turn, found: ToRead) -> list[Action]:
    report, t = found.report, turn.t
    actions = []
    if report.status is VisitStatus.SUBMITTED:
        label = t(_("Reviewed"))
        data = sign(turn, "review.ok", str(report.id), str(report.revision))
        actions.append(postback(label, data, shown=label))
    if report.status in (VisitStatus.SUBMITTED, VisitStatus.REVIEWED):
        label = t(_("Send back"))
        actions.append(postback(label, sign(turn, "review.back", str(report.id)), shown=label))
    paper = (
        None
        if found.pupil.is_sealed
        else papers.paper_button(
            turn,
            VISITS.name,
            label=_("Photos and paper"),
            school_id=report.school_id,
            level=report.level,
            room=report.room,
            student_id=report.student_id,
        )
    )
    if paper is not None:
        actions.append(paper)
    voices = [] if found.pupil.is_sealed else _voices(turn, found)
    return [*actions, *_parts(turn, found), *voices]


@router.button("review.ok")
def accept_one(turn: Turn, tapped: Button) -> None:
    """One report is reviewed, as it was read; the list of its class comes again."""
    person = own_reports.staff(turn)
    if person is None or len(tapped.args) != 2:
        menu.show(turn)
        return
    report_id, revision = (int(each) for each in tapped.args)
    found = reviews.read(turn.session, person, report_id, now=turn.now, today=turn.today)
    if found is not None and found.report.revision != revision:
        turn.say(text(turn.t(_CHANGED)))
        read(turn, Button("review.read", (str(report_id),)))
        return
    done = reviews.accept(turn.session, person, [report_id], now=turn.now, today=turn.today)
    if not done:
        turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)))
        return
    report = done[0]
    said = _("Report %(number)s is reviewed.", number=report.number)
    turn.say(text(turn.t(said)))
    reviewing.say_class(turn, person, str(report.school_id), report.level, report.room)
