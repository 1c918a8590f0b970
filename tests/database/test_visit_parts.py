"""The further layers of a visit: shared by the home, known to siblings, closed around a sealed child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import engine
from conversation.screens import Confirm, Prompt
from core.database import Database, secrets_of
from core.i18n import translator
from forms import FORMS
from forms.layer_codes import Source
from models.draft import Draft, DraftStatus
from models.home_visit import HomeVisit
from models.staff import Staff
from models.student import Student
from models.visit_part import PART_ANSWERS, PART_REVISION, VisitPart, VisitPartRevision
from services import people
from services.people import StaffMember
from services.visits import eef_copy, poverty, visit_known, visit_parts
from services.visits.visit_parts import CORE, EEF, OBEC, PartReceipt
from tests.database.test_home_visits import VALUES, new_draft
from tests.database.test_home_visits import submit as submit_core
from tests.support.village import NOW, TODAY, Village

OBEC_VALUES: dict[str, Any] = {
    "has_guardian": True,
    "family_status": "together",
    "hours_together": "from_4_to_6",
    "close_to": ["mother"],
    "household_size": 5,
    "household_income": 1_200_000,
    "toilet": "yes",
    "travel_mode": "walk",
    "travel_metres": 2_500,
    "wishes": "อยากเป็นหมอ",
    "worries": None,
}
MEMBERS = [
    {"name": "เด็กหญิงมะลิ ใจดี", "relation": "self", "age": 9, "incomes": ["none"]},
    {"name": "เด็กหญิงกุหลาบ ใจดี", "relation": "sibling", "age": 7, "incomes": ["none"]},
    {"name": "นางสมใจ ใจดี", "relation": "mother", "age": 45, "incomes": ["wage"], "wage": 600_000},
]
EEF_VALUES: dict[str, Any] = {
    "family_status": "together",
    "lives_with": "parents",
    "guardian_name": "นางสมใจ ใจดี",
    "members": MEMBERS,
    "tenure": "rent",
    "rent": 150_000,
    "floor": "earth",
    "toilet": "yes",
    "travel_mode": "walk",
    "address": "1 หมู่ 2",
    "notice_given": True,
}
NEXT_YEAR = date(2027, 6, 10)


@pytest.fixture
def village(database: Database) -> Village:
    """Two sisters in two schools, and a boy of the first one's class."""
    village = Village(database)
    village.teaches("สมใจ")
    village.teaches("วีณา", school="วัดนา", level="ป.2")
    village.enrols("มะลิ", guardian="สมใจ", phone="0812345678")
    village.enrols("กุหลาบ", school="วัดนา", level="ป.2", guardian="สมใจ", phone="0812345678")
    village.enrols("จำปี", last_name="อื่น")
    return village


@pytest.fixture
def account(village: Village) -> int:
    return village.chat("ครู").account_id


def teacher(village: Village, name: str = "สมใจ", today: date = TODAY) -> StaffMember:
    return village.database.read(
        lambda session: people.member(
            session, session.get_one(Staff, village.staff[name]), today=today
        )
    )


def report_about(village: Village, pupil: str) -> int:
    """The id of the newest report about a pupil."""
    query = select(HomeVisit).where(HomeVisit.student_id == village.pupils[pupil])
    return int(village.kept(query.order_by(HomeVisit.id))[-1].id)


def layer_draft(village: Village, account: int, form_id: str, report_id: int) -> int:
    def work(session: Session) -> int:
        draft = Draft(
            office_id=village.office_id, account_id=account, form_id=form_id,
            subject={"report": report_id}, status=DraftStatus.OPEN, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        session.add(draft)
        session.flush()
        return draft.id

    return village.database.run(work)


def submit(
    village: Village,
    account: int,
    pupil: str,
    form_id: str = OBEC,
    *,
    by: str = "สมใจ",
    draft: int | None = None,
    today: date = TODAY,
    **changed: Any,
) -> PartReceipt | None:
    values = {**(OBEC_VALUES if form_id == OBEC else EEF_VALUES), **changed}
    report_id = report_about(village, pupil)
    draft_id = draft or layer_draft(village, account, form_id, report_id)
    person = teacher(village, by, today)

    def work(session: Session) -> PartReceipt | None:
        receipt = visit_parts.submit(
            session, person, session.get_one(Draft, draft_id), values,
            sent_at=NOW - timedelta(seconds=90), received_at=NOW, today=today,
        )  # fmt: skip
        session.flush()
        session.expunge_all()
        return receipt

    return village.database.run(work)


def known(
    village: Village, pupil: str, form_id: str = OBEC, *, by: str = "สมใจ", today: date = TODAY
) -> dict[str, tuple[Any, str]]:
    person, report_id = teacher(village, by, today), report_about(village, pupil)
    found = village.database.read(
        lambda session: visit_known.known(session, person, report_id, form_id, today=today)
    )
    return {path: (one.value, one.source) for path, one in found.items()}


def parts(village: Village) -> list[VisitPart]:
    return village.kept(select(VisitPart).order_by(VisitPart.id))


def opened(village: Village, part: VisitPart) -> dict[str, Any]:
    found: dict[str, Any] = village.database.read(
        lambda session: secrets_of(session).open_json(part.answers, column=PART_ANSWERS)
    )
    return found


def test_the_homes_answers_are_kept_once_and_the_pupils_own_apart(village, account):
    """Both are sealed; what was skipped is not there."""
    submit_core(village, account, "มะลิ")
    receipt = submit(village, account, "มะลิ")

    assert receipt is not None
    assert receipt.number == "V69-000001"
    home, own = sorted(parts(village), key=lambda part: part.home_visit_id or 0)
    assert opened(village, home) == {
        "household_size": 5, "household_income": 1_200_000, "toilet": "yes",
    }  # fmt: skip
    assert set(opened(village, own)) == {
        "has_guardian", "family_status", "hours_together", "close_to", "travel_mode",
        "travel_metres", "wishes",
    }  # fmt: skip
    assert (home.home_visit_id, home.draft_id) == (None, None)
    assert own.form_hash == FORMS[OBEC].hash
    assert (own.submitted_at, own.received_at) == (NOW - timedelta(seconds=90), NOW)
    assert b"household" not in home.answers


def test_one_draft_is_one_part(village, account):
    """Whatever crashes: the same draft twice leaves one row, at the same revision."""
    submit_core(village, account, "มะลิ")
    draft = layer_draft(village, account, OBEC, report_about(village, "มะลิ"))
    submit(village, account, "มะลิ", draft=draft)
    submit(village, account, "มะลิ", draft=draft)

    assert [part.revision for part in parts(village)] == [1, 1]


def test_sent_again_it_is_a_correction_and_keeps_what_it_said(village, account):
    """With the revision it was, who replaced it and when."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ")
    submit(village, account, "มะลิ", household_size=6)

    home, own = parts(village)
    assert (home.revision, own.revision) == (2, 1)
    (before,) = village.kept(select(VisitPartRevision))
    assert before.revision == 1
    assert before.replaced_at == NOW
    answers = village.database.read(
        lambda session: secrets_of(session).open_json(before.answers, column=PART_REVISION)
    )
    assert answers["household_size"] == 5


@pytest.mark.parametrize("changed", [{"how": "excused", "excuse": "unsafe"}])
def test_without_a_visit_there_is_no_layer(village, account, changed):
    """An excused pupil owes nothing, and no layer of theirs is taken."""
    submit_core(village, account, "มะลิ", **changed)

    assert submit(village, account, "มะลิ") is None
    assert owed(village) == {}


def test_nobody_completes_a_report_of_another_class(village, account):
    """The scope is asked again when it is sent, and when it is read."""
    submit_core(village, account, "มะลิ")

    assert submit(village, account, "มะลิ", by="วีณา") is None
    assert known(village, "มะลิ", by="วีณา") == {}
    assert parts(village) == []


def owed(village: Village, by: str = "สมใจ", today: date = TODAY) -> dict[str, tuple[str, ...]]:
    person = teacher(village, by, today)

    def look(session: Session) -> dict[str, tuple[str, ...]]:
        found = visit_parts.owed(session, person, today=today)
        return {each.pupil.student.first_name: each.layers for each in found}

    return village.database.read(look)


def mark(village: Village, pupil: str, **values: Any) -> None:
    def work(session: Session) -> None:
        student = session.get_one(Student, village.pupils[pupil])
        for name, value in values.items():
            setattr(student, name, value)

    village.database.run(work)


def test_what_is_owed(village, account):
    """OBEC's part by every visited home, กสศ.'s by those to be screened; what is sent is not."""
    submit_core(village, account, "มะลิ")
    submit_core(village, account, "จำปี")
    mark(village, "จำปี", needs_screening=True)
    assert owed(village) == {"มะลิ": (OBEC,), "จำปี": (OBEC, EEF)}

    submit(village, account, "มะลิ")
    submit(village, account, "จำปี", EEF)
    assert owed(village) == {"จำปี": (OBEC,)}
    assert owed(village, "วีณา") == {}


def test_a_sibling_in_another_school_is_known(village, account):
    """The home's facts are known there, the pupil's own are not, and her teacher owes them."""
    submit_core(village, account, "มะลิ", siblings=("กุหลาบ",))
    submit(village, account, "มะลิ")

    assert owed(village, "วีณา") == {"กุหลาบ": (CORE, OBEC)}
    assert known(village, "กุหลาบ", by="วีณา") == {
        "household_size": (5, Source.SIBLING),
        "household_income": (1_200_000, Source.SIBLING),
        "toilet": ("yes", Source.SIBLING),
    }
    submit(village, account, "กุหลาบ", by="วีณา", wishes="อยากเป็นครู", family_status="together")
    home, *own = parts(village)
    assert [part.home_visit_id is None for part in (home, *own)] == [True, False, False]


def test_the_pupil_of_one_sister_is_the_sister_of_the_other(village, account):
    """The relations of the members turn around with the child."""
    submit_core(village, account, "มะลิ", siblings=("กุหลาบ",))
    submit(village, account, "มะลิ", EEF)
    found = known(village, "กุหลาบ", EEF, by="วีณา")

    relations = {
        found[f"members.{number}.name"][0]: found[f"members.{number}.relation"][0]
        for number in range(3)
    }
    assert relations == {
        "เด็กหญิงมะลิ ใจดี": "sibling", "เด็กหญิงกุหลาบ ใจดี": "self", "นางสมใจ ใจดี": "mother",
    }  # fmt: skip
    assert found["members.3"] == (False, Source.SIBLING)
    assert found["members.2.wage"] == (600_000, Source.SIBLING)


def test_a_guess_by_telephone_shares_no_incomes(village, account):
    """Only those whom a visit has recorded in the same home are siblings here."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ")
    submit_core(village, account, "กุหลาบ", by="วีณา")

    assert known(village, "กุหลาบ", by="วีณา") == {}


@pytest.mark.parametrize("sealed", ["มะลิ", "กุหลาบ"])
def test_a_sealed_child_shares_and_learns_nothing(village, account, sealed):
    """P8: neither the home of a sealed child for others, nor that of others for the child."""
    submit_core(village, account, "มะลิ", siblings=("กุหลาบ",))
    submit(village, account, "มะลิ")
    mark(village, sealed, is_sealed=True)

    assert known(village, "กุหลาบ", by="วีณา") == {}
    submit_core(village, account, "กุหลาบ", by="วีณา")  # another visit, later
    assert known(village, "กุหลาบ", by="วีณา") == {}


def test_everything_about_a_sealed_child_lies_in_their_own_row(village, account):
    """Nothing of it in the row of the home, where others look."""
    submit_core(village, account, "มะลิ")
    mark(village, "มะลิ", is_sealed=True)
    submit(village, account, "มะลิ")

    (part,) = parts(village)
    assert part.home_visit_id is not None
    assert opened(village, part)["household_size"] == 5


def test_last_years_answers_are_known_and_what_belongs_to_the_day_is_not(village, account):
    """Members are a year older; wishes and who came along are asked anew."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ", agencies=["none"], risk_areas=["none"])
    submit(village, account, "มะลิ", EEF)
    submit_again(village, account)

    obec = known(village, "มะลิ", today=NEXT_YEAR)
    assert obec["household_size"] == (5, Source.LAST_YEAR)
    assert obec["family_status"] == ("together", Source.LAST_YEAR)
    assert not {"wishes", "agencies", "risk_areas"} & set(obec)
    eef = known(village, "มะลิ", EEF, today=NEXT_YEAR)
    assert eef["members.2.age"] == (46, Source.LAST_YEAR)
    assert eef["lives_with"] == ("parents", Source.THIS_VISIT)
    assert "notice_given" not in eef


def submit_again(village: Village, account: int) -> None:
    """The same home a year later."""
    from services.visits import home_visits

    person, draft_id = teacher(village, today=NEXT_YEAR), new_draft(village, account)
    values = {**VALUES, "student": str(village.pupils["มะลิ"]), "visited_on": "2027-06-09"}

    def work(session: Session) -> None:
        home_visits.submit(
            session, person, session.get_one(Draft, draft_id), values, form_hash="-",
            sent_at=NOW + timedelta(days=365), received_at=NOW + timedelta(days=365),
            today=NEXT_YEAR,
        )  # fmt: skip

    village.database.run(work)


def test_the_roll_knows_the_pupil_and_says_nothing_of_others(village, account):
    """Name, age by the birth date and schooling by the class; whether there is anybody else is open."""
    mark(village, "มะลิ", birth_date=date(2016, 6, 11))
    submit_core(village, account, "มะลิ")
    found = known(village, "มะลิ", EEF)

    assert found["members.0.name"] == ("เด็กหญิงมะลิ ใจดี", Source.DMC)
    assert found["members.0.age"] == (9, Source.DMC)
    assert found["members.0.education"] == ("primary", Source.DMC)
    assert not [path for path in found if path.startswith("members.1")]
    assert "members.0.incomes" not in found


@pytest.mark.parametrize("born", [date(2568, 1, 1), date(1950, 1, 1)])
def test_a_birth_date_that_is_wrong_is_no_age(village, account, born):
    """A Buddhist year, or a grandmother's: it is asked."""
    mark(village, "มะลิ", birth_date=born)
    submit_core(village, account, "มะลิ")

    assert "members.0.age" not in known(village, "มะลิ", EEF)


def test_a_known_layer_is_a_card_a_section(village, account):
    """The form itself takes everything that is known: nothing of a re-visit is asked twice."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ")
    submit(village, account, "มะลิ", EEF)
    submit_again(village, account)
    person, report_id = teacher(village, today=NEXT_YEAR), report_about(village, "มะลิ")

    def walk(session: Session) -> list[str]:
        form = FORMS[EEF]
        facts = visit_known.facts_of(session, person, report_id, EEF, today=NEXT_YEAR)
        draft = engine.start(form, facts=facts)
        cards = []
        while isinstance(shown := engine.view(form, draft, facts), Confirm):
            cards.append(shown.section_key)
            draft = engine.confirm(form, draft, facts).draft
        assert isinstance(shown, Prompt)
        return cards

    assert village.database.read(walk)[0] == "family"


def test_both_layers_make_one_income(village, account):
    """The members' sum counts where it is complete; a difference is named, not hidden."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ")

    def income(session: Session) -> poverty.Income:
        return poverty.income_of(session, session.get_one(HomeVisit, report_about(village, "มะลิ")))

    assert village.database.read(income).living == poverty.Living(1_200_000, 5)
    submit(village, account, "มะลิ", EEF)
    both = village.database.read(income)
    assert both.living == poverty.Living(600_000, 3)
    assert both.differs


def test_the_rule_says_what_it_was_judged_by(village, account):
    """Income within the limit, and the items of the home with their reasons."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ", EEF)
    found = village.database.read(
        lambda session: poverty.assessment_of(
            session, session.get_one(HomeVisit, report_about(village, "มะลิ"))
        )
    )

    assert found is not None
    assert found.income is poverty.State.HARDSHIP
    assert {item.code for item in found.hardships} == {"tenure", "floor"}


def test_the_copy_sheet_has_the_order_of_the_app(village, account):
    """Every label, with its answer in words or empty; nobody else's teacher gets it."""
    submit_core(village, account, "มะลิ")
    submit(village, account, "มะลิ", EEF)
    report_id, t = report_about(village, "มะลิ"), translator("th")

    def sheet(by: str) -> list[tuple[str, list[tuple[str, str]]]]:
        person = teacher(village, by)
        found = village.database.read(
            lambda session: eef_copy.eef_copy_sheet(session, person, report_id, today=TODAY)
        )
        return [
            (t(title), [(t(label), ", ".join(map(t, shown))) for label, shown in lines])
            for title, lines in found
        ]

    assert sheet("วีณา") == []
    sections = dict(sheet("สมใจ"))
    assert list(sections) == [
        "ครอบครัวและผู้ปกครอง", "สมาชิกในครัวเรือน", "สถานะของครัวเรือน", "การเดินทางและที่อยู่",
        "รูปถ่ายและการรับรอง",
    ]  # fmt: skip
    assert ("พื้นบ้าน", "ดิน") in sections["สถานะของครัวเรือน"]
    assert ("ค่าเช่าต่อเดือน", "1,500 บาท") in sections["สถานะของครัวเรือน"]
    assert ("หลังคา", "") in sections["สถานะของครัวเรือน"]
    members = sections["สมาชิกในครัวเรือน"]
    assert ("3. ชื่อ", "นางสมใจ ใจดี") in members
    assert [label for label, _value in members if label.startswith("1.")][:2] == [
        "1. ชื่อ", "1. ความสัมพันธ์",
    ]  # fmt: skip
