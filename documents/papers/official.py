"""Letters and memos as a school writes them: Thai digits, spelled dates, who they come from.

Official papers of a Thai office have Thai digits (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ
พ.ศ. 2526 and the cabinet's resolution on Thai digits); an office may set otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import format_date, to_thai_digits
from documents.papers.heads import Letterhead, signature
from documents.papers.kinds import Job
from models.queries.students import Enrolled
from models.staff import Staff
from services.offices import settings_of
from services.visits import visit_plans

#: The office's setting for digits on official papers.
THAI_DIGITS: Final = "thai_digits_on_papers"
#: A line to be filled in by hand.
BLANK: Final = "…" * 12
#: A space at which no line ends.
_TIED: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Home:
    """A home to be visited; `day` and `at` are None where they are not planned yet."""

    pupils: tuple[Enrolled, ...]
    village: str = ""
    day: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Outing:
    """A teacher's visits, planned or not."""

    teacher: str
    companions: tuple[str, ...]
    homes: tuple[Home, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The planned days in order."""
        return tuple(sorted({home.day for home in self.homes if home.day is not None}))

    @property
    def pupils(self) -> tuple[Enrolled, ...]:
        return tuple(pupil for home in self.homes for pupil in home.pupils)

    @property
    def classes(self) -> str:
        return ", ".join(dict.fromkeys(pupil.class_name for pupil in self.pupils))


def outings(job: Job) -> list[Outing]:
    """The plans of the ordered place, one for each teacher."""
    assert job.order.school_id is not None
    plans = visit_plans.plans_of_school(
        job.session, job.scope, job.order.school_id, today=job.today
    )
    return [_outing(plan) for plan in plans]


def _outing(plan: visit_plans.Plan) -> Outing:
    homes = tuple(Home(home.pupils, home.village, home.day, home.starts_at) for home in plan.homes)
    return Outing(_name(plan.teacher), tuple(map(_name, plan.companions)), homes)


def _name(staff: Staff) -> str:
    return staff.full_name


def kept(name: str) -> str:
    """A name whose parts are not broken at the end of a line: the templates look for the marks."""
    return " ".join(f"\u2068{part}\u2069" for part in name.split())


def digits_of(job: Job) -> Callable[[str], str]:
    """How figures are written on this office's papers."""
    wanted = settings_of(job.session, job.scope.office_id).get(THAI_DIGITS, True)
    return to_thai_digits if wanted and job.t.language == "th" else str


def say(job: Job) -> Callable[[Lazy | str], str]:
    """Words for an official paper, in the reader's language and the office's digits."""
    digits = digits_of(job)
    return lambda text: digits(job.t(text))


def long_day(job: Job, day: date | None) -> str:
    """10 มิถุนายน 2569, or a line to fill in."""
    if day is None:
        return BLANK
    return digits_of(job)(format_date(day, job.t.language, "long").replace(" ", _TIED))


def full_day(job: Job, day: date | None) -> str:
    """วันพุธที่ 10 มิถุนายน 2569, or a line to fill in."""
    if day is None:
        return job.t(_("the day %(blank)s", blank=BLANK))
    return digits_of(job)(format_date(day, job.t.language, "full").replace(" ", _TIED))


def clock(job: Job, at: time | None) -> str:
    """09.30 น., as official Thai writes the hour; or a line to fill in."""
    if at is None:
        return BLANK[: len(BLANK) // 2]
    said = f"{at:%H.%M} น." if job.t.language == "th" else f"{at:%H:%M}"
    return digits_of(job)(said)


def days_between(job: Job, days: Sequence[date]) -> str:
    """One day, or from the first to the last."""
    if not days:
        return BLANK
    if days[0] == days[-1]:
        return long_day(job, days[0])
    between = _("%(first)s to %(last)s", first=long_day(job, days[0]), last=long_day(job, days[-1]))
    return job.t(between)


def memo(
    job: Job,
    school: Letterhead,
    *,
    subject: Lazy,
    body: Sequence[Lazy],
    signed: Sequence[dict[str, str]],
    to: Lazy | None = None,
    day: date | None = None,
    table: dict[str, Any] | None = None,
    decision: bool = False,
) -> dict[str, Any]:
    """One memo for the template `memo`."""
    speak = say(job)
    return {
        "office": f"{school.school} {school.office}",
        "number": "",
        "day": long_day(job, day or job.today),
        "subject": speak(subject),
        "to": speak(to or _("Head of %(school)s", school=school.school)),
        "body": [speak(line) for line in body],
        "signed": list(signed),
        "table": table,
        "decision": decision,
        "head": signature(speak(_("head of school")), school.head, speak(school.post)),
    }


def memo_words(job: Job) -> dict[str, str]:
    speak = say(job)
    return {
        "memo": speak(_("Memorandum")),
        "office": speak(_("Government office")),
        "number": speak(_("Ref.")),
        "day": speak(_("Date")),
        "subject": speak(_("Subject")),
        "to": speak(_("To")),
        "signed": speak(_("Signed")),
        "signed_on": speak(_("Date …… / …… / ……")),
        "opinion": speak(_("Decision of the head of school")),
        "granted": speak(_("Granted")),
        "refused": speak(_("Not granted, because")),
    }


def count_of(pupils: int) -> Lazy:
    return nlazy("%(count)s pupil", "%(count)s pupils", pupils)
