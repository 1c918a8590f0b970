"""A visit with all its layers and photos, as it stands in the tables once it was sent."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from core.database import secrets_of
from core.store import Store
from forms import FORMS
from models.home_visit import HOUSEHOLD_ANSWERS, PUPIL_ANSWERS, HouseholdVisit, Outcome
from models.media import Media, MediaStatus
from models.student import CITIZEN_ID, Student
from models.visit_part import PART_ANSWERS, VisitPart
from tests.support.photos import a_photo
from tests.support.village import NOW, Village
from tests.support.village_visits import add_visit

STORY: Final = "หลังคารั่วตอนฝนตก"
CITIZEN: Final = "1101700230708"
ADDRESS: Final = "12 หมู่ 5 ต.หนองรี"
MEMBER: Final[dict[str, Any]] = {
    "name": "นางสมหมาย ทองดี",
    "relation": "grandparent",
    "age": 67,
    "education": "primary",
    "disabled": False,
    "chronic": True,
    "incomes": ["farm"],
    "farm": 150_000,
}
OBEC: Final = {"has_guardian": True, "household_size": 4, "household_income": 850_000}
EEF: Final = {"lives_with": "relatives", "members": [MEMBER], "address": ADDRESS}


def add_visited(
    session: Session, village: Village, store: Store, name: str, *, photo: bytes | None = None
) -> None:
    """One visit with all its layers and two photos; `สมใจ` visited."""
    secrets = secrets_of(session)
    report = add_visit(session, village, name, Outcome.VISITED)
    session.flush()
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    visit.reporter_id = village.staff["สมใจ"]
    photos = []
    for number in range(2):
        path = f"1/{name}/{number}.jpg"
        store.put(path, photo or a_photo())
        media = Media(
            office_id=village.office_id, channel_id=village.channel_id, account_id=1,
            line_message_id=f"{name}{number}", draft_id=visit.draft_id,
            household_visit_id=visit.id, status=MediaStatus.STORED, due_at=NOW, attempts=1,
            path=path, created_at=NOW,
        )  # fmt: skip
        session.add(media)
        session.flush()
        photos.append({"id": str(media.id)})
    shared = {
        "visited_on": "2026-06-10", "how": "home", "met": ["mother"], "photos": photos,
        "place": {"latitude": 14.0, "longitude": 99.5, "address": ADDRESS},
    }  # fmt: skip
    own = {"lives_with": "relatives", "help_needed": ["money"], "danger": "yes", "note": STORY}
    visit.answers = secrets.seal_json(shared, column=HOUSEHOLD_ANSWERS)
    report.answers = secrets.seal_json(own, column=PUPIL_ANSWERS)
    pupil = session.get_one(Student, village.pupils[name])
    pupil.citizen_id = secrets.seal(CITIZEN.encode(), column=CITIZEN_ID)
    for form_id, answers in (("home_visit_obec", OBEC), ("eef_screening", EEF)):
        part = VisitPart(
            office_id=village.office_id, household_visit_id=visit.id, home_visit_id=report.id,
            form_id=form_id, form_hash=FORMS[form_id].hash, revision=1,
            answers=secrets.seal_json(answers, column=PART_ANSWERS),
            reporter_id=visit.reporter_id, submitted_at=NOW, received_at=NOW,
        )  # fmt: skip
        session.add(part)
