"""The menu as a card, how to use the bot, and what is said to what nobody understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import door, notice_card
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, Action, Component, bubble, button, flex, row, say, text, words
from models.staff import Role
from services import people
from services.people import GuardianOf, Person, StaffMember

# Each label is a word that could be typed: the button types it.
VISIT: Final = _("Home visit")
WORK: Final = _("My work")
CLASS: Final = _("My class")
PLAN: Final = _("Plan visits")
OUT: Final = _("Go out visiting")
REVIEW: Final = _("Review reports")
ENTER: Final = _("Enter for a colleague")
MONEY: Final = _("Ask for money")
PAPERS: Final = _("Papers")
INCIDENT: Final = _("Report an incident")
NUMBERS: Final = _("Emergency numbers")
LANGUAGE: Final = _("Language")
HOW: Final = _("How to use")
SWITCH: Final = _("Switch role")
LEAVE: Final = _("Sign out")
MENU: Final = _("Menu")

_IN_DANGER: Final = _("• In danger? Type “help me” at any time: the numbers come at once.")


@router.word("เมนู", "menu", "เริ่ม", "start", "สวัสดี", "hello", "hi")
def show(turn: Turn) -> None:
    """The menu of the person's role; every button writes a word that could be typed."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not door.has_acknowledged(turn):  # its text has changed since
        turn.say(notice_card.card(turn))
    t = turn.t
    first, *others = (say(t(label)) for label in _entries(person))
    footer: list[Component] = [
        button(first),
        *(button(action, style="secondary") for action in others),
    ]
    small = [LANGUAGE, HOW]
    if len(people.all_of(turn.session, turn.account, today=turn.today)) > 1:
        small.insert(0, SWITCH)
    footer.append(row([button(say(t(label)), style="link") for label in small], spacing="sm"))
    body = [*_place(turn, person), words(t(_("What would you like to do?")))]
    title = t(person.address)
    turn.say(flex(f"{t(MENU)}: {title}", bubble(body, title=title, footer=footer)))


@router.word("วิธีใช้", "how to use", "help", "คู่มือ", "manual", "ใช้ยังไง", "ใช้อย่างไร", "ทำอะไรได้บ้าง")
def explain(turn: Turn) -> None:
    """How to use the bot, by role. A cry for help never comes here (P1)."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    lines = [turn.t(line) for line in _explained(person)]
    turn.say(text("\n".join(lines), _chips(turn, person)))


def not_understood(turn: Turn, more: Sequence[Action] = ()) -> None:
    """Nothing is a dead end: say what can be done."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    said = _("Sorry, that was not understood. Please choose from the menu, or type its words.")
    turn.say(text(turn.t(said), [*more, *_chips(turn, person)]))


def chips(turn: Turn, *labels: Lazy) -> list[Action]:
    """Words of the menu as chips."""
    return [say(turn.t(label)) for label in labels]


def _place(turn: Turn, person: Person) -> list[Component]:
    """Where the person is at home in the lists: ป.4/1 บ้านตัวอย่าง."""
    if isinstance(person, GuardianOf):
        places = {(person.class_name, person.school_name): None}
    else:
        places = dict.fromkeys((post.class_name, post.school_name) for post in person.posts)
    return [
        words(" ".join(part for part in place if part), size="xs", color=GREY)
        for place in list(places)[:4]
        if any(place)
    ]


def _entries(person: Person) -> Sequence[Lazy]:
    if not isinstance(person, StaffMember):
        return (INCIDENT, MONEY, NUMBERS)
    entries: list[Lazy] = []
    if person.rooms:
        entries += [VISIT, CLASS]
    if person.has(Role.DIRECTOR):
        entries.append(REVIEW)
    if person.has(Role.SCHOOL_ADMIN):
        entries.append(ENTER)
    entries += [WORK, INCIDENT]
    if person.has(Role.TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN):
        entries += [MONEY, PAPERS]
    return entries


def _chips(turn: Turn, person: Person | None) -> list[Action]:
    labels = [MENU, NUMBERS, LANGUAGE] if person is not None else [NUMBERS, LANGUAGE]
    if isinstance(person, StaffMember):
        labels = [VISIT, WORK, *labels] if person.rooms else [WORK, *labels]
    return chips(turn, *labels)


def _for_heads(person: StaffMember) -> Sequence[Lazy]:
    """What only the head of school can do for colleagues."""
    if not person.has(Role.DIRECTOR):
        return ()
    return (
        _("• “School QR” lets colleagues come in, “New phone” gives one of them a new code."),
        _("• “Better two go” marks a home that nobody should visit alone."),
    )


def _explained(person: Person | None) -> Sequence[Lazy]:
    if person is None:
        return (
            _("• To come in, type the invitation code from your letter, for example AB3D-7K9M."),
            _("• “Language” changes the language."),
            _IN_DANGER,
        )
    leaving = _("• “Switch role” and “Sign out” work at any time; a code adds another role.")
    if isinstance(person, StaffMember) and person.rooms:
        return (
            _("• “Home visit” opens a report. Tap or type the answers, question by question."),
            _("• Words that work at every question: back, skip, later, cancel, edit, how to use."),
            _("• Nothing you typed is lost: “My work” keeps what is unfinished."),
            _("• “Plan visits” puts all homes on days; “Several homes” asks the day only once."),
            _("• On the way just send photos, a pin or a line; say later whose home it was."),
            _("• “Going out” and “I am back”: somebody asks after you if you do not come back."),
            _("• “Menu” shows everything, “Language” changes the language."),
            leaving,
            _IN_DANGER,
        )
    if isinstance(person, StaffMember):
        return (
            _("• “My work” shows how far the home visits are."),
            *_for_heads(person),
            _("• “Menu” shows everything, “Language” changes the language."),
            leaving,
            _IN_DANGER,
        )
    return (
        _("• “Report an incident” alerts those on duty, and shows whom to call."),
        _("• “Menu” shows everything, “Language” changes the language."),
        leaving,
        _IN_DANGER,
    )
