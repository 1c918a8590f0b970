"""A district out of thin air."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from core.thai import IdKind, read_citizen_id, read_class, read_phone, read_record_date
from documents.demo_district import LEVELS, make_district

TODAY = date(2026, 11, 21)


def test_the_same_seed_gives_the_same_district():
    """
    Pictures and tests of the demo do not change by themselves; another seed is another district.
    """
    assert make_district(today=TODAY).files == make_district(today=TODAY).files
    assert make_district(today=TODAY).files != make_district(today=TODAY, seed=1).files


@pytest.mark.parametrize(("schools", "rooms", "pupils"), [(1, 1, 1), (3, 2, 10), (20, 1, 24)])
def test_its_size_is_what_was_asked_for(schools, rooms, pupils):
    """
    Every room has its teacher and about as many pupils as asked for.
    """
    district = make_district(today=TODAY, schools=schools, rooms=rooms, pupils=pupils)

    classes = schools * rooms * len(LEVELS)
    assert len({school.school_code for school in district.schools}) == schools
    assert len({school.name for school in district.schools}) == schools
    assert sum(member.role == "teacher" for member in district.staff) == classes
    sizes = Counter((pupil.school_code, pupil.class_, pupil.room) for pupil in district.pupils)
    assert len(sizes) == classes
    assert 0.8 * pupils - 1 <= min(sizes.values()) <= max(sizes.values()) <= 1.2 * pupils + 1


def test_siblings_share_a_home():
    """
    Children of one guardian have their family name and sit in different classes of one school.
    """
    homes = defaultdict(list)
    for pupil in make_district(today=TODAY, schools=3, pupils=20).pupils:
        homes[pupil.guardian_name, pupil.guardian_phone].append(pupil)
    families = [children for children in homes.values() if len(children) > 1]

    assert len(families) > 50
    for children in families:
        assert len({child.last_name for child in children}) == 1
        assert len({child.school_code for child in children}) == 1
        assert len({(child.class_, child.room) for child in children}) == len(children)


def test_everybody_is_made_up_and_of_a_likely_age():
    """
    Numbers belong to a province that does not exist; birthdays fit the class.
    """
    district = make_district(today=TODAY, schools=6, pupils=20)
    kinds: Counter[IdKind | None] = Counter()
    for pupil in district.pupils:
        number = read_citizen_id(pupil.citizen_id)
        kinds[number.kind if number else None] += 1
        if number and number.kind is IdKind.CITIZEN:
            assert number.checksum_ok
            assert pupil.citizen_id.startswith("199")
        born = read_record_date(pupil.birth_date)
        assert born is not None
        birthdays = 4 + LEVELS.index(pupil.class_)
        assert date(2025 - birthdays, 5, 16) < born <= date(2026 - birthdays, 5, 16)
        assert read_class(pupil.class_) is not None
        assert pupil.guardian_phone == "" or read_phone(pupil.guardian_phone)
    assert kinds[IdKind.CITIZEN] > kinds[IdKind.G_CODE] > 0
    assert len({pupil.citizen_id for pupil in district.pupils if pupil.citizen_id}) == sum(
        bool(pupil.citizen_id) for pupil in district.pupils
    )
