"""The receipt of a home visit: its number, and how far the class is. It asks nothing."""

from __future__ import annotations

from typing import Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.visit_codes import Danger
from handlers import fund_offer, layer_offers, menu, papers, photo_place, progress_card
from handlers.buttons import sign
from handlers.turn import Turn
from line.messages import (
    GREEN,
    GREY,
    Action,
    Component,
    bubble,
    button,
    flex,
    postback,
    separator,
    text,
    words,
)
from models.home_visit import Outcome
from services.urgent import incident_facts
from services.visits.home_visits import Receipt
from services.visits.visit_parts import CORE

#: Siblings whose own questions a receipt leads to; the others are in งานของฉัน.
SIBLINGS: Final = 2


def say_receipt(turn: Turn, receipt: Receipt) -> None:
    """Say it, so that it rides on if this reply cannot leave."""
    number = receipt.numbers[0][0]
    next_one = menu.ENTER if receipt.waits_for else menu.VISIT
    chips = menu.chips(turn, next_one, menu.WORK, menu.MENU)
    title = turn.t(_("Report received"))
    card = bubble(_body(turn, receipt), title=title, footer=_buttons(turn, receipt))
    turn.say(
        flex(turn.t(_("Report received, no. %(number)s", number=number)), card, chips), carry=True
    )
    if receipt.danger is Danger.YES:
        say_care(turn, number)


def say_care(turn: Turn, number: str) -> None:
    """A flag inside a report sends nothing by itself; the words give nothing away (P6)."""
    said = _(
        "You noted that the pupil needs special care. The report alone notifies nobody. If it "
        "cannot wait, here is how to reach somebody now."
    )
    chips = menu.chips(turn, menu.NUMBERS, menu.MENU)
    turn.say(text(turn.t(said), [_raise(turn, number), *chips]), carry=True)


def _raise(turn: Turn, number: str) -> Action:
    """Raise a case about this pupil; what is known goes along."""
    label = turn.t(menu.INCIDENT)
    visit_id = incident_facts.visit_numbered(turn.session, turn.account.office_id, number)
    return postback(label, sign(turn, "inc.visit", str(visit_id)), shown=label)


def _buttons(turn: Turn, receipt: Receipt) -> list[Component]:
    visit_id = receipt.household_visit_id
    money = _money(turn, receipt)
    if receipt.photo_km is None or visit_id is None:
        return [*_next(turn, receipt), *money, *_paper(turn, receipt)]
    offer = photo_place.offer(turn, visit_id)
    return [*_next(turn, receipt), *money, *_paper(turn, receipt), offer]


def _money(turn: Turn, receipt: Receipt) -> list[Component]:
    """The family needs money: the request is one tap away, its pupil known."""
    if receipt.needs_money_report is None or receipt.waits_for:
        return []
    ask = fund_offer.action(turn, fund_offer.VISIT, receipt.needs_money_report)
    return [button(ask, style="secondary")]


def _next(turn: Turn, receipt: Receipt) -> list[Component]:
    """The siblings' own questions (P17), then the layer after the core (P18).

    A report entered for a colleague waits for its owner.
    """
    if receipt.waits_for:
        return []
    asked = [
        button(
            layer_offers.layer_button(
                turn, CORE, report_id, _("About %(name)s", name=pupil.student.first_name)
            )
        )
        for report_id, pupil in receipt.to_complete[:SIBLINGS]
    ]
    return [*asked, *layer_offers.after_core(turn, receipt.numbers)]


def _paper(turn: Turn, receipt: Receipt) -> list[Component]:
    """The finished official paper appears by itself (P23)."""
    tap = papers.record_button(turn, receipt.numbers[0][1])
    return [button(tap, style="secondary")] if tap is not None else []


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
    if receipt.to_complete and not receipt.waits_for:
        said = _("Questions about each sibling alone are left: a minute each, now or later.")
        body.append(words(t(said), size="xs", color=GREY))
    if receipt.waits_for:
        waits = _(
            "Entered for %(name)s. It counts once they have confirmed it; they hear of it with "
            "their next message.",
            name=receipt.waits_for,
        )
        body.append(words(t(waits), size="xs", color=GREY))
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
    if receipt.alike is not None:
        said = _(
            "One photo looks the same as one sent for another home on %(day)s. That may be right; "
            "the school will see it too.",
            day=format_date(receipt.alike, t.language),
        )
        body.append(words(t(said), size="xs", color=GREY))
    if receipt.photo_km is not None:
        far = nlazy(
            "The photos were taken about %(count)s km from the pin.",
            "The photos were taken about %(count)s km from the pin.",
            receipt.photo_km,
        )
        body.append(words(t(far), size="xs", color=GREY))
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
