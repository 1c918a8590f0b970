"""A voice note of a visit, to be heard by whoever may read the report (P28)."""

from __future__ import annotations

from typing import Final

from core.i18n import lazy as _
from documents.papers.kinds import Collected, Job, Paper, Reach
from models.queries import media as media_queries
from models.queries import students as student_queries


def _collect(job: Job) -> Collected | None:
    """The note that the order's item names, where it is about the pupil that was ordered."""
    if job.masked or job.order.student_id is None or job.order.item is None:
        return None
    pupil = student_queries.one(
        job.session, job.scope, job.order.student_id, today=job.today, year=job.year
    )
    if pupil is None or pupil.student.is_sealed:
        return None
    voice = media_queries.voice_about(job.session, job.order.item, pupil.student.id)
    return Collected({}, 1, file=voice.path) if voice is not None and voice.path else None


VOICE: Final = Paper(
    name="voice",
    title=_("Voice note"),
    reach=Reach.ROOM,
    collect=_collect,
    format="m4a",
    is_listed=False,
    for_reviewers=True,
)
