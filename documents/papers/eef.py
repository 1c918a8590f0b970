"""กสศ.'s form (แบบ นร./กสศ.01, revision 6 March 2569) filled in, and the sheet to copy from.

Our own drawing with the form's fields in the form's order; the district files it, and what counts
is entered in กสศ.'s own app.
"""

from __future__ import annotations

from typing import Any, Final

from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.form_rows import Sheet, photo_ids, sections_of, totals_of
from documents.papers.heads import (
    Letterhead,
    field,
    form_words,
    letterhead,
    pupil_head,
    signature,
)
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.memos import AFTER
from forms.layer_codes import Officer
from forms.versions import version
from models.student import CITIZEN_ID
from services.visits.visit_parts import EEF, Stored
from services.visits.visit_records import VisitRecord, records

#: Exactly two photos, outside and inside ([EEF44]).
_PHOTOS: Final = 2
#: The officer of the place has a frame of their own at the end.
_OFFICER: Final = frozenset({"officer", "officer_name", "officer_reason"})
#: Digits of an id that stay readable on a masked paper.
_SHOWN_DIGITS: Final = 3


def _answered(job: Job) -> list[tuple[VisitRecord, Stored]]:
    """The pupils of the place whose กสศ. part was sent."""
    found = records(
        job.session, job.scope, today=job.today, year=job.year, student_id=job.order.student_id
    )
    return [(record, record.parts[EEF]) for record in found if EEF in record.parts]


def _collect_form(job: Job) -> Collected | None:
    found = _answered(job)
    if not found:
        return None
    school = letterhead(job, found[0][0].pupil.enrolment.school_id)
    photos: dict[str, str] = {}
    sheets = []
    for done, (record, part) in enumerate(found, 1):
        ids = photo_ids(record.answers.get("photos")) or photo_ids(record.answers.get("sign_photo"))
        printed = [key for key in ids if key in record.photos][:_PHOTOS]
        photos |= {key: record.photos[key] for key in printed}
        sheets.append(_sheet(job, record, part, school, printed))
        job.progress(done, len(found))
    t = job.t
    data = {
        "title": t(_("Household data by form นร./กสศ.01")),
        "subtitle": t(_("By the fields of the form of 6 March 2569")),
        "words": {**form_words(t), **_words(job)},
        "sheets": sheets,
        "photos": {},
    }
    return Collected(data, len(found), photos)


def _sheet(
    job: Job, record: VisitRecord, part: Stored, school: Letterhead, photos: list[str]
) -> dict[str, Any]:
    assert record.report is not None
    t, pupil = job.t, record.pupil
    sheet = _answers(job, record, part, whole=True)
    words = [t(_("outside")), t(_("inside"))]
    head = pupil_head(job, pupil, school, visited_on=record.report.visited_on)
    head.append([field(t(_("Citizen id or G-code")), _citizen_id(job, record))])
    printed = _(
        "No. %(number)s · revision %(revision)s · printed %(day)s",
        number=record.report.number,
        revision=part.revision,
        day=format_date(job.today, t.language),
    )
    return {
        "head": head,
        "sections": sections_of(sheet),
        "totals": totals_of(sheet),
        "photos": [{"key": key, "words": words[place]} for place, key in enumerate(photos)],
        "signatures": [
            signature(t(_("pupil")), pupil.student.full_name),
            signature(t(_("guardian"))),
            signature(t(_("teacher who visited")), record.reporter_name),
            signature(t(_("head of school")), school.head, t(school.post)),
        ],
        "officer": {
            **signature(t(_("state officer")), str(part.answers.get("officer_name") or "")),
            "certifies": part.answers.get("officer") == Officer.CERTIFIES,
            "refuses": part.answers.get("officer") == Officer.REFUSES,
            "reason": part.answers.get("officer_reason") or "",
        },
        "foot": t(printed),
    }


def _citizen_id(job: Job, record: VisitRecord) -> str:
    sealed = record.pupil.student.citizen_id
    if sealed is None:
        return ""
    value = secrets_of(job.session).open(sealed, column=CITIZEN_ID).decode()
    hidden = len(value) - _SHOWN_DIGITS
    return "x" * hidden + value[hidden:] if job.masked else value


def _words(job: Job) -> dict[str, str]:
    t = job.t
    return {
        "photos": t(_("Photos of the home")),
        "certified": t(
            _(
                "We certify that these particulars are true, and have read how กสศ. and the school "
                "use them."
            )
        ),
        "officer": t(_("I have looked at the state of the household and")),
        "certifies": t(_("certify it")),
        "refuses": t(_("do not certify it, because")),
    }


def _collect_copy(job: Job) -> Collected | None:
    found = _answered(job)
    if not found:
        return None
    t = job.t
    sheets = [
        {
            "name": record.pupil.student.full_name,
            "class": record.pupil.class_name,
            "citizen_id": _citizen_id(job, record),
            "sections": [
                {"title": section["title"], "rows": [_line(row) for row in section["rows"]]}
                for section in sections_of(_answers(job, record, part))
            ],
        }
        for record, part in found
    ]
    data = {
        "title": t(_("To copy into กสศ.'s app")),
        "hint": t(_("In the order of the app. Please destroy the sheet once it is entered.")),
        "sheets": sheets,
    }
    return Collected(data, len(found))


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A row as label and answer; tables stay what they are."""
    if row["kind"] == "table":
        return row
    ticked = [option["text"] for option in row.get("options", ()) if option["ticked"]]
    return {"kind": "line", "label": row["label"], "text": row.get("text") or ", ".join(ticked)}


def _answers(job: Job, record: VisitRecord, part: Stored, *, whole: bool = False) -> Sheet:
    return Sheet(
        form=version(part.form_id, part.form_hash),
        t=job.t,
        answers=part.answers,
        facts={"today": job.today, "level": record.pupil.enrolment.level},
        without=_OFFICER,
        whole=whole,
        masked=job.masked,
    )


FORM: Final = Paper(
    name="eef-form",
    title=_("กสศ. form, filled in"),
    reach=Reach.ROOM,
    collect=_collect_form,
    when=AFTER,
    per_pupil=True,
    for_reviewers=True,
)
COPY: Final = Paper(
    name="eef-copy",
    title=_("Sheet to copy into กสศ.'s app"),
    reach=Reach.ROOM,
    collect=_collect_copy,
    when=AFTER,
    per_pupil=True,
)
