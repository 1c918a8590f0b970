"""ทุนการศึกษา: scholarships from elsewhere by source, and entering one (grants, never baht of ours).

Grants and pupils are counted apart; a sum is never typed. The area's officers, finance and ผอ.เขต
enter; whole lists come in with `doolae import funds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from conversation.facts import Facts, Later
from conversation.options import Option
from core.clock import fiscal_year
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import format_amount
from forms.fund_scholarship import SCHOLARSHIP
from handlers import forms, menu, papers
from handlers.buttons import Button
from handlers.forms import Sheet, context_for, finishes, open_form
from handlers.money.fund_books import tap
from handlers.money.fund_entries import schools
from handlers.router import router
from handlers.turn import Turn
from handlers.visits import own_reports
from line.messages import GREY, Component, bubble, button, flex, row, separator, text, words
from models.staff import Role
from services.money import funds, scholarships
from services.money.scholarships import Granted, Totals
from services.people import StaffMember

SCHOLARSHIPS: Final = _("Scholarships")
_ENTER: Final = "books.scholarship"
_YEAR: Final = "books.scholar_year"
MAY_ENTER: Final = (Role.DISTRICT_OFFICER, Role.FINANCE, Role.DISTRICT_DIRECTOR)
_NOT_YOURS: Final = _("Scholarships are entered by the area office: officers and finance.")


@router.word("ทุนการศึกษา", "ทุนภายนอก", "บันทึกทุนการศึกษา", "scholarships")
def show(turn: Turn) -> None:
    """What each source gave, this fiscal year or the newest one with grants."""
    person = _office(turn)
    if person is None:
        return
    this = fiscal_year(turn.today)
    years = scholarships.years(turn.session, person.office_id) or [this]
    _show(turn, person, this if this in years else years[0])


@router.button(_YEAR)
def show_year(turn: Turn, tapped: Button) -> None:
    """Another fiscal year."""
    person = _office(turn)
    if person is not None and tapped.args and tapped.args[0].isdecimal():
        _show(turn, person, int(tapped.args[0]))


@router.button(_ENTER)
def begin(turn: Turn, _tapped: Button) -> None:
    """Open the form."""
    person = _office(turn)
    forms.put_aside(turn)
    if person is None:
        return
    if not scholarships.sources(turn.session, person.office_id):
        said = _(
            "No source of scholarships is known yet. They come in with the funds' sheet: rows of "
            "the kind “source”."
        )
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    open_form(turn, SCHOLARSHIP)


@context_for(SCHOLARSHIP.id)
def facts(turn: Turn, _subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today, the sources, the office's schools."""

    def sources() -> list[Option]:
        found = scholarships.sources(turn.session, turn.account.office_id)
        return [
            Option(str(one.id), funds.label(one.labels, turn.t.language), words=(one.code,))
            for one in found
        ]

    return Facts(today=turn.today, sources=Later(sources), schools=Later(lambda: schools(turn)))


@finishes(SCHOLARSHIP.id)
def take(turn: Turn, sheet: Sheet) -> None:
    """One row for each grant."""
    person, values = _office(turn), sheet.values()
    if person is None:
        raise InvalidAnswer("source", _NOT_YOURS)
    school = values.get("school")
    granted = Granted(
        source_id=int(values["source"]),
        granted_on=values["day"],
        count=int(values["count"]),
        satang=values.get("amount"),
        school_id=int(school) if school else None,
        reference=values.get("reference"),
    )
    year = scholarships.enter(turn.session, person, granted, draft_id=sheet.row.id, now=turn.now)
    if year is None:
        raise InvalidAnswer("source", _NOT_YOURS)
    said = _("Kept: %(count)s grants in the fiscal year %(year)s.", count=granted.count, year=year)
    turn.say(text(turn.t(said)))
    _show(turn, person, year)


def _office(turn: Turn) -> StaffMember | None:
    person = own_reports.staff(turn)
    if person is not None and person.has(*MAY_ENTER):
        return person
    turn.say(text(turn.t(_NOT_YOURS), menu.chips(turn, menu.WORK, menu.MENU)))
    return None


def _show(turn: Turn, person: StaffMember, year: int) -> None:
    t = turn.t
    found = scholarships.totals(turn.session, person.office_id, year=year)
    body = _body(turn, found)
    footer = [button(tap(turn, _("Enter a scholarship"), _ENTER))]
    paper = papers.paper_button(turn, "scholarships", label=_("Scholarships by source"), year=year)
    if paper is not None:
        footer.append(button(paper, style="secondary"))
    years = [one for one in scholarships.years(turn.session, person.office_id) if one != year][:3]
    others = [tap(turn, _("Fiscal year %(year)s", year=one), _YEAR, one) for one in years]
    title = t(_("Scholarships, fiscal year %(year)s", year=year))
    chips = [*others, *menu.chips(turn, menu.WORK, menu.MENU)]
    turn.say(flex(title, bubble(body, title=title, footer=footer), chips))


def _body(turn: Turn, found: Totals) -> list[Component]:
    t = turn.t
    lines: list[Component] = [
        _line(funds.label(one.labels, t.language), f"{one.grants:,}")
        for one in found.sources
        if one.grants
    ]
    if not lines:
        lines = [words(t(_("No grants are entered for this year.")), color=GREY)]
    lines += [
        separator(),
        _line(t(_("All grants")), f"{found.grants:,}", bold=True),
        _line(t(_("from outside")), f"{found.outside:,}"),
        _line(t(_("of our own")), f"{found.inside:,}"),
        _line(t(_("Pupils who are known by name")), f"{found.pupils:,}"),
    ]
    if found.satang:
        amount = t(_("%(amount)s baht", amount=format_amount(found.satang)))
        lines.append(_line(t(_("Amount, as far as it is known")), amount))
    return lines


def _line(label: str, figure: str, *, bold: bool = False) -> Component:
    weight = "bold" if bold else "regular"
    return row(
        [
            words(label, size="sm", flex=5, weight=weight),
            words(figure, size="sm", flex=3, align="end", weight=weight),
        ]
    )
