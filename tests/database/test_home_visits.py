"""A home visit that was sent: one home, a report for each pupil, and nothing invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.database import Database, secrets_of
from forms.visit_codes import Danger, KnownPlace
from models.draft import Draft, DraftStatus
from models.home_visit import PUPIL_ANSWERS, HomeVisit, HouseholdVisit, Outcome
from models.household import Household, Residence
from models.line_account import Binding, Notice
from models.media import Media, MediaStatus
from models.staff import Staff
from models.timeline import Event
from services import people
from services.people import StaffMember
from services.visits import home_visits, late_answers, visit_facts
from services.visits.home_visits import Receipt
from tests.support.village import NOW, TODAY, Village

#: What the form gives for a visit at home.
VALUES: dict[str, Any] = {
    "siblings": None,
    "visited_on": "2026-06-09",
    "how": "home",
    "met": ["mother"],
    "lives_with": "parents",
    "photos": [],
    "place": {"latitude": 14.02, "longitude": 99.53},
    "help_needed": ["money"],
    "note": "บ้านอยู่ท้ายซอย",
    "danger": "none",
}
PHONE = "0812345678"


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        village.enrols(name, last_name="ใจดี" if name == "มะลิ" else "อื่น")
    return village


@pytest.fixture
def account(village: Village) -> int:
    return village.chat("ครู").account_id


def teacher(village: Village, name: str = "สมใจ") -> StaffMember:
    return village.database.read(
        lambda session: people.member(
            session, session.get_one(Staff, village.staff[name]), today=TODAY
        )
    )


def new_draft(village: Village, account: int) -> int:
    def work(session: Session) -> int:
        draft = Draft(
            office_id=village.office_id, account_id=account, form_id="home_visit",
            status=DraftStatus.OPEN, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        session.add(draft)
        session.flush()
        return draft.id

    return village.database.run(work)


def submit(
    village: Village,
    account: int,
    pupil: str,
    *,
    by: str = "สมใจ",
    siblings: tuple[str, ...] = (),
    draft: int | None = None,
    **changed: Any,
) -> Receipt | None:
    values = {
        **VALUES,
        "student": str(village.pupils[pupil]),
        "siblings": [str(village.pupils[name]) for name in siblings] or None,
        **changed,
    }
    person, draft_id = teacher(village, by), draft or new_draft(village, account)

    def work(session: Session) -> Receipt | None:
        receipt = home_visits.submit(
            session,
            person,
            session.get_one(Draft, draft_id),
            values,
            form_hash="hash",
            sent_at=NOW - timedelta(seconds=90),
            received_at=NOW,
            today=TODAY,
        )
        if receipt is not None:  # read what tests look at while it can be read
            _ = [(pupil.student.first_name, pupil.class_name) for _n, pupil in receipt.numbers]
        session.flush()
        session.expunge_all()
        return receipt

    return village.database.run(work)


def reports(village: Village) -> list[HomeVisit]:
    return village.kept(select(HomeVisit).order_by(HomeVisit.id))


def test_a_report_is_kept_as_it_was_that_day(village, account):
    """
    School, class, number, outcome and LINE's own time of the tap (P30) stand in columns; the
    pupil's answers are sealed, and say codes.
    """
    receipt = submit(village, account, "มะลิ")

    (report,) = reports(village)
    assert receipt is not None
    assert receipt.numbers[0][0] == report.number == "V69-000001"
    assert (report.level, report.room, report.student_no) == ("ป.4", "1", "04101")
    assert report.outcome is Outcome.VISITED
    assert report.visited_on.isoformat() == "2026-06-09"
    assert (report.submitted_at, report.received_at) == (NOW - timedelta(seconds=90), NOW)
    assert report.answers is not None
    answers = village.database.read(
        lambda session: secrets_of(session).open_json(report.answers, column=PUPIL_ANSWERS)
    )
    assert answers == {
        "lives_with": "parents",
        "help_needed": ["money"],
        "note": "บ้านอยู่ท้ายซอย",
        "danger": "none",
    }
    assert "ท้ายซอย".encode() not in report.answers
    (event,) = village.kept(select(Event).where(Event.subject_type == "home_visit"))
    assert (event.kind, event.subject_id) == ("home_visit.submitted", report.id)


def test_numbers_go_up_by_one(village, account):
    """
    Each report of a year has the next number of the office.
    """
    for name in ("มะลิ", "กุหลาบ", "จำปี"):
        submit(village, account, name)

    assert [each.number for each in reports(village)] == ["V69-000001", "V69-000002", "V69-000003"]


def test_progress_counts_the_room_of_the_pupil(village, account):
    """
    "เยี่ยมแล้ว 1 จาก 3 คน" is about the class, with this report in it.
    """
    village.teaches("สมศรี", level="ป.6")
    village.enrols("จำปา", level="ป.6")

    receipt = submit(village, account, "มะลิ")

    assert receipt is not None
    assert (receipt.progress.visited, receipt.progress.pupils) == (1, 3)


def test_an_excuse_is_no_visit(village, account):
    """
    Excused keeps its reason and counts beside the visits, never among them.
    """
    receipt = submit(village, account, "มะลิ", how="excused", excuse="unsafe", danger=None)

    (report,) = reports(village)
    assert (report.outcome, report.excuse) == (Outcome.EXCUSED, "unsafe")
    assert receipt is not None
    assert (receipt.progress.visited, receipt.progress.excused) == (0, 1)


def test_a_pupil_of_another_class_is_out_of_reach(village, account):
    """
    Whatever a draft says: only pupils of one's own rooms can be reported on.
    """
    village.enrols("จำปา", level="ป.6")

    assert submit(village, account, "จำปา") is None
    assert reports(village) == []


def test_one_draft_becomes_one_visit(village, account):
    """
    A draft that was sent twice, by whatever accident, cannot be two visits.
    """
    draft = new_draft(village, account)
    submit(village, account, "มะลิ", draft=draft)

    with pytest.raises(IntegrityError):
        submit(village, account, "มะลิ", draft=draft)
    assert len(reports(village)) == 1


# --- homes ---------------------------------------------------------------------------------------


def test_siblings_share_the_home_and_have_reports_of_their_own(village, account):
    """
    P17: one visit, one home, a report per pupil across schools; the pupil's own questions were not
    asked about the sibling, so nothing is answered for them.
    """
    village.teaches("สมศรี", "วัดนา", "ป.6")
    village.enrols("พี่", last_name="ใจดี", school="วัดนา", level="ป.6", phone=PHONE)
    village.enrols("น้อง", last_name="ใจดี", phone=PHONE)

    receipt = submit(village, account, "น้อง", siblings=("พี่",))

    own, siblings = reports(village)
    assert receipt is not None
    assert [pupil.student.first_name for _number, pupil in receipt.numbers] == ["น้อง", "พี่"]
    assert own.household_visit_id == siblings.household_visit_id
    assert siblings.school_id == village.schools["วัดนา"]
    assert siblings.answers is None
    residents = village.kept(select(Residence.student_id).where(Residence.ends_on.is_(None)))
    assert set(residents) == {village.pupils["พี่"], village.pupils["น้อง"]}


def test_an_excuse_holds_for_the_siblings_too(village, account):
    """
    The family that declined declined for all its children; the reason is on each report.
    """
    village.enrols("พี่", level="ป.6", phone=PHONE)
    village.enrols("น้อง", phone=PHONE)
    submit(village, account, "น้อง", siblings=("พี่",), how="excused", excuse="refused", danger=None)

    assert [each.excuse for each in reports(village)] == ["refused", "refused"]


def test_the_siblings_teachers_are_told_and_nobody_else(village, account):
    """
    The homeroom teacher of the sibling hears of it with their next reply; the reporter, and those
    of other rooms, do not.
    """
    village.teaches("สมศรี", level="ป.6")
    village.teaches("สมพร", level="ป.6", room="2")
    for name in ("สมศรี", "สมพร", "สมใจ"):
        _bind(village, name)
    village.enrols("พี่", level="ป.6", phone=PHONE)
    village.enrols("น้อง", phone=PHONE)
    submit(village, account, "น้อง", siblings=("พี่",))

    (notice,) = village.kept(select(Notice))
    (told,) = village.kept(select(Binding).where(Binding.account_id == notice.account_id))
    assert told.staff_id == village.staff["สมศรี"]
    assert notice.kind == "home_visit.by_other"


def test_who_is_no_sibling_is_not_reported_on(village, account):
    """
    A draft that names a stranger as a sibling makes no report about them.
    """
    submit(village, account, "มะลิ", siblings=("กุหลาบ",))

    assert [each.student_id for each in reports(village)] == [village.pupils["มะลิ"]]


def test_the_second_visit_finds_the_home(village, account):
    """
    The same pupil's home stays one home, the newest pin is kept, and the receipt says that there
    was a report before; the pupil counts once.
    """
    submit(village, account, "มะลิ")
    again = submit(village, account, "มะลิ", place={"address": "ย้ายไปท้ายหมู่บ้าน"})

    assert again is not None
    assert again.earlier is not None
    assert again.earlier[0] == "V69-000001"
    assert again.progress.visited == 1
    assert len(village.kept(select(Household))) == 1
    assert len(village.kept(select(HouseholdVisit))) == 2


def test_a_pupil_moves_in_with_a_sibling(village, account):
    """
    Two homes that turn out to be one become one from the day of the visit.
    """
    village.enrols("พี่", phone=PHONE)
    village.enrols("น้อง", phone=PHONE)
    submit(village, account, "พี่")
    submit(village, account, "น้อง")
    submit(village, account, "น้อง", siblings=("พี่",))

    lives = village.kept(select(Residence).where(Residence.ends_on.is_(None)))
    assert len({each.household_id for each in lives}) == 1
    assert {each.student_id for each in lives} == {village.pupils["พี่"], village.pupils["น้อง"]}


def test_photos_belong_to_the_visit(village, account):
    """
    Photos that were answered go with the visit; one that was replaced stays with its draft.
    """
    draft = new_draft(village, account)

    def send(session):
        rows = [
            Media(
                office_id=village.office_id, channel_id=village.channel_id, account_id=account,
                line_message_id=str(number), draft_id=draft, status=MediaStatus.STORED,
                due_at=NOW, created_at=NOW,
            )
            for number in range(3)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]

    first, second, _unused = village.database.run(send)
    photos = [{"id": str(first)}, {"id": str(second)}]
    submit(village, account, "มะลิ", draft=draft, photos=photos)

    (visit,) = village.kept(select(HouseholdVisit))
    kept = village.kept(select(Media.household_visit_id).order_by(Media.id))
    assert kept == [visit.id, visit.id, None]


# --- what the form may know ----------------------------------------------------------------------


def mates(village: Village, pupil: str, *, by: str = "สมใจ") -> set[str]:
    person = teacher(village, by)
    return village.database.read(
        lambda session: {
            mate.student.first_name
            for mate in visit_facts.housemates(session, person, village.pupils[pupil], today=TODAY)
        }
    )


def places(village: Village, pupil: str) -> set[KnownPlace]:
    person = teacher(village)
    return village.database.read(
        lambda session: set(
            visit_facts.known_places(session, person, village.pupils[pupil], today=TODAY)
        )
    )


def test_siblings_are_known_by_the_guardians_phone_or_name(village):
    """
    The same phone is enough; the same name of a guardian only with the same family name, and only
    in the same school.
    """
    village.enrols("น้อง", last_name="ศรีสุข", guardian="นางสาย ศรีสุข", phone=PHONE)
    village.enrols("พี่", last_name="อีกชื่อ", school="วัดนา", phone=PHONE)
    village.enrols("กลาง", last_name="ศรีสุข", level="ป.5", guardian="สาย ศรีสุข")
    village.enrols("คนอื่น", last_name="ไม่เกี่ยว", guardian="นางสาย ศรีสุข")
    village.enrols("ชื่อพ้อง", last_name="ศรีสุข", school="วัดนา", guardian="นางสาย ศรีสุข")

    assert mates(village, "น้อง") == {"พี่", "กลาง"}


def test_siblings_of_ones_own_pupils_only(village):
    """
    Nobody learns who lives with a pupil of another class.
    """
    village.teaches("สมศรี", level="ป.6")
    village.enrols("น้อง", phone=PHONE)
    village.enrols("พี่", level="ป.6", phone=PHONE)

    assert mates(village, "น้อง") == {"พี่"}
    assert mates(village, "น้อง", by="สมศรี") == set()


def test_a_sealed_child_has_no_siblings_and_no_place(village, account):
    """
    P8: where a child under protection lives, and with whom, is hidden, its own teacher included.
    """
    village.enrols("น้อง", phone=PHONE)
    village.enrols("ลับ", phone=PHONE, is_sealed=True)
    submit(village, account, "ลับ")

    assert mates(village, "น้อง") == set()
    assert mates(village, "ลับ") == set()
    assert places(village, "ลับ") == set()
    assert places(village, "น้อง") == set()


def test_a_known_place_need_not_be_sent_again(village, account):
    """
    P20: last year's pin, or a sibling's, is offered; taking the sibling's pins this home too.
    """
    village.enrols("พี่", phone=PHONE)
    village.enrols("น้อง", phone=PHONE)
    assert places(village, "น้อง") == set()
    submit(village, account, "พี่")
    assert places(village, "พี่") == {KnownPlace.LAST_YEAR}
    assert places(village, "น้อง") == {KnownPlace.SIBLING}

    submit(village, account, "น้อง", place=KnownPlace.SIBLING.value)

    assert KnownPlace.LAST_YEAR in places(village, "น้อง")


def test_last_years_answers_are_the_pupils_own(village, account):
    """
    What was answered last is there to be confirmed, for the pupil's own teacher only.
    """
    village.teaches("สมศรี", level="ป.6")
    submit(village, account, "มะลิ")

    def known(by):
        person = teacher(village, by)
        return village.database.read(
            lambda session: visit_facts.known_answers(
                session, person, village.pupils["มะลิ"], today=TODAY
            )
        )

    assert known("สมใจ")["lives_with"] == "parents"
    assert known("สมศรี") == {}


def test_the_last_question_can_be_answered_after_leaving_the_home(village, account):
    """
    P6: "after I leave" keeps a question for the teacher, which is answered once.
    """
    submit(village, account, "มะลิ", danger="later")
    (report,) = reports(village)
    (notice,) = village.kept(select(Notice))
    assert (notice.account_id, notice.kind) == (account, "home_visit.answer_later")
    person = teacher(village)

    def answer(session):
        found = late_answers.take(session, person, report.id, Danger.YES, now=NOW, today=TODAY)
        return found is not None

    assert village.database.run(answer)
    assert not village.database.run(answer)
    (changed,) = reports(village)
    assert changed.revision == 2


def _bind(village: Village, name: str) -> None:
    def work(session):
        session.add(
            Binding(
                office_id=village.office_id,
                account_id=chat.account_id,
                staff_id=village.staff[name],
                bound_at=NOW,
            )
        )

    chat = village.chat(name)
    village.database.run(work)


def test_the_office_decides_which_ways_of_visiting_count(village, account):
    """
    Where the office counts visits at home only, a telephone call is kept, but the pupil still
    waits; the figure says what it counts (P22).
    """
    village.set(visits_that_count=["home"])
    called = submit(village, account, "มะลิ", how="phone_or_video", place=None)
    at_home = submit(village, account, "กุหลาบ")

    assert called is not None
    assert at_home is not None
    assert (called.progress.visited, called.progress.waiting) == (0, 3)
    assert (at_home.progress.visited, at_home.progress.waiting) == (1, 2)
