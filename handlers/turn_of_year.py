"""After 16 พ.ค.: is the class still yours, and have those who left arrived? (P32)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from handlers import confirm_guardian, menu
from handlers.buttons import Button, sign
from handlers.my_work import section
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import Action, Message, cut, postback, text
from models.staff import Role
from models.turn_of_year import LeaverStatus
from services import homerooms, leavers, people
from services.homerooms import Question
from services.leavers import Gone
from services.people import StaffMember
from services.visits import handover, visit_facts

#: What the next plain text answers.
_SCHOOL: Final = "leaver.school"
#: Pupils named on one card.
_FEW: Final = 12
#: Said instead of a leaver's id: all whom the card was about.
_ALL: Final = "all"
_ANSWERS: Final[Sequence[tuple[LeaverStatus, Lazy]]] = (
    (LeaverStatus.ARRIVED, _("Has arrived")),
    (LeaverStatus.MISSING, _("Has not arrived")),
    (LeaverStatus.UNKNOWN, _("I do not know yet")),
)
_OVER: Final = _("That has been answered already.")


@section(25)
def homeroom_cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """One card per class of last year that lapsed."""
    questions = homerooms.open_questions(turn.session, person, today=turn.today)
    return [homeroom_card(turn, question) for question in questions]


def homeroom_card(turn: Turn, question: Question) -> Message:
    """Whose class it is now. One tap takes it on."""
    t = turn.t
    asked = _(
        "A new school year has begun. Last year %(class_name)s, %(school)s, was yours. Which class "
        "do you look after now? Until you say, you see no class.",
        class_name=question.class_name,
        school=people.school_label(question.school_name),
    )
    actions = []
    for level in question.levels:
        label = t(_("I look after %(class_name)s", class_name=question.named(level)))
        actions.append(_homeroom_button(turn, label, question, level))
    label = t(_("Another class, or none"))
    actions.append(_homeroom_button(turn, label, question, ""))
    return confirm_guardian.question(t(asked), actions)


@router.button("homeroom")
def answer_homeroom(turn: Turn, button: Button) -> None:
    """The teacher's tap."""
    person = _staff(turn)
    if person is None or len(button.args) != 2:
        menu.show(turn)
        return
    check_id, level = button.args
    question = homerooms.answer(
        turn.session, person, int(check_id), level or None, now=turn.now, today=turn.today
    )
    if question is None:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    turn.menu_may_differ = True
    if not level:
        said = _(
            "Thank you. If another class is yours, the school's clerk puts it into the list of "
            "staff; you need not do anything."
        )
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)
        return
    _say_taken(turn, question.named(level))


def _say_taken(turn: Turn, class_name: str) -> None:
    person = _staff(turn)
    pupils = visit_facts.pupils(turn.session, person, today=turn.today) if person else ()
    said = nlazy(
        "Confirmed: you look after %(class_name)s, %(count)s pupil.",
        "Confirmed: you look after %(class_name)s, %(count)s pupils.",
        len(pupils),
        class_name=class_name,
    )
    chips = menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)
    notes = handover.for_me(turn.session, person, today=turn.today) if person else ()
    if notes:
        label = turn.t(_("Read the notes"))
        chips.insert(0, postback(label, sign(turn, "handover.read"), shown=label))
    turn.say(text(turn.t(said), chips), carry=True)


@section(36)
def unclaimed_cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """For the head and the clerk: rooms that have no teacher in the lists yet."""
    if not person.has(Role.DIRECTOR, Role.SCHOOL_ADMIN):
        return []
    rooms = homerooms.unclaimed(turn.session, person, today=turn.today)
    if not rooms:
        return []
    said = nlazy(
        "%(count)s class has no homeroom teacher for the new school year yet: %(classes)s.",
        "%(count)s classes have no homeroom teacher for the new school year yet: %(classes)s.",
        len(rooms),
        classes=", ".join(rooms[:_FEW]) + (" …" if len(rooms) > _FEW else ""),
    )
    return [text(turn.t(said))]


@section(35)
def leaver_cards(turn: Turn, person: StaffMember) -> Sequence[Message]:
    """Where those who finished school go on, and after 30 days whether they have arrived."""
    gone = leavers.of_teacher(turn.session, person, today=turn.today)
    due = [each for each in gone if each.is_due]
    unknown = [each for each in gone if not each.is_due and not each.receiving]
    cards = []
    if due:
        cards.append(_due_card(turn, due))
    if unknown:
        cards.append(_receiving_card(turn, unknown))
    return cards


def _due_card(turn: Turn, due: Sequence[Gone]) -> Message:
    t = turn.t
    asked = nlazy(
        "%(count)s pupil finished school with you. Has this child arrived at the next school?",
        "%(count)s pupils finished school with you. Have they arrived at the next school?",
        len(due),
    )
    everybody = t(_("All have arrived"))
    actions = [
        postback(everybody, _say_button(turn, LeaverStatus.ARRIVED, _ALL), shown=everybody),
        *_pupil_buttons(turn, "leaver", due),
    ]
    return confirm_guardian.question("\n".join([t(asked), *_named(due)]), actions[:5])


def _receiving_card(turn: Turn, unknown: Sequence[Gone]) -> Message:
    t = turn.t
    asked = nlazy(
        "%(count)s pupil finished school with you. Where does this child go on?",
        "%(count)s pupils finished school with you. Where do they go on?",
        len(unknown),
    )
    same = t(_("All to the same school"))
    actions = [
        postback(same, sign(turn, "leaver.to", _ALL), shown=same),
        *_pupil_buttons(turn, "leaver.to", unknown),
    ]
    return confirm_guardian.question("\n".join([t(asked), *_named(unknown)]), actions[:5])


@router.button("leaver")
def ask_one(turn: Turn, button: Button) -> None:
    """Has this one arrived?"""
    found = _gone(turn, button)
    if found is None:
        return
    asked = _("Has %(name)s arrived at the next school?", name=found[0].name)
    actions = [
        postback(turn.t(label), _say_button(turn, status, button.args[0]), shown=turn.t(label))
        for status, label in _ANSWERS
    ]
    turn.say(confirm_guardian.question(turn.t(asked), actions))


@router.button("leaver.say")
def tell(turn: Turn, button: Button) -> None:
    """The old teacher's word."""
    person = _staff(turn)
    if person is None or len(button.args) != 2:
        menu.show(turn)
        return
    status, which = LeaverStatus(button.args[0]), button.args[1]
    ids = [
        each.leaver_id
        for each in leavers.of_teacher(turn.session, person, today=turn.today)
        if each.is_due and which in (_ALL, str(each.leaver_id))
    ]
    told = leavers.tell(turn.session, person, ids, status, now=turn.now, today=turn.today)
    if not told:
        said: Lazy = _OVER
    elif status is LeaverStatus.MISSING:
        said = _(
            "Noted: a child without a school, for the area office to look for. If you fear for the "
            "child, report an incident."
        )
    elif status is LeaverStatus.UNKNOWN:
        said = _("Noted. You will be asked again in two weeks.")
    else:
        said = nlazy(
            "Noted: %(count)s pupil has arrived. Thank you.",
            "Noted: %(count)s pupils have arrived. Thank you.",
            told,
        )
    chips = menu.chips(turn, menu.WORK, menu.MENU)
    if told and status is LeaverStatus.MISSING:
        chips = menu.chips(turn, menu.INCIDENT, menu.WORK, menu.MENU)
    turn.say(text(turn.t(said), chips), carry=True)


@router.button("leaver.to")
def ask_school(turn: Turn, button: Button) -> None:
    """To which school? The next plain text is its name."""
    found = _gone(turn, button)
    if found is None:
        return
    ids = [each.leaver_id for each in found]
    wait_for(turn, _SCHOOL, leavers=ids)
    asked = nlazy(
        "To which school? Please type its name (%(count)s pupil).",
        "To which school? Please type its name (%(count)s pupils).",
        len(ids),
    )
    turn.say(text(turn.t(asked), menu.chips(turn, menu.MENU)))


@router.answer(_SCHOOL)
def take_school(turn: Turn, said: str) -> None:
    """Keep the school's name."""
    person = _staff(turn)
    open_question = waiting(turn)
    stop_waiting(turn)
    if person is None or open_question is None:
        menu.show(turn)
        return
    ids = open_question[1]["leavers"]
    school = leavers.set_receiving(turn.session, person, ids, said, now=turn.now, today=turn.today)
    if school is None:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    kept = nlazy(
        "Noted: %(count)s pupil goes on to %(school)s. After 30 days you are asked once whether "
        "the child has arrived.",
        "Noted: %(count)s pupils go on to %(school)s. After 30 days you are asked once whether "
        "they have arrived.",
        len(ids),
        school=people.school_label(school),
    )
    turn.say(text(turn.t(kept), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


def _gone(turn: Turn, button: Button) -> list[Gone] | None:
    """The leavers a button means; says so when there are none any more."""
    person = _staff(turn)
    which = button.args[0] if button.args else ""
    found = [
        each
        for each in (leavers.of_teacher(turn.session, person, today=turn.today) if person else ())
        if str(each.leaver_id) == which or (which == _ALL and not each.receiving)
    ]
    if not found:
        turn.say(text(turn.t(_OVER), menu.chips(turn, menu.WORK, menu.MENU)))
        return None
    return found


def _named(gone: Sequence[Gone]) -> list[str]:
    """A line per pupil, with where they go on; the first dozen."""
    lines = [
        f"• {each.name} ({each.class_name})" + (f" → {each.receiving}" if each.receiving else "")
        for each in gone[:_FEW]
    ]
    return [*lines, "…"] if len(gone) > _FEW else lines


def _pupil_buttons(turn: Turn, action: str, gone: Sequence[Gone]) -> list[Action]:
    """The first four by name; when they are answered the next ones come."""
    return [
        postback(cut(each.name, 20), sign(turn, action, str(each.leaver_id)), shown=each.name)
        for each in gone[:4]
    ]


def _say_button(turn: Turn, status: LeaverStatus, which: str) -> str:
    return sign(turn, "leaver.say", status.value, which)


def _homeroom_button(turn: Turn, label: str, question: Question, level: str) -> Action:
    return postback(label, sign(turn, "homeroom", str(question.check_id), level), shown=label)


def _staff(turn: Turn) -> StaffMember | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None
