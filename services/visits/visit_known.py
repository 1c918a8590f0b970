"""What is known before a layer of a visit is asked: to be confirmed, not to be typed again (P18).

The nearest source wins: this visit's other layers, a sibling of the same home this year, the last
report about the pupil, DMC's list. What belongs to the day of the visit is never known before. Of
a sealed child nothing is known here (P8): their facts lie with the owners of their case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from conversation.carrying import by_path
from conversation.choosing import index_of
from conversation.facts import Facts, Later
from conversation.known import Known
from conversation.options import Unclear
from core.clock import school_year
from core.database import secrets_of
from core.thai import read_phone
from forms import FORMS
from forms.eef_members import RELATIONS
from forms.layer_codes import Education, FamilyStatus, PhotoKind, PhotoSource, Relation, Source
from forms.layer_questions import TRAVEL_MODE
from forms.visit_codes import InsteadOfPhotos, LivesWith
from models.home_visit import HOUSEHOLD_ANSWERS, PUPIL_ANSWERS, HomeVisit, HouseholdVisit
from models.queries import home_visits as visit_queries
from models.queries import visit_parts as part_queries
from models.queries.students import Enrolled
from services import dmc
from services.people import StaffMember
from services.visits import visit_facts
from services.visits.visit_parts import EEF, FRESH, OBEC, SHARED, opened, report_of, stored

_PARENTS: Final = {
    dmc.ParentsStatus.TOGETHER: FamilyStatus.TOGETHER,
    dmc.ParentsStatus.SEPARATED: FamilyStatus.SEPARATED,
    dmc.ParentsStatus.DIVORCED: FamilyStatus.DIVORCED,
    dmc.ParentsStatus.FATHER_DEAD: FamilyStatus.FATHER_GONE,
    dmc.ParentsStatus.MOTHER_DEAD: FamilyStatus.MOTHER_GONE,
    dmc.ParentsStatus.BOTH_DEAD: FamilyStatus.BOTH_GONE,
}
#: The schooling that a class is.
_SCHOOLING: Final = {"อ": Education.PRESCHOOL, "ป": Education.PRIMARY}


def known(
    session: Session, person: StaffMember, report_id: int, form_id: str, *, today: date
) -> dict[str, Known]:
    """What is known of a layer about one report, by path; {} where it is not the person's."""
    found = report_of(session, person, report_id, today=today)
    if found is None or found[1].student.is_sealed:
        return {}
    report, pupil = found
    sources = (_of_this_visit, _of_siblings, _of_last_report, _of_lists)
    answers: dict[str, Known] = {}
    for find in sources:
        for key, one in find(session, report, pupil, form_id, today).items():
            if key not in FRESH[form_id] and one.value is not None:
                answers.setdefault(key, one)
    return _by_path(form_id, answers)


def facts_of(
    session: Session, person: StaffMember | None, report_id: int, form_id: str, *, today: date
) -> Facts:
    """What a layer's form looks at; nothing is known to whoever lost the pupil meanwhile."""

    def found() -> dict[str, Known]:
        if person is None:
            return {}
        return known(session, person, report_id, form_id, today=today)

    mine = report_of(session, person, report_id, today=today) if person is not None else None
    level = mine[1].enrolment.level if mine is not None else None
    return Facts(today=today, level=level, known=Later(found))


def known_of_core(
    session: Session, person: StaffMember, student_id: int, *, today: date
) -> dict[str, Known]:
    """What is known of the core form about a pupil."""
    mine = visit_facts.pupil(session, person, student_id, today=today)
    if mine is None or mine.student.is_sealed:
        return {}
    last = visit_queries.last_of(session, student_id)
    if last is None or last.answers is None:
        return {}
    answers = secrets_of(session).open_json(last.answers, column=PUPIL_ANSWERS)
    lives_with = answers.get("lives_with")
    source = Source.EARLIER if last.school_year == school_year(today) else Source.LAST_YEAR
    return {"lives_with": Known(lives_with, source)} if lives_with else {}


def _by_path(form_id: str, answers: Mapping[str, Known]) -> dict[str, Known]:
    """The same as a draft keeps them: an item of a repeat has a path for each answer."""
    form = FORMS[form_id]
    found: dict[str, Known] = {}
    for key, one in answers.items():
        for path, value in by_path(form, {key: one.value}).items():
            # The roll knows the pupil only, which says nothing about who else there is.
            if value is not False or one.source != Source.DMC:
                found[path] = Known(value, one.source)
    return found


# Where it is known from. Each returns answers by key.

_Find = Callable[[Session, HomeVisit, Enrolled, str, date], dict[str, Known]]


def _of_this_visit(
    session: Session, report: HomeVisit, pupil: Enrolled, form_id: str, today: date
) -> dict[str, Known]:
    """The other layers of this report, and what a sibling's teacher answered for the home."""
    found: dict[str, Known] = {}
    other = stored(session, report, EEF if form_id == OBEC else OBEC)
    asked = {question.key for question in FORMS[form_id].questions()}
    if other is not None:
        found |= _all(other.answers, asked, Source.THIS_VISIT)
    if form_id == EEF:
        found |= _of_core(session, report)
    home = part_queries.of_home(session, report.household_visit_id, form_id)
    if home is not None and not part_queries.has_sealed(session, report.household_visit_id):
        found |= _for_sibling(_all(opened(session, home), SHARED[form_id], Source.SIBLING), pupil)
    return found


def _of_core(session: Session, report: HomeVisit) -> dict[str, Known]:
    """What the core form told that กสศ. asks again in its own words."""
    secrets, found = secrets_of(session), dict[str, Any]()
    if report.answers is not None:
        own = secrets.open_json(report.answers, column=PUPIL_ANSWERS)
        lives_with = own.get("lives_with")
        parents = (LivesWith.MOTHER, LivesWith.FATHER)
        found["lives_with"] = str(LivesWith.PARENTS) if lives_with in parents else lives_with
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    if visit.answers is not None:
        home = secrets.open_json(visit.answers, column=HOUSEHOLD_ANSWERS)
        photos = home.get("photos")
        if isinstance(photos, list) and photos:
            found |= {"photo_source": str(PhotoSource.TEACHER), "photo_kind": str(PhotoKind.HOUSE)}
        elif photos == InsteadOfPhotos.SCHOOL_SIGN:
            found |= {"photo_kind": str(PhotoKind.SCHOOL_SIGN)}
            found |= {"photo_reason": home.get("photo_reason")}
    return {key: Known(value, Source.THIS_VISIT) for key, value in found.items() if value}


def _of_siblings(
    session: Session, report: HomeVisit, pupil: Enrolled, form_id: str, today: date
) -> dict[str, Known]:
    parts = part_queries.homes_of_siblings(
        session, report.student_id, form_id, year=report.school_year
    )
    if not parts:
        return {}
    return _for_sibling(_all(opened(session, parts[0]), SHARED[form_id], Source.SIBLING), pupil)


def _of_last_report(
    session: Session, report: HomeVisit, pupil: Enrolled, form_id: str, today: date
) -> dict[str, Known]:
    last = part_queries.last_of_pupil(session, report.student_id, form_id, other_than=report.id)
    if last is None:
        return {}
    part, before = last
    home = part_queries.of_home(session, before.household_visit_id, form_id)
    answers = {**(opened(session, home) if home is not None else {}), **opened(session, part)}
    years = report.school_year - before.school_year
    if years > 0 and answers.get("members"):
        answers["members"] = [_older(member, years) for member in answers["members"]]
    asked = {question.key for question in FORMS[form_id].questions()} | {"members"}
    return _all(answers, asked, Source.LAST_YEAR if years > 0 else Source.EARLIER)


def _of_lists(
    session: Session, report: HomeVisit, pupil: Enrolled, form_id: str, today: date
) -> dict[str, Known]:
    """DMC's list and the roll."""
    facts = dmc.dmc_facts(session, report.student_id)
    found: dict[str, Any] = {
        "family_status": _PARENTS.get(facts.get("parents_status", "")),
        "travel_mode": _fitting(TRAVEL_MODE.fits, facts.get("travel_mode")),
        # The list tells one way, the form asks there and back.
        "travel_metres": _doubled(facts.get("distance_km"), 1000),
        "travel_minutes": _doubled(facts.get("travel_minutes"), 1),
    }
    if form_id == EEF:
        found |= {
            "guardian_name": facts.get("guardian_name"),
            "guardian_relation": _relation(facts.get("guardian_relation")),
            "guardian_phone": read_phone(str(facts.get("guardian_phone") or "")),
            "address": _address(facts),
            "members": [_pupil_as_member(pupil, today)],
        }
    return {key: Known(value, Source.DMC) for key, value in found.items() if value is not None}


# Words of lists and members, as the forms keep them.


def _all(answers: Mapping[str, Any], keys: Any, source: Source) -> dict[str, Known]:
    return {key: Known(value, source) for key, value in answers.items() if key in keys}


def _doubled(value: Any, unit: int) -> int | None:
    return round(value * unit * 2) if isinstance(value, (int, float)) and value > 0 else None


def _fitting(fits: Callable[[Any], bool], value: Any) -> Any:
    return str(value) if value is not None and fits(str(value)) else None


def _relation(words: Any) -> str | None:
    """What the list's word for the guardian means, where it means one thing."""
    if not words:
        return None
    try:
        option = index_of(RELATIONS).find("guardian_relation", str(words))
    except Unclear:
        return None
    return option.code if option is not None and option.code != Relation.SELF else None


def _address(facts: Mapping[str, Any]) -> str | None:
    """Where the pupil lives now, else the address of the house registration."""
    for prefix in ("current_", ""):
        if facts.get(f"{prefix}subdistrict") or facts.get(f"{prefix}house_no"):
            parts = (
                ("", "house_no"), ("หมู่ ", "village_no"), ("", "road"), ("ต.", "subdistrict"),
                ("อ.", "district"), ("จ.", "province"), ("", "postcode"),
            )  # fmt: skip
            words = (
                f"{mark}{facts[prefix + key]}" for mark, key in parts if facts.get(prefix + key)
            )
            return " ".join(words)
    return None


def _pupil_as_member(pupil: Enrolled, today: date) -> dict[str, Any]:
    """The pupil, the first of the household's members: what the roll says, and no more."""
    student = pupil.student
    member: dict[str, Any] = {
        "name": student.full_name,
        "relation": str(Relation.SELF),
        "citizen_id": None,  # it is in the roll, and no number is said back in a chat
    }
    if student.birth_date is not None:
        born = student.birth_date
        birthday = (today.month, today.day) >= (born.month, born.day)
        age = today.year - born.year - (0 if birthday else 1)
        if 0 <= age <= 30:  # a birth date that is wrong is no age
            member["age"] = age
    stage, _dot, year = pupil.enrolment.level.partition(".")
    lower = stage == "ม" and year in ("1", "2", "3")
    schooling = Education.LOWER_SECONDARY if lower else _SCHOOLING.get(stage)
    if schooling is not None:
        member["education"] = str(schooling)
    return member


def _older(member: Mapping[str, Any], years: int) -> dict[str, Any]:
    """A member so many school years later; the teacher sees the age and confirms it."""
    age = member.get("age")
    return {**member, "age": age + years} if isinstance(age, int) else dict(member)


def _for_sibling(answers: dict[str, Known], pupil: Enrolled) -> dict[str, Known]:
    """The home's answers as this pupil would give them: who was "the pupil" is a sibling here."""
    members = answers.get("members")
    if members is None:
        return answers
    mine = (pupil.student.first_name, pupil.student.last_name)
    turned = [_turned(member, *mine) for member in members.value]
    return {**answers, "members": Known(turned, members.source)}


def _turned(member: Mapping[str, Any], first: str, last: str) -> dict[str, Any]:
    name = str(member.get("name") or "")
    if first in name and last in name:
        return {**member, "relation": str(Relation.SELF)}
    if member.get("relation") == Relation.SELF:
        return {**member, "relation": str(Relation.SIBLING)}
    return dict(member)
