"""ฝากถึงครูคนต่อไป: a short note per watched pupil, written at year's end, read by the next teacher.

(P32; the word ส่งต่อ is kept for referrals, P41.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import lazy as _
from core.i18n import nlazy
from handlers import confirm_guardian, menu
from handlers.buttons import Button, sign
from handlers.my_work import section
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import Action, Message, cut, postback, text
from models.queries.students import Enrolled
from services import people
from services.people import StaffMember
from services.visits import handover, visit_facts

#: What the next plain text answers.
_NOTE: Final = "handover"
#: Pupils offered as chips, and notes in one message.
_CHIPS: Final = 10
_NOTES: Final = 8
_MESSAGES: Final = 4

_WRITE: Final = _("Note to the next teacher")
_NOBODY: Final = _("No pupils of yours are in the lists.")


@section(75)
def cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Notes to read; at the end of the year, notes to write."""
    if not person.rooms:
        return []
    found = []
    new = [note for note in handover.for_me(turn.session, person, today=turn.today) if note.is_new]
    if new:
        said = nlazy(
            "Last year's teacher left a note about %(count)s pupil of yours.",
            "Last year's teacher left notes about %(count)s pupils of yours.",
            len(new),
        )
        label = turn.t(_("Read the notes"))
        read = postback(label, sign(turn, "handover.read"), shown=label)
        found.append(confirm_guardian.question(turn.t(said), [read]))
    if handover.is_season(turn.today):
        wanted, _written = handover.watched(turn.session, person, today=turn.today)
        if wanted:
            said = nlazy(
                "The school year ends soon. %(count)s pupil should have a short note to the next "
                "teacher.",
                "The school year ends soon. %(count)s pupils should have a short note to the next "
                "teacher.",
                len(wanted),
            )
            label = turn.t(_WRITE)
            write = postback(label, sign(turn, "handover.list"), shown=label)
            found.append(confirm_guardian.question(turn.t(said), [write]))
    return found


@router.word("ฝากถึงครูคนต่อไป", "ฝากถึงครู", "บันทึกฝากครู", "note to the next teacher", "handover")
def show(turn: Turn) -> None:
    """Whom a note should be written about, with a tap each."""
    person = _teacher(turn)
    if person is None:
        return
    wanted, written = handover.watched(turn.session, person, today=turn.today)
    said = _(
        "A short note to next year's teacher helps a child who needs an eye kept on. Notes wanted: "
        "%(wanted)s. Written: %(written)s. Tap a name.",
        wanted=len(wanted),
        written=len(written),
    )
    others = turn.t(_("About another pupil"))
    turn.say(
        text(
            turn.t(said),
            [
                *_chips(turn, wanted[:_CHIPS]),
                postback(others, sign(turn, "handover.all", "0"), shown=others),
                *menu.chips(turn, menu.MENU),
            ],
        )
    )


@router.button("handover.list")
def show_again(turn: Turn, _button: Button) -> None:
    show(turn)


@router.button("handover.all")
def show_all(turn: Turn, button: Button) -> None:
    """Any pupil of one's rooms, ten at a time."""
    person = _teacher(turn)
    if person is None:
        return
    start = int(button.args[0]) if button.args and button.args[0].isdecimal() else 0
    pupils = [
        pupil
        for pupil in visit_facts.pupils(turn.session, person, today=turn.today)
        if not pupil.student.is_sealed
    ]
    page = pupils[start : start + _CHIPS]
    if not page:
        turn.say(text(turn.t(_NOBODY), menu.chips(turn, menu.MENU)))
        return
    chips = _chips(turn, page)
    if start + _CHIPS < len(pupils):
        label = turn.t(_("Show more"))
        chips.append(postback(label, sign(turn, "handover.all", str(start + _CHIPS)), shown=label))
    turn.say(text(turn.t(_("About whom is the note?")), [*chips, *menu.chips(turn, menu.MENU)]))


@router.button("handover.write")
def ask_words(turn: Turn, button: Button) -> None:
    """The next plain text is the note."""
    person = _teacher(turn)
    if person is None or not button.args:
        return
    pupil = visit_facts.pupil(turn.session, person, int(button.args[0]), today=turn.today)
    if pupil is None or pupil.student.is_sealed:
        turn.say(text(turn.t(_NOBODY), menu.chips(turn, menu.MENU)))
        return
    wait_for(turn, _NOTE, student=pupil.student.id)
    asked = _(
        "Please type the note about %(name)s, at most %(most)s letters: what helps, what to watch, "
        "whom to talk to. Only the next teacher of the class reads it. Do not write about violence "
        "or abuse here: report an incident instead.",
        name=pupil.student.first_name,
        most=handover.MOST,
    )
    turn.say(text(turn.t(asked), menu.chips(turn, menu.INCIDENT, menu.MENU)))


@router.answer(_NOTE)
def take_words(turn: Turn, said: str) -> None:
    """Keep the note; one that is too long is asked again, not cut."""
    person = _teacher(turn)
    open_question = waiting(turn)
    if person is None or open_question is None:
        return
    if len(said) > handover.MOST:
        asked = _(
            "This is %(length)s letters; please shorten it to %(most)s.",
            length=len(said),
            most=handover.MOST,
        )
        turn.say(text(turn.t(asked), menu.chips(turn, menu.MENU)))
        return
    stop_waiting(turn)
    pupil = handover.write(
        turn.session, person, open_question[1]["student"], said, now=turn.now, today=turn.today
    )
    if pupil is None:
        turn.say(text(turn.t(_NOBODY), menu.chips(turn, menu.MENU)))
        return
    kept = _("Kept: a note about %(name)s for the next teacher.", name=pupil.student.first_name)
    wanted, _written = handover.watched(turn.session, person, today=turn.today)
    turn.say(
        text(
            turn.t(kept),
            [*_chips(turn, wanted[:_CHIPS]), *menu.chips(turn, menu.WORK, menu.MENU)],
        ),
        carry=True,
    )


@router.button("handover.read")
def read(turn: Turn, _button: Button) -> None:
    """Show the notes about one's pupils, after a tap, and remember that they were read."""
    person = _teacher(turn)
    if person is None:
        return
    notes = handover.for_me(turn.session, person, today=turn.today)
    if not notes:
        said = _("There are no notes about your pupils.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    handover.mark_read(turn.session, person, now=turn.now, today=turn.today)
    lines = [
        f"{note.pupil.student.first_name} ({note.pupil.class_name})\n{note.words}" for note in notes
    ]
    parts = [lines[at : at + _NOTES] for at in range(0, len(lines), _NOTES)][:_MESSAGES]
    for number, part in enumerate(parts, 1):
        chips = menu.chips(turn, menu.WORK, menu.MENU) if number == len(parts) else []
        turn.say(text("\n\n".join(part), chips))


def _chips(turn: Turn, pupils: Sequence[Enrolled]) -> list[Action]:
    chips = []
    for pupil in pupils:
        student = pupil.student
        name = (
            f"{student.first_name} ({student.nickname})" if student.nickname else student.first_name
        )
        data = sign(turn, "handover.write", str(student.id))
        chips.append(postback(cut(name, 20), data, shown=name))
    return chips


def _teacher(turn: Turn) -> StaffMember | None:
    """The person, if they look after a room now."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if isinstance(person, StaffMember) and person.rooms:
        return person
    menu.show(turn)
    return None
