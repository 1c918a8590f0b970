"""A district out of thin air: lists for the same importers that real lists go through.

Numbers of the register begin with 199: there is no province 99, so they are nobody's. The same
seed, day and sizes always give the same district.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from core.clock import BUDDHIST_ERA, school_year
from documents import demo_words as words

#: The funds of the two districts (domain rows 49 and 143–146) and the scholarships of one of them:
#: an example of the sheet that `doolae import funds` takes.
FUNDS: Final = Path(__file__).with_name("demo_funds.csv")
#: Levels of a school, the youngest first.
LEVELS: Final = ("อ.2", "อ.3", "ป.1", "ป.2", "ป.3", "ป.4", "ป.5", "ป.6")
#: Birthdays a child has had when the school year begins.
_AGES: Final = {level: 4 + index for index, level in enumerate(LEVELS)}
#: Duties that some teachers have beside their class (P27).
_DUTIES: Final = ("หัวหน้างานระบบดูแลช่วยเหลือนักเรียน", "ครูแนะแนว", "ครูที่ปรึกษาร่วม")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSchool:
    """A line of the list of schools."""

    school_code: str
    name: str
    district_area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStaff:
    """A line of the list of staff."""

    school_code: str = ""
    role: str
    title: str
    first_name: str
    last_name: str
    class_: str = ""
    room: str = ""
    phone: str
    staff_id: str
    duties: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPupil:
    """A line of the list of pupils."""

    school_code: str
    student_no: str
    citizen_id: str
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


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """All lists of the district."""

    schools: Sequence[DemoSchool]
    staff: Sequence[DemoStaff]
    pupils: Sequence[DemoPupil]

    @property
    def files(self) -> Mapping[str, bytes]:
        """The lists as CSV files by kind, in the order they are imported."""
        return {
            "schools": _csv(self.schools),
            "staff": _csv(self.staff),
            "students": _csv(self.pupils),
            "funds": FUNDS.read_bytes(),
        }


def make_district(
    *, today: date, schools: int = 4, rooms: int = 1, pupils: int = 12, seed: int = 2569
) -> DemoDistrict:
    """A district of some schools with `rooms` per level and about `pupils` in each."""
    maker = _Maker(Random(seed), today)  # noqa: S311  # made-up names need no strong dice
    made = [maker.school(number) for number in range(1, schools + 1)]
    staff = [*maker.office()]
    children: list[DemoPupil] = []
    for school in made:
        staff += maker.staff_of(school, rooms)
        children += maker.pupils_of(school, rooms, pupils)
    return DemoDistrict(made, staff, children)


class _Maker:
    def __init__(self, dice: Random, today: date) -> None:
        self._dice = dice
        #: The first day of the running school year, for ages.
        self._year_began = date(school_year(today) - BUDDHIST_ERA, 5, 16)
        self._numbers = iter(range(1, 10_000_000))
        self._staff_numbers = iter(range(1, 100_000))

    def school(self, number: int) -> DemoSchool:
        names = words.SCHOOLS
        again = "" if number <= len(names) else f" {(number - 1) // len(names) + 1}"
        return DemoSchool(
            school_code=f"9901{number:04d}",
            name=f"โรงเรียน{names[(number - 1) % len(names)]}{again}",
            district_area=words.AREAS[(number - 1) % len(words.AREAS)],
        )

    def office(self) -> Iterator[DemoStaff]:
        """The people of the office itself."""
        for role in (
            "district_director",
            "district_officer",
            "district_officer",
            "finance",
            "admin",
        ):
            yield self._person(role=role)

    def staff_of(self, school: DemoSchool, rooms: int) -> Iterator[DemoStaff]:
        """Head, clerk and a homeroom teacher for every room."""
        code = school.school_code
        yield self._person(role="director", school_code=code)
        yield self._person(role="school_admin", school_code=code)
        for index, level in enumerate(LEVELS):
            for room in range(1, rooms + 1):
                duty = _DUTIES[index] if room == 1 and index < len(_DUTIES) else ""
                yield self._person(
                    role="teacher", school_code=code, class_=level, room=str(room), duties=duty
                )

    def _person(self, **facts: str) -> DemoStaff:
        woman = self._dice.random() < 0.65
        number = next(self._staff_numbers)
        return DemoStaff(
            title=self._dice.choice(("นาง", "นางสาว")) if woman else "นาย",
            first_name=self._dice.choice(words.WOMEN if woman else words.MEN),
            last_name=self._family_name(),
            phone=f"06000{number:05d}",
            staff_id=f"S{number:05d}",
            **facts,
        )

    def pupils_of(self, school: DemoSchool, rooms: int, pupils: int) -> list[DemoPupil]:
        """Children family by family, until the classes are full: siblings share a home."""
        dice = self._dice
        free = {
            (level, str(room)): max(1, round(pupils * dice.uniform(0.8, 1.2)))
            for level in LEVELS
            for room in range(1, rooms + 1)
        }
        found: list[DemoPupil] = []
        while open_classes := [place for place, seats in free.items() if seats]:
            size = min(dice.choices((1, 2, 3), (6, 3, 1))[0], len(open_classes))
            places = dice.sample(open_classes, size)
            found += self._family(school, places)
            for place in places:
                free[place] -= 1
        found.sort(key=lambda pupil: (LEVELS.index(pupil.class_), pupil.room, pupil.first_name))
        return found

    def _family(self, school: DemoSchool, places: Sequence[tuple[str, str]]) -> Iterator[DemoPupil]:
        dice = self._dice
        family = self._family_name()
        relation, names = dice.choices(
            (
                ("มารดา", words.WOMEN), ("บิดา", words.MEN), ("ยาย", words.WOMEN),
                ("ย่า", words.WOMEN), ("ปู่", words.MEN), ("ป้า", words.WOMEN),
            ),
            (45, 20, 15, 10, 5, 5),
        )[0]  # fmt: skip
        title = "นาย" if names is words.MEN else dice.choice(("นาง", "นางสาว"))
        same_name = relation in ("มารดา", "บิดา", "ปู่", "ย่า")
        guardian = f"{title}{dice.choice(names)} {family if same_name else self._family_name()}"
        phone = f"08000{next(self._numbers) % 100_000:05d}" if dice.random() < 0.93 else ""
        for level, room in places:
            boy = dice.random() < 0.51
            number = next(self._numbers)
            yield DemoPupil(
                school_code=school.school_code,
                student_no=str(1000 + number),
                citizen_id=self._citizen_id(number),
                title="เด็กชาย" if boy else "เด็กหญิง",
                first_name=dice.choice(words.BOYS if boy else words.GIRLS),
                last_name=family,
                nickname=dice.choice(words.NICKNAMES) if dice.random() < 0.9 else "",
                sex="ช" if boy else "ญ",
                birth_date=self._birth_date(level),
                class_=level,
                room=room,
                guardian_name=guardian,
                guardian_relation=relation,
                guardian_phone=phone,
            )

    def _family_name(self) -> str:
        head = self._dice.choice(words.FAMILY_HEADS)
        return head + self._dice.choice([tail for tail in words.FAMILY_TAILS if head not in tail])

    def _citizen_id(self, number: int) -> str:
        """Mostly 13 digits; a few children have a G-code, a few nothing at all."""
        kind = self._dice.random()
        if kind < 0.01:
            return ""
        if kind < 0.04:
            return f"G9901{number:08d}"
        digits = f"199{number:09d}"
        total = sum((13 - index) * int(digit) for index, digit in enumerate(digits))
        return f"{digits}{(11 - total % 11) % 10}"

    def _birth_date(self, level: str) -> str:
        """A birthday of the right age, as the lists have it: dd/mm/B.E."""
        birthday = self._year_began.replace(year=self._year_began.year - _AGES[level])
        born = birthday - timedelta(days=self._dice.randrange(365))
        return f"{born.day:02d}/{born.month:02d}/{born.year + BUDDHIST_ERA}"


def _csv(lines: Sequence[DemoSchool] | Sequence[DemoStaff] | Sequence[DemoPupil]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    names = [field.name for field in fields(lines[0])]
    writer.writerow([name.rstrip("_") for name in names])
    writer.writerows([getattr(line, name) for name in names] for line in lines)
    return file.getvalue().encode("utf-8-sig")
