"""A request for money as a card: what this person may see of it, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from conversation.question import Asked
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.fund_request import FUND_REQUEST
from handlers import menu, papers
from handlers.money.fund_words import (
    DECISIONS,
    PASSED_OVER,
    STATUS,
    STEPS,
    baht,
    both,
    post,
    step_post,
    who_has_it,
)
from handlers.prompts import joined
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    column,
    cut,
    flex,
    separator,
    words,
)
from models.fund_request import FundRequest
from services.money import funds
from services.money.fund_views import Part, Said, Seen
from services.people import school_label

#: So much of one answer stands on a card; the whole of it is on the paper.
SHOWN: Final = 400
MEMO: Final = "fund-memo"
#: Answers in the order a reader wants them; those that are not there are left out.
_ORDER: Final = (
    "story", "use", "other_help", "evidence", "payee_name", "relation", "has_card", "witness_1",
    "witness_2", "pay_by", "bank", "bank_name", "account", "account_name", "reply",
)  # fmt: skip


def card(
    turn: Turn,
    seen: Seen,
    *,
    title: Lazy,
    footer: Sequence[Action] = (),
    notes: Sequence[Lazy | str] = (),
    chips: Sequence[Action] = (),
) -> Message:
    """The request with what can be done about it below; `notes` stand first."""
    t, request = turn.t, seen.request
    buttons = [
        button(action, style="secondary" if number else "primary")
        for number, action in enumerate([*footer, *paper(turn, request)])
    ]
    contents = bubble(
        [
            *_head(turn, seen),
            *(words(t(note), size="xs", color=RED) for note in notes),
            separator(),
            *(line for key in _ORDER if (line := _answer(turn, seen, key)) is not None),
            *_said(turn, seen),
        ],
        title=t(title),
        footer=buttons,
    )
    return flex(t(_("Request %(number)s", number=request.number)), contents, chips)


def say_receipt(turn: Turn, request: FundRequest) -> None:
    """Its number, who has it now and until when; it asks nothing."""
    t = turn.t
    body = [
        words(t(_("No. %(number)s", number=request.number)), weight="bold", size="xl", color=GREEN),
        words(t(both(request.amount_satang)), weight="bold"),
        separator(),
        words(t(_state(request))),
        words(t(who_has_it(turn, request))),
    ]
    if request.passed_over in PASSED_OVER:
        body.append(words(t(PASSED_OVER[request.passed_over]), size="xs", color=GREY))
    body.append(
        words(
            t(_("You hear of every step with your next message here; nothing needs to be asked.")),
            size="xs",
            color=GREY,
        )
    )
    footer = [button(action, style="secondary") for action in paper(turn, request)]
    alt = t(_("Request received, no. %(number)s", number=request.number))
    contents = bubble(body, title=t(_("Request received")), footer=footer)
    chips = menu.chips(turn, menu.MONEY, menu.WORK, menu.MENU)
    turn.say(flex(alt, contents, chips), carry=True)


def paper(turn: Turn, request: FundRequest) -> list[Action]:
    """The button to the memo of a request."""
    tap = papers.paper_button(
        turn,
        MEMO,
        label=_("Paper"),
        school_id=request.school_id,
        item=request.id,
    )
    return [tap] if tap is not None else []


def _state(request: FundRequest) -> Lazy:
    return _("It %(status)s.", status=STATUS[request.status])


def _head(turn: Turn, seen: Seen) -> list[Component]:
    t, request = turn.t, seen.request
    language = t.language
    lines: list[Component] = [
        words(f"{request.number} · {t(STATUS[request.status])}", size="xs", color=GREY),
        words(t(both(request.amount_satang)), weight="bold", size="md"),
    ]
    if request.approved_satang is not None:
        approved = _("Approved: %(amount)s", amount=baht(request.approved_satang))
        lines.append(words(t(approved), weight="bold", color=GREEN))
    elif seen.proposed != request.amount_satang:
        proposed = _("Proposed by the step before: %(amount)s", amount=baht(seen.proposed))
        lines.append(words(t(proposed), weight="bold"))
    lines.append(words(funds.label(seen.fund.names, language)))
    if seen.part is not Part.PAY and seen.student is not None:
        lines.append(words(f"{seen.student.full_name} · {seen.class_name}"))
    lines.append(words(t(school_label(seen.school_name)), size="xs", color=GREY))
    if seen.part is not Part.PAY:
        lines.append(words(" · ".join(_about(turn, seen)), size="xs", color=GREY))
    step = seen.step
    if step is not None and step.quorum > 1 and request.approved_satang is None:
        count = _("Agreed: %(agreed)s of %(quorum)s", agreed=seen.agreed, quorum=step.quorum)
        lines.append(words(t(count), weight="bold"))
    if request.passed_over in PASSED_OVER:
        lines.append(words(t(PASSED_OVER[request.passed_over]), size="xs", color=GREY))
    return lines


def _about(turn: Turn, seen: Seen) -> list[str]:
    t, request = turn.t, seen.request
    found = [funds.label(seen.cause, t.language)]
    if request.happened_on is not None:
        found.append(format_date(request.happened_on, t.language))
    if request.is_urgent:
        found.append(t(_("urgent")))
    return found


def _answer(turn: Turn, seen: Seen, key: str) -> Component | None:
    value: Any = seen.answers.get(key)
    if value is None:
        return None
    t, question = turn.t, FUND_REQUEST.question(key)
    asked = Asked(key, {}, {})
    shown = question.show(value, asked.facts, asked.answers) if question.fits(value) else (value,)
    return column(
        [
            words(t(question.title), size="xs", color=GREY),
            words(cut(" ".join(joined(t, shown).split()), SHOWN)),
        ]
    )


def _said(turn: Turn, seen: Seen) -> list[Component]:
    """What those before have said, with their reasons."""
    if not seen.words or seen.part is Part.PAY:
        return []
    return [separator(), *(words(turn.t(_word(turn, one)), size="xs") for one in seen.words)]


def _word(turn: Turn, one: Said) -> Lazy | str:
    t, row = turn.t, one.row
    day = format_date(row.decided_at.date(), t.language)
    line = f"{t(STEPS[row.kind])} · {t(post(row.post))} {one.name}: {t(DECISIONS[row.decision])}"
    if row.satang is not None:
        line += f" {t(baht(row.satang))}"
    line += f" · {day}"
    return f"{line}\n“{one.reason}”" if one.reason else line


def waits_at(turn: Turn, seen: Seen) -> Lazy | None:
    """The post that a request waits for, for those who only look."""
    return _("Waits for: %(post)s", post=step_post(seen.step)) if seen.step is not None else None
