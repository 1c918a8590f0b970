"""The school's QR as a poster for the staff room: scan, tap your name, and the head lets you in."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from documents.papers.heads import letterhead
from documents.papers.kinds import Collected, Job, Paper, Reach
from documents.qr import qr_code
from models.office import School
from services import school_door

SCHOOL: Final = _("For the school")


def _collect(job: Job) -> Collected | None:
    assert job.order.school_id is not None
    school = job.session.get_one(School, job.order.school_id)
    word = school_door.word_of(job.session, school)
    link = school_door.link_of(job.session, school)
    head = letterhead(job, school.id)
    t = job.t
    data = {
        "title": t(_("Come in to Doolae")),
        "school": head.school,
        "office": head.office,
        "qr": qr_code(link or word),
        "word": word,
        "hint": t(_("Scan with the phone's camera, or type this in the chat")),
        "steps": [
            t(_("Scan the QR code and send the message that is written there")),
            t(_("Read how data is used, and tap your own name")),
            t(_("The head of school confirms that it is you")),
        ],
        "notice": t(
            _(
                "For the staff of this school only: please hang it where visitors do not pass. A "
                "new QR can be made at any time; the old one then opens nothing."
            )
        ),
    }
    return Collected(data, 1)


DOOR: Final = Paper(
    name="school-door",
    title=_("The school's QR poster"),
    reach=Reach.SCHOOL,
    collect=_collect,
    when=SCHOOL,
)
