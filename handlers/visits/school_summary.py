"""สรุปของโรงเรียน: what nobody can count, asked once; the rest of the summary is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.clock import school_year
from core.i18n import Lazy
from core.i18n import lazy as _
from forms.school_summary import SCHOOL_SUMMARY
from handlers import door, forms, menu, papers
from handlers.buttons import Button, sign
from handlers.forms import Sheet, finishes, open_form
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    Action,
    bubble,
    button,
    carousel,
    flex,
    postback,
    text,
    with_quick_replies,
    words,
)
from models.staff import Role
from services import people
from services.people import Post, StaffMember
from services.scope import scope_of
from services.visits import school_summaries

#: Places of one person on one reply: a head of two schools, a teacher of three rooms.
PLACES: Final = 6


@router.word("สรุปของโรงเรียน", "สรุปโรงเรียน", "สรุปเยี่ยมบ้าน", "สรุปการเยี่ยมบ้าน", "summary")
def show(turn: Turn) -> None:
    """A card for each place one may summarise: print it, and write what is not counted."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    places = _places(person) if isinstance(person, StaffMember) else []
    if not places:
        said = _("The summary is for the head of a school and for class teachers.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    assert isinstance(person, StaffMember)
    cards = [_card(turn, person, post) for post in places]
    title = turn.t(SCHOOL_SUMMARY.title)
    turn.say(flex(title, carousel(cards), menu.chips(turn, menu.WORK, menu.MENU)))


@router.button("summary.write")
def write(turn: Turn, pressed: Button) -> None:
    """Open the form for one place, with what was written before."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    found = _place(person, pressed.args) if isinstance(person, StaffMember) else None
    if found is None or not isinstance(person, StaffMember):
        menu.show(turn)
        return
    school_id, level, room = found
    forms.put_aside(turn)
    before = school_summaries.words_of(
        turn.session, scope_of(person), school_id, level, room, year=school_year(turn.today)
    )
    subject = {"school": school_id, "level": level, "room": room}
    open_form(turn, SCHOOL_SUMMARY, before, subject=subject)


@finishes(SCHOOL_SUMMARY.id)
def send(turn: Turn, sheet: Sheet) -> None:
    """Keep the words; the papers have them from now on."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    done = isinstance(person, StaffMember) and school_summaries.write(
        turn.session, person, scope_of(person), sheet.row, sheet.values(), now=turn.now
    )
    if not done:
        said = _("This summary is not yours to write any more.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)), carry=True)
        return
    subject = sheet.row.subject or {}
    taps = _papers(turn, subject["school"], subject["level"], subject["room"])
    said = _("Kept. It stands on the summary from now on; everything else is counted by itself.")
    chips = [*taps, *menu.chips(turn, menu.WORK, menu.MENU)]
    turn.say(with_quick_replies(text(turn.t(said)), chips), carry=True)


def _places(person: StaffMember) -> Sequence[Post]:
    """The whole school first; a head's classes are on its summary already."""
    posts: dict[tuple[int | None, str, str], Post] = {}
    for post in person.posts:
        if post.role in (Role.DIRECTOR, Role.SCHOOL_ADMIN):
            posts.setdefault((post.school_id, "", ""), post)
    for post in person.rooms:
        posts.setdefault((post.school_id, post.level, post.room), post)
    return list(posts.values())[:PLACES]


def _card(turn: Turn, person: StaffMember, post: Post) -> dict[str, object]:
    t, (level, room) = turn.t, _class_of(post)
    assert post.school_id is not None
    place = f"{post.class_name} · {post.school_name}" if level else post.school_name
    label = t(_("Write what is not counted"))
    data = sign(turn, "summary.write", str(post.school_id), level, room)
    buttons = [button(postback(label, data, shown=label))]
    buttons += [
        button(tap, style="secondary") for tap in _papers(turn, post.school_id, level, room)
    ]
    written = school_summaries.words_of(
        turn.session, scope_of(person), post.school_id, level, room, year=school_year(turn.today)
    )
    state = (
        _("What you wrote stands on it. You may change it at any time.")
        if written
        else _("Only agencies, use, obstacles and comments are asked; a minute is enough.")
    )
    counted = _("Boys and girls, visited and not yet, needs and answers are counted by themselves.")
    body = [words(place, weight="bold"), words(t(counted)), words(t(state))]
    return bubble(body, title=t(SCHOOL_SUMMARY.title), footer=buttons)


def _papers(turn: Turn, school_id: int, level: str, room: str) -> list[Action]:
    """Buttons of the papers of a place; none where pages cannot be opened."""
    pdf, table = _("Print as PDF"), _("Spreadsheet")
    wanted: Sequence[tuple[str, Lazy]] = (
        [("summary_class", pdf)] if level else [("summary", pdf), ("summary_table", table)]
    )
    taps = [
        papers.paper_button(
            turn, name, label=label, school_id=school_id, level=level or None, room=room or None
        )
        for name, label in wanted
    ]
    return [tap for tap in taps if tap is not None]


def _class_of(post: Post) -> tuple[str, str]:
    return (post.level, post.room) if post.role is Role.TEACHER else ("", "")


def _place(person: StaffMember, args: Sequence[str]) -> tuple[int, str, str] | None:
    """The place a button names, if the person may write for it."""
    if len(args) != 3 or not args[0].isdecimal():
        return None
    school_id, level, room = int(args[0]), args[1], args[2]
    may = school_summaries.may_write(scope_of(person), school_id, level, room)
    return (school_id, level, room) if may else None
