"""ทำแทน: a colleague enters, the owner confirms with a tap or on paper; both names stay (P28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.home_visit import HOME_VISIT
from handlers import door, forms, menu, my_work
from handlers.buttons import Button, sign
from handlers.forms import open_form
from handlers.notices import says
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREY,
    Action,
    Component,
    Message,
    bubble,
    button,
    carousel,
    flex,
    postback,
    row,
    text,
    words,
)
from models.staff import Role
from services import notices
from services.people import StaffMember
from services.visits import home_visits, stand_ins
from services.visits.stand_ins import Place, Unconfirmed

#: Rooms on one card, and cards of one message.
ROWS: Final = 12
TOGETHER: Final = 10

_NOBODY: Final = _(
    "Nobody has let you enter for them yet. The homeroom teacher or the head of school can, with "
    "the word “delegate”."
)
_GONE: Final = _("That has been answered already.")


# Entering.


@router.word("ทำแทน", "กรอกแทน", "รายงานแทน", "enter for a colleague", "stand in")
def show(turn: Turn) -> None:
    """The rooms one may enter for, each with its teacher."""
    person = own_reports.staff(turn)
    if person is None:
        door.ask(turn)
        return
    places = stand_ins.places(turn.session, person, today=turn.today)
    if not places:
        turn.say(text(turn.t(_NOBODY), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    title = turn.t(_("For whom do you enter a home visit?"))
    bubbles = []
    for at in range(0, len(places), ROWS):
        buttons = [
            button(_enters(turn, place), style="secondary") for place in places[at : at + ROWS]
        ]
        bubbles.append(bubble(buttons, title=title))
    turn.say(flex(title, carousel(bubbles[:TOGETHER]), menu.chips(turn, menu.WORK, menu.MENU)))


def _enters(turn: Turn, place: Place) -> Action:
    label = f"{place.class_name} · {place.owner.full_name}"
    room = place.room
    data = sign(turn, "standin", str(room.school_id), room.level, room.room, str(place.owner.id))
    return postback(label, data, shown=label)


@router.button("standin")
def start(turn: Turn, tapped: Button) -> None:
    """Open the usual form for the pupils of that room."""
    person = own_reports.staff(turn)
    if person is None or len(tapped.args) != 4:
        menu.show(turn)
        return
    school_id, level, room, owner_id = tapped.args
    for place in stand_ins.places(turn.session, person, today=turn.today):
        found = (str(place.room.school_id), place.room.level, place.room.room, str(place.owner.id))
        if found == (school_id, level, room, owner_id):
            forms.put_aside(turn)
            said = _(
                "You enter for %(name)s, class %(class_name)s. Both names stay with the report; it "
                "counts once they have confirmed it.",
                name=place.owner.full_name,
                class_name=place.class_name,
            )
            turn.say(text(turn.t(said)))
            open_form(turn, HOME_VISIT, subject=stand_ins.subject_of(place))
            return
    turn.say(text(turn.t(_NOBODY), menu.chips(turn, menu.WORK, menu.MENU)))


# Confirming.


@my_work.section(30)
def to_confirm(turn: Turn, person: StaffMember) -> list[Message]:
    """What colleagues entered for one, and what one entered and is not confirmed yet."""
    for each, _facts in notices.of_kind(turn.session, turn.account, home_visits.TO_CONFIRM):
        each.said_at = each.said_at or turn.now
    asked = [_asked(turn, one) for one in stand_ins.to_confirm(turn.session, person)]
    entered = [_entered(turn, person, one) for one in stand_ins.entered_by(turn.session, person)]
    return [
        *_messages(turn, _("To be confirmed by you"), asked),
        *_messages(turn, _("Waiting for a colleague's word"), entered),
    ]


@says(home_visits.TO_CONFIRM)
def to_confirm_notice(turn: Turn, facts: Mapping[str, Any]) -> Message | None:
    person = own_reports.staff(turn)
    if person is None:
        return None
    one = stand_ins.one_to_confirm(turn.session, person, facts["visit"])
    return flex(turn.t(_("To be confirmed by you")), _asked(turn, one)) if one else None


@says("home_visit.declined")
def declined_notice(turn: Turn, facts: Mapping[str, Any]) -> Message:
    said = _(
        "%(by)s did not confirm report %(number)s, so it does not count. Please talk to each "
        "other and enter it again if needed.",
        by=facts["by"],
        number=facts["number"],
    )
    return text(turn.t(said))


@router.button("confirm.yes")
def confirm(turn: Turn, tapped: Button) -> None:
    """The owner's one tap."""
    person, visit_id = own_reports.staff(turn), int(tapped.args[0]) if tapped.args else 0
    found = None
    if person is not None:
        found = stand_ins.confirm(turn.session, person, visit_id, now=turn.now, today=turn.today)
    _say(turn, found, _("Confirmed: report %(number)s counts now. Thank you."))


@router.button("confirm.no")
def ask_whether_to_decline(turn: Turn, tapped: Button) -> None:
    """Saying no asks first: the report would not count."""
    visit_id = tapped.args[0] if tapped.args else "0"
    t = turn.t
    yes, no = t(_("Yes, it is not mine")), t(_("Back to my work"))
    said = t(_("Not your visit? Then the report does not count, and your colleague is told."))
    actions = [
        postback(yes, sign(turn, "confirm.no.yes", visit_id), shown=yes),
        {"type": "message", "label": no, "text": t(menu.WORK)},
    ]
    footer = [button(action, style="secondary") for action in actions]
    turn.say(flex(said, bubble([words(said, size="md")], footer=footer)))


@router.button("confirm.no.yes")
def decline(turn: Turn, tapped: Button) -> None:
    person, visit_id = own_reports.staff(turn), int(tapped.args[0]) if tapped.args else 0
    found = None
    if person is not None:
        found = stand_ins.decline(turn.session, person, visit_id, now=turn.now)
    _say(turn, found, _("Report %(number)s does not count. Your colleague is told."))


@router.button("confirm.paper")
def confirm_by_paper(turn: Turn, tapped: Button) -> None:
    """The clerk says that the owner's signature on paper is in hand."""
    person, visit_id = own_reports.staff(turn), int(tapped.args[0]) if tapped.args else 0
    found = None
    if person is not None:
        found = stand_ins.confirm_by_paper(
            turn.session, person, visit_id, now=turn.now, today=turn.today
        )
    _say(turn, found, _("Noted: signed on paper. Report %(number)s counts now."))


def _say(turn: Turn, found: Unconfirmed | None, said: Lazy) -> None:
    said = _GONE if found is None else said % {"number": found.reports[0][0].number}
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))


def _asked(turn: Turn, one: Unconfirmed) -> Component:
    t, visit = turn.t, str(one.visit.id)
    yes, no, look, fix = (
        t(_("Confirm")), t(_("Not my visit")), t(_("Read it")), t(_("Correct it")),
    )  # fmt: skip
    report_id = str(one.reports[0][0].id)
    small = [
        button(postback(look, sign(turn, "visit.show", report_id), shown=look), style="secondary"),
        button(postback(fix, sign(turn, "visit.correct", report_id), shown=fix), style="secondary"),
    ]
    footer = [
        button(postback(yes, sign(turn, "confirm.yes", visit), shown=yes)),
        row(small, spacing="sm"),
        button(postback(no, sign(turn, "confirm.no", visit), shown=no), style="link"),
    ]
    by = t(_("Entered for you by %(name)s", name=one.entered_by.full_name))
    body = [words(by, size="xs", color=GREY), *_about(turn, one)]
    return bubble(body, title=t(_("Is this your visit?")), footer=footer)


def _entered(turn: Turn, person: StaffMember, one: Unconfirmed) -> Component:
    t = turn.t
    waits = t(_("Waits for %(name)s to confirm", name=one.owner.full_name))
    body = [words(waits, size="xs", color=GREY), *_about(turn, one)]
    footer = []
    if person.has(Role.SCHOOL_ADMIN):
        label = t(_("Signed on paper"))
        data = sign(turn, "confirm.paper", str(one.visit.id))
        footer.append(button(postback(label, data, shown=label), style="secondary"))
    return bubble(body, title=t(_("Entered for a colleague")), footer=footer)


def _about(turn: Turn, one: Unconfirmed) -> Sequence[Component]:
    day = format_date(one.visit.visited_on, turn.t.language)
    lines = [
        words(f"{pupil.full_name} · {report.level}/{report.room} · {report.number}")
        for report, pupil in one.reports
    ]
    return [*lines, words(turn.t(_("Visit of %(date)s", date=day)), size="xs", color=GREY)]


def _messages(turn: Turn, alt: Lazy, bubbles: Sequence[Component]) -> list[Message]:
    return [
        flex(turn.t(alt), carousel(bubbles[at : at + TOGETHER]))
        for at in range(0, len(bubbles), TOGETHER)
    ]
