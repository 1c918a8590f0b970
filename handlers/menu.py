"""The menu as a card, how to use the bot, and what is said to what nobody understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from handlers import door, notice_card
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, Action, Component, bubble, button, flex, row, say, text, words
from models.staff import Role
from services import people
from services.money import auditors
from services.people import GuardianOf, Person, StaffMember
from services.urgent import drills, incident_figures, partners

# Each label is a word that could be typed: the button types it.
VISIT: Final = _("Home visit")
WORK: Final = _("My work")
CLASS: Final = _("My class")
PLAN: Final = _("Plan visits")
OUT: Final = _("Go out visiting")
REVIEW: Final = _("Review reports")
ENTER: Final = _("Enter for a colleague")
MONEY: Final = _("Ask for money")
ASKED: Final = _("My requests")
BOOKS: Final = _("Funds' books")
FIGURES: Final = _("Fund figures")
PUPILS: Final = _("Pupil numbers")
SAMPLE: Final = _("Random sample")
NO_SCHOOL: Final = _("Children without a school")
PAPERS: Final = _("Papers")
INCIDENT: Final = _("Report an incident")
URGENT: Final = _("Urgent cases")
FOLLOW: Final = _("My reports")
REFERRALS: Final = _("Referrals to me")
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
    first, *others = (say(t(label)) for label in _entries(turn, person))
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
    is_desk = person is None and partners.of_account(turn.session, turn.account) is not None
    said = (
        *_explained(person)[1 if is_desk else 0 :],  # a partner's desk has come in already
        *_of_pupils(person),
        *_of_cases(turn, person),
        *_of_money(turn, person),
    )
    lines = [turn.t(line) for line in said]
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


def _entries(turn: Turn, person: Person) -> Sequence[Lazy]:
    if not isinstance(person, StaffMember):
        return (INCIDENT, FOLLOW, MONEY, NUMBERS)
    entries: list[Lazy] = []
    if person.rooms:
        entries += [VISIT, CLASS]
    if person.has(Role.DIRECTOR):
        entries.append(REVIEW)
    if person.has(Role.SCHOOL_ADMIN):
        entries.append(ENTER)
    entries += [WORK, INCIDENT, URGENT]
    if person.has(Role.TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN):
        entries += [MONEY, ASKED, PAPERS]
    if _reads_books(turn, person):
        entries.append(BOOKS)
    if person.has(Role.DIRECTOR, Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        entries.append(FIGURES)
    if person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        entries += [PUPILS, NO_SCHOOL]
    return entries


def _of_pupils(person: Person | None) -> Iterator[Lazy]:
    """The census, and children in no list."""
    if isinstance(person, StaffMember):
        yield _("• “Pupil numbers” shows the census day, with today beside it.")
        yield _("• “Children without a school” tells the area office of a child.")


def _reads_books(turn: Turn, person: StaffMember) -> bool:
    return auditors.may_read_books(turn.session, person, today=turn.today)


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


def _of_cases(turn: Turn, person: Person | None) -> Iterator[Lazy]:
    """Everything about urgent cases, and where to tap for it (issue 4)."""
    if isinstance(person, StaffMember):
        yield _("• “Urgent cases” has what waits for you, your cases, referrals and partners.")
        if person.rooms:
            yield _("• “Call the roll” is for floods, buses and drills: your class, by tapping.")
        if incident_figures.may_see(person):
            yield _("• “Figures of cases” counts them: how soon taken, how soon helped.")
        if drills.may_start(person):
            yield _("• “Drills” starts one, shows who answered when, and calls the classes.")
    elif partners.of_account(turn.session, turn.account) is not None:
        yield _("• “Referrals to me” shows what was referred to your desk; each opens with a tap.")
    yield _("• “My reports” shows where each thing stands that you reported.")


def _of_money(turn: Turn, person: Person | None) -> Iterator[Lazy]:
    """Where the funds wait for somebody: what they decide, pay or keep books of (issue 5)."""
    if not isinstance(person, StaffMember):
        return
    if person.rooms or person.has(Role.DIRECTOR, Role.SCHOOL_ADMIN):
        yield _("• “Ask for money” asks a fund; “My requests” says who has each.")
    if not person.rooms:
        yield _("• What you decide on, pay or confirm for the funds waits under “My work”.")
    if _reads_books(turn, person):
        yield _("• “Funds' books” shows what each fund has, its papers, and all books as a page.")
    if person.has(Role.DIRECTOR, Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        yield _("• “Fund figures” says how long it takes from asking to cash.")


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
