"""Where everything is that was sent between two houses: each thing once, and nowhere twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.draft import Draft, DraftStatus
from models.home_visit import HOUSEHOLD_ANSWERS, PUPIL_ANSWERS, HomeVisit, HouseholdVisit
from models.media import Media, MediaStatus
from models.roadside import RoadsideItem, RoadsideStatus
from services import drafts
from services.visits import roadside
from tests.chaos.road import Sent, Traveller

REPORT, DRAFT, WAITING = "in reports", "in unfinished ones", "waiting for a pupil"
THROWN = "thrown away by the sender"


def road(session: Session, teachers: Sequence[Traveller]) -> str:
    """Every photo, pin and line lies in one report, or is there for its owner to be assigned."""
    places = _Places(session)
    found: Counter[str] = Counter()
    for sent in (each for teacher in teachers for each in teacher.sent):
        where = places.of(sent)
        assert len(where) == 1, f"{sent} is {where or 'lost'}: {places.story(sent)}"
        found[where[0]] += 1
    assert not found[WAITING], f"{found[WAITING]} of {found.total()} were never assigned"
    said = ", ".join(f"{count} {where}" for where, count in found.items())
    return f"{found.total()} things of the road: {said or 'none'}"


class _Places:
    """Where things lie, in the words of their reports and drafts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        open_box = secrets_of(session).open_json
        #: By the id of the report's home or of the draft: the answers of all its pupils.
        self._reports: dict[int, dict[str, Any]] = {}
        joined = select(HomeVisit, HouseholdVisit).join(
            HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id
        )
        for report, visit in session.execute(joined):
            answers = open_box(visit.answers, column=HOUSEHOLD_ANSWERS) if visit.answers else {}
            answers |= open_box(report.answers, column=PUPIL_ANSWERS) if report.answers else {}
            self._reports[visit.id] = answers
        live = select(Draft).where(Draft.status.in_([DraftStatus.OPEN, DraftStatus.PARKED]))
        self._drafts: dict[int, Mapping[str, Any]] = {}
        #: Those begin with what their report has already.
        self._corrections: dict[int, Mapping[str, Any]] = {}
        for row in session.scalars(live):
            draft = drafts.load(session, row)
            found = self._corrections if (row.subject or {}).get("report") else self._drafts
            found[row.id] = {**draft.gathering, **draft.answers}

    def of(self, sent: Sent) -> list[str]:
        """All places in which a thing lies."""
        items = self._items(sent)
        assert len(items) <= 1, self.story(sent)
        waits = [WAITING for item in items if item.status is RoadsideStatus.WAITING]
        if any(item.status is RoadsideStatus.WITHDRAWN for item in items):
            return [THROWN]  # after a question, where the home had its six photos
        if sent.kind == "image":
            return waits + self._of_photo(sent)
        if sent.kind == "location":
            return waits or self._of_pin(sent, items)
        return waits + self._holding("note", lambda note: sent.mark in str(note))

    def _of_photo(self, sent: Sent) -> list[str]:
        rows = self._session.scalars(
            select(Media).where(Media.line_message_id == sent.message_id)
        ).all()
        assert [row.status for row in rows] == [MediaStatus.STORED], self.story(sent)
        (row,) = rows
        if row.household_visit_id is not None:
            photos = self._reports[row.household_visit_id].get("photos")
            return [REPORT] if _has(photos, row) else []
        return self._holding("photos", lambda photos: _has(photos, row))

    def _of_pin(self, sent: Sent, items: Sequence[RoadsideItem]) -> list[str]:
        """A pin is there as long as the home has it, or a later one of the same home."""
        found = self._holding("place", lambda place: _is_at(place, sent.mark))
        if found or not items:
            return found
        (item,) = items
        later = self._session.scalars(
            select(RoadsideItem).where(
                RoadsideItem.draft_id == item.draft_id, RoadsideItem.kind == item.kind
            )
        ).all()
        marks = {str(roadside.content_of(self._session, each)["latitude"]) for each in later}
        return self._holding("place", lambda place: any(_is_at(place, each) for each in marks))[:1]

    def _holding(self, key: str, holds: Any) -> list[str]:
        reports = [REPORT for answers in self._reports.values() if holds(answers.get(key))]
        found = reports + [DRAFT for each in self._drafts.values() if holds(each.get(key))]
        return found or [DRAFT for each in self._corrections.values() if holds(each.get(key))]

    def _items(self, sent: Sent) -> Sequence[RoadsideItem]:
        return self._session.scalars(
            select(RoadsideItem).where(RoadsideItem.line_message_id == sent.message_id)
        ).all()

    def story(self, sent: Sent) -> str:
        """What the tables say of it, for the report of a failed run."""
        items = [(item.status.value, item.draft_id) for item in self._items(sent)]
        rows = self._session.scalars(select(Media).where(Media.line_message_id == sent.message_id))
        photos = [(row.status.value, row.draft_id, row.household_visit_id) for row in rows]
        return f"items {items}, photos {photos}"


def _has(photos: object, row: Media) -> bool:
    """Whether these are photos, and this one among them; a way out is a code in their place."""
    return isinstance(photos, list) and [one["id"] for one in photos].count(str(row.id)) == 1


def _is_at(place: object, latitude: str) -> bool:
    return isinstance(place, dict) and abs(place.get("latitude", 0) - float(latitude)) < 1e-10
