"""Coming in by the school's QR, as the one who knocks and as the one who opens (P25)."""

from __future__ import annotations

from typing import Final

from core.clock import BANGKOK
from core.i18n import lazy as _
from handlers import confirm_guardian, door, menu, my_work, name_list, notice_card, papers, who_card
from handlers.buttons import Button, sign
from handlers.notices import Facts, says
from handlers.router import router
from handlers.turn import Turn
from handlers.waiting import stop_waiting, wait_for, waiting
from line.messages import Message, clipboard, link, postback, text
from models.office import School
from services import people, school_door
from services.bindings import Offer
from services.people import StaffMember, school_label

#: The open question "which of these names is yours?".
NAME: Final = "door.name"
_ME: Final = "door.me"

_TOO_OFTEN: Final = _(
    "The list was shown to you several times. Please come back in an hour, or use the code of your "
    "letter."
)
_EVERYBODY_IN: Final = _(
    "Everybody on the list of this school has come in already. If your name is missing, or you "
    "have a new phone, please ask your head of school."
)


def try_word(turn: Turn, said: str) -> bool:
    """Take a text as the word of a school's QR; false if it is none."""
    found = school_door.read(turn.session, turn.account, said, now=turn.now, today=turn.today)
    if found is None:
        return False
    if isinstance(found, Offer):
        door.refuse(turn, found)
        return True
    wait_for(turn, NAME, school=found.id)
    if door.has_acknowledged(turn):
        _show_names(turn, found.id)
    else:
        turn.say(text(turn.t(_("Your school is noted. Please read this first."))))
        turn.say(notice_card.card(turn))
    return True


@door.instead
def next_step(turn: Turn) -> bool:
    """What somebody hears who scanned the QR: the names, or that the head has yet to open."""
    held = waiting(turn)
    if held is not None and held[0] == NAME:
        _show_names(turn, held[1]["school"])
        return True
    knock = school_door.waits(turn.session, turn.account)
    if knock is None:
        return False
    _say_waiting(turn, knock.id)
    return True


@router.button(f"{_ME}.page")
def turn_page(turn: Turn, button: Button) -> None:
    school_id, page = (*button.args, "", "")[:2]
    if door.has_acknowledged(turn) and page.isdecimal():
        _show_names(turn, int(school_id), page=int(page))
    else:
        door.ask(turn)


@router.button(_ME)
def tap_name(turn: Turn, button: Button) -> None:
    """That is me: the head of school is asked."""
    if not door.has_acknowledged(turn) or len(button.args) != 2:
        door.ask(turn)
        return
    school_id, staff_id = map(int, button.args)
    knock = school_door.knock(
        turn.session, turn.account, school_id, staff_id, now=turn.now, today=turn.today
    )
    held = waiting(turn)
    if held is not None and held[0] == NAME:
        stop_waiting(turn)
    if knock is None:
        said = _(
            "This name has come in already, or you have tapped several names today. Please ask "
            "your head of school."
        )
        turn.say(text(turn.t(said), menu.chips(turn, menu.HOW, menu.NUMBERS)))
        return
    _say_waiting(turn, knock.id)


@router.answer(NAME)
def type_name(turn: Turn, said: str) -> None:
    """A part of a name instead of a tap."""
    held = waiting(turn)
    if held is None or not door.has_acknowledged(turn):
        door.ask(turn)
        return
    _show_names(turn, held[1]["school"], typed=said)


def _show_names(turn: Turn, school_id: int, *, page: int = 0, typed: str = "") -> None:
    staff = school_door.names(turn.session, turn.account, school_id, now=turn.now, today=turn.today)
    if not staff:
        said = _TOO_OFTEN if staff is None else _EVERYBODY_IN
        stop_waiting(turn)
        turn.say(text(turn.t(said), menu.chips(turn, menu.HOW, menu.NUMBERS)))
        return
    found = name_list.search(staff, typed) if typed else staff
    if typed and not found:
        turn.say(text(turn.t(_("No such name is on the list. Here is the whole list."))))
        found = staff
    school = turn.session.get_one(School, school_id)
    turn.say(
        name_list.card(
            turn, turn.t(school_label(school.name)), found,
            action=_ME, args=(str(school_id),), page=page,
            chips=menu.chips(turn, menu.HOW, menu.NUMBERS),
        )
    )  # fmt: skip


def _say_waiting(turn: Turn, knock_id: int) -> None:
    said = _(
        "Your head of school is asked to let you in. Please tell your head these four figures: "
        "%(figures)s\n\nOnce that is done, write anything here and everything is ready.",
        figures=school_door.figures(turn.session, knock_id),
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.NUMBERS)))


# The head of school.


@my_work.section(15)
def cards(turn: Turn, person: StaffMember) -> list[Message]:
    """Who waits for this person's word."""
    waiting_now = school_door.waiting_for(turn.session, person, today=turn.today)
    return [_card(turn, each) for each in waiting_now]


@says(school_door.KNOCKED)
def knocked(turn: Turn, facts: Facts) -> Message | None:
    """The same card, when it rides along; None once it was decided."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    found = school_door.waiting_one(turn.session, person, facts["knock"], today=turn.today)
    return _card(turn, found) if found is not None else None


@says(school_door.LET_IN)
def let_in(turn: Turn, _facts: Facts) -> Message:
    """What the one who knocked reads first."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    turn.menu_may_differ = True
    who = person.address if person is not None else ""
    return text(turn.t(_("Welcome, %(who)s. Your head of school has let you in.", who=who)))


@says(school_door.REFUSED)
def refused(turn: Turn, _facts: Facts) -> Message:
    said = _("The head of school did not let this phone in. Please talk to them in person.")
    return text(turn.t(said))


@router.button("door")
def decide(turn: Turn, button: Button) -> None:
    """The head's tap."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember) or len(button.args) != 2:
        menu.show(turn)
        return
    answer, knock_id = button.args
    staff = school_door.decide(
        turn.session, int(knock_id), by=person, let_in=answer == "yes",
        now=turn.now, today=turn.today,
    )  # fmt: skip
    if staff is None:
        said = _("That has been answered already.")
    elif answer == "yes":
        said = _("%(name)s can use the bot now.", name=staff.full_name)
    else:
        said = _("Refused. Nothing is open to that phone.")
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _card(turn: Turn, found: school_door.Waiting) -> Message:
    posts = [post for post in found.staff.posts if post.school_name == found.school_name]
    what = " ".join(
        part for post in posts[:1] for part in (turn.t(who_card.role_name(post)), post.class_name)
    )
    asked = _(
        "At %(time)s somebody scanned the QR of %(school)s and tapped the name %(name)s %(what)s. "
        "Their phone shows %(figures)s. Please let them in only if this colleague tells you the "
        "same figures.",
        time=f"{found.at.astimezone(BANGKOK):%H:%M}",
        school=turn.t(school_label(found.school_name)),
        name=found.staff.full_name,
        what=what,
        figures=found.figures,
    )
    yes, no = turn.t(_("Same figures, let in")), turn.t(_("No, do not let in"))
    actions = [
        postback(yes, sign(turn, "door", "yes", str(found.knock_id)), shown=yes),
        postback(no, sign(turn, "door", "no", str(found.knock_id)), shown=no),
    ]
    return confirm_guardian.question(turn.t(asked), actions)


# The QR itself.


@router.word("QR โรงเรียน", "คิวอาร์โรงเรียน", "คิวอาร์โค้ดโรงเรียน", "school QR", "school qr code")
def show_qr(turn: Turn) -> None:
    """Head and clerk get what the QR holds, to be shared with their staff only."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    schools = (
        school_door.schools_of(turn.session, person) if isinstance(person, StaffMember) else ()
    )
    if not schools:
        said = _("The school's QR is shown to the head of school and the clerk.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU, menu.HOW)))
        return
    for school in schools[:4]:
        turn.say(_qr_of(turn, school))


@router.button("door.renew")
def renew(turn: Turn, button: Button) -> None:
    """Close the QR that was printed, and show the new one."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    schools = (
        school_door.schools_of(turn.session, person) if isinstance(person, StaffMember) else ()
    )
    school = next((one for one in schools if button.args == (str(one.id),)), None)
    if school is None or not isinstance(person, StaffMember):
        menu.show(turn)
        return
    school_door.renew(turn.session, school, by=person, now=turn.now)
    turn.session.flush()
    turn.say(text(turn.t(_("The QR of before opens nothing any more. This is the new one."))))
    turn.say(_qr_of(turn, school))


def _qr_of(turn: Turn, school: School) -> Message:
    word = school_door.word_of(turn.session, school)
    address = school_door.link_of(turn.session, school)
    said = _(
        "For the staff of %(school)s: scan the QR or send “%(word)s” to this account, then tap "
        "one's own name. You let each of them in under “My work”. Please keep it inside the "
        "school.",
        school=turn.t(school_label(school.name)),
        word=word,
    )
    new = turn.t(_("Make a new QR"))
    actions = [clipboard(turn.t(_("Copy the words")), word)]
    if address is not None:
        actions.append(link(turn.t(_("Open as link")), address))
    poster = papers.paper_button(turn, "school-door", label=_("Print the QR"), school_id=school.id)
    if poster is not None:
        actions.append(poster)
    actions.append(postback(new, sign(turn, "door.renew", str(school.id)), shown=new))
    return confirm_guardian.question(turn.t(said), actions)
