"""แบบส่งต่อ: the referral form with its tear-off reply (domain §1.5, [REF])."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from core.clock import local_date
from core.database import secrets_of
from core.i18n import Lazy
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.heads import signature
from documents.papers.kinds import Collected, Job, Paper, Reach
from forms.casework_codes import BASES, URGENCIES
from models.casework import Referral
from models.incident import Incident
from models.office import Office, School
from models.queries import staff as staff_queries
from models.staff import Staff
from models.student import CITIZEN_ID, Student
from services import people
from services.urgent import incident_relation, incident_scope, incident_work, referrals

REFERRAL_PAPER: Final = "referral"
_SHOWN_DIGITS: Final = 4


def _collect(job: Job) -> Collected | None:
    """For who may open the case in full; the press writes down who took it out."""
    found = _readable(job)
    if found is None:
        return None
    referral, incident = found
    t, told = job.t, referrals.body_of(job.session, referral)
    answer = referrals.answer_of(job.session, referral)
    office = job.session.get_one(Office, referral.office_id)
    school = job.session.get(School, incident.school_id) if incident.school_id else None
    where = _("Outside") if referral.partner_id is not None else _("Inside")
    sender = job.session.get_one(Staff, referral.sent_by_id)
    drill = t(_("DRILL · ")) if incident.is_drill else ""
    facts: list[tuple[Lazy, str]] = [
        (_("No."), referral.number),
        (_("Date"), format_date(local_date(referral.sent_at), t.language, "long")),
        (_("Kind of referral"), t(where)),
        (_("Receiving unit"), referrals.receiver_name(job.session, referral)),
        (_("Urgency"), t(URGENCIES[referral.urgency])),
        (_("Sent from"), f"{school.name} · {office.name}" if school is not None else office.name),
        (_("Passed on because"), t(BASES[told["basis"]]) if told.get("basis") in BASES else ""),
    ]
    data: dict[str, Any] = {
        "title": drill + t(_("Referral form")),
        "facts": [{"label": t(label), "value": value} for label, value in facts],
        "pupil": [{"label": t(label), "value": value} for label, value in _pupil(job, told)],
        "parts": [
            {"label": t(_("Problem and reason")), "text": told.get("problem", "")},
            {"label": t(_("Help given already")), "text": told.get("helped", "")},
            {"label": t(_("Asked of the receiver")), "text": told.get("asked", "")},
        ],
        "signed": [
            signature(t(_("Homeroom teacher"))),
            signature(t(_("Guidance, head of student care"))),
            signature(t(_("Director"))),
        ],
        "sender": t(_("Recorded by %(name)s", name=sender.full_name)),
        "cut": t(_("Tear off here and send back")),
        "reply": _reply(job, referral, answer, office.name),
        "words": {
            "signed": t(_("Signed")),
            "signed_on": t(_("Date …… / …… / ……")),
            "language": t.language,
        },
    }
    return Collected(data, 1, reads=incident_scope.name_of(incident))


def _reply(job: Job, referral: Referral, answer: Mapping[str, Any], office: str) -> dict[str, Any]:
    """The slip; what was answered in the chat stands on it already."""
    t = job.t
    received = referral.answered_at
    return {
        "title": t(_("Reply to referral %(number)s", number=referral.number)),
        "to": t(_("To %(office)s", office=office)),
        "received": {
            "label": t(_("Received on")),
            "value": format_date(local_date(received), t.language, "long") if received else "",
        },
        "choices": [
            {"label": t(_("accepted")), "is_chosen": referral.status in ("accepted", "done")},
            {"label": t(_("passed on to a higher unit")), "is_chosen": False},
            {"label": t(_("other / declined")), "is_chosen": referral.status == "declined"},
        ],
        "said": {
            "label": t(_("What was done, or why not")),
            "text": answer.get("done") or answer.get("reason") or "",
        },
        "signed": signature(t(_("Receiver, name and post")), answer.get("signed", "")),
    }


def _pupil(job: Job, told: Mapping[str, Any]) -> list[tuple[Lazy, str]]:
    """Name and class; the number of the register is masked, a sealed pupil's place left out."""
    student_id = told.get("student")
    student = job.session.get(Student, int(student_id)) if student_id is not None else None
    if student is None or job.masked:
        return [(_("Pupil's name"), ""), (_("Class"), ""), (_("ID number"), "")]
    place = None if student.is_sealed else staff_queries.place_of(job.session, student.id)
    return [
        (_("Pupil's name"), student.full_name),
        (_("Class"), " · ".join(place) if place is not None else ""),
        (_("ID number"), _masked(job, student)),
    ]


def _masked(job: Job, student: Student) -> str:
    """The last digits only."""
    if student.citizen_id is None:
        return ""
    value = secrets_of(job.session).open(student.citizen_id, column=CITIZEN_ID).decode()
    hidden = len(value) - _SHOWN_DIGITS
    return "x" * hidden + value[hidden:]


def _readable(job: Job) -> tuple[Referral, Incident] | None:
    referral = job.session.get(Referral, job.order.item) if job.order.item is not None else None
    staff = job.session.get(Staff, job.staff_id) if job.staff_id is not None else None
    if referral is None or staff is None or referral.office_id != staff.office_id:
        return None
    person = people.member(job.session, staff, today=job.today)
    incident = job.session.get_one(Incident, referral.incident_id)
    if incident_work.readable(job.session, person, incident.id) is None:
        return None
    if incident_relation.must_be_asked(job.session, person, incident):
        return None
    return referral, incident


REFERRAL: Final = Paper(
    name=REFERRAL_PAPER,
    title=_("Referral form"),
    reach=Reach.ITEM,
    collect=_collect,
    template="referral",
    is_listed=False,
)
