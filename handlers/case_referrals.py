"""ส่งต่อ in the chat: the receiver reads what they may and answers; the owner sees each one.

A partner sees their own referrals and nothing else: the problem before they accept, the pupil's
name only after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from core.errors import InvalidAnswer, NotYours, WrongStatus
from core.i18n import Lazy
from core.i18n import lazy as _
from documents.papers.referral import REFERRAL_PAPER
from forms.casework import DECLINE, REFERRAL_DONE
from forms.casework_codes import BASES, URGENCIES
from handlers import casework, forms, menu, my_work, papers
from handlers.buttons import Button, sign
from handlers.case_words import REFERRALS, moment
from handlers.forms import Sheet, finishes, open_form
from handlers.incident_words import drill
from handlers.router import router
from handlers.turn import Turn
from line.messages import (
    GREY,
    Action,
    Component,
    Message,
    bubble,
    button,
    carousel,
    flex,
    link,
    postback,
    text,
    words,
)
from models.casework import Partner, Referral, ReferralStatus
from models.incident import Incident
from models.line_account import LineAccount
from models.queries import staff as staff_queries
from models.student import Student
from services import incident_relation, incident_work, partners, people, referrals
from services.people import StaffMember

#: Referrals shown at once.
_MOST: Final = 8
_GONE: Final = _("This referral is not open (any more).")


@router.button("ref.open")
def open_one(turn: Turn, tapped: Button) -> None:
    """The card of a referral, for its receiver."""
    found = _received(turn, tapped)
    if found is not None:
        turn.say(card(turn, found[1]))


@router.button("ref.yes")
def accept(turn: Turn, tapped: Button) -> None:
    """รับ."""
    _answer(
        turn, tapped, lambda by, number: referrals.accept(turn.session, number, by, now=turn.now)
    )


@router.button("ref.no")
def decline(turn: Turn, tapped: Button) -> None:
    """ไม่รับ: the reason is asked for."""
    _ask(turn, tapped, DECLINE.id)


@router.button("ref.done")
def done(turn: Turn, tapped: Button) -> None:
    """เสร็จแล้ว: what was done is asked for."""
    _ask(turn, tapped, REFERRAL_DONE.id)


@router.button("ref.back")
def revoke(turn: Turn, tapped: Button) -> None:
    """The owner takes it back."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    referral = _referral(turn, tapped)
    if not isinstance(person, StaffMember) or referral is None:
        _gone(turn)
        return
    try:
        referrals.revoke(turn.session, person, referral.id, now=turn.now)
    except (NotYours, WrongStatus):
        _gone(turn)
        return
    said = _("Referral %(number)s is taken back.", number=referral.number)
    turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)), carry=True)


@router.button("inc.referrals")
def of_case(turn: Turn, tapped: Button) -> None:
    """Every referral of a case, for who has it."""
    found = casework.tapped_case(turn, tapped)
    if found is None:
        return
    person, incident = found
    rows = referrals.of_case(turn.session, incident.id)
    if not rows:
        turn.say(text(turn.t(_("Nothing was referred yet.")), menu.chips(turn, menu.MENU)))
        return
    works = incident_work.may_work(turn.session, person, incident)
    cards = [_own(turn, incident, one, works=works) for one in rows[-_MOST:]]
    title = drill(
        turn.t, incident.is_drill, turn.t(_("Referrals of %(number)s", number=incident.number))
    )
    turn.say(flex(title, carousel(cards), menu.chips(turn, menu.WORK, menu.MENU)))


@finishes(DECLINE.id)
def declined(turn: Turn, sheet: Sheet) -> None:
    _finish(turn, sheet, ReferralStatus.DECLINED)


@finishes(REFERRAL_DONE.id)
def finished(turn: Turn, sheet: Sheet) -> None:
    _finish(turn, sheet, ReferralStatus.DONE)


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
    for one in rows[:_MOST]:
        label = f"{one.number} · {t(URGENCIES[one.urgency])} · {t(REFERRALS[one.status])}"
        lines.append(_button(turn, "ref.open", label, one, style="secondary"))
    return flex(title, bubble(lines, title=title), menu.chips(turn, menu.MENU))


@my_work.section(6)
def _mine(turn: Turn, person: StaffMember) -> Sequence[Message]:
    rows = referrals.of_staff(turn.session, person.staff_id)
    return [list_of(turn, rows)] if rows else []


def _body(turn: Turn, referral: Referral, *, with_name: bool) -> list[Component]:
    t, told = turn.t, referrals.body_of(turn.session, referral)
    lines = [
        words(t(REFERRALS[referral.status]), weight="bold", size="md"),
        words(f"{t(URGENCIES[referral.urgency])} · {moment(t, referral.sent_at)}", color=GREY),
    ]
    sender = casework.name_of(turn, referral.sent_by_id)
    rows: list[tuple[Lazy, str]] = [(_("From"), sender)]
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


def _own(turn: Turn, incident: Incident, referral: Referral, *, works: bool) -> Component:
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


def _answer(
    turn: Turn,
    tapped: Button,
    work: Callable[[StaffMember | LineAccount, int], Referral],
) -> None:
    found = _answerable(turn, tapped)
    if found is None:
        return
    by, referral = found
    try:
        referral = work(by, referral.id)
    except (NotYours, WrongStatus):
        _gone(turn)
        return
    said = _("Recorded. The sender has been told. Thank you.")
    turn.say(text(turn.t(said)), carry=True)
    if referrals.receivable(turn.session, referral.id, by) is not None:
        turn.say(card(turn, referral))


def _ask(turn: Turn, tapped: Button, form_id: str) -> None:
    found = _answerable(turn, tapped)
    if found is not None:
        forms.put_aside(turn)
        form = DECLINE if form_id == DECLINE.id else REFERRAL_DONE
        open_form(turn, form, subject={"referral": found[1].id})


def _finish(turn: Turn, sheet: Sheet, wanted: ReferralStatus) -> None:
    values = sheet.values()
    referral_id = int((sheet.row.subject or {}).get("referral", 0))
    referral = turn.session.get(Referral, referral_id)
    by = _by(turn, referral) if referral is not None else None
    try:
        if by is None:
            raise NotYours
        if wanted is ReferralStatus.DECLINED:
            referral = referrals.decline(
                turn.session, referral_id, by, values["words"], now=turn.now
            )
        else:
            referral = referrals.done(
                turn.session, referral_id, by, values["words"],
                signed=values.get("signed") or "", now=turn.now,
            )  # fmt: skip
    except (NotYours, WrongStatus):
        raise InvalidAnswer("words", _GONE) from None
    said = _("Recorded for referral %(number)s. The sender has been told.", number=referral.number)
    turn.say(text(turn.t(said), menu.chips(turn, menu.MENU)), carry=True)


def _received(turn: Turn, tapped: Button) -> tuple[StaffMember | LineAccount, Referral] | None:
    """A tapped referral, for its receiver; a colleague first says whether they are related (P4)."""
    found = _answerable(turn, tapped)
    if found is None:
        return None
    by, referral = found
    if isinstance(by, StaffMember):
        incident = turn.session.get_one(Incident, referral.incident_id)
        if incident_relation.must_be_asked(turn.session, by, incident):
            casework.tapped_case(turn, Button("inc.case", (str(incident.id),)))
            return None
    return found


def _answerable(turn: Turn, tapped: Button) -> tuple[StaffMember | LineAccount, Referral] | None:
    referral = _referral(turn, tapped)
    by = _by(turn, referral) if referral is not None else None
    if referral is None or by is None:
        _gone(turn)
        return None
    return by, referral


def _by(turn: Turn, referral: Referral) -> StaffMember | LineAccount | None:
    """As whom this account answers.

    As the partner's desk, as the colleague asked, or as who works on the case.
    """
    if referrals.receivable(turn.session, referral.id, turn.account) is not None:
        return turn.account
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if not isinstance(person, StaffMember):
        return None
    if referrals.receivable(turn.session, referral.id, person) is not None:
        return person
    readable = incident_work.readable(turn.session, person, referral.incident_id)
    return person if readable is not None else None


def _referral(turn: Turn, tapped: Button) -> Referral | None:
    number = tapped.args[0] if tapped.args else ""
    return turn.session.get(Referral, int(number)) if number.isdecimal() else None


def _gone(turn: Turn) -> None:
    turn.say(text(turn.t(_GONE), menu.chips(turn, menu.MENU)))


def _button(
    turn: Turn, action: str, label: Lazy | str, referral: Referral, *, style: str = "primary"
) -> Component:
    said = turn.t(label)
    tap: Action = postback(said, sign(turn, action, str(referral.id)), shown=said)
    return button(tap, style=style)
