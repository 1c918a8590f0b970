"""The summary of the home visits, of a school or of a class: counted, with nothing to type.

As OBEC's forms have it (domain 1.2, [HVSUM]): pupils by sex, visited and not yet; what the homes
told; urgent help; agencies, use, worries, obstacles, comments; signed by up to two advisers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from conversation.choosing import Offering
from core.figures import percent
from core.i18n import Lazy, Translator
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.heads import letterhead, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.memos import AFTER
from forms.school_summary import SCHOOL_SUMMARY
from models.queries.staff import in_force
from models.staff import Appointment, Role, Staff
from services.visits import school_summaries
from services.visits.visit_summary import Group, Heads, Tally, VisitSummary, summarise

#: Advisers who sign for a class: a room of ม.1–3 has two (P33).
ADVISERS: Final = 2

_ROWS: Final[tuple[tuple[str, Lazy], ...]] = (
    ("pupils", _("All pupils")),
    ("visited", _("Visited")),
    ("excused", _("Excused, with a reason")),
    ("waiting", _("Not yet visited")),
)


def _collect_words(job: Job) -> Collected | None:
    """With the words of the visits: for those who may read the visits themselves."""
    return _collect(job, with_words=not job.masked)


def _collect_counts(job: Job) -> Collected | None:
    """Counts, and what the school wrote for the summary: the office may have it, too."""
    return _collect(job, with_words=False)


def _collect(job: Job, *, with_words: bool) -> Collected | None:
    assert job.order.school_id is not None
    summary = summarise(job.session, job.scope, today=job.today)
    if not summary.whole.pupils.total:
        return None
    return Collected(_data(job, summary, with_words=with_words), summary.whole.pupils.total)


def _data(job: Job, summary: VisitSummary, *, with_words: bool) -> dict[str, Any]:
    order, t = job.order, job.t
    assert order.school_id is not None
    school = letterhead(job, order.school_id)
    level, room = order.level or "", order.room or ""
    own: Mapping[str, Any] = {}
    if not job.masked:
        own = school_summaries.words_of(
            job.session, job.scope, order.school_id, level, room, year=summary.year
        )
    of_class = summary.groups[0].name if level and summary.groups else ""
    place = f"{school.school} · {of_class}" if of_class else school.school
    return {
        "title": t(_("Summary of the home visits")),
        "place": place,
        "office": school.office,
        "year": t(_("School year %(year)s", year=summary.year)),
        "as_of": t(_("Counted on %(day)s", day=format_date(job.today, t.language, "long"))),
        "words": _words(t),
        "people": [
            {"label": t(label), **_heads(getattr(summary.whole, key), summary.whole.pupils)}
            for key, label in _ROWS
        ],
        "homes": t(_("Homes visited: %(count)s", count=summary.homes)),
        "rule": t(_rule(job)),
        "rooms": [] if level else [_room(group) for group in summary.groups],
        "urgent": _urgent(summary, t),
        "tallies": [_tally(tally, t) for tally in summary.tallies],
        "told": _told(summary, own, t, with_words=with_words),
        "signatures": _signatures(job, level, room, school.head, t(school.post)),
        "foot": f"{place} · {summary.year}",
    }


def _words(t: Translator) -> dict[str, str]:
    return {
        "language": t.language,
        "people": t(_("Pupils")),
        "boys": t(_("Boys")),
        "girls": t(_("Girls")),
        "other": t(_("Not stated")),
        "total": t(_("Total")),
        "percent": "%",
        "rooms": t(_("By class")),
        "class": t(_("Class")),
        "visited": t(_("Visited")),
        "excused": t(_("Excused")),
        "waiting": t(_("Not yet")),
        "urgent": t(_("Urgent help")),
        "answers": t(_("What the homes told")),
        "of": t(_("of %(count)s answered", count="{}")),
        "nobody": t(_("Nobody has been asked yet.")),
        "several": t(_("several may apply")),
        "count": t(_("Pupils")),
        "told": t(_("Agencies, use, worries, obstacles")),
        "nothing": t(_("Nothing was noted.")),
        "signed": t(_("Signed")),
        "signed_on": t(_("Date …… / …… / ……")),
    }


def _heads(heads: Heads, of: Heads) -> dict[str, Any]:
    return {
        "boys": heads.boys,
        "girls": heads.girls,
        "other": heads.other,
        "total": heads.total,
        "boys_share": _share(heads.boys, of.boys),
        "girls_share": _share(heads.girls, of.girls),
        "other_share": _share(heads.other, of.other),
        "share": _share(heads.total, of.total),
    }


def _room(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "pupils": group.pupils.total,
        "boys": group.pupils.boys,
        "girls": group.pupils.girls,
        "visited": group.visited.total,
        "excused": group.excused.total,
        "waiting": group.waiting.total,
        "share": _share(group.visited.total, group.pupils.total),
        "urgent": group.urgent.total if group.asked_urgent else None,
    }


def _urgent(summary: VisitSummary, t: Translator) -> dict[str, Any]:
    """Item 15: number and share of those whose homes were asked, and what they need."""
    whole = summary.whole
    said = _(
        "Urgent help is needed by %(count)s of %(asked)s visited pupils who were asked "
        "(%(share)s%%).",
        count=whole.urgent.total,
        asked=whole.asked_urgent,
        share=percent(whole.urgent.total, whole.asked_urgent),
    )
    nobody = _("Nobody has been asked yet.")
    return {
        "line": t(said if whole.asked_urgent else nobody),
        "needs": _tally(summary.urgent_needs, t)["rows"] if whole.urgent.total else [],
    }


def _tally(tally: Tally, t: Translator) -> dict[str, Any]:
    return {
        "label": t(tally.label),
        "answered": tally.answered,
        "several": tally.several,
        "rows": [
            {
                "label": t(label),
                "count": tally.counts[code],
                "share": _share(tally.counts[code], tally.answered),
            }
            for code, label in tally.choices
        ],
    }


def _told(
    summary: VisitSummary, own: Mapping[str, Any], t: Translator, *, with_words: bool
) -> list[dict[str, Any]]:
    """Items 15 to 20 in words: of the visits where they may be read, then of the writer."""
    visits = summary.words if with_words else {}
    uses = SCHOOL_SUMMARY.question("data_used")
    assert isinstance(uses, Offering)
    assert not callable(uses.choices)
    chosen = own.get("data_used") or ()
    rows: Sequence[tuple[Lazy, Iterable[str]]] = (
        (_("What is urgent"), visits.get("urgent_problem", ())),
        (_("Agencies that joined"), _lines(own.get("agencies_named"))),
        (_("Use of the findings"), (t(one.shown) for one in uses.choices if one.code in chosen)),
        (_("The parents' worries"), (*visits.get("worries", ()), *_lines(own.get("worries")))),
        (_("Obstacles"), (*visits.get("obstacles", ()), *_lines(own.get("obstacles")))),
        (_("Comments"), _lines(own.get("comments"))),
    )
    return [{"label": t(label), "lines": list(lines)} for label, lines in rows]


def _lines(told: Any) -> list[str]:
    return [line.strip() for line in told.splitlines() if line.strip()] if told else []


def _rule(job: Job) -> Lazy:
    if job.scope.ways is None:
        return _("Every way of visiting counts.")
    return _("By the office's rule not every way of visiting counts.")


def _signatures(job: Job, level: str, room: str, head: str, post: str) -> list[dict[str, str]]:
    """Up to two advisers of a class; for a school, who summarised and its head."""
    t = job.t
    if not level:
        return [signature(t(_("Summarised by"))), signature(t(_("head of school")), head, post)]
    advisers = job.session.scalars(
        select(Staff)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(
            Appointment.school_id == job.order.school_id,
            Appointment.role == Role.TEACHER,
            Appointment.level == level,
            Appointment.room.in_((room, "")) | Appointment.room.is_(None),
            in_force(job.today),
            Staff.left_at.is_(None),
        )
        .order_by(Appointment.id)
        .limit(ADVISERS)
    ).all()
    adviser = t(_("Adviser of the class"))
    lines = [signature(adviser, one.full_name, adviser) for one in advisers] or [signature(adviser)]
    return [*lines, signature(t(_("head of school")), head, post)]


def _share(part: int, whole: int) -> str:
    return percent(part, whole)


SUMMARY: Final = Paper(
    name="summary",
    title=_("Summary of the home visits (school)"),
    reach=Reach.SCHOOL,
    collect=_collect_words,
    template="summary",
    when=AFTER,
)
SUMMARY_OF_CLASS: Final = Paper(
    name="summary_class",
    title=_("Summary of the home visits (class)"),
    reach=Reach.ROOM,
    collect=_collect_words,
    template="summary",
    when=AFTER,
)
SUMMARY_TABLE: Final = Paper(
    name="summary_table",
    title=_("Summary of the home visits (spreadsheet)"),
    reach=Reach.SCHOOL,
    collect=_collect_counts,
    maker="documents.papers.summary_table:make",
    format="xlsx",
    totals=True,
    when=AFTER,
)
