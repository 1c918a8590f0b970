"""DMC's lists taken in: facts, moves, rivals, leavers, children without a school."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from core.database import Database, secrets_of
from documents.tables import UnreadableTable
from models import (
    Binding,
    DmcRecord,
    Enrolment,
    Guardian,
    Invitation,
    LineAccount,
    OutOfSchoolChild,
    School,
    Student,
)
from models.dmc_record import DMC_FACTS
from models.out_of_school import SearchStatus
from services.dmc import dmc_facts
from services.imports.rows import Outcome
from tests.database.conftest import NOW
from tests.database.test_imports import everything, one
from tests.support.dmc_lists import as_csv, as_xlsx, layout_a, layout_b
from tests.support.lists import PUPIL, SCHOOLS, STAFF, take
from tests.support.lists import table as rows
from tests.support.village import Village

TAKEN, CHANGED, UNCHANGED, REFUSED = tuple(Outcome)
LATER = NOW + timedelta(days=30)
OTHER = {0: "01234567", 1: "วัดทดสอบ"}
IDS = ("1101700230708", "1101700230716", "1101700230724")


@pytest.fixture
def schooled(database: Database) -> Database:
    take(database, "schools", SCHOOLS, now=NOW)
    return database


def facts_of(database: Database, pupil_id: int):
    return dict(database.read(lambda session: dmc_facts(session, pupil_id)))


def seal(database: Database) -> None:
    database.run(lambda session: session.execute(update(Student).values(is_sealed=True)))


def test_layout_a_in_cp874_is_taken_with_its_facts_sealed(schooled):
    """
    The pupil is in the class, the guardian is known, the address is sealed and readable by us.
    """
    said = take(schooled, "students", as_csv(layout_a({}), "cp874"), now=NOW)

    assert said.outcomes() == [TAKEN]
    assert said.summary.layout == "DMC A"
    pupil, place = one(schooled, select(Student)), one(schooled, select(Enrolment))
    assert (pupil.full_name, pupil.birth_date) == ("เด็กชายต้น ตัวอย่าง", date(2016, 5, 13))
    assert (place.level, place.room, place.student_no) == ("ป.4", "1", "04101")
    assert place.school_year == 2569
    assert one(schooled, select(Guardian.relation)) == "มารดา"
    facts = facts_of(schooled, pupil.id)
    assert facts["house_no"] == "12/3"
    assert facts["disadvantage"] == ["poor"]
    assert facts["mother_job"] == "รับจ้าง"
    assert facts["school_year"] == 2569
    record = one(schooled, select(DmcRecord))
    assert "ดอนตาล".encode() not in record.facts
    assert not record.may_have_gone


def test_the_same_list_again_changes_nothing_and_layout_b_adds_to_it(schooled):
    """
    A repeated row is unchanged; the other layout adds travel; an empty cell takes nothing away.
    """
    take(schooled, "students", as_csv(layout_a({})), now=NOW)
    assert take(schooled, "students", as_csv(layout_a({})), now=LATER).outcomes() == [UNCHANGED]
    same = {2: IDS[0], 3: "ป.4", 4: "1", 5: "04101", 6: "ช", 7: "เด็กชาย", 8: "ต้น", 9: "ตัวอย่าง",
            10: "13/05/2559", 21: "", 22: "", 23: "", 24: "", 25: ""}  # fmt: skip

    said = take(schooled, "students", as_xlsx(layout_b(same)), now=LATER)

    assert said.outcomes() == [CHANGED]
    facts = facts_of(schooled, one(schooled, select(Student.id)))
    assert (facts["house_no"], facts["current_house_no"]) == ("12/3", "9")
    assert (facts["travel_mode"], facts["disadvantage"]) == ("walk", ["poor"])


def test_a_refused_cell_is_named_as_the_file_names_it(schooled):
    """
    Row, the file's own header with its letter, and what to do; the rows around it are in.
    """
    said = take(
        schooled,
        "students",
        as_csv(
            layout_a(
                {5: "1"},
                {2: "1.10E+12", 5: "2"},
                {2: "110170023070", 5: "3"},
                {2: "G123456789012", 5: "4"},
                {2: "0123456789012", 5: "5"},
                {2: "6123456789012", 5: "6", 3: "ป.9"},
            )
        ),
        now=NOW,
    )

    assert said.outcomes() == [TAKEN, REFUSED, REFUSED, TAKEN, TAKEN, REFUSED]
    outcome, column, reason = said.said(4)
    assert (outcome, column) == (REFUSED, "เลขประจำตัวนักเรียน (C)")
    assert reason.startswith("Excel has turned this code into")
    assert said.said(5)[2].startswith("Excel has cut off the zeros")
    assert said.said(8)[1] == "ชั้น (D)"


def test_a_list_of_last_year_is_refused_as_a_whole(schooled):
    """
    Its classes are last year's: nobody is moved down.
    """
    old = as_csv(layout_a({}, made="วันและเวลาที่สร้างรายงาน 2026-05-02 04:10:12"))

    with pytest.raises(UnreadableTable) as refused:
        take(schooled, "students", old, now=NOW)

    assert "school year before" in refused.value.hint.msgid
    assert everything(schooled, select(Student)) == []


def test_an_older_list_does_not_take_back_who_has_moved_since(schooled):
    """
    The newest census wins: the list of 8 June does not undo a transfer of July.
    """
    take(schooled, "students", as_csv(layout_a({})), now=datetime(2026, 6, 9, tzinfo=UTC))
    moved = take(
        schooled,
        "students",
        as_csv(layout_a(OTHER, made="วันและเวลาที่สร้างรายงาน 2026-07-01 10:00:00")),
        now=datetime(2026, 7, 1, 8, tzinfo=UTC),
    )

    assert moved.said(3)[:2] == (CHANGED, "รหัสโรงเรียน (A)")
    assert moved.reports[0].remarks[0].reason.values == {"school": "บ้านตัวอย่าง"}

    again = take(schooled, "students", as_csv(layout_a({})), now=NOW)

    assert again.said(3)[0] == REFUSED
    assert again.said(3)[2].startswith("A newer list has this pupil")
    here = one(schooled, select(Enrolment).where(Enrolment.ends_on.is_(None)))
    assert here.starts_on == date(2026, 7, 1)


def test_two_schools_that_list_one_pupil_must_settle_it(schooled):
    """
    Who is known somewhere stays; a row marked 3.1.8 gives way; an unknown one is taken once.
    """
    take(schooled, "students", as_csv(layout_a({**OTHER, 2: IDS[0]})), now=NOW)

    said = take(
        schooled,
        "students",
        as_csv(
            layout_a(
                {2: IDS[0], 5: "1"},
                {**OTHER, 2: IDS[0], 5: "04101"},
                {2: IDS[1], 5: "2", 35: "ยังไม่สามารถจำหน่ายได้"},
                {**OTHER, 2: IDS[1], 5: "3"},
                {2: IDS[2], 5: "4"},
                {**OTHER, 2: IDS[2], 5: "5"},
            )
        ),
        now=LATER,
    )

    assert said.outcomes() == [REFUSED, UNCHANGED, REFUSED, TAKEN, TAKEN, REFUSED]
    assert [report.remarks[0].reason.values["number"] for report in said.reports if report.remarks] == [
        4, 3, 6, 8, 7,
    ]  # fmt: skip
    assert len(everything(schooled, select(Student))) == 3
    assert len(everything(schooled, select(Enrolment).where(Enrolment.ends_on.is_(None)))) == 3


def test_a_mark_that_a_pupil_may_have_gone_is_kept_until_the_list_drops_it(schooled):
    take(schooled, "students", as_csv(layout_a({35: "ยังจำหน่ายไม่ได้"})), now=NOW)
    assert one(schooled, select(DmcRecord.may_have_gone)) is True

    take(schooled, "students", as_csv(layout_a({})), now=LATER)

    assert one(schooled, select(DmcRecord.may_have_gone)) is False
    assert "may_have_gone" not in facts_of(schooled, one(schooled, select(Student.id)))


def test_a_sealed_child_stays_sealed_in_import_and_transfer(schooled):
    """
    No fact of theirs is kept or given out, and the report does not say where they came from.
    """
    take(schooled, "students", as_csv(layout_a({})), now=NOW)
    seal(schooled)
    before = one(schooled, select(DmcRecord.facts))

    moved = take(
        schooled,
        "students",
        as_csv(layout_a({**OTHER, 18: "99/9"}, made="วันและเวลาที่สร้างรายงาน 2026-12-20 10:00:00")),
        now=LATER,
    )

    pupil = one(schooled, select(Student))
    assert pupil.is_sealed
    assert moved.outcomes() == [CHANGED]
    assert moved.reports[0].remarks == ()
    assert one(schooled, select(DmcRecord.facts)) == before
    assert facts_of(schooled, pupil.id) == {}


def test_the_guardians_of_a_pupil_who_left_lose_access(schooled):
    """
    The binding ends, the account acts for nobody, a code that is out is good no more.
    """
    village = Village(schooled)
    pupil = village.enrols("ต้น")
    code = village.guardian_code_of("ต้น")
    chat = village.chat("แม่")
    chat.adds()
    chat.taps("รับทราบ")
    chat.says(code)
    chat.taps("ใช่ ถูกต้อง")
    assert one(schooled, select(Binding.ended_at).where(Binding.student_id == pupil)) is None
    stays = rows({**PUPIL, "school_code": "1001"}, {"student_no": "9"})

    said = take(schooled, "students", stays, now=LATER, complete=True)

    assert said.summary.left == 1
    assert one(schooled, select(Binding.ended_at).where(Binding.student_id == pupil)) == LATER
    assert one(schooled, select(Invitation.revoked_at)) == LATER
    account = one(schooled, select(LineAccount).where(LineAccount.id == chat.account_id))
    assert account.acting_binding_id is None


def test_staff_who_left_lose_their_account(schooled):
    """
    A complete list without them ends what their phone may see.
    """
    village = Village(schooled)
    teacher = village.teaches("สมใจ")
    village.comes_in("สมใจ")
    other = rows({**STAFF, "school_code": "1001", "class": "ป.5"}, {"first_name": "ใหม่"})

    take(schooled, "staff", other, now=LATER, complete=True)

    assert one(schooled, select(Binding.ended_at).where(Binding.staff_id == teacher)) == LATER


def test_a_child_without_a_school_is_in_no_class(schooled):
    """
    Found by somebody somewhere, with a status; the place of finding is sealed.
    """
    lost = {**PUPIL, "school_code": "", "class": "", "room": "", "student_no": "", "found_by": "อสม.",
            "found_at": "ตลาดนัด", "out_of_school": "รับแจ้ง"}  # fmt: skip

    said = take(
        schooled,
        "students",
        rows(
            lost,
            {"citizen_id": IDS[0]},
            {"first_name": "ไม่มีบัตร"},
            {"birth_date": ""},
            {"out_of_school": "หาย"},
            {"school_code": "10960001"},
        ),
        now=NOW,
    )

    assert said.outcomes() == [TAKEN, TAKEN, REFUSED, REFUSED, REFUSED]
    assert everything(schooled, select(Enrolment)) == []
    child = everything(schooled, select(OutOfSchoolChild).order_by(OutOfSchoolChild.id))[0]
    assert child.status is SearchStatus.REPORTED
    assert "ตลาดนัด".encode() not in child.found_at
    found = rows(lost, {"citizen_id": IDS[0], "out_of_school": "พบตัว"}, {"first_name": "ไม่มีบัตร"})
    assert take(schooled, "students", found, now=LATER).outcomes() == [CHANGED, UNCHANGED]


def test_a_child_without_a_school_who_is_enrolled_has_been_found(schooled):
    lost = {**PUPIL, "school_code": "", "class": "", "room": "", "student_no": "",
            "citizen_id": IDS[0], "out_of_school": "อยู่ระหว่างติดตาม"}  # fmt: skip
    take(schooled, "students", rows(lost, {}), now=NOW)

    said = take(schooled, "students", rows(PUPIL, {"citizen_id": IDS[0]}), now=LATER)

    assert said.outcomes() == [CHANGED]
    assert one(schooled, select(OutOfSchoolChild.status)) is SearchStatus.OTHER_SCHOOL
    assert one(schooled, select(School.code).join(Enrolment)) == "10960001"
    again = take(schooled, "students", rows(lost, {}), now=LATER)
    assert again.said(2)[:2] == (REFUSED, "out_of_school")


def test_facts_are_bound_to_their_column(schooled):
    take(schooled, "students", as_csv(layout_a({})), now=NOW)
    sealed = one(schooled, select(DmcRecord.facts))

    opened = schooled.read(lambda session: secrets_of(session).open_json(sealed, column=DMC_FACTS))

    assert opened["district"] == "เมือง"
