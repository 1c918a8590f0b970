"""What could wait, said before the reply that goes anyway: it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from handlers import confirm_guardian, my_work, photos
from handlers.buttons import sign
from handlers.form_photos import REFUSED, UNUSABLE
from handlers.turn import MESSAGES, Turn
from line.messages import Message, bubble, button, flex, postback, text, words
from models.queries import bindings as binding_queries
from services import drafts, media, notices, people, visit_facts
from services.people import StaffMember

#: Messages of one reply that notices may take.
ROOM: Final = 2

Facts = Mapping[str, Any]


def ride_along(turn: Turn) -> None:
    """Put waiting notices before what the turn says, so that its question stays last.

    Nobody is interrupted in the middle of a form: somebody else may be looking on.
    """
    room = min(ROOM, MESSAGES - len(turn.said))
    if room <= 0 or turn.draft is not None or turn.hold:
        return
    said = _waiting(turn, room)
    if len(said) < room:
        said += _old_drafts(turn)
    turn.said[:0] = said
    turn.carried += said


def _waiting(turn: Turn, room: int) -> list[Message]:
    if not turn.has_notices:
        return []
    said: list[Message] = []
    for row, facts in notices.waiting(turn.session, turn.account, now=turn.now, limit=room):
        row.said_at = turn.now
        message = _WORDS[row.kind](turn, facts) if row.kind in _WORDS else None
        if message is not None:
            said.append(message)
    return said


def _old_drafts(turn: Turn) -> list[Message]:
    """A draft is thrown away only after this was said."""
    old = drafts.to_warn_about(turn.session, turn.account, now=turn.now)
    for draft in old:
        draft.warned_at = turn.now
    if not old:
        return []
    warning = nlazy(
        "%(count)s unfinished report has been kept for a long time. It will be thrown away in "
        "%(days)s days; “My work” goes on with it.",
        "%(count)s unfinished reports have been kept for a long time. They will be thrown away in "
        "%(days)s days; “My work” goes on with them.",
        len(old),
        days=drafts.KEEP_AFTER_WARNING.days,
    )
    return [text(turn.t(warning))]


def _guardian_waits(turn: Turn, facts: Facts) -> Message | None:
    """With the buttons: one tap is enough. What was answered meanwhile is not asked again."""
    person = _staff(turn)
    if person is None:
        return None
    student = binding_queries.unconfirmed_pupil(turn.session, facts["binding"])
    return confirm_guardian.card(turn, facts["binding"], student) if student is not None else None


def _visited_by_other(turn: Turn, facts: Facts) -> Message | None:
    person = _staff(turn)
    if person is None:
        return None
    pupil = visit_facts.pupil(turn.session, person, facts["student"], today=turn.today)
    if pupil is None:
        return None
    said = _(
        "%(by)s has visited the home of %(name)s %(class_name)s, together with a sibling "
        "(no. %(number)s). It counts for your class; you may add a report of your own.",
        by=facts["by"],
        name=pupil.student.first_name,
        class_name=pupil.class_name,
        number=facts["number"],
    )
    label = turn.t(_("Add my report"))
    add = button(postback(label, sign(turn, "visit", str(pupil.student.id)), shown=label))
    return flex(turn.t(said), bubble([words(turn.t(said))], footer=[add]))


def _answer_later(turn: Turn, facts: Facts) -> Message | None:
    return my_work.owed_answer(turn, facts["report"])


def _said(words: Callable[[Facts], Lazy]) -> Callable[[Turn, Facts], Message]:
    return lambda turn, facts: text(turn.t(words(facts)))


def _staff(turn: Turn) -> StaffMember | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None


_WORDS: Final[Mapping[str, Callable[[Turn, Facts], Message | None]]] = {
    notices.GUARDIAN_WAITS: _guardian_waits,
    "home_visit.by_other": _visited_by_other,
    notices.ANSWER_LATER: _answer_later,
    photos.TAKEN_BACK: _said(
        lambda facts: (
            _("A photo of a report was taken back: its picture is removed, the report stays.")
            if facts["in_report"]
            else REFUSED[media.Reason.WITHDRAWN]
        )
    ),
    photos.REFUSED_LATE: _said(lambda facts: REFUSED.get(facts["reason"], UNUSABLE)),
    "account.moved": _said(
        lambda facts: _(
            "Your role was moved to another LINE account with a new code. If that was not you, "
            "please tell your school or the area office at once."
        )
    ),
    "codes.guessing": _said(
        lambda facts: _(
            "Somebody has sent many wrong invitation codes (account %(account)s). Their codes are "
            "not read for a while.",
            account=facts["account"],
        )
    ),
    "codes.crowd": _said(
        lambda facts: _(
            "%(wrong)s wrong invitation codes came within ten minutes. Until it is quieter every "
            "account has one try only.",
            wrong=facts["wrong"],
        )
    ),
}
