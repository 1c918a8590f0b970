"""The receipt of a home visit: its number, and how far the class is. It asks nothing."""

from __future__ import annotations

from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.visit_codes import Danger
from handlers import menu, progress_card
from handlers.turn import Turn
from line.messages import GREEN, GREY, Component, bubble, flex, separator, text, words
from models.home_visit import Outcome
from services.home_visits import Receipt


def say_receipt(turn: Turn, receipt: Receipt) -> None:
    """Say it, so that it rides on if this reply cannot leave."""
    number = receipt.numbers[0][0]
    chips = menu.chips(turn, menu.VISIT, menu.WORK, menu.MENU)
    title = turn.t(_("Report received"))
    card = bubble(_body(turn, receipt), title=title)
    turn.say(
        flex(turn.t(_("Report received, no. %(number)s", number=number)), card, chips), carry=True
    )
    if receipt.danger is Danger.YES:
        # A flag inside a report sends nothing by itself; the words give nothing away (P6).
        said = _(
            "You noted that the pupil needs special care. The report alone notifies nobody. If it "
            "cannot wait, here is how to reach somebody now."
        )
        chips = menu.chips(turn, menu.NUMBERS, menu.INCIDENT, menu.MENU)
        turn.say(text(turn.t(said), chips), carry=True)


def _body(turn: Turn, receipt: Receipt) -> list[Component]:
    t = turn.t
    (number, pupil), *others = receipt.numbers
    body = [
        words(t(_("No. %(number)s", number=number)), weight="bold", size="xl", color=GREEN),
        words(f"{pupil.student.full_name} · {pupil.class_name}"),
    ]
    for their_number, other in others:
        sibling = _(
            "Sibling: %(name)s · %(class_name)s · no. %(number)s",
            name=other.student.first_name,
            class_name=other.class_name,
            number=their_number,
        )
        body.append(words(t(sibling), size="xs", color=GREY))
    body += [separator(margin="lg"), words(t(_progress(receipt)), weight="bold")]
    body.append(progress_card.bar(receipt.progress))
    if receipt.earlier is not None:
        before, on = receipt.earlier
        earlier = _(
            "This home was reported before, for %(date)s (no. %(number)s). Both reports are kept; "
            "the pupil counts once.",
            date=format_date(on, t.language),
            number=before,
        )
        body.append(words(t(earlier), size="xs", color=GREY))
    if receipt.progress.waiting == 0:
        body.append(words(t(_("The whole class is done. Thank you for every road you took."))))
    return body


def _progress(receipt: Receipt) -> Lazy:
    """Visited and excused are never added up (domain 10.0)."""
    done = receipt.progress
    if done.excused or receipt.outcome is Outcome.EXCUSED:
        return _(
            "Visited %(visited)s of %(pupils)s pupils, %(excused)s excused",
            visited=done.visited,
            pupils=done.pupils,
            excused=done.excused,
        )
    return _("Visited %(visited)s of %(pupils)s pupils", visited=done.visited, pupils=done.pupils)
