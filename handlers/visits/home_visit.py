"""Reporting a home visit: opening the form, what it knows, and the receipt."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import Any, Final

from conversation.draft import Draft
from conversation.facts import Facts, Later
from conversation.known import Known
from core.errors import InvalidAnswer
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from forms.home_visit import HOME_VISIT
from forms.pupils import Pupil
from forms.visit_codes import KnownPlace
from handlers import door, forms, menu, receipts
from handlers.buttons import Button
from handlers.form_voices import takes_voices_anywhere
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.router import router
from handlers.sheets import watches, watches_page
from handlers.turn import Turn
from handlers.visits import correcting, earlier_reports
from line.messages import text
from models.queries.students import Enrolled
from services import drafts, people
from services.people import StaffMember
from services.visits import (
    corrections,
    home_visits,
    road_days,
    stand_ins,
    visit_facts,
    visit_known,
    visit_parts,
)

takes_voices_anywhere(HOME_VISIT.id)

_NO_PUPILS: Final[Lazy] = _(
    "No pupils are in your class list yet. Please ask the school's clerk or the area office to "
    "send the list."
)


@router.word("เยี่ยมบ้าน", "รายงานเยี่ยมบ้าน", "home visit", "visit")
def start(turn: Turn) -> None:
    """Open a report, and ask whose home it was."""
    _open(turn, None)


@router.button("visit")
def start_with(turn: Turn, button: Button) -> None:
    """Open a report about one pupil, from a list."""
    forms.put_aside(turn)
    _open(turn, button.args[0] if button.args else None)


def _open(turn: Turn, student_id: str | None) -> None:
    person = _teacher(turn)
    if person is None:
        return
    pupils = visit_facts.pupils(turn.session, person, today=turn.today)
    if not pupils:
        turn.say(text(turn.t(_NO_PUPILS), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    waiting = _put_aside(turn) if student_id is None and not turn.said else 0
    if waiting:
        kept = nlazy(
            "%(count)s unfinished report is kept under “My work”.",
            "%(count)s unfinished reports are kept under “My work”.",
            waiting,
        )
        turn.say(text(turn.t(kept)))
    of_the_day = road_days.known_answers(turn.session, person, today=turn.today)
    if student_id is None or all(str(pupil.student.id) != student_id for pupil in pupils):
        open_form(turn, HOME_VISIT, of_the_day)
        return
    earlier_reports.say(turn, int(student_id))
    open_form(turn, HOME_VISIT, {**of_the_day, "student": student_id})


def _put_aside(turn: Turn) -> int:
    """How many reports of visits are kept unfinished."""
    found = drafts.parked(turn.session, turn.account)
    return sum(draft.form_id in (HOME_VISIT.id, *visit_parts.LAYERS) for draft in found)


def _teacher(turn: Turn) -> StaffMember | None:
    """The person, if they look after a room; a parent who also teaches speaks as the teacher."""
    everybody = people.all_of(turn.session, turn.account, today=turn.today)
    teachers = [one for one in everybody if isinstance(one, StaffMember) and one.rooms]
    if not everybody:
        door.ask(turn)
    elif not teachers:
        said = _("Home visits are reported by the homeroom teacher of the class.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
    else:
        acting = turn.account.acting_binding_id
        person = next((one for one in teachers if one.binding_id == acting), teachers[0])
        if person.binding_id != acting:
            turn.account.acting_binding_id = person.binding_id
            turn.menu_may_differ = True
        return person
    return None


@context_for(HOME_VISIT.id)
def facts(turn: Turn, subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form knows: today, the pupils, who lives with whom. Looked up when it is needed.

    A correction (`report`) knows the pupil of its report only; entered for a colleague (`for`), the
    form sees what the colleague sees of that one room.
    """
    session, today = turn.session, turn.today

    @cache
    def person() -> StaffMember:
        """Who asks; whoever lost the role in the middle of a report sees no pupil any more."""
        return _reporter(turn, subject) or StaffMember(0, 0, turn.account.office_id, "", "", "", ())

    @cache
    def siblings(student: str) -> list[Pupil]:
        mates = visit_facts.housemates(session, person(), int(student), today=today)
        return [as_choice(mate) for mate in mates]

    @cache
    def places(student: str) -> frozenset[str]:
        found = visit_facts.known_places(session, person(), int(student), today=today)
        draft = turn.draft
        if draft is not None and visit_facts.photo_place(session, draft.id) is not None:
            found |= {KnownPlace.PHOTO}
        return found

    @cache
    def known(student: str) -> Mapping[str, Any]:
        return visit_facts.known_answers(session, person(), int(student), today=today)

    def prefill(student: str) -> Mapping[str, Known]:
        return visit_known.known_of_core(session, person(), int(student), today=today)

    def pupils() -> list[Pupil]:
        mine = visit_facts.pupils(session, person(), today=today)
        pairs = visit_facts.in_pairs(session, mine)
        return [as_choice(one, pairs) for one in mine]

    def corrected() -> list[Pupil]:
        found = corrections.find(session, person(), int(subject["report"]), today=today)
        return [as_choice(found.pupil)] if found is not None else []

    if "report" in subject:  # its pupils stay, and its own answers are in the form already
        return Facts(
            today=today, pupils=Later(corrected), siblings=lambda _pupil: [], known_places=places,
            known=lambda _pupil: {}, prefill=lambda _pupil: {},
        )  # fmt: skip
    return Facts(
        today=today, pupils=Later(pupils), siblings=siblings, known_places=places, known=known,
        prefill=prefill,
    )  # fmt: skip


@finishes(HOME_VISIT.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Make the reports and say the receipt, which reaches the person whatever happens."""
    subject = sheet.row.subject or {}
    person = _reporter(turn, subject)
    if "report" in subject:
        correcting.send(turn, sheet, person, int(subject["report"]))
        return
    receipt = None
    if person is not None:
        receipt = home_visits.submit(
            turn.session,
            person,
            sheet.row,
            sheet.values(),
            form_hash=sheet.form.hash,
            sent_at=min(turn.event.happened_at, turn.now),
            received_at=turn.now,
            today=turn.today,
            source_event_id=turn.event_id,
            entered_by=_enterer(turn, subject),
        )
    if receipt is None:
        said = _(
            "This pupil is not in your class any more. Please choose again, or ask the school."
        )
        raise InvalidAnswer("student", said)
    receipts.say_receipt(turn, receipt)


@watches(HOME_VISIT.id)
def tell_of_an_earlier_report(sheet: Sheet, before: Draft) -> None:
    """Say at the moment a pupil is chosen that their home was reported already this year."""
    chosen = _just_chosen(sheet, before)
    if chosen is not None and sheet.draft.asking != "student":
        earlier_reports.say(sheet.turn, chosen)


@watches_page(HOME_VISIT.id)
def tell_of_it_on_the_page(sheet: Sheet, before: Draft) -> Sequence[str]:
    """The same where the pupil is chosen on the page; what to do about it stands in the chat."""
    chosen = _just_chosen(sheet, before)
    said = earlier_reports.words_of(sheet.turn, chosen) if chosen is not None else None
    return [said] if said is not None else []


def _just_chosen(sheet: Sheet, before: Draft) -> int | None:
    """The pupil whom this move has chosen, of a report that is new."""
    chosen = sheet.draft.answers.get("student")
    was_asked = before.asking == "student" or chosen != before.answers.get("student")
    return int(chosen) if chosen and was_asked and not sheet.row.subject else None


def _reporter(turn: Turn, subject: Mapping[str, Any]) -> StaffMember | None:
    """Whose report it is: the person's own, or that of the colleague it is entered for."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    if "for" in subject:
        return stand_ins.owner_for(turn.session, person, subject, today=turn.today)
    return person


def _enterer(turn: Turn, subject: Mapping[str, Any]) -> int | None:
    """The staff id of whoever enters a report for somebody else."""
    if "for" not in subject:
        return None
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person.staff_id if isinstance(person, StaffMember) else None


def as_choice(pupil: Enrolled, pairs: Container[int] = ()) -> Pupil:
    """A pupil as forms offer them; `pairs` are those whose home is better visited by two."""
    student = pupil.student
    return Pupil(
        id=str(student.id),
        first=student.first_name,
        last=student.last_name,
        nickname=student.nickname or "",
        student_no=pupil.enrolment.student_no,
        class_name=pupil.class_name,
        visited=pupil.outcome is not None,
        in_pairs=student.id in pairs,
    )
