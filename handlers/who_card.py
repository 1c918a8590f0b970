"""Name, school and class of a code's owner, to be confirmed with one tap."""

from __future__ import annotations

from typing import Final

from core.clock import school_year
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from handlers.buttons import sign
from handlers.turn import Turn
from line.messages import GREY, Component, bubble, button, column, flex, postback, words
from models.queries import students as student_queries
from models.staff import Role
from services.people import GuardianOf, Person, Post, StaffMember, school_label
from services.scope import room_of

#: The button's action; `handlers.coming_in` answers it.
ANSWER: Final = "me"
#: Posts on the card; nobody has more, and a card has an end.
_POSTS: Final = 8

_ROLES: Final = {
    Role.TEACHER: _("Homeroom teacher"),
    Role.DIRECTOR: _("Head of school"),
    Role.SCHOOL_ADMIN: _("School clerk"),
    Role.DISTRICT_OFFICER: _("District officer"),
    Role.DISTRICT_DIRECTOR: _("District director"),
    Role.FINANCE: _("Finance officer"),
    Role.ADMIN: _("System administrator"),
}


def role_name(post: Post) -> Lazy:
    """What somebody is at a place; at secondary level the homeroom teacher is an adviser (P41)."""
    if post.role is Role.TEACHER and post.level.startswith("ม."):
        return _("Advisory teacher")
    return _ROLES[post.role]


def ask_whether(turn: Turn, person: Person) -> None:
    """Show whose code it is, and ask."""
    t = turn.t
    if isinstance(person, StaffMember):
        asked = t(_("Is this you?"))
        body = [words(person.full_name, weight="bold", size="lg"), *_posts(turn, person)]
    else:
        asked = t(_("Are you a parent or guardian of this pupil?"))
        body = _pupil(turn, person)
    yes, no = t(_("Yes, that is right")), t(_("No, not me"))
    foot = [
        button(postback(yes, sign(turn, ANSWER, "yes"), shown=yes)),
        button(postback(no, sign(turn, ANSWER, "no"), shown=no), style="secondary"),
    ]
    turn.say(flex(asked, bubble(body, title=asked, footer=foot)))
    turn.asks = True


def _posts(turn: Turn, person: StaffMember) -> list[Component]:
    return [_post(turn, person, post) for post in person.posts[:_POSTS]]


def _post(turn: Turn, person: StaffMember, post: Post) -> Component:
    """ครูประจำชั้น ป.4/1 · 23 คน, and the school below."""
    t = turn.t
    line = " ".join(part for part in (t(role_name(post)), post.class_name) if part)
    if post.level and post.role is Role.TEACHER:
        done = student_queries.progress(
            turn.session,
            room_of(person, post),
            today=turn.today,
            year=school_year(turn.today),
        )
        line += " · " + t(nlazy("%(count)s pupil", "%(count)s pupils", done.pupils))
    lines = [words(line, size="md")]
    if post.school_name:
        lines.append(words(t(school_label(post.school_name)), color=GREY))
    return column(lines)


def _pupil(turn: Turn, person: GuardianOf) -> list[Component]:
    t = turn.t
    body = [words(person.student_name, weight="bold", size="lg")]
    place = [person.class_name, t(school_label(person.school_name)) if person.school_name else ""]
    if any(place):
        body.append(words(" ".join(part for part in place if part)))
    kept = _("We do not ask about immigration status and pass nothing on to immigration officers.")
    return [words(t(kept), size="xs", color=GREY), *body]
