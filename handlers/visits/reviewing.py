"""ตรวจรายงาน: the school reads what its teachers report, class by class (P24)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import class_order, format_date
from handlers import door, menu, my_work
from handlers.buttons import Button, sign
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import (
    GREEN,
    GREY,
    Component,
    Message,
    bubble,
    button,
    carousel,
    column,
    flex,
    postback,
    row,
    separator,
    text,
    with_quick_replies,
    words,
)
from models.home_visit import Outcome
from models.queries.reviews import ClassCount, Waiting
from models.staff import Staff
from services import delegations
from services.people import StaffMember, school_label
from services.visits import reviews
from services.visits.reviews import ToRead

#: Classes or reports on one card, and cards of one message.
ROWS: Final = 12
TOGETHER: Final = 10

_NOTHING: Final = _("No report waits for your review.")
_NOT_YOURS: Final = _(
    "This report is not yours to review: it moved on, belongs to another school, or is your own."
)
_CHANGED: Final = _("Something has changed since; please look again.")
_OUTCOMES: Final[dict[Outcome, Lazy]] = {
    Outcome.VISITED: _("visited"),
    Outcome.EXCUSED: _("excused"),
}


# The classes.


@router.word("ตรวจรายงาน", "ตรวจ", "ตรวจรายงานเยี่ยมบ้าน", "review", "review reports")
def show(turn: Turn) -> None:
    """Every class of the schools one reviews for, with how many reports wait."""
    person = own_reports.staff(turn)
    if person is None:
        door.ask(turn)
        return
    found = reviews.classes(turn.session, person, today=turn.today)
    cards = _class_cards(turn, person, found)
    if not cards:
        turn.say(text(turn.t(_NOTHING), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    *before, last = cards
    turn.say(*before, with_quick_replies(last, menu.chips(turn, menu.WORK, menu.MENU)))


@my_work.section(50)
def to_review(turn: Turn, person: StaffMember) -> list[Message]:
    """The classes with reports that wait, and what teachers ask to have back."""
    found = reviews.classes(turn.session, person, today=turn.today)
    waiting = [one for one in found if one.waiting or one.own]
    wishes = reviews.asked_to_reopen(turn.session, person, today=turn.today)
    return [*_class_cards(turn, person, waiting), *_wish_cards(turn, wishes)]


def _class_cards(turn: Turn, person: StaffMember, found: Sequence[ClassCount]) -> list[Message]:
    ordered = sorted(found, key=lambda one: (one.school_id, class_order(one.level), one.room))
    bubbles = []
    for school_id in dict.fromkeys(one.school_id for one in ordered):
        mine = [one for one in ordered if one.school_id == school_id]
        for at in range(0, len(mine), ROWS):
            body: list[Component] = []
            for one in mine[at : at + ROWS]:
                body += [_class_line(turn, one), separator()]
            if own := sum(one.own for one in mine) if at == 0 else 0:
                body.append(words(turn.t(_own(turn, person, school_id, own)), size="xs"))
            title = turn.t(_("Review: %(school)s", school=school_label(mine[0].school_name)))
            bubbles.append(bubble(body, title=title))
    return _messages(turn, _("Reports to review"), bubbles)


def _class_line(turn: Turn, one: ClassCount) -> Component:
    t = turn.t
    counts = _("sent %(sent)s · to review %(waiting)s", sent=one.sent, waiting=one.waiting)
    opens = sign(turn, "review.class", str(one.school_id), one.level, one.room, "0")
    label = t(_("Review %(class_name)s", class_name=one.class_name))
    return row(
        [
            words(one.class_name, weight="bold", flex=2),
            words(t(counts), flex=5, align="end", color=GREEN if one.waiting == 0 else GREY),
        ],
        spacing="sm",
        action=postback(label, opens, shown=label),
    )


def _own(turn: Turn, person: StaffMember, school_id: int, count: int) -> Lazy:
    """Who reviews what one has reported oneself: never nobody (P26)."""
    others = delegations.reviewers(turn.session, [school_id], today=turn.today)[school_id]
    names = [turn.session.get_one(Staff, each).full_name for each in others - {person.staff_id}]
    if names:
        return nlazy(
            "%(count)s report is your own: %(names)s reviews it.",
            "%(count)s reports are your own: %(names)s reviews them.",
            count,
            names=", ".join(names),
        )
    return nlazy(
        "%(count)s report is your own. Nobody else reviews here, so it has moved on to the area "
        "officer.",
        "%(count)s reports are your own. Nobody else reviews here, so they have moved on to the "
        "area officer.",
        count,
    )


def _wish_cards(turn: Turn, wishes: Sequence[Waiting]) -> list[Message]:
    bubbles = []
    title = turn.t(_("Teachers ask to correct"))
    for at in range(0, len(wishes), ROWS):
        body: list[Component] = []
        for wish in wishes[at : at + ROWS]:
            body += [_report_line(turn, wish), separator()]
        bubbles.append(bubble(body, title=title))
    return _messages(turn, _("Teachers ask to correct"), bubbles)


# The reports of a class.


@router.button("review.class")
def show_class(turn: Turn, tapped: Button) -> None:
    """The reports of a class that wait; a tap opens one, or all are accepted after a question."""
    person = own_reports.staff(turn)
    if person is None or len(tapped.args) != 4:
        menu.show(turn)
        return
    say_class(turn, person, *tapped.args)


def say_class(
    turn: Turn, person: StaffMember, school_id: str, level: str, room: str, page: str = "0"
) -> None:
    t = turn.t
    found = reviews.waiting(turn.session, person, int(school_id), level, room, today=turn.today)
    if not found:
        turn.say(text(t(_NOTHING), menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)))
        return
    pages = -(-len(found) // ROWS)
    at = min(int(page), pages - 1)
    title = t(
        nlazy(
            "%(class_name)s · %(count)s report to review",
            "%(class_name)s · %(count)s reports to review",
            len(found),
            class_name=f"{level}/{room}" if room else level,
        )
    )
    body = [words(t(_("Tap one to read it.")), size="xs", color=GREY)]
    for one in found[at * ROWS : (at + 1) * ROWS]:
        body += [separator(), _report_line(turn, one)]
    footer: list[Component] = []
    turning = [
        postback(label, sign(turn, "review.class", school_id, level, room, str(to)), shown=label)
        for to, label in ((at - 1, t(_("‹ Previous"))), (at + 1, t(_("Next ›"))))
        if 0 <= to < pages
    ]
    if turning:
        footer.append(row([button(each, style="secondary") for each in turning], spacing="sm"))
    everything = t(_("All are reviewed"))
    all_of_them = sign(turn, "review.all", school_id, level, room)
    footer.append(button(postback(everything, all_of_them, shown=everything)))
    chips = menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)
    turn.say(flex(title, bubble(body, title=title, footer=footer), chips))


def _report_line(turn: Turn, one: Waiting) -> Component:
    t, report = turn.t, one.report
    day = format_date(report.visited_on, t.language)
    label = t(_("Report of %(name)s", name=one.pupil.first_name))
    about = column(
        [
            words(one.pupil.full_name),
            words(f"{report.student_no} · {report.number}", size="xs", color=GREY),
        ],
        flex=4,
    )
    what = words(f"{t(_OUTCOMES[report.outcome])} {day}", size="xs", flex=3, align="end")
    opens = postback(label, sign(turn, "review.read", str(report.id)), shown=label)
    return row([about, what], spacing="sm", action=opens)


@router.button("review.all")
def ask_whether_all(turn: Turn, tapped: Button) -> None:
    """Accepting a class asks first, and says which reports it leaves out."""
    person = own_reports.staff(turn)
    if person is None or len(tapped.args) != 3:
        menu.show(turn)
        return
    school_id, level, room = tapped.args
    ready, to_read = _parted(turn, person, school_id, level, room)
    t = turn.t
    lines = []
    if ready:
        asked = nlazy(
            "Mark %(count)s report of %(class_name)s as reviewed?",
            "Mark %(count)s reports of %(class_name)s as reviewed?",
            len(ready),
            class_name=f"{level}/{room}" if room else level,
        )
        lines.append(t(asked))
    if to_read:
        left_out = nlazy(
            "%(count)s report should be opened first: it needs a closer look.",
            "%(count)s reports should be opened first: they need a closer look.",
            len(to_read),
        )
        lines.append(t(left_out))
    yes, no = t(_("Yes, all are reviewed")), t(_("No, not yet"))
    back = postback(no, sign(turn, "review.class", school_id, level, room, "0"), shown=no)
    actions = [back]
    if ready:
        data = sign(turn, "review.all.yes", school_id, level, room, _seal(ready))
        actions.insert(0, postback(yes, data, shown=yes))
    footer = [
        button(action, style="primary" if number == 0 else "secondary")
        for number, action in enumerate(actions)
    ]
    said = "\n".join(lines) or t(_NOTHING)
    turn.say(flex(said, bubble([words(said, size="md")], footer=footer)))


@router.button("review.all.yes")
def accept_all(turn: Turn, tapped: Button) -> None:
    """Accept what was counted in the question, and nothing that came or changed since."""
    person = own_reports.staff(turn)
    if person is None or len(tapped.args) != 4:
        menu.show(turn)
        return
    school_id, level, room, seen = tapped.args
    ready, _to_read = _parted(turn, person, school_id, level, room)
    if not ready or _seal(ready) != seen:
        turn.say(text(turn.t(_CHANGED)))
        say_class(turn, person, school_id, level, room)
        return
    done = reviews.accept(
        turn.session, person, [one.report.id for one in ready], now=turn.now, today=turn.today
    )
    said = nlazy(
        "%(count)s report of %(class_name)s is reviewed. Thank you.",
        "%(count)s reports of %(class_name)s are reviewed. Thank you.",
        len(done),
        class_name=f"{level}/{room}" if room else level,
    )
    turn.say(text(turn.t(said), menu.chips(turn, menu.REVIEW, menu.WORK, menu.MENU)))


def _parted(
    turn: Turn, person: StaffMember, school_id: str, level: str, room: str
) -> tuple[list[ToRead], list[ToRead]]:
    """The waiting reports of a class: those that may be accepted unopened, and the others."""
    found = reviews.waiting_in_full(
        turn.session, person, int(school_id), level, room, today=turn.today
    )
    return (
        [one for one in found if not one.needs_reading],
        [one for one in found if one.needs_reading],
    )


def _seal(reports: Iterable[ToRead]) -> str:
    """Which reports, as they are now, a question was about."""
    seen = ",".join(f"{one.report.id}.{one.report.revision}" for one in reports)
    return sha256(seen.encode()).hexdigest()[:12]


def _messages(turn: Turn, alt: Lazy, bubbles: Sequence[Component]) -> list[Message]:
    """Cards side by side, as many as a message takes."""
    return [
        flex(turn.t(alt), carousel(bubbles[at : at + TOGETHER]))
        for at in range(0, len(bubbles), TOGETHER)
    ]
