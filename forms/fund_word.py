"""What somebody says to a request beside a plain yes: less, no, a question, at once (issue 5).

Facts it looks at: `word`, the decision's code; `most`, the satang that may be agreed to;
`questions`, the answered questions of the request as choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conversation.conditions import Fact
from conversation.form import Form, Section
from conversation.options import Option
from conversation.questions import Amount, Choices, Text
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_amount

Facts = Mapping[str, Any]


def _most(satang: int, facts: Facts, answers: Facts) -> Lazy | None:
    most = facts.get("most")
    if most is None or satang <= most:
        return None
    return _("At most %(most)s baht here. Please type that or less.", most=format_amount(most))


def _offers(facts: Facts, answers: Facts) -> Sequence[int]:
    most = facts.get("most") or 0
    round_ones = [most // 2 // 100_00 * 100_00, most]
    return [satang for satang in dict.fromkeys(round_ones) if satang > 0]


def _questions(facts: Facts, answers: Facts) -> Sequence[Option]:
    found: Sequence[Option] = facts.get("questions") or ()
    return found


FUND_WORD: Final = Form(
    id="fund_word",
    title=_("Your word on the request"),
    sections=(
        Section(
            "word",
            _("Your word"),
            (
                Amount(
                    "amount",
                    _("What amount of money do you agree to?"),
                    label=_("Amount of money"),
                    offers_for=_offers,
                    refuse=_most,
                    when=Fact("word", "reduced", "released"),
                ),
                Choices(
                    "asked",
                    _("Which answers are to be given again?"),
                    label=_("To be answered again"),
                    help=_("Only these are asked again. Skip it if only your question is open."),
                    choices=_questions,
                    optional=True,
                    when=Fact("word", "returned"),
                ),
                Text(
                    "reason",
                    _("For what reason? It is kept with the request, and the teacher reads it."),
                    label=_("Reason"),
                    help=_("A sentence or two. Without a reason the request stays as it is."),
                    maximum=1000,
                ),
            ),
        ),
    ),
    send=_("Confirm your word"),
)
