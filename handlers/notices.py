"""What could wait, said before the reply that goes anyway: it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from handlers import confirm_guardian, my_work, photos, turn_of_year
from handlers.buttons import sign
from handlers.form_photos import REFUSED, UNUSABLE
from handlers.incident_words import TAKEN_BACK_KEPT
from handlers.turn import MESSAGES, Turn
from line.messages import Message, bubble, button, flex, postback, text, words
from models.queries import bindings as binding_queries
from models.staff import Staff
from services import drafts, homerooms, media, notices, people
from services.people import StaffMember
from services.visits import visit_facts

#: Messages of one reply that notices may take.
ROOM: Final = 2

Facts = Mapping[str, Any]
#: Makes the message of one kind of notice; None when there is nothing (any more) to say.
Wording = Callable[[Turn, Facts], Message | None]


def says(kind: str) -> Callable[[Wording], Wording]:
    """The function words a kind of notice; for modules that this one does not import."""

    def register(wording: Wording) -> Wording:
        _WORDS[kind] = wording
        return wording

    return register


#: Says what is about to be thrown away; only who has heard it loses anything.
Warn = Callable[[Turn], list[Message]]

_WARNINGS: Final[list[Warn]] = []


def warns(warning: Warn) -> Warn:
    """The function warns of what goes soon, for modules that this one does not import."""
    _WARNINGS.append(warning)
    return warning


def ride_along(turn: Turn) -> None:
    """Put waiting notices before what the turn says, so that its question stays last.

    Nobody is interrupted in the middle of a form: somebody else may be looking on.
    """
    room = min(ROOM, MESSAGES - len(turn.said))
    if room <= 0 or turn.draft is not None or turn.hold:
        return
    said = _waiting(turn, room)
    for warn in (_old_drafts, *_WARNINGS):
        if len(said) < room:  # what is not said is not warned of
            said += warn(turn)
    turn.said[:0] = said
    turn.carried += said


def _waiting(turn: Turn, room: int) -> list[Message]:
    if not turn.has_notices:
        return []
    said: list[Message] = []
    for row, facts in notices.waiting(turn.session, turn.account, now=turn.now, limit=room):
        row.said_at = turn.now
        message = _WORDS[row.kind](turn, facts) if row.kind in _WORDS else None
        if message is not None and message not in (*said, *turn.said):  # told of twice, said once
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


def _homeroom_check(turn: Turn, facts: Facts) -> Message | None:
    """With the buttons; what a list or the teacher has answered meanwhile is not asked again."""
    person = _staff(turn)
    questions = homerooms.open_questions(turn.session, person, today=turn.today) if person else ()
    found = [question for question in questions if question.check_id == facts["check"]]
    return turn_of_year.homeroom_card(turn, found[0]) if found else None


def _homeroom_taken(turn: Turn, facts: Facts) -> Message | None:
    staff = turn.session.get(Staff, facts["staff"])
    if staff is None:
        return None
    said = _(
        "%(name)s has confirmed looking after %(class_name)s this school year. If that is not so, "
        "please have the list of staff put right.",
        name=staff.full_name,
        class_name=facts["class"],
    )
    return text(turn.t(said))


def _said(words: Callable[[Facts], Lazy]) -> Callable[[Turn, Facts], Message]:
    return lambda turn, facts: text(turn.t(words(facts)))


def _staff(turn: Turn) -> StaffMember | None:
    person = people.who_is(turn.session, turn.account, today=turn.today)
    return person if isinstance(person, StaffMember) else None


_TAKEN_BACK_KEPT: Final = _(
    "A photo of a report was taken back: nobody sees it any more. The report is under a legal "
    "hold, so the picture stays sealed until the owner of the case decides."
)
_VOICE_KEPT: Final = _(
    "A voice note of a report was taken back: nobody hears it any more. The report is under a "
    "legal hold, so the sound stays sealed until the owner of the case decides."
)


def _taken_back(facts: Facts) -> Lazy:
    """What became of a photo or a voice note that its sender unsent."""
    is_voice = bool(facts.get("voice"))
    if facts.get("kept"):
        if facts.get("incident"):
            return TAKEN_BACK_KEPT % {"number": facts["incident"]}
        return _VOICE_KEPT if is_voice else _TAKEN_BACK_KEPT
    if facts["in_report"]:
        return (
            _("A voice note of a report was taken back: its sound is removed, the report stays.")
            if is_voice
            else _("A photo of a report was taken back: its picture is removed, the report stays.")
        )
    if is_voice:
        return _("A voice note was taken back, so it was removed here too.")
    return REFUSED[media.Reason.WITHDRAWN]


_WORDS: Final[dict[str, Wording]] = {
    notices.GUARDIAN_WAITS: _guardian_waits,
    "home_visit.by_other": _visited_by_other,
    notices.ANSWER_LATER: _answer_later,
    notices.HOMEROOM_CHECK: _homeroom_check,
    notices.HOMEROOM_TAKEN: _homeroom_taken,
    photos.TAKEN_BACK: _said(_taken_back),
    photos.VOICE_LOST: _said(
        lambda _facts: _("A voice note could not be kept. Please send it again, or type it.")
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
