"""Counting everything after the chaos: what phones were promised against what the tables hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database, secrets_of
from core.secrets import Secrets
from core.settings import Settings
from models.home_visit import ALLOWED, COUNTED, Confirmed, HomeVisit, HouseholdVisit, VisitStatus
from models.timeline import Event
from models.visit_history import VisitReturn, VisitRevision
from models.visit_part import PART_ANSWERS, VisitPart, VisitPartRevision
from tests.chaos.counting_road import road
from tests.chaos.person import Person
from tests.chaos.receipts import Kind, receipts
from tests.chaos.school import Clerk, Head
from tests.chaos.teachers import Teacher
from tests.support.bot import data_environment
from tests.support.world import World


def everything_is_there_once(
    world: World, database_url: str, teachers: Sequence[Teacher], head: Head, clerk: Clerk
) -> str:
    """Compare phones, export and tables; returns what was counted, in a line."""
    settings = Settings.from_environ(data_environment(database_url))
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=1)
    everybody: list[Person] = [*teachers, head, clerk]
    seen = _receipts_of(everybody)
    try:
        return database.read(
            lambda session: "; ".join(
                (
                    _reports(session, world, [*teachers, clerk], seen),
                    _revisions(session, seen),
                    _parts(session, teachers, seen),
                    _statuses(session, seen),
                    _confirmed(session, clerk),
                    road(session, teachers),
                )
            )
        )
    finally:
        database.close()


def no_phone_saw_anything_twice(everybody: Iterable[Person]) -> None:
    """Each event is answered by one reply call, and each receipt stands in as many bubbles as it
    was earned: a report and its OBEC part once, see also `_revisions`."""
    for person in everybody:
        bubbles = person.screen().bubbles
        calls = {(bubble.item.get("replyTo"), bubble.item.get("requestId")) for bubble in bubbles}
        by_event = Counter(event for event, _ in calls)
        twice = [event for event, count in by_event.items() if count > 1]
        assert not twice, f"{person.name} got two replies to {twice}\n{person.phone}"
        again = [
            receipt
            for receipt, count in receipts(person.phone, bubbles).items()
            if count > 1 and receipt[0] in (Kind.REPORT, Kind.PART)
        ]
        assert not again, f"{person.name} saw {again} more than once\n{person.phone}"


def _receipts_of(everybody: Iterable[Person]) -> Counter[tuple[Kind, str]]:
    seen: Counter[tuple[Kind, str]] = Counter()
    for person in everybody:
        seen += receipts(person.phone, person.screen().bubbles)
    return seen


def _reports(
    session: Session,
    world: World,
    people: Sequence[Teacher | Clerk],
    seen: Counter[tuple[Kind, str]],
) -> str:
    """What was sent is stored under the number of its receipt; what counts is in the export."""
    expected = {
        number: (visit.pupil.student_no, visit.outcome)
        for person in people
        for number, visit in person.reported.items()
    }
    rows = session.scalars(select(HomeVisit)).all()
    found = {row.number: (row.student_no, row.outcome.value) for row in rows}
    assert found == expected, f"{set(found.items()) ^ set(expected.items())}"
    assert {number for kind, number in seen if kind is Kind.REPORT} == set(expected)
    assert len(rows) == len(expected) == len(session.scalars(select(HouseholdVisit)).all())
    exported = world.export("home-visits")
    counts = sorted(row.number for row in rows if row.status in COUNTED)
    assert sorted(row["id"] for row in exported) == counts
    return f"{len(rows)} reports"


def _revisions(session: Session, seen: Counter[tuple[Kind, str]]) -> str:
    """As many revisions as receipts of corrections, each earlier one kept, none skipped."""
    kept = defaultdict(list)
    for row in session.scalars(select(VisitRevision).order_by(VisitRevision.revision)):
        kept[row.home_visit_id].append(row.revision)
    for report in session.scalars(select(HomeVisit)):
        told = seen[Kind.CORRECTED, report.number] + seen[Kind.SENT_AGAIN, report.number]
        assert report.revision == 1 + told, report.number
        assert kept[report.id] == list(range(1, report.revision)), report.number
    return f"{sum(map(len, kept.values()))} corrections"


def _parts(session: Session, teachers: Sequence[Teacher], seen: Counter[tuple[Kind, str]]) -> str:
    """One row of a part for each receipt, and in it what was saved on a page or typed."""
    joined = select(VisitPart, HomeVisit).join(HomeVisit, HomeVisit.id == VisitPart.home_visit_id)
    rows = session.execute(joined).all()
    told = {number: count for (kind, number), count in seen.items() if kind is Kind.PART}
    assert {report.number: part.revision for part, report in rows} == told
    assert len(rows) == len(told)
    assert session.scalars(select(VisitPartRevision)).all() == []
    visits = {no: visit for each in teachers for no, visit in each.reported.items()}
    for part, report in rows:
        answers = secrets_of(session).open_json(part.answers, column=PART_ANSWERS)
        assert answers["travel_metres"] == visits[report.number].metres, report.number
    saved = {number for each in teachers for number in each.saved_on_page}
    assert saved <= {report.student_no for _part, report in rows}
    return f"{len(rows)} OBEC parts, {sum(each.page_saves for each in teachers)} page saves"


def _statuses(session: Session, seen: Counter[tuple[Kind, str]]) -> str:
    """Every report went its way by allowed moves, and each return was told to the head once."""
    moves = defaultdict(list)
    kinds: Counter[str] = Counter()
    told = select(Event).where(Event.subject_type == "home_visit").order_by(Event.id)
    for event in session.scalars(told):
        kinds[event.kind] += 1
        if event.to_status is not None:
            moves[event.subject_id].append((event.from_status, event.to_status))
    returns: Counter[int] = Counter(
        row.home_visit_id for row in session.scalars(select(VisitReturn))
    )
    for report in session.scalars(select(HomeVisit)):
        at = None
        for before, after in moves[report.id]:
            assert before == at, f"{report.number}: {moves[report.id]}"
            is_correction = before == after
            assert before is None or is_correction or after in ALLOWED[VisitStatus(before)]
            at = after
        assert at == report.status.value, f"{report.number}: {moves[report.id]}"
        assert (report.reviewed_at is not None) == (report.status is VisitStatus.REVIEWED)
        assert returns[report.id] == seen[Kind.RETURNED, report.number], report.number
    reviews = kinds["home_visit.reviewed"]
    assert reviews >= 1
    assert sum(returns.values()) >= 1
    return f"{reviews} reviews, {sum(returns.values())} returns"


def _confirmed(session: Session, clerk: Clerk) -> str:
    """What the clerk entered is confirmed by its teacher, with a tap; then it counts."""
    entered = session.execute(
        select(HomeVisit, HouseholdVisit)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .where(HouseholdVisit.entered_by_id.is_not(None))
    ).all()
    assert {report.number for report, _visit in entered} == set(clerk.reported)
    assert entered
    for report, visit in entered:
        assert visit.confirmed_how is Confirmed.TAP, report.number
        assert report.status is not VisitStatus.UNCONFIRMED
    return f"{len(entered)} confirmed"
