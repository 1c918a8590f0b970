"""สรุปเรื่องเร่งด่วน: counts and times in the chat, for heads and the office. No name, no case."""

from __future__ import annotations

from typing import Final

from core.figures import percent
from core.i18n import lazy as _
from documents.papers.incident_figures import AGES, minutes
from handlers import door, menu, papers
from handlers.incident_words import GROUPS
from handlers.router import router
from handlers.turn import Turn
from line.messages import GREY, RED, Component, bubble, button, flex, row, separator, text, words
from services import people
from services.people import StaffMember
from services.urgent import incident_figures
from services.urgent.incident_figures import Figures

#: Schools on the card; the paper has all of them.
_SCHOOLS: Final = 8


@router.word("สรุปเรื่องเร่งด่วน", "สรุปเหตุ", "case figures", "figures of cases")
def show(turn: Turn) -> None:
    """The figures of this school year, of what the person may know."""
    person = people.who_is(turn.session, turn.account, today=turn.today)
    if person is None:
        door.ask(turn)
        return
    if not isinstance(person, StaffMember) or not incident_figures.may_see(person):
        said = _("These figures are for heads of schools and the area office.")
        turn.say(text(turn.t(said), menu.chips(turn, menu.WORK, menu.MENU)))
        return
    found = incident_figures.figures(turn.session, person, now=turn.now)
    title = turn.t(_("Urgent cases of the school year %(year)s", year=found.year))
    foot: list[Component] = []
    for name, label in (
        ("incident_figures", _("Figures as PDF")),
        ("incident_figures_table", _("Figures as spreadsheet")),
    ):
        paper = papers.paper_button(turn, name, label=label)
        if paper is not None and papers.may_have(turn, name):
            foot.append(button(paper, style="secondary"))
    card = bubble(_body(turn, found), title=title, footer=foot)
    turn.say(flex(title, card, menu.chips(turn, menu.WORK, menu.MENU)))


def _body(turn: Turn, found: Figures) -> list[Component]:
    t, due = turn.t, found.in_time + found.late
    lines: list[Component] = [
        words(
            t(
                _(
                    "%(total)s cases · %(open)s open · %(nobody)s not taken yet",
                    total=found.total, open=found.open, nobody=found.nobody_yet,
                )
            ),
            weight="bold",
        )
    ]  # fmt: skip
    for group, label in GROUPS.items():
        lines.append(_row(t(label), str(found.by_group[group])))
    if found.by_group[None]:
        lines.append(_row(t(_("Not known yet")), str(found.by_group[None])))
    taken, helped = found.to_acknowledge, found.to_first_help
    share = f"{found.in_time}/{due} ({percent(found.in_time, due)}%)" if due else "–"
    lines += [
        separator(),
        _row(t(_("Until taken: median")), minutes(t, taken.median)),
        _row(t(_("Until taken: 9 of 10 within")), minutes(t, taken.p90)),
        _row(t(_("Until first help: median")), minutes(t, helped.median)),
        _row(t(_("Until first help: 9 of 10 within")), minutes(t, helped.p90)),
        _row(t(_("In time, of those due")), share),
        _row(t(_("Late")), str(found.late), colour=RED if found.late else GREY),
        separator(),
        words(t(_("Open by age")), weight="bold"),
        *(_row(t(label), str(count)) for label, count in zip(AGES, found.open_by_age, strict=True)),
    ]
    schools = sorted(found.by_school, key=lambda one: (-one.open, -one.total))
    if len(schools) > 1:
        lines += [separator(), words(t(_("By school")), weight="bold")]
        for one in schools[:_SCHOOLS]:
            name = one.name or t(_("No school named"))
            said = t(_("%(total)s (%(open)s open)", total=one.total, open=one.open))
            lines.append(_row(name, said))
    lines.append(words(t(_("Drills, counted apart: %(count)s", count=found.drills)), color=GREY))
    return lines


def _row(label: str, value: str, *, colour: str | None = None) -> Component:
    shown = words(value, flex=3, align="end", **({"color": colour} if colour else {}))
    return row([words(label, flex=5), shown])
