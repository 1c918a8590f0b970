"""Codes are issued, stored as hashes, and taken back."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.database import Database
from core.i18n import translator
from documents import invitations
from models import Binding, Channel, Invitation, LineAccount, Staff, Student
from services.invitations import (
    ALPHABET,
    STAFF_DAYS,
    code_index,
    find,
    new_code,
    read_code,
    revoke_unused,
)
from tests.database.conftest import NOW
from tests.support.lists import PUPIL, SCHOOLS, STAFF, take
from tests.support.lists import table as rows


@pytest.fixture
def district(database: Database) -> Database:
    """Two schools; a head who teaches two rooms, another teacher, an officer and three pupils."""
    take(database, "schools", SCHOOLS, now=NOW)
    take(
        database,
        "staff",
        rows(
            STAFF,
            {"room": "2"},
            {"room": "1"},
            {"role": "director", "class": "", "room": ""},
            {"first_name": "สมชาย", "school_code": "01234567", "class": "อ.2", "room": ""},
            {
                "first_name": "สมหญิง",
                "school_code": "",
                "role": "district_officer",
                "class": "",
                "room": "",
            },
        ),
        now=NOW,
    )
    take(
        database,
        "students",
        rows(
            PUPIL,
            {"student_no": "2"},
            {"student_no": "1"},
            {"student_no": "3", "class": "อ.2", "room": ""},
        ),
        now=NOW,
    )
    return database


def codes_of(database: Database, **options) -> dict[str, str]:
    """The codes of a run, by person and class."""
    lines = invitations.invite(database, **{"role": "teacher", "now": NOW, **options})
    return {f"{line.person.name} {line.person.class_}": line.code for line in lines}


def is_good(database: Database, code: str) -> bool:
    """Whether somebody could still come in with a code."""

    def look(session: Session) -> bool:
        found = find(session, code)
        return found is not None and found.revoked_at is None and found.uses < found.uses_allowed

    return database.run(look)


def bind(database: Database, **whose: int) -> None:
    """An account comes in as a member of staff or a guardian."""

    def work(session: Session) -> None:
        channel = session.scalars(select(Channel)).first()
        if channel is None:
            channel = Channel(office_id=1, key="", created_at=NOW)
            session.add(channel)
            session.flush()
        account = LineAccount(
            office_id=1, channel_id=channel.id, line_user_id=f"U{whose}", created_at=NOW
        )
        session.add(account)
        session.flush()
        session.add(Binding(office_id=1, account_id=account.id, bound_at=NOW, **whose))

    database.run(work)


def id_of(database: Database, first_name: str) -> int:
    return database.read(
        lambda session: session.scalars(
            select(Staff.id).where(Staff.first_name == first_name)
        ).one()
    )


def test_a_person_with_several_rooms_has_one_code(district):
    """
    The code stands in each of their rows, class by class.
    """
    codes = codes_of(district)

    assert list(codes) == ["นางสมชาย ตัวอย่าง อ.2", "นางสมใจ ตัวอย่าง ป.4/1", "นางสมใจ ตัวอย่าง ป.4/2"]
    assert codes["นางสมใจ ตัวอย่าง ป.4/1"] == codes["นางสมใจ ตัวอย่าง ป.4/2"]
    assert len(set(codes.values())) == 2


def test_only_a_keyed_hash_is_stored(district):
    """
    Who reads the table cannot come in with what stands there.
    """
    code = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]

    def look(session: Session) -> None:
        stored = session.scalars(select(Invitation.code_index)).all()
        assert code_index(session.info["secrets"], code) in stored
        assert not any(code in each or code.replace("-", "") in each for each in stored)
        invitation = find(session, code)
        assert invitation is not None
        assert invitation.expires_at == NOW + timedelta(days=STAFF_DAYS)
        assert (invitation.uses_allowed, invitation.uses) == (1, 0)

    district.run(look)


def test_a_new_run_kills_unused_codes_unless_told_to_keep_them(district):
    """
    A lost list is worthless after the next run; with --keep both lists are good.
    """
    first = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]
    second = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]
    third = codes_of(district, keep=True)["นางสมชาย ตัวอย่าง อ.2"]

    assert [is_good(district, code) for code in (first, second, third)] == [False, True, True]


def test_who_is_in_gets_no_code_and_loses_none(district):
    """
    A run is for the unbound only: nobody's binding is touched, and nobody gets a second way in.
    """
    before = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]
    bind(district, staff_id=id_of(district, "สมชาย"))

    after = codes_of(district)

    assert list(after) == ["นางสมใจ ตัวอย่าง ป.4/1", "นางสมใจ ตัวอย่าง ป.4/2"]
    assert is_good(district, before)


def test_a_school_has_a_list_of_its_own(district):
    """
    --school limits the run, and other schools' codes live on.
    """
    far = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]

    codes = codes_of(district, school_code="10960001")

    assert list(codes) == ["นางสมใจ ตัวอย่าง ป.4/1", "นางสมใจ ตัวอย่าง ป.4/2"]
    assert is_good(district, far)


def test_an_unknown_school_or_an_empty_role_is_said(district):
    """
    Nothing could be done is not the same as everybody being in already.
    """
    with pytest.raises(invitations.UnknownSchool):
        codes_of(district, school_code="999")
    with pytest.raises(invitations.NobodyToInvite):
        codes_of(district, role="finance")

    bind(district, staff_id=id_of(district, "สมหญิง"))

    assert codes_of(district, role="district_officer") == {}


def test_parents_have_a_code_per_pupil_good_for_two(district):
    """
    The table has the student number; the two guardians come in with the same code.
    """
    lines = invitations.invite(district, role="parent", now=NOW)
    table = list(csv.DictReader(io.StringIO(invitations.to_csv(lines, role="parent"))))

    assert [(row["class"], row["student_no"]) for row in table] == [
        ("อ.2", "3"),
        ("ป.4/1", "1"),
        ("ป.4/1", "2"),
    ]
    assert list(table[0]) == ["role", "school_code", "class", "person", "code", "student_no"]
    assert len({row["code"] for row in table}) == 3
    allowed = district.read(lambda session: set(session.scalars(select(Invitation.uses_allowed))))
    assert allowed == {2}


def test_no_letter_goes_out_for_a_sealed_child(district):
    """
    A child under protection is in no list (P8).
    """
    district.run(
        lambda session: session.execute(
            update(Student)
            .where(Student.id == session.scalars(select(Student.id).limit(1)).first())
            .values(is_sealed=True)
        )
    )

    assert len(invitations.invite(district, role="parent", now=NOW)) == 2


def test_the_table_of_staff_has_the_columns_of_the_contract(district):
    """
    `role,school_code,class,person,code`; people of the office have neither school nor class.
    """
    lines = invitations.invite(district, role="district_officer", now=NOW)

    text = invitations.to_csv(lines, role="district_officer")

    assert text.splitlines()[0] == "role,school_code,class,person,code"
    assert text.splitlines()[1].startswith("district_officer,,,นางสมหญิง ตัวอย่าง,")


def test_revoking_takes_back_what_could_still_be_used(district):
    """
    A used code stays as it was: it tells how somebody came in.
    """
    code = codes_of(district)["นางสมชาย ตัวอย่าง อ.2"]

    def use(session: Session) -> None:
        invitation = find(session, code)
        assert invitation is not None
        invitation.uses = 1

    district.run(use)
    district.run(lambda session: revoke_unused(session, Invitation.staff_id.is_not(None), now=NOW))

    used = district.read(
        lambda session: session.scalars(
            select(Invitation.revoked_at).where(Invitation.uses == 1)
        ).all()
    )
    assert used == [None]


def test_letters_are_a_pdf_with_a_page_for_two(district):
    """
    Three letters are two pages; without a known LINE id they are made all the same.
    """
    lines = invitations.invite(district, role="parent", now=NOW)

    for line_id in ("@123abcde", None):
        made = invitations.to_pdf(lines, translator("th"), now=NOW, line_id=line_id)

        assert made.startswith(b"%PDF-")
        assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page/") == 2 or b"/Count 2" in made


def test_new_codes_are_well_formed_and_different():
    """
    XXXX-XXXX in Crockford's alphabet, a letter at least, and read back from what people type.
    """
    codes = {new_code() for _ in range(2000)}

    assert len(codes) == 2000
    for code in codes:
        assert len(code) == 9
        assert set(code.replace("-", "")) <= set(ALPHABET)
        assert any(sign.isalpha() for sign in code)
        assert read_code(code) == code
        assert read_code(code.replace("-", "").lower()) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7k2m-9qxr", "7K2M-9QXR"),
        ("7K2M 9QXR", "7K2M-9QXR"),
        (" 7k2m9qxr ", "7K2M-9QXR"),
        ("๗K๒M-๙QXR", "7K2M-9QXR"),
        ("7 K 2 M - 9 Q X R", "7K2M-9QXR"),
        ("7K2M–9QXR", "7K2M-9QXR"),
        ("7KOM-9QIL", "7K0M-9Q11"),
        ("12345678", None),
        ("passport", None),
        ("schedule", None),
        ("7K2M-9QX", None),
        ("7K2M-9QXRA", None),
        ("7K2M-9QXU", None),
        ("สวัสดีครับ", None),
        ("ป.4/1", None),
        ("0812345678", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    """
    Case, spaces, dashes, Thai digits and look-alikes do not matter; words and numbers are no codes.
    """
    assert read_code(typed) == code
