"""The figures of urgent cases on paper and as a spreadsheet: counts and times, never who."""

from __future__ import annotations

from typing import Any, Final

from core.figures import percent
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.incident import ThreatGroup
from models.office import Office
from models.staff import Staff
from services import people
from services.urgent import incident_figures, threats
from services.urgent.incident_figures import Figures, Times

_GROUPS: Final[dict[ThreatGroup | None, Lazy]] = {
    ThreatGroup.VIOLENCE: _("Violence"),
    ThreatGroup.ACCIDENT: _("Accident"),
    ThreatGroup.RIGHTS: _("Rights violated"),
    ThreatGroup.HEALTH: _("Health"),
    None: _("Not known yet"),
}
AGES: Final[tuple[Lazy, ...]] = (
    _("up to 1 day"), _("2 to 3 days"), _("4 to 7 days"), _("more than 7 days"),
)  # fmt: skip


def _collect(job: Job) -> Collected | None:
    """Of the whole office; the operator prints the same."""
    found = _figures(job)
    if found is None:
        return None
    office = job.session.get_one(Office, job.scope.office_id)
    t = job.t
    data: dict[str, Any] = {
        "title": t(_("Urgent cases of the school year %(year)s", year=found.year)),
        "office": office.name,
        "as_of": t(_("Counted on %(day)s", day=format_date(job.today, t.language, "long"))),
        "tables": [*tables(job, found)],
        "notes": [
            t(_("Drills are counted apart and stand in none of the tables above them.")),
            t(_("In time: helped before the due time, and taken in time. Late stays late.")),
            t(
                _(
                    "Cases that went straight to the receiver outside the office are not counted "
                    "here."
                )
            ),
        ],
        "words": {"language": t.language},
    }
    return Collected(data, found.total)


def tables(job: Job, found: Figures) -> list[dict[str, Any]]:
    """Every table as title, heads and rows of words and numbers."""
    t = job.t
    return [
        {
            "title": t(_("How many, how fast")),
            "heads": [t(_("Figure")), t(_("Number")), "%"],
            "rows": _main(t, found),
        },
        {
            "title": t(_("By group of threats")),
            "heads": [t(_("Group")), t(_("Cases")), "%"],
            "rows": [
                [t(label), found.by_group[group], percent(found.by_group[group], found.total)]
                for group, label in _GROUPS.items()
                if group is not None or found.by_group[group]
            ],
        },
        {
            "title": t(_("By kind of threat")),
            "heads": [t(_("Group")), t(_("Kind")), t(_("Cases"))],
            "rows": [
                [
                    t(_GROUPS[group]),
                    threats.label(job.session, job.scope.office_id, code, version, t.language)
                    or code,
                    count,
                ]
                for (group, code, version), count in found.by_threat.most_common()
            ],
        },
        {
            "title": t(_("Open by age")),
            "heads": [t(_("Age")), t(_("Cases")), "%"],
            "rows": [
                [t(label), count, percent(count, found.open)]
                for label, count in zip(AGES, found.open_by_age, strict=True)
            ],
        },
        {
            "title": t(_("By school")),
            "heads": [t(_("School")), t(_("Cases")), t(_("Open")), t(_("Late"))],
            "rows": [
                [one.name or t(_("No school named")), one.total, one.open, one.late]
                for one in found.by_school
            ],
        },
        {
            "title": t(_("Drills")),
            "heads": [t(_("Figure")), t(_("Number"))],
            "rows": [
                [t(_("Drills")), found.drills],
                [t(_("Taken")), found.drill_to_acknowledge.count],
                [t(_("Median time until taken")), minutes(t, found.drill_to_acknowledge.median)],
            ],
        },
    ]


def minutes(t: Translator, number: int | None) -> str:
    """95 min → 1 h 35 min; – where it never happened."""
    if number is None:
        return "–"
    hours, rest = divmod(number, 60)
    if hours:
        return t(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))
    return t(_("%(minutes)s min", minutes=number))


def _main(t: Translator, found: Figures) -> list[list[Any]]:
    due = found.in_time + found.late

    def time_rows(times: Times, median: Lazy, p90: Lazy) -> list[list[Any]]:
        return [[t(median), minutes(t, times.median), ""], [t(p90), minutes(t, times.p90), ""]]

    return [
        [t(_("Cases")), found.total, ""],
        [t(_("Closed")), found.closed, percent(found.closed, found.total)],
        [t(_("Open")), found.open, percent(found.open, found.total)],
        [t(_("Nobody has taken it yet")), found.nobody_yet, percent(found.nobody_yet, found.total)],
        *time_rows(
            found.to_acknowledge,
            _("Median time until taken"),
            _("Until taken, nine of ten within"),
        ),
        *time_rows(
            found.to_first_help,
            _("Median time until first help"),
            _("Until first help, nine of ten within"),
        ),
        [t(_("In time, of those due")), found.in_time, percent(found.in_time, due)],
        [t(_("Late, of those due")), found.late, percent(found.late, due)],
    ]


def _figures(job: Job) -> Figures | None:
    if job.staff_id is None:
        return incident_figures.of_office(job.session, job.scope.office_id, now=job.now)
    staff = job.session.get(Staff, job.staff_id)
    if staff is None:
        return None
    person = people.member(job.session, staff, today=job.today)
    if not incident_figures.may_see(person):
        return None
    return incident_figures.figures(job.session, person, now=job.now)


INCIDENT_FIGURES: Final = Paper(
    name="incident_figures",
    title=_("Figures of the urgent cases"),
    reach=Reach.OFFICE,
    collect=_collect,
    template="incident-figures",
    totals=True,
)
INCIDENT_FIGURES_TABLE: Final = Paper(
    name="incident_figures_table",
    title=_("Figures of the urgent cases (spreadsheet)"),
    reach=Reach.OFFICE,
    collect=_collect,
    maker="documents.papers.incident_figures_table:make",
    format="xlsx",
    totals=True,
)
