"""Photos and voice notes of an urgent case, for those who may open it in full (P14).

What its sender took back is for the case's owner alone.
"""

from __future__ import annotations

from typing import Final

from core.clock import BANGKOK, local_date
from core.i18n import lazy as _
from core.thai import format_date
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.incident import Incident
from models.media import Media, MediaKind, MediaStatus
from models.queries import media as media_queries
from models.staff import Staff
from services import people
from services.people import StaffMember
from services.urgent import case_evidence, incident_relation, incident_scope, incident_work


def _pictures(job: Job) -> Collected | None:
    """Every photo with the moment it came; the order's item is the case."""
    incident = job.session.get(Incident, job.order.item) if job.order.item is not None else None
    person = _reader(job, incident)
    if incident is None or person is None:
        return None
    found = [
        one for one in case_evidence.photos(job.session, person, incident) if one.path is not None
    ]
    if not found:
        return None
    drill = job.t(_("DRILL · ")) if incident.is_drill else ""
    data = {
        "title": drill + job.t(_("Photos of case %(number)s", number=incident.number)),
        "warning": job.t(_("For those who work on the case. Please do not pass it on.")),
        "photos_of": [{"key": str(one.id), "words": _caption(job, one)} for one in found],
        "words": {"language": job.t.language},
    }
    paths = {str(one.id): one.path or "" for one in found}
    return Collected(data, len(found), paths, reads=incident_scope.name_of(incident))


def _voice(job: Job) -> Collected | None:
    """The voice note that the order's item names."""
    media = job.session.get(Media, job.order.item) if job.order.item is not None else None
    incident = media_queries.incident_of(job.session, media) if media is not None else None
    person = _reader(job, incident)
    if media is None or incident is None or person is None or media.kind is not MediaKind.AUDIO:
        return None
    if media not in case_evidence.voices(job.session, person, incident) or not media.path:
        return None
    return Collected({}, 1, file=media.path, reads=incident_scope.name_of(incident))


def _reader(job: Job, incident: Incident | None) -> StaffMember | None:
    """Who asks, where they may open the case and have said that they are not related (P4)."""
    staff = job.session.get(Staff, job.staff_id) if job.staff_id is not None else None
    if incident is None or staff is None or job.masked or incident.office_id != staff.office_id:
        return None
    person = people.member(job.session, staff, today=job.today)
    if incident_work.readable(job.session, person, incident.id) is None:
        return None
    if incident_relation.must_be_asked(job.session, person, incident):
        return None
    return person


def _caption(job: Job, media: Media) -> str:
    at = media.created_at.astimezone(BANGKOK)
    said = f"{format_date(local_date(media.created_at), job.t.language, 'short')} {at:%H:%M}"
    if media.status is MediaStatus.HIDDEN:
        said += " · " + job.t(_("taken back by whoever sent it"))
    return said


PICTURES: Final = Paper(
    name="case-photos",
    title=_("Photos of the case"),
    reach=Reach.ITEM,
    collect=_pictures,
    template="case-photos",
    is_listed=False,
)
VOICE: Final = Paper(
    name="case-voice",
    title=_("Voice note of the case"),
    reach=Reach.ITEM,
    collect=_voice,
    format="m4a",
    is_listed=False,
)
