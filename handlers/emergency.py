"""The emergency card (P1, P10): for anyone, at any moment, in the middle of anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from handlers import forms
from handlers.buttons import sign
from handlers.router import router
from handlers.sheets import keeps_unread
from handlers.turn import Turn
from line.events import Text
from line.messages import (
    GREY,
    PALE_RED,
    RED,
    Action,
    Component,
    Message,
    bubble,
    button,
    column,
    flex,
    link,
    postback,
    row,
    say,
    separator,
    words,
)
from services import offices
from services.urgent import cases, cries

#: The setting of an office with the number of the province's home for children and families.
SHELTER: Final = "shelter_phone"

_NUMBERS: Final[tuple[tuple[str, Lazy], ...]] = (
    ("191", _("Police")),
    ("1669", _("Ambulance")),
    ("1300", _("Social assistance for children and families, 24 hours")),
    ("1387", _("Childline")),
    ("1323", _("Mental health, 24 hours")),
)
_SHELTER: Final = _("The province's home for children and families")
_LAW: Final = (
    _("Help the child first, then tell without delay one of the numbers above."),
    _(
        "Suspicion is enough; no proof is needed, and the law protects who reports in good faith "
        "(Child Protection Act B.E. 2546, sections 29 and 41)."
    ),
)
_BY_LINE: Final = (
    (_("LINE @esshelpme (social assistance)"), "https://line.me/R/ti/p/%40esshelpme"),
    (_("LINE MOE Safety Center"), "https://line.me/R/ti/p/%40MOESafetyCenter"),
)


def is_cry(turn: Turn, said: str) -> bool:
    """Whether a text cries for help, by our words or by the office's own."""
    return cries.is_cry(said, more=_settings(turn).get(cries.SETTING) or ())


@router.word("เบอร์ฉุกเฉิน", "หมายเลขฉุกเฉิน", "emergency", "emergency numbers", keeps_form=True)
def show(turn: Turn) -> None:
    """Show the card; the open form stays as it is.

    A sentence that holds a cry, where one writes freely, is the answer all the same: a teacher
    who notes what a child said loses nothing.
    """
    if _is_answer_too(turn):
        say_card(turn)
        forms.continue_form(turn)
    else:
        say_card(turn, actions=_actions(turn))


def say_card(
    turn: Turn,
    *,
    actions: list[Action] | None = None,
    incident_id: int | None = None,
    is_reporting: bool = False,
) -> None:
    """Show the card, and put on record that it was shown (P10); a case may follow.

    Who `is_reporting` already needs no button for it.
    """
    account = turn.account
    turn.say(card(turn, actions=actions, is_reporting=is_reporting), carry=True)
    cases.told(
        turn.session, office_id=account.office_id, account_id=account.id, whom=cases.CARD,
        told_at=turn.now, now=turn.now, incident_id=incident_id,
    )  # fmt: skip


def card(turn: Turn, *, actions: list[Action] | None = None, is_reporting: bool = False) -> Message:
    """The duty card in the reader's language: numbers that call at a tap, and the law in short."""
    t = turn.t
    numbers: list[tuple[str, Lazy]] = list(_NUMBERS)
    if shelter := _settings(turn).get(SHELTER):
        numbers.append((str(shelter), _SHELTER))
    body: list[Component] = [
        words(t(_("In danger now, or worried about a child? Call at once.")), weight="bold"),
        *(_number(t, number, whose) for number, whose in numbers),
        separator(margin="lg"),
        *(words(t(line), size="xs", color=GREY) for line in _LAW),
        *(button(link(t(label), address), style="link") for label, address in _BY_LINE),
        words(t(_("Keep the case number that you are given.")), size="xs", color=GREY),
    ]
    footer = [button(_report(turn), colour=RED), button(_how(t), style="secondary")]
    if is_reporting:
        footer = []
    contents = bubble(body, title=t(_("Emergency numbers")), footer=footer, colour=RED)
    alt = t(_("Emergency: 191 police · 1669 ambulance · 1300 social assistance"))
    return flex(alt, contents, actions or ())


def offer(turn: Turn) -> Action:
    """A chip that leads to the card."""
    return say(turn.t(_("Emergency numbers")))


def _is_answer_too(turn: Turn) -> bool:
    content = turn.event.content
    if turn.draft is None or not isinstance(content, Text):
        return False
    if router.for_word(content.text) is not None or cries.is_bare_cry(content.text):
        return False
    return keeps_unread(turn.draft.form_id) or forms.takes_text(turn, content.text, is_word=True)


def _actions(turn: Turn) -> list[Action]:
    going_on = []
    if turn.draft is not None:
        going_on.append(forms.resume_button(turn, turn.draft, _("Go on with the form")))
    return [*going_on, _report(turn), _how(turn.t)]


def _number(t: Translator, number: str, whose: Lazy) -> Component:
    """One number; the whole line calls at a tap."""
    call = t(_("Call"))
    pill = column(
        [words(call, color=RED, weight="bold", align="center", wrap=False)],
        backgroundColor=PALE_RED,
        cornerRadius="16px",
        paddingAll="6px",
        width="64px",
        flex=0,
    )
    return row(
        [
            words(number, weight="bold", size="xl", color=RED, flex=2, wrap=False),
            words(t(whose), gravity="center", flex=4),
            pill,
        ],
        spacing="md",
        alignItems="center",
        action=link(f"{call} {number}", f"tel:{number.replace('-', '')}"),
    )


def _report(turn: Turn) -> Action:
    """It opens the report in the middle of anything: as a word it might be an answer there."""
    label = turn.t(_("Report an incident"))
    return postback(label, sign(turn, "inc.open"), shown=label)


def _how(t: Translator) -> Action:
    return say(t(_("How to use")))


def _settings(turn: Turn) -> Mapping[str, Any]:
    return offices.settings_of(turn.session, turn.account.office_id)
