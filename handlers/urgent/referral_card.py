"""A referral as it is shown: to its receiver, who answers it, and to those who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.papers.referral import REFERRAL_PAPER
from forms.casework_codes import BASES, URGENCIES
from handlers import menu, papers
from handlers.buttons import sign
from handlers.incident_words import drill
from handlers.turn import Turn
from handlers.urgent import case_card
from handlers.urgent.case_words import REFERRALS, moment
from line.messages import (
    GREY,
    Action,
    Component,
    Message,
    bubble,
    button,
    flex,
    link,
    postback,
    words,
)
from models.casework import Partner, Referral, ReferralStatus
from models.incident import Incident
from models.queries import staff as staff_queries
from models.student import Student
from services.urgent import partners, referrals

#: Referrals shown at once.
MOST: Final = 8


def card(turn: Turn, referral: Referral) -> Message:
    """What the receiver may read, and how they answer."""
    t = turn.t
    incident = turn.session.get_one(Incident, referral.incident_id)
    title = drill(t, incident.is_drill, t(_("Referral %(number)s", number=referral.number)))
    body = _body(turn, referral, with_name=referral.status is not ReferralStatus.SENT)
    foot: list[Component] = []
    if referral.status is ReferralStatus.SENT:
        foot = [
            _button(turn, "ref.yes", _("Accept"), referral),
            _button(turn, "ref.no", _("Decline"), referral, style="secondary"),
        ]
    elif referral.status is ReferralStatus.ACCEPTED:
        foot = [_button(turn, "ref.done", _("It is done"), referral)]
    return flex(title, bubble(body, title=title, footer=foot), menu.chips(turn, menu.MENU))


def list_of(turn: Turn, rows: Sequence[Referral]) -> Message:
    """Number and urgency only; each opens with a tap."""
    t = turn.t
    title = t(_("Referrals waiting for you"))
    lines: list[Component] = []
    for one in rows[:MOST]:
        label = f"{one.number} · {t(URGENCIES[one.urgency])} · {t(REFERRALS[one.status])}"
        lines.append(_button(turn, "ref.open", label, one, style="secondary"))
    return flex(title, bubble(lines, title=title), menu.chips(turn, menu.MENU))


def own(turn: Turn, incident: Incident, referral: Referral, *, works: bool) -> Component:
    """One of a case's own referrals: its answer, the paper, and what its workers can do.

    By telephone a partner without an account is asked and answers (P28).
    """
    t = turn.t
    title = f"{referral.number} · {referrals.receiver_name(turn.session, referral)}"
    foot: list[Component] = []
    partner = turn.session.get(Partner, referral.partner_id) if referral.partner_id else None
    phone = partners.phone_of(turn.session, partner) if partner is not None else ""
    is_open = referral.status in referrals.OPEN
    if phone and is_open:
        foot.append(button(link(t(_("Call")), f"tel:{phone}")))
    if works and partner is not None and is_open:
        if referral.status is ReferralStatus.SENT:
            foot.append(_button(turn, "ref.yes", _("They accepted"), referral, style="secondary"))
            foot.append(_button(turn, "ref.no", _("They declined"), referral, style="secondary"))
        else:
            foot.append(
                _button(turn, "ref.done", _("They have done it"), referral, style="secondary")
            )
    if works and is_open:
        foot.append(_button(turn, "ref.back", _("Take it back"), referral, style="link"))
    paper = papers.paper_button(turn, REFERRAL_PAPER, label=_("Referral form"), item=referral.id)
    if paper is not None:
        foot.append(button(paper, style="link"))
    return bubble(_body(turn, referral, with_name=True), title=title, footer=foot)


def _body(turn: Turn, referral: Referral, *, with_name: bool) -> list[Component]:
    t, told = turn.t, referrals.body_of(turn.session, referral)
    lines = [
        words(t(REFERRALS[referral.status]), weight="bold", size="md"),
        words(f"{t(URGENCIES[referral.urgency])} · {moment(t, referral.sent_at)}", color=GREY),
    ]
    sender = case_card.name_of(turn, referral.sent_by_id)
    rows: list[tuple[Lazy, str]] = [(_("Sent by"), sender)]
    student_id = told.get("student")
    if with_name and student_id is not None:
        rows.append((_("Pupil"), _pupil(turn, int(student_id))))
    rows += [
        (_("Problem and reason"), told.get("problem", "")),
        (_("Help given"), told.get("helped", "")),
        (_("Asked of the receiver"), told.get("asked", "")),
    ]
    if told.get("basis") in BASES:
        rows.append((_("Passed on because"), t(BASES[told["basis"]])))
    answer = referrals.answer_of(turn.session, referral)
    rows += [
        (_("Why declined"), answer.get("reason", "")),
        (_("What was done"), answer.get("done", "")),
        (_("Who replied"), answer.get("signed", "")),
    ]
    for label, value in rows:
        if value:
            lines.append(words(t(label), size="xs", color=GREY))
            lines.append(words(value[:900]))
    return lines


def _pupil(turn: Turn, student_id: int) -> str:
    """Name, class and school; of a sealed pupil the name only (P8)."""
    student = turn.session.get(Student, student_id)
    if student is None or student.erased_at is not None:
        return ""
    place = None if student.is_sealed else staff_queries.place_of(turn.session, student.id)
    return " · ".join((student.full_name, *(place or ())))


def _button(
    turn: Turn, action: str, label: Lazy | str, referral: Referral, *, style: str = "primary"
) -> Component:
    said = turn.t(label)
    tap: Action = postback(said, sign(turn, action, str(referral.id)), shown=said)
    return button(tap, style=style)
