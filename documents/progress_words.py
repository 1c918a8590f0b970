"""The words beside the progress's figures: on its picture, and as a text for a group (P29)."""

from __future__ import annotations

from typing import Any, Final

from core.clock import BANGKOK, local_date, school_year
from core.figures import NOBODY, percent
from core.i18n import Lazy, Translator, nlazy
from core.i18n import lazy as _
from core.thai import format_date
from forms.visit_codes import How
from models.queries.students import Progress
from services.visits.progress_pictures import Figures

_WAYS: Final[dict[str, Lazy]] = {
    How.HOME: _("At home"),
    How.PHONE_OR_VIDEO: _("Phone or video"),
    How.AT_SCHOOL: _("At school"),
    How.DORMITORY: _("Dormitory"),
}


def picture_data(figures: Figures, t: Translator, *, place: Lazy | str) -> dict[str, Any]:
    """What `documents.progress_picture` draws. `place` is the school's or the office's name."""
    lagging = figures.lagging()
    # Of the schools that lag, all lag: none needs a mark of its own.
    marked = lagging if figures.of != "slowest" else frozenset()
    more = nlazy("and %(count)s more", "and %(count)s more", figures.more) if figures.more else None
    return {
        "title": t(_TITLES[figures.of](_short(t(place)))),
        "subtitle": t(_as_of(figures, t)),
        "rule": t(rule(figures, t)),
        "words": {
            "visited": t(_("Visited")),
            "excused": t(_("Excused")),
            "waiting": t(_("Not yet")),
            "visited_of": t(_("pupils visited, of all")),
            "left": t(_("%(count)s to go", count="{}")),
            "more": t(more) if more else "",
        },
        "whole": _part("", figures.whole, lags=False),
        "parts": [
            _part(_name(figures, name, t), done, lags=name in marked)
            for name, done in figures.parts
        ],
    }


def share_text(figures: Figures, t: Translator, *, place: Lazy | str) -> str:
    """The progress for a group of teachers: classes and counts, nobody's name, nobody to blame."""
    whole = figures.whole
    lines = [
        t(_TITLES[figures.of](t(place))),
        t(_as_of(figures, t)),
        t(
            _(
                "Visited %(visited)s of %(pupils)s (%(share)s)",
                visited=whole.visited,
                pupils=whole.pupils,
                share=_share(whole),
            )
        ),
        t(
            _(
                "Excused %(excused)s · not yet %(waiting)s",
                excused=whole.excused,
                waiting=whole.waiting,
            )
        ),
        "",
    ]
    lines += [_line(_name(figures, name, t), done) for name, done in figures.parts]
    if figures.more:
        lines.append(t(nlazy("and %(count)s more", "and %(count)s more", figures.more)))
    lines += ["", t(rule(figures, t)), t(_("Thank you for every road you took."))]
    return "\n".join(lines)


#: A picture has no room for an office's whole name; everybody knows it by its letters.
_LETTERS: Final = (
    ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", "สพป."),
    ("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", "สพม."),
)


def _short(place: str) -> str:
    for name, letters in _LETTERS:
        place = place.replace(name, letters)
    return place


def _name(figures: Figures, name: str, t: Translator) -> str:
    """What a part is called: an area of schools says that it is one."""
    if not name:
        return t(_("Without an area"))
    if figures.of != "areas" or name.startswith(("อำเภอ", "อ.", "เขต")):
        return name
    return t(_("%(area)s area", area=name))


def rule(figures: Figures, t: Translator) -> Lazy:
    """Which ways of visiting count, beside the figures that they make (P22)."""
    if figures.ways is None:
        return _("Every way of visiting counts. (+) are excused pupils.")
    counted = ", ".join(t(label) for way, label in _WAYS.items() if way in figures.ways)
    return _("Counted: %(ways)s. (+) are excused pupils.", ways=counted)


_TITLES: Final = {
    "school": lambda place: _("Home visits · %(place)s", place=place),
    "areas": lambda place: _("Home visits · %(place)s", place=place),
    "slowest": lambda place: _("Schools with homes still to visit · %(place)s", place=place),
}


def _as_of(figures: Figures, t: Translator) -> Lazy:
    day = local_date(figures.at)
    return _(
        "School year %(year)s · as of %(day)s, %(time)s",
        year=school_year(day),
        day=format_date(day, t.language),
        time=f"{figures.at.astimezone(BANGKOK):%H:%M}",
    )


def _part(name: str, done: Progress, *, lags: bool) -> dict[str, Any]:
    return {
        "name": name,
        "pupils": done.pupils,
        "visited": done.visited,
        "excused": done.excused,
        "share": _share(done),
        "lags": lags,
    }


def _line(name: str, done: Progress) -> str:
    excused = f" (+{done.excused})" if done.excused else ""
    return f"{'✓' if not done.waiting else '•'} {name}  {done.visited}/{done.pupils}{excused}"


def _share(done: Progress) -> str:
    share = percent(done.visited, done.pupils)
    return NOBODY if share == NOBODY else f"{share}%"
