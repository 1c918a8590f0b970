"""Names, classes, phones and numbers that identify a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai import (
    LEVELS,
    Class,
    IdKind,
    class_order,
    fold,
    format_phone,
    normal_name,
    normal_room,
    normal_title,
    read_citizen_id,
    read_class,
    read_phone,
    split_title,
    tidy,
    without_tails,
)

SAME = [
    ("เเม่", "แม่"),
    ("นํ้าใจ", "น้ำใจ"),
    ("น้ําใจ", "น้ำใจ"),
    ("นำใจ", "น้ำใจ"),
    ("สมชาย ใจดี", "สมชายใจดี"),
    ("สม\u200bชาย", "สมชาย"),
    ("ศักดิ", "ศักดิ์"),
    ("พิมพ", "พิมพ์"),
    ("ปู", "ปู่"),
    ("Ann", "ann"),
    ("ข้อ ๓", "ข้อ3"),
    ("ดีี", "ดี"),
]

TITLES = {
    "เด็กชายสมชาย": ("เด็กชาย", "สมชาย"),
    "เด็กชาย สมชาย": ("เด็กชาย", "สมชาย"),
    "ด.ช.สมชาย": ("เด็กชาย", "สมชาย"),
    "ด.ช. สมชาย": ("เด็กชาย", "สมชาย"),
    "ด. ช. สมชาย": ("เด็กชาย", "สมชาย"),
    "ด.ช สมชาย": ("เด็กชาย", "สมชาย"),
    "ดช.สมชาย": ("เด็กชาย", "สมชาย"),
    "ดช สมชาย": ("เด็กชาย", "สมชาย"),
    "ด.ญ.มะลิ": ("เด็กหญิง", "มะลิ"),
    "ดญ.มะลิ": ("เด็กหญิง", "มะลิ"),
    "เด็กหญิงมะลิ": ("เด็กหญิง", "มะลิ"),
    "นายสมชาย ใจดี": ("นาย", "สมชาย ใจดี"),
    "นางสมใจ": ("นาง", "สมใจ"),
    "นางสาวสมใจ": ("นางสาว", "สมใจ"),
    "น.ส.สมใจ": ("นางสาว", "สมใจ"),
    "นส.สมใจ": ("นางสาว", "สมใจ"),
    "ว่าที่ ร.ต.สมชาย": ("ว่าที่ร้อยตรี", "สมชาย"),
    "ว่าที่ร้อยตรีหญิงสมใจ": ("ว่าที่ร้อยตรีหญิง", "สมใจ"),
    "สามเณรสมชาย": ("สามเณร", "สมชาย"),
    "คุณครูสมใจ": ("คุณครู", "สมใจ"),
    "ดร.สมชาย": ("ดร.", "สมชาย"),
    "Mr. Smith": ("Mr.", "Smith"),
    "สมชาย": ("", "สมชาย"),
    "นายิกา": ("", "นายิกา"),
    "ดรุณี": ("", "ดรุณี"),
    "พระพาย": ("", "พระพาย"),
    "คุณากร": ("", "คุณากร"),
    "Missouri": ("", "Missouri"),
}

CLASSES = {
    "ป.4/1": ("ป.4", "1"),
    "ป.4": ("ป.4", ""),
    "ป4": ("ป.4", ""),
    "ป 4": ("ป.4", ""),
    "ป3/2": ("ป.3", "2"),
    "ป๓": ("ป.3", ""),
    "ป.๓/๒": ("ป.3", "2"),
    "ป. 4 / 1": ("ป.4", "1"),
    "ป.4 ห้อง 1": ("ป.4", "1"),
    "ชั้น ป.4/1": ("ป.4", "1"),
    "ชั้นประถมศึกษาปีที่ 4/1": ("ป.4", "1"),
    "ประถมศึกษาปีที่ 4 ห้อง 1": ("ป.4", "1"),
    "ประถม 4": ("ป.4", ""),
    "อ.2": ("อ.2", ""),
    "อนุบาล 2": ("อ.2", ""),
    "อนุบาล2/1": ("อ.2", "1"),
    "อนุบาลปีที่ 3": ("อ.3", ""),
    "ม.1": ("ม.1", ""),
    "ม.1/2": ("ม.1", "2"),
    "มัธยมศึกษาปีที่ 3": ("ม.3", ""),
    "P.4/1": ("ป.4", "1"),
    "m1": ("ม.1", ""),
    "ป.4/01": ("ป.4", "1"),
    "ป.4-1": ("ป.4", "1"),
    "ป.1/EP": ("ป.1", "EP"),
}

NO_CLASSES = ("", "ป.7", "ป.0", "อ.4", "ม.9", "ปวช.1", "4/1", "สมชาย", "ป.", "ป.44", "ป.4/1/2")

PHONES = {
    "0812345678": "0812345678",
    "081-234-5678": "0812345678",
    "081 234 5678": "0812345678",
    "๐๘๑-๒๓๔-๕๖๗๘": "0812345678",
    "+66812345678": "0812345678",
    "+66 81 234 5678": "0812345678",
    "66812345678": "0812345678",
    "+66 (0)81-234-5678": "0812345678",
    "โทร. 081-2345678": "0812345678",
    "081.234.5678": "0812345678",
    "0612345678": "0612345678",
    "0912345678": "0912345678",
    "034512345": "034512345",
    "034-512-345": "034512345",
    "02-123-4567": "021234567",
    "812345678": None,
    "08123456789": None,
    "081234567": None,
    "1.23E+09": None,
    "0812345678, 0898765432": None,
    "ไม่มี": None,
    "-": None,
    "": None,
}

IDS = {
    "1101700230708": (IdKind.CITIZEN, "1101700230708", True),
    "1-1017-00230-70-8": (IdKind.CITIZEN, "1101700230708", True),
    "1 1017 00230 70 8": (IdKind.CITIZEN, "1101700230708", True),
    "๑๑๐๑๗๐๐๒๓๐๗๐๘": (IdKind.CITIZEN, "1101700230708", True),
    "1101700230709": (IdKind.CITIZEN, "1101700230709", False),
    "0012345678901": (IdKind.CITIZEN, "0012345678901", False),
    "6123456789012": (IdKind.CITIZEN, "6123456789012", False),
    "7123456789012": (IdKind.CITIZEN, "7123456789012", False),
    "G123456789012": (IdKind.G_CODE, "G123456789012", True),
    "g123456789012": (IdKind.G_CODE, "G123456789012", True),
    "G-1234-56789012": (IdKind.G_CODE, "G123456789012", True),
}

NO_IDS = ("", "-", "110170023070", "11017002307081", "1.1017E+12", "G12345", "H123456789012", "ไม่มี")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_reads_the_same_folds_to_the_same(one: str, other: str) -> None:
    """
    Tone marks, spaces, doubled vowels and invisible characters do not part two names.
    """
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    """
    Folding is loose about marks only: consonants and vowels still count.
    """
    assert fold("สมชาย") != fold("สมชัย")
    assert fold("ปิ่น") != fold("ปั้น")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """
    A folded text can be compared with one that is folded again.
    """
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("written", "parts"), TITLES.items())
def test_a_title_is_split_from_its_name(written: str, parts: tuple[str, str]) -> None:
    """
    Titles are found in all their writings, and names that only begin like one are left alone.
    """
    assert parts == split_title(written)


def test_a_title_alone_is_made_canonical() -> None:
    """
    The title column of a list may abbreviate; an unknown title stays as it is.
    """
    assert normal_title("ด.ช.") == "เด็กชาย"
    assert normal_title("ดช") == "เด็กชาย"
    assert normal_title("น.ส.") == "นางสาว"
    assert normal_title("ม.ร.ว.") == "ม.ร.ว."


def test_names_match_with_and_without_title_space_and_tone() -> None:
    """
    The same person is found however the list wrote the name.
    """
    assert normal_name("ด.ช. สมชาย ใจดี") == normal_name("สมชายใจดี")
    assert normal_name("นางสาวน้ําฝน") == normal_name("นำฝน")


@pytest.mark.parametrize(("written", "parts"), CLASSES.items())
def test_a_class_is_read_as_people_write_it(written: str, parts: tuple[str, str]) -> None:
    """
    Dots, spaces, Thai digits and long names lead to one canonical class.
    """
    assert Class(*parts) == read_class(written)


@pytest.mark.parametrize("written", NO_CLASSES)
def test_what_is_no_class_is_none(written: str) -> None:
    """
    Levels that do not exist are not invented.
    """
    assert read_class(written) is None


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_reads_itself_and_has_its_place(level: str) -> None:
    """
    The canonical form is one of the ways of writing, and sorts by age.
    """
    assert Class(level, "2") == read_class(f"{level}/2")
    assert str(Class(level, "2")) == f"{level}/2"
    assert class_order(level) == LEVELS.index(level)


def test_a_room_is_text_without_the_traces_of_a_spreadsheet() -> None:
    """
    01, 1.0, ๑ and ห้อง 1 are one room; EP is one too.
    """
    assert [normal_room(text) for text in ("01", "1.0", "๑", "ห้อง 1", " 1 ")] == ["1"] * 5
    assert normal_room("EP") == "EP"
    assert normal_room("") == ""


@pytest.mark.parametrize(("written", "digits"), PHONES.items())
def test_a_phone_is_kept_as_text_with_its_zero(written: str, digits: str | None) -> None:
    """
    Country code, dashes and Thai digits are understood; a number without its zero is refused.
    """
    assert digits == read_phone(written)


def test_a_phone_is_shown_in_groups() -> None:
    """
    Digits are grouped as people say them.
    """
    assert format_phone("0812345678") == "081-234-5678"
    assert format_phone("021234567") == "02-123-4567"
    assert format_phone("034512345") == "034-512-345"


@pytest.mark.parametrize(("written", "parts"), IDS.items())
def test_a_number_of_any_child_is_accepted(written: str, parts: tuple[IdKind, str, bool]) -> None:
    """
    Numbers that begin with 0, 6 or 7 and G-codes belong to real children; checksums only warn.
    """
    read = read_citizen_id(written)

    assert read is not None
    assert parts == (read.kind, read.text, read.checksum_ok)


@pytest.mark.parametrize("written", NO_IDS)
def test_what_is_no_identity_number_is_none(written: str) -> None:
    """
    Too short, too long and what a spreadsheet destroyed is not a number.
    """
    assert read_citizen_id(written) is None


def test_polite_tails_fall_off_and_nothing_else() -> None:
    """
    An answer is the same with ครับ; a politeness alone stays.
    """
    assert without_tails("ไม่มีค่ะ") == "ไม่มี"
    assert without_tails("ไม่มี นะครับ") == "ไม่มี"
    assert without_tails("ครับ") == "ครับ"
    assert without_tails("คะแนน") == "คะแนน"


def test_tidying_keeps_the_spelling() -> None:
    """
    What is stored reads as it was written, without what nobody can see.
    """
    assert tidy("  เเม่\u200b  นํ้าใจ ") == "แม่ น้ำใจ"
    assert tidy("ศักดิ์ชัย") == "ศักดิ์ชัย"
