"""The empty form for homes without a signal: its QR opens that pupil's report in the chat (P21)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from conversation.form import Form
from core.database import secrets_of
from core.i18n import lazy as _
from documents.papers.form_rows import Sheet, sections_of
from documents.papers.heads import form_words, letterhead, pupil_head, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.memos import BEFORE
from documents.papers.visits import FOR_THE_SCHOOL
from documents.qr import qr_code
from forms.home_visit import HOME_VISIT
from forms.home_visit_obec import HOME_VISIT_OBEC
from models.office import Channel
from models.queries import students as student_queries
from models.queries.students import Enrolled
from services import paper_codes

#: What stands in the head, and what no pencil can give.
_NOT_ASKED: Final = frozenset(
    {"student", "siblings", "visited_on", "sign_photo", "photos", "place"}
)
#: What the school says for itself is typed in the chat: the paper lies about, and families see it.
_NOT_ON_PAPER: Final = FOR_THE_SCHOOL - {"note"}


def forms_on_paper() -> tuple[Form, ...]:
    """What is asked of every home."""
    return (HOME_VISIT, HOME_VISIT_OBEC)


def _collect(job: Job) -> Collected | None:
    assert job.order.school_id is not None
    if job.order.student_id is not None:
        one = student_queries.one(
            job.session, job.scope, job.order.student_id, today=job.today, year=job.year
        )
        pupils = [one] if one is not None else []
    else:
        pupils = list(
            student_queries.enrolled(job.session, job.scope, today=job.today, year=job.year)
        )
    if not pupils:
        return None
    school = letterhead(job, job.order.school_id)
    levels = dict.fromkeys(pupil.enrolment.level for pupil in pupils)
    basic_id = job.session.scalar(
        select(Channel.basic_id).where(
            Channel.office_id == job.scope.office_id, Channel.basic_id.is_not(None)
        )
    )
    t = job.t
    data = {
        "title": t(_("Record of a home visit")),
        "subtitle": t(_("Empty form, to be filled in by hand")),
        "words": form_words(t),
        "hint": t(_("Back where there is a signal: scan the code, and the report opens.")),
        "forms": {level: _sections(job, level) for level in levels},
        "sheets": [
            {
                "head": pupil_head(job, pupil, school, is_narrow=True),
                "level": pupil.enrolment.level,
                **_code(job, pupil, basic_id),
            }
            for pupil in pupils
        ],
        "signatures": [
            signature(t(_("guardian"))),
            signature(t(_("teacher who visited"))),
        ],
    }
    return Collected(data, len(pupils))


def _sections(job: Job, level: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for form in forms_on_paper():
        found += sections_of(
            Sheet(
                form=form,
                t=job.t,
                facts={"today": job.today, "level": level},
                without=_NOT_ASKED | _NOT_ON_PAPER,
                first=len(found) + 1,
            )
        )
    return found


def _code(job: Job, pupil: Enrolled, basic_id: str | None) -> dict[str, str]:
    secrets = secrets_of(job.session)
    return {
        "code": f"{paper_codes.WORD} {paper_codes.code_of(secrets, pupil.student.id)}",
        "qr": qr_code(paper_codes.link_of(secrets, pupil.student.id, basic_id)),
    }


FORMS: Final = Paper(
    name="visit-forms",
    title=_("Empty forms with a QR code"),
    reach=Reach.ROOM,
    collect=_collect,
    when=BEFORE,
    per_pupil=True,
)
