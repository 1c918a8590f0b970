"""Before and after the visits: leave to go out, the names for the order, the report (P23)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from conversation.question import Asked
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import class_order
from documents.papers.heads import Letterhead, letterhead, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.official import (
    BLANK,
    Home,
    Outing,
    clock,
    days_between,
    digits_of,
    full_day,
    kept,
    memo,
    memo_words,
    outings,
    say,
)
from forms.home_visit import HOME_VISIT
from models.home_visit import COUNTED, Outcome
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.staff import Staff
from services.visits.visit_records import VisitRecord, records

BEFORE: Final = _("Before the visits")
AFTER: Final = _("After the visits")

_Table = dict[str, Any]


def _collect_leave(job: Job) -> Collected | None:
    """A memo for each teacher with a plan; without a plan, one with lines to fill in."""
    assert job.order.school_id is not None
    school = letterhead(job, job.order.school_id)
    found = outings(job) or _unplanned(job)
    if not found:
        return None
    memos = [_leave(job, school, outing) for outing in found]
    return Collected(_data(job, memos), sum(len(outing.pupils) for outing in found))


def _unplanned(job: Job) -> list[Outing]:
    """The pupils of the place, when nobody has planned yet."""
    pupils = student_queries.enrolled(job.session, job.scope, today=job.today, year=job.year)
    homes = tuple(Home((pupil,)) for pupil in pupils)
    return [Outing("", (), homes)] if homes else []


def _leave(job: Job, school: Letterhead, outing: Outing) -> dict[str, Any]:
    body: list[Lazy] = [
        _(
            "As %(school)s carries out home visits under the pupil care and support system in the "
            "school year %(year)s, I, %(teacher)s, adviser of class %(classes)s with %(count)s "
            "pupils, ask for leave to visit the pupils at home on %(days)s, as listed below.",
            school=school.school,
            year=job.year,
            teacher=kept(outing.teacher) or BLANK,
            classes=outing.classes,
            count=len(outing.pupils),
            days=days_between(job, outing.days),
        )
    ]
    if outing.companions:
        body.append(_("Going along: %(names)s", names=", ".join(map(kept, outing.companions))))
    body.append(
        _(
            "Where the visits need official travel, I ask for leave to travel on duty on these "
            "days as well."
        )
    )
    body.append(_("For your consideration and approval."))
    speak = say(job)
    return memo(
        job,
        school,
        subject=_("Leave to go out for home visits (official travel)"),
        body=body,
        signed=[signature(speak(_("teacher")), outing.teacher)],
        table=_by_day(job, outing),
        decision=True,
    )


def _by_day(job: Job, outing: Outing) -> _Table:
    """Day, hour, village and pupils of every home."""
    digits = digits_of(job)
    # A plan comes by day and hour already; homes without a day stand last in it.
    cells = [
        [
            full_day(job, home.day) if home.day else "",
            clock(job, home.at) if home.at else "",
            digits(home.village),
            ", ".join(pupil.student.full_name for pupil in home.pupils),
        ]
        for home in outing.homes
    ]
    titles = [_("Day"), _("Hour"), _("Village or road"), _("Pupils")]
    return _table(job, titles, (1.7, 0.6, 1.2, 2), cells)


def _collect_names(job: Job) -> Collected | None:
    """Who visits whom: the list that goes with the school's order."""
    assert job.order.school_id is not None
    school = letterhead(job, job.order.school_id)
    planned = {outing.teacher: outing for outing in outings(job)}
    rooms = _teachers(job)
    if not rooms:
        return None
    speak = say(job)
    cells = [
        [
            speak(room),
            teacher,
            ", ".join(planned[teacher].companions) if teacher in planned else "",
            speak(str(pupils)),
            days_between(job, planned[teacher].days) if teacher in planned else "",
        ]
        for room, teacher, pupils in rooms
    ]
    titles = [_("Class"), _("Homeroom teacher"), _("Going along"), _("Pupils"), _("Days")]
    data = {
        "title": speak(_("List of names for the order on home visits")),
        "subtitle": speak(
            _(
                "attached to the order of %(school)s no. ……… / %(year)s, dated ………………………………",
                school=school.school,
                year=job.year,
            )
        ),
        "table": _table(job, titles, (0.6, 2, 2, 0.6, 2), cells),
        "signed": [signature(speak(_("head of school")), school.head, speak(school.post))],
        "words": memo_words(job),
    }
    return Collected(data, len(rooms))


def _teachers(job: Job) -> list[tuple[str, str, int]]:
    """(class, its homeroom teachers, pupils) of every room with pupils, in class order."""
    found: dict[tuple[str, str], int] = Counter(
        (pupil.enrolment.level, pupil.enrolment.room)
        for pupil in student_queries.enrolled(
            job.session, job.scope, today=job.today, year=job.year
        )
    )
    rooms = sorted(found, key=lambda place: (class_order(place[0]), place[1]))
    return [
        (f"{level}/{room}" if room else level, name, found[level, room])
        for level, room in rooms
        for name in _names_of(job, level, room) or [""]
    ]


def _names_of(job: Job, level: str, room: str) -> list[str]:
    assert job.order.school_id is not None
    ids = staff_queries.teachers_of_room(
        job.session, school_id=job.order.school_id, level=level, room=room, today=job.today
    )
    rows = job.session.scalars(select(Staff).where(Staff.id.in_(ids)).order_by(Staff.id))
    return [one.full_name for one in rows]


def _collect_report(job: Job) -> Collected | None:
    """The memo with which a teacher hands in the finished visits of a room."""
    assert job.order.school_id is not None
    found = records(job.session, job.scope, today=job.today, year=job.year)
    if not found:
        return None
    school = letterhead(job, job.order.school_id)
    counts = Counter(record.pupil.outcome for record in found)
    visited, excused = counts[Outcome.VISITED], counts[Outcome.EXCUSED]
    days = sorted(
        record.report.visited_on
        for record in found
        if record.report is not None and _counts(record)
    )
    speak = say(job)
    body: list[Lazy] = [
        _(
            "As I was given leave to visit the pupils of class %(classes)s at home in the school "
            "year %(year)s, the visits have been carried out on %(days)s.",
            classes=", ".join(dict.fromkeys(record.pupil.class_name for record in found)),
            year=job.year,
            days=days_between(job, days),
        ),
        _(
            "Of %(pupils)s pupils, %(visited)s were visited, %(excused)s could not be visited for "
            "a stated reason, and %(waiting)s have not been visited yet.",
            pupils=len(found),
            visited=visited,
            excused=excused,
            waiting=len(found) - visited - excused,
        ),
        _("The records of the visits are attached. For your information."),
    ]
    teachers = _names_of(job, job.order.level, job.order.room or "") if job.order.level else []
    one = memo(
        job,
        school,
        subject=_("Report on the home visits of the school year %(year)s", year=job.year),
        body=body,
        signed=[signature(speak(_("teacher")), name) for name in teachers or [""]],
        table=_needs(job, found),
    )
    return Collected(_data(job, [one]), len(found))


def _counts(record: VisitRecord) -> bool:
    return record.report is not None and record.report.status in COUNTED


def _needs(job: Job, found: Sequence[VisitRecord]) -> _Table:
    """What help the homes need, and how many of them."""
    question = HOME_VISIT.question("help_needed")
    counts: Counter[str] = Counter(
        code
        for record in found
        if _counts(record)
        for code in record.answers.get("help_needed") or ()
    )
    speak = say(job)
    options = question.options(Asked(question.key, {}, {}))
    cells = [
        [speak(option.shown), speak(str(counts[option.code]))]
        for option in options
        if counts[option.code]
    ]
    return _table(job, [_("Help needed"), _("Pupils")], (3, 1), cells)


def _table(
    job: Job, titles: Sequence[Lazy], widths: Sequence[float], cells: list[list[str]]
) -> _Table:
    speak = say(job)
    columns = [
        {"title": speak(title), "width": width, "ticks": False}
        for title, width in zip(titles, widths, strict=True)
    ]
    numbers = [speak(str(number)) for number in range(1, len(cells) + 1)]
    return {"columns": columns, "cells": cells, "numbers": numbers, "blanks": 0}


def _data(job: Job, memos: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": say(job)(_("Memorandum")),
        "words": memo_words(job),
        "memos": memos,
    }


LEAVE: Final = Paper(
    name="visit-leave",
    title=_("Memo: leave to go out"),
    reach=Reach.ROOM,
    collect=_collect_leave,
    template="memos",
    when=BEFORE,
)
NAMES: Final = Paper(
    name="visit-names",
    title=_("Names for the school's order"),
    reach=Reach.SCHOOL,
    collect=_collect_names,
    template="name-list",
    when=BEFORE,
)
REPORT: Final = Paper(
    name="visit-report",
    title=_("Memo: report on the visits"),
    reach=Reach.ROOM,
    collect=_collect_report,
    template="memos",
    when=AFTER,
)
