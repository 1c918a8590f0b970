"""The report of a home visit as the paper that is filed: core and what was added to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conversation.form import Form
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.form_rows import Sheet, photo_ids, sections_of, totals_of
from documents.papers.heads import Letterhead, form_words, letterhead, pupil_head, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.memos import AFTER
from forms.versions import version
from models.home_visit import VisitStatus
from services.visits import road_days
from services.visits.visit_parts import OBEC
from services.visits.visit_records import VisitRecord, records

#: What stands in the head already.
_IN_THE_HEAD: Final = frozenset({"student", "siblings", "visited_on"})
#: The school's own words: on a page that the family does not sign (P6).
FOR_THE_SCHOOL: Final = frozenset(
    {"note", "risk_areas", "urgent_help", "urgent_problem", "obstacles", "conflict_with"}
)
#: Said on the paper of a report that does not count (yet): it is a draft.
_DRAFTS: Final[dict[VisitStatus, Lazy]] = {
    VisitStatus.UNCONFIRMED: _("Draft: not confirmed yet by the teacher who visited."),
    VisitStatus.RETURNED: _("Draft: sent back by the school to be corrected."),
}
#: Photos that one page has room for.
_PHOTOS: Final = 2


def _collect(job: Job) -> Collected | None:
    found = [
        record
        for record in records(
            job.session, job.scope, today=job.today, year=job.year, student_id=job.order.student_id
        )
        if record.report is not None
    ]
    if not found:
        return None
    school = letterhead(job, found[0].pupil.enrolment.school_id)
    sheets = []
    photos: dict[str, str] = {}
    for done, record in enumerate(found, 1):
        printed = {key: path for key, path in record.photos.items() if key in _shown(record)}
        sheets.append(_sheet(job, record, school, frozenset(printed)))
        photos |= printed
        job.progress(done, len(found))
    data = {
        "title": job.t(_("Record of a home visit")),
        "subtitle": job.t(_("Pupil care and support system")),
        "school_title": job.t(_("For the school")),
        "words": form_words(job.t),
        "sheets": sheets,
        "photos": {},
    }
    return Collected(data, len(found), photos)


def _shown(record: VisitRecord) -> list[str]:
    """Ids of the photos that are printed: outside and inside; or the one at the school's sign."""
    answers = record.answers
    ids = photo_ids(answers.get("photos")) or photo_ids(answers.get("sign_photo"))
    return ids[:_PHOTOS]


def _sheet(
    job: Job, record: VisitRecord, school: Letterhead, photos: frozenset[str]
) -> dict[str, Any]:
    assert record.report is not None
    pupil, report, t = record.pupil, record.report, job.t
    printed = _(
        "No. %(number)s · revision %(revision)s · printed %(day)s",
        number=report.number,
        revision=report.revision,
        day=format_date(job.today, t.language),
    )
    return {
        "head": pupil_head(job, pupil, school, visited_on=report.visited_on),
        "sections": _sections(job, record, photos, without=_IN_THE_HEAD | FOR_THE_SCHOOL),
        "school": _sections(job, record, frozenset(), only=FOR_THE_SCHOOL),
        "totals": _totals(job, record),
        "pupil": f"{pupil.student.full_name} · {pupil.class_name}",
        "notes": [t(note) for note in _notes(job, record)],
        "signatures": _signatures(job, record, school),
        "school_signatures": _signatures(job, record, school)[2:],
        "foot": t(printed),
    }


def _sections(
    job: Job,
    record: VisitRecord,
    photos: frozenset[str],
    *,
    without: frozenset[str] = frozenset(),
    only: frozenset[str] | None = None,
) -> list[dict[str, Any]]:
    """The sections of the core and its parts, numbered through."""
    found: list[dict[str, Any]] = []
    for form, answers in _forms(record):
        found += sections_of(
            Sheet(
                form=form,
                t=job.t,
                answers=answers,
                facts={"today": job.today, "level": record.pupil.enrolment.level},
                without=without,
                only=only,
                photos=photos,
                masked=job.masked,
                first=len(found) + 1,
            )
        )
    return found


def _totals(job: Job, record: VisitRecord) -> list[dict[str, str]]:
    return [
        total
        for form, answers in _forms(record)
        for total in totals_of(Sheet(form=form, t=job.t, answers=answers, masked=job.masked))
    ]


def _forms(record: VisitRecord) -> Iterator[tuple[Form, Mapping[str, Any]]]:
    """The core, and the parts of the school that were filled in."""
    if record.visit is not None:
        yield version(record.visit.form_id, record.visit.form_hash), record.answers
    if (part := record.parts.get(OBEC)) is not None:
        yield version(part.form_id, part.form_hash), part.answers


def _notes(job: Job, record: VisitRecord) -> Iterator[Lazy]:
    visit = record.visit
    if visit is not None:
        others = road_days.companions_on(job.session, visit.reporter_id, visit.visited_on)
        if others:
            yield _("Came along: %(names)s", names=", ".join(one.full_name for one in others))
    if record.entered_by_name:
        yield _(
            "Entered by %(other)s for %(teacher)s, who visited.",
            other=record.entered_by_name,
            teacher=record.reporter_name,
        )
    report = record.report
    if report is not None and report.status in _DRAFTS:
        yield _DRAFTS[report.status]


def _signatures(job: Job, record: VisitRecord, school: Letterhead) -> list[dict[str, str]]:
    t = job.t
    lines = [
        signature(t(_("pupil")), record.pupil.student.full_name),
        signature(t(_("guardian"))),
        signature(t(_("teacher who visited")), record.reporter_name),
    ]
    if record.entered_by_name:
        lines.append(signature(t(_("entered by")), record.entered_by_name))
    return [*lines, signature(t(_("head of school")), school.head, t(school.post))]


VISITS: Final = Paper(
    name="visits",
    title=_("Records of home visits, filled in"),
    reach=Reach.ROOM,
    collect=_collect,
    when=AFTER,
    per_pupil=True,
    for_reviewers=True,
)
