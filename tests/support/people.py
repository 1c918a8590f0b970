"""A small district of people who do not exist: its files, and who holds which phone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: The class whose teacher most journeys follow: 23 pupils, as in many a school.
CLASS_SIZE = 23

_NICKNAMES = (
    "ก้อง ข้าวฟ่าง จิ๊บ แจน ชมพู่ ดิว ต้นกล้า เต้ย ไทเกอร์ นุ่น บอล ใบเตย ปลา แป้ง ฝน พลอย ฟ้า มด "
    "มายด์ ไม้ เอิร์ธ อุ้ม โอ๊ต"
).split()
_FIRST_NAMES = (
    "กิตติ ขวัญใจ จันทร์ แจ่ม ชบา ดนัย ต้น เต็ม ธันวา นุช บัว ใบบุญ ปิ่น แป้น ฝัน พร ฟองจันทร์ มานะ "
    "มาลี ไม้เอก อรุณ อุบล โอภาส"
).split()
assert len(_NICKNAMES) == len(_FIRST_NAMES) == CLASS_SIZE


@dataclass(frozen=True, slots=True)
class Staff:
    """One row of the staff file."""

    school_code: str
    role: str
    title: str
    first_name: str
    last_name: str
    class_: str = ""
    room: str = ""
    phone: str = ""
    staff_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, as `doolae invite` writes them."""
        return f"{self.first_name} {self.last_name}"


SCHOOLS = (
    ("10960001", "บ้านตัวอย่าง", "เมือง"),
    ("10960002", "วัดทดสอบ", "เมือง"),
)

TEACHER = Staff("10960001", "teacher", "นางสาว", "สมใจ", "ตัวอย่าง", "ป.4", "1", "0800000001", "T001")
OTHER_TEACHER = Staff(
    "10960001", "teacher", "นาย", "สมชาย", "ตัวอย่าง", "ป.6", "1", "0800000002", "T002"
)
FAR_TEACHER = Staff(
    "10960002", "teacher", "นาง", "สมศรี", "ตัวอย่าง", "ป.4", "1", "0800000003", "T003"
)
DIRECTOR = Staff("10960001", "director", "นาย", "สมศักดิ์", "ตัวอย่าง", "", "", "0800000004", "T004")
SCHOOL_ADMIN = Staff(
    "10960001", "school_admin", "นาง", "สมพร", "ตัวอย่าง", "", "", "0800000005", "T005"
)
OFFICER = Staff("", "district_officer", "นางสาว", "สมหญิง", "ตัวอย่าง", "", "", "0800000006", "D001")
DISTRICT_DIRECTOR = Staff(
    "", "district_director", "นาย", "สมหวัง", "ตัวอย่าง", "", "", "0800000007", "D002"
)
FINANCE = Staff("", "finance", "นาง", "สมบัติ", "ตัวอย่าง", "", "", "0800000008", "D003")
STAFF = (
    TEACHER,
    OTHER_TEACHER,
    FAR_TEACHER,
    DIRECTOR,
    SCHOOL_ADMIN,
    OFFICER,
    DISTRICT_DIRECTOR,
    FINANCE,
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """One row of the students file."""

    school_code: str
    student_no: str
    title: str
    first_name: str
    last_name: str
    nickname: str
    sex: str
    birth_date: str
    class_: str
    room: str
    guardian_name: str
    guardian_relation: str
    guardian_phone: str

    @property
    def citizen_id(self) -> str:
        """A number with the right checksum that nobody has: no real one begins with 9."""
        digits = f"9{int(self.school_code) % 10**4:04d}{int(self.student_no):07d}"
        weighed = sum(
            int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True)
        )
        return f"{digits}{(11 - weighed % 11) % 10}"


def _a_class(
    school_code: str, class_: str, *, family: str, first_no: int, size: int = CLASS_SIZE
) -> list[Pupil]:
    year = {"ป.4": 2016, "ป.6": 2014}[class_]
    return [
        Pupil(
            school_code,
            f"{first_no + place:05d}",
            "ด.ช." if place % 2 else "ด.ญ.",
            _FIRST_NAMES[place],
            f"{family}{place + 1}",
            _NICKNAMES[place],
            "M" if place % 2 else "F",
            f"{year}-{place % 12 + 1:02d}-{place % 28 + 1:02d}",
            class_,
            "1",
            f"ผู้ปกครอง {family}{place + 1}",
            "มารดา",
            f"08{first_no:05d}{place:03d}",
        )
        for place in range(size)
    ]


CLASS = _a_class("10960001", "ป.4", family="ตัวอย่าง", first_no=4101)
OTHER_CLASS = _a_class("10960001", "ป.6", family="ทดลอง", first_no=6101, size=8)
#: In another school; none of them is anybody else's brother or sister.
FAR_CLASS = _a_class("10960002", "ป.4", family="ทดสอบ", first_no=4501, size=5)
#: In another class of the same school, in one house with the first of `CLASS`.

_BIG_SISTER = Pupil(
    "10960001",
    "06120",
    "ด.ญ.",
    "พี่ใหญ่",
    CLASS[0].last_name,
    "ใหญ่",
    "F",
    "2014-06-01",
    "ป.6",
    "1",
    CLASS[0].guardian_name,
    CLASS[0].guardian_relation,
    CLASS[0].guardian_phone,
)
PUPIL, SISTER = CLASS[0], _BIG_SISTER
PUPILS = (*CLASS, *OTHER_CLASS, _BIG_SISTER, *FAR_CLASS)


def write_files(
    folder: Path, staff: Iterable[Staff] = STAFF, pupils: Iterable[Pupil] = PUPILS
) -> Iterator[tuple[str, Path]]:
    """The import files of a district: kind and file, in the order to import them."""
    yield (
        "schools",
        _write(folder / "schools.csv", ("school_code", "name", "district_area"), SCHOOLS),
    )
    columns = "school_code role title first_name last_name class room phone staff_id".split()
    yield "staff", _write(folder / "staff.csv", columns, (_row(each, columns) for each in staff))
    columns = (
        "school_code student_no citizen_id title first_name last_name nickname sex birth_date class "
        "room guardian_name guardian_relation guardian_phone"
    ).split()
    rows = (_row(each, columns) for each in pupils)
    yield "students", _write(folder / "students.csv", columns, rows)


def _row(person: Staff | Pupil, columns: list[str]) -> list[str]:
    return [str(getattr(person, "class_" if name == "class" else name)) for name in columns]


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path
