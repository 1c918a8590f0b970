"""Reports of urgent cases in both databases: what is kept, added, swept, and imported."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import engine
from core.clock import local_date
from core.database import Database
from documents.imports import import_table
from forms.incident import INCIDENT
from models.draft import Draft
from models.incident import IncidentStatus, Origin, Part
from models.line_account import Notice
from models.staff import Role
from models.student import Enrolment, Student
from models.timeline import Event
from services import drafts
from services.imports.rows import Outcome
from services.urgent import (
    abandoned_reports,
    alerts,
    cases,
    incident_facts,
    incident_reports,
    taken_back,
    threats,
)
from tests.support.duty import NOW, STARTED, DutyOffice, duty_office, minutes

Answers = dict[str, Any]


def begins(here: DutyOffice, by: str, answers: Answers, *, at: datetime = NOW) -> Draft:
    """Somebody has answered so far, and stopped."""
    draft = engine.Draft(INCIDENT.id, INCIDENT.hash, dict(answers))
    return drafts.open_new(here.session, here.account(by), draft, now=at)


def tells(here: DutyOffice, by: str, row: Draft, *, at: datetime = NOW, **more: Any) -> Any:
    """The answers with more of them, as a step of the chat does it."""
    known = drafts.load(here.session, row)
    draft = known.changed(answers={**known.answers, **more})
    drafts.save(here.session, row, draft, now=at)
    return incident_reports.raise_or_add(
        here.session, here.account(by), row, draft, now=at, today=local_date(at)
    )


def pupil(here: DutyOffice) -> int:
    student = Student(
        office_id=here.office_id, title="เด็กหญิง", first_name="มะลิ", last_name="ใจดี",
        created_at=NOW,
    )  # fmt: skip
    here.session.add(student)
    here.session.flush()
    here.session.add(
        Enrolment(
            office_id=here.office_id, school_id=here.school_id, student_id=student.id,
            student_no="0001", level="ป.4", room="1", starts_on=STARTED,
        )
    )  # fmt: skip
    here.session.flush()
    return student.id


def test_what_comes_after_the_alert_is_added_once_and_moves_the_chain(database: Database) -> None:
    """
    One case of one draft, whatever is added; a pupil twice is one; the head is named and leaves.
    """

    def play(session: Session) -> None:
        here = duty_office(session)
        row = begins(here, "teacher", {})
        first = tells(here, "teacher", row, danger="yes")
        child = pupil(here)
        more = {"group": "violence", "names_staff": "school", "pupils": [str(child)]}
        again = tells(here, "teacher", row, at=minutes(1), **more)
        assert again.id == first.id
        assert again.district_only  # nobody is named yet
        named = tells(here, "teacher", row, at=minutes(2), named=[str(here.staff["head"])])
        assert not named.district_only
        assert here.members(named, "head") == {"excluded"}
        assert cases.students_of(session, named) == [child]
        assert len(here.alerted(named)) == 2
        tells(here, "teacher", row, at=minutes(3), named=None)
        assert here.members(named, "head") == {"excluded"}  # for ever

    database.run(play)


def test_the_sweep_raises_what_was_left_and_adds_what_came_by_the_page(
    database: Database,
) -> None:
    """
    P2: danger or a story, two minutes; nothing else; each once.
    """

    def play(session: Session) -> None:
        here = duty_office(session)
        here.meets("stranger")
        row = begins(here, "stranger", {"story": "ได้ยินเสียงเด็กร้อง"})
        quiet = begins(here, "teacher", {"danger": "no", "group": "health"})
        assert sweeps(here, minutes(1.9)) == 0
        assert sweeps(here, minutes(2)) == 2
        incident = incident_reports.of_draft(session, row)
        assert incident is not None
        assert (incident.origin, incident.district_only) == (Origin.CLOCK, True)
        assert here.pushed(alerts.ALERT) == 2
        assert incident_reports.of_draft(session, quiet) is None
        notices = session.scalars(select(Notice.kind)).all()
        assert notices == [abandoned_reports.RAISED]
        assert sweeps(here, minutes(5)) == 0

        known = drafts.load(session, row)  # the page writes without a turn
        page = known.changed(answers={**known.answers, "story": "ได้ยินเสียงเด็กร้อง ทุกคืน"})
        drafts.save(session, row, page, now=minutes(6))
        assert sweeps(here, minutes(9)) == 1
        assert cases.answers_of(session, incident)["story"] == "ได้ยินเสียงเด็กร้อง ทุกคืน"
        assert here.pushed(alerts.ALERT) == 2

    database.run(play)


def sweeps(here: DutyOffice, now: datetime) -> int:
    count = 0
    while abandoned_reports.sweep(here.session, now):
        count += 1
        assert count < 20
    return count


def test_it_turns_out_to_be_about_the_school_after_its_head_was_alerted(
    database: Database,
) -> None:
    """
    P4: whoever of the school had been alerted leaves the case; the office stays.
    """

    def play(session: Session) -> None:
        here = duty_office(session)
        here.meets("stranger")
        row = begins(here, "stranger", {})
        open_one = tells(here, "stranger", row, danger="yes", concerns="no")
        cases.add_member(session, open_one, here.staff["head"], Part.ALERTED, now=NOW)
        hidden = tells(here, "stranger", row, at=minutes(1), concerns="school")
        assert here.members(hidden, "head") == {"excluded"}
        assert "alerted" in here.members(hidden, "o1")
        assert hidden.status is IncidentStatus.RAISED

    database.run(play)


def test_typed_words_taken_back_are_sealed_beside_the_case(database: Database) -> None:
    """
    P14: out of the case, readable for its owner, on the timeline; the second time nothing.
    """

    def play(session: Session) -> None:
        here = duty_office(session)
        row = begins(here, "teacher", {})
        account = here.account("teacher")
        taken_back.remember(session, account, row, "m1", "ชื่อเด็ก", now=NOW)
        incident = tells(here, "teacher", row, danger="yes", story="ก่อน\nชื่อเด็ก\nหลัง")
        session.flush()
        found = taken_back.withdraw(session, account, "m1", now=minutes(1))
        assert found is not None
        assert found[1] is not None
        assert cases.answers_of(session, incident)["story"] == "ก่อน\nหลัง"
        assert drafts.load(session, row).answers["story"] == "ก่อน\nหลัง"
        session.flush()
        assert [each.words for each in taken_back.sealed_of(session, incident)] == ["ชื่อเด็ก"]
        assert taken_back.withdraw(session, account, "m1", now=minutes(1)) is None
        kinds = session.scalars(select(Event.kind)).all()
        assert "incident.taken_back" in kinds

    database.run(play)


LIST = """group,code,th,en,my,km
accident,vehicle,รถรับส่ง,School bus,,
health,heat,ลมแดด,Heat stroke,အပူလျှပ်,
"""


def test_a_list_of_threats_is_a_new_version_and_old_cases_keep_theirs(
    database: Database,
) -> None:
    """
    The same file again is no new version; one row that cannot be read makes none.
    """
    office_id = database.run(lambda session: duty_office(session).office_id)

    def current() -> threats.Threats:
        return database.read(lambda session: threats.current(session, office_id))

    assert current().version == 0
    assert len(current().of_group("violence")) > 3
    first = import_table(database, "threats", LIST.encode(), now=NOW)
    assert first.outcomes == {Outcome.CHANGED: 1, Outcome.TAKEN: 1}
    again = import_table(database, "threats", LIST.encode(), now=NOW)
    assert again.outcomes == {Outcome.UNCHANGED: 2}
    assert current().version == 1
    assert [kind.label("my") for kind in current().kinds] == ["รถรับส่ง", "အပူလျှပ်"]
    broken = import_table(
        database, "threats", (LIST + "health,Heat!,ก,,,\nwar,x,ข,,,\n").encode(), now=NOW
    )
    assert broken.outcomes == {Outcome.REFUSED: 4}
    assert current().version == 1

    def labels(session: Session) -> list[str]:
        return [
            threats.label(session, office_id, "vehicle", version, "en") for version in (0, 1)
        ] + [threats.label(session, office_id, None, None, "th")]

    assert database.read(labels) == ["Vehicle", "School bus", ""]


def test_only_staff_see_names_and_only_of_their_own(database: Database) -> None:
    """
    Strangers may name a school, and are shown no pupil and no colleague; a teacher without a room
    sees no pupil; a head sees the school's.
    """

    def play(session: Session) -> None:
        here = duty_office(session)
        here.meets("stranger")
        here.employs("clerk", Role.FINANCE)
        child = pupil(here)

        def facts(name: str) -> Any:
            return incident_facts.facts_of(session, here.account(name), today=local_date(NOW))

        assert [option.label for option in facts("stranger")["schools"]] == ["บ้านดอน"]
        assert facts("stranger")["pupils"] == []
        assert facts("stranger")["colleagues"](str(here.school_id)) == []
        assert facts("teacher")["pupils"] == []
        assert [option.code for option in facts("head")["pupils"]] == [str(child)]
        names = {option.label for option in facts("teacher")["colleagues"](str(here.school_id))}
        assert {"head ก", "o1 ก", "director ก"} <= names
        assert "teacher ก" not in names

    database.run(play)


def test_words_that_no_native_reader_has_read_stand_beside_the_thai(database: Database) -> None:
    kinds = database.read(lambda session: threats.of_version(session, 1, 0).kinds)
    burmese = [kind for kind in kinds if "my" in kind.labels]
    assert burmese
    for kind in burmese:
        for language in ("my", "km"):
            assert kind.label(language).endswith(f" · {kind.label('th')}")
        assert kind.label("en") == kind.labels["en"]
