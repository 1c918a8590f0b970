"""หนังสือแจ้งผู้ปกครอง: a letter for each pupil before the visit, with a slip to cut off (P23, P42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.papers.heads import Letterhead, letterhead, signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.papers.memos import BEFORE
from documents.papers.official import (
    BLANK,
    Home,
    clock,
    full_day,
    kept,
    long_day,
    outings,
    say,
)
from documents.qr import qr_code
from models.queries import students as student_queries

#: The page with the notice for a family that is visited.
NOTICE: Final = "/district/notice/home"


def _collect(job: Job) -> Collected | None:
    """A letter for every pupil of the place who has not been visited yet, or for one pupil."""
    assert job.order.school_id is not None
    homes = _homes(job)
    if not homes:
        return None
    school = letterhead(job, job.order.school_id)
    speak = say(job)
    letters = [_letter(job, school, *home) for home in homes]
    data = {
        "title": speak(_("Letter to the guardian")),
        "words": _words(job),
        "notice": qr_code(f"{job.public_url}{NOTICE}") if job.public_url else "",
        "letters": letters,
    }
    return Collected(data, len(letters))


def _homes(job: Job) -> list[tuple[Home, str]]:
    """(home with one pupil, who comes), in class order."""
    if job.order.student_id is not None:
        one = student_queries.one(
            job.session, job.scope, job.order.student_id, today=job.today, year=job.year
        )
        pupils = [one] if one is not None else []
    else:
        everybody = student_queries.enrolled(job.session, job.scope, today=job.today, year=job.year)
        pupils = [pupil for pupil in everybody if pupil.outcome is None]
    planned = {
        pupil.student.id: (home, outing.teacher)
        for outing in outings(job)
        for home in outing.homes
        for pupil in home.pupils
    }
    found = []
    for pupil in pupils:
        home, teacher = planned.get(pupil.student.id, (None, ""))
        day, at = (home.day, home.at) if home is not None else (None, None)
        found.append((Home((pupil,), day=day, at=at), teacher))
    return found


def _letter(job: Job, school: Letterhead, home: Home, teacher: str) -> dict[str, Any]:
    speak = say(job)
    pupil = home.pupils[0]
    # Children of one class need no order of their own: the letter names the child it is about.
    name = kept(pupil.student.full_name)
    body: Sequence[Lazy] = (
        _(
            "%(school)s will visit the homes of its pupils in the school year %(year)s, to get to "
            "know each pupil, and so that school and family look after them together.",
            school=school.school,
            year=job.year,
        ),
        _(
            "We would like to tell you that %(teacher)s will visit the home of %(pupil)s, class "
            "%(class_name)s, on %(day)s at about %(hour)s.",
            teacher=kept(teacher) if teacher else _("the homeroom teacher"),
            pupil=name,
            class_name=pupil.class_name,
            day=full_day(job, home.day),
            hour=clock(job, home.at),
        ),
        _(
            "The visit takes about half an hour and costs nothing; nothing needs to be prepared. "
            "The teacher will ask about the family and take a photo of the house, in which nobody "
            "has to be seen. If the day does not suit you, please say so on the slip below."
        ),
        _("For your information and kind cooperation."),
    )
    return {
        "from": school.school,
        "under": school.office,
        "day": long_day(job, job.today),
        "to": speak(_("Guardian of %(pupil)s", pupil=name)),
        "body": [speak(line) for line in body],
        "signed": signature(speak(_("head of school")), school.head, speak(school.post)),
        "slip": speak(
            _(
                "I, %(blank)s, guardian of %(pupil)s, class %(class_name)s, have read the letter "
                "about the home visit and the notice on personal data.",
                blank=BLANK,
                pupil=name,
                class_name=pupil.class_name,
            )
        ),
        "answers": [
            speak(_("The day and hour suit me.")),
            speak(_("Another day, please: %(blank)s at %(short)s", blank=BLANK, short="………………")),
            speak(_("Please not at home. I would rather come to school, or talk by phone.")),
        ],
    }


def _words(job: Job) -> dict[str, str]:
    speak = say(job)
    return {
        "number": speak(_("Ref.")),
        "subject_label": speak(_("Subject")),
        "subject": speak(_("Visit to the pupil's home")),
        "to": speak(_("Dear")),
        "closing": speak(_("Yours respectfully,")),
        "signed": speak(_("Signed")),
        "guardian": speak(_("guardian")),
        "phone": speak(_("Phone")),
        "cut": speak(_("Please cut here and give the slip back to the homeroom teacher")),
        "slip": speak(_("Reply slip")),
        "notice": speak(_("How the family's data is used")),
        "signed_on": speak(_("Date …… / …… / ……")),
    }


LETTERS: Final = Paper(
    name="visit-letters",
    title=_("Letters to guardians"),
    reach=Reach.ROOM,
    collect=_collect,
    when=BEFORE,
    per_pupil=True,
)
