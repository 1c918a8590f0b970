"""Papers from the tables: who may have which, and what stands on them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.i18n import translator
from core.settings import Settings
from core.store import Store, open_store
from documents.papers import PAPERS
from documents.papers.kinds import Collected, Order, Reach
from documents.papers.printing import Printer, finish, prepare
from forms import FORMS
from models import AuditEntry
from models.home_visit import HomeVisit, VisitStatus
from models.media import Media, MediaKind, MediaStatus
from models.scope import Room, Scope, operator
from models.staff import Role
from models.student import Student
from models.timeline import Door
from tests.support.papers import not_in_font, texts
from tests.support.village import NOW, Village
from tests.support.visited import ADDRESS, CITIZEN, STORY, add_visited


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(
        Settings.from_environ({"SECRET_KEY": "x" * 40, "MEDIA_URL": f"file:{tmp_path / 'media'}"})
    )


@pytest.fixture
def village(database: Database, store: Store) -> Village:
    """Class ป.4/1 with a visited and an unvisited pupil, and a pupil of another school."""
    village = Village(database)
    village.employs("อรุณี", (Role.DIRECTOR, "บ้านดอน", None, None))
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    village.enrols("ฟ้า")
    village.enrols("ดาว", school="วัดนา")
    database.run(lambda session: add_visited(session, village, store, "มะลิ"))
    return village


def printer(village: Village, store: Store, scope: Scope | None = None, **options) -> Printer:
    """Of the homeroom teacher, unless another scope is given."""
    mine = Scope(village.office_id, rooms=(Room(village.schools["บ้านดอน"], "ป.4", "1"),))
    return Printer(
        database=village.database,
        store=store,
        scope=scope or mine,
        actor="staff:1",
        door=Door.WEB,
        t=translator("th"),
        public_url="https://doolae.example",
        **options,
    )


def order(village: Village, name: str, pupil: str | None = None, **place: Any) -> Order:
    where: dict[str, Any] = {"school_id": village.schools["บ้านดอน"], "level": "ป.4", "room": "1"}
    return Order(name, **where | place, student_id=village.pupils[pupil] if pupil else None)


def got(press: Printer, wanted: Order) -> Collected:
    """What is collected for an order that is allowed."""
    collected = prepare(press, wanted, now=NOW)
    assert collected is not None, wanted.paper
    return collected


def said(collected: Collected) -> str:
    return "\n".join(texts(collected.data))


def audit(village: Village) -> list[tuple[str, str, str, int | None, bool]]:
    return [
        (row.actor, row.action, row.subject, row.rows, row.sensitive)
        for row in village.kept(select(AuditEntry).order_by(AuditEntry.id))
    ]


def test_the_record_holds_what_was_told(village, store):
    """
    Core and OBEC's part on one paper; what the family signs and what the school writes apart; and
    never the answer about danger. Who took it out is written down.
    """
    collected = got(printer(village, store), order(village, "visits"))

    words = said(collected)
    (sheet,) = collected.data["sheets"]
    assert "เด็กหญิงมะลิ ใจดี" in words
    assert "นางอรุณี ตัวอย่าง" in words
    assert STORY not in str(sheet["sections"])
    assert STORY in str(sheet["school"])
    assert translator("th")(FORMS["home_visit"].question("danger").title) not in words
    assert len(collected.photos) == 2
    assert audit(village) == [("staff:1", "print", "visits", 1, True)]


@pytest.mark.parametrize(
    "place", [{"school": "วัดนา"}, {"level": "ป.5"}, {"room": "2"}, {"level": None, "room": None}]
)
def test_another_class_or_school_is_not_there(village, store, place):
    """
    A teacher prints her own room; nothing is told about others, and nothing audited.
    """
    where = dict(place)
    if "school" in where:
        where["school_id"] = village.schools[where.pop("school")]

    for name, paper in PAPERS.items():
        if paper.reach is Reach.ROOM:
            assert prepare(printer(village, store), order(village, name, **where), now=NOW) is None
    assert audit(village) == []


def test_a_pupil_of_another_school_is_not_in_my_room(village, store):
    """
    The room is mine, the pupil is not: nothing.
    """
    for name in ("visits", "visit-forms", "visit-letters", "eef-form", "eef-copy"):
        assert prepare(printer(village, store), order(village, name, "ดาว"), now=NOW) is None


def test_papers_of_a_school_are_for_its_head(village, store):
    """
    A teacher may not print the school's poster; the head may, and any class or the whole school.
    """
    head = Scope(village.office_id, schools=(village.schools["บ้านดอน"],))
    poster = Order("school-door", village.schools["บ้านดอน"])
    whole = order(village, "visits", level=None, room=None)

    assert prepare(printer(village, store), poster, now=NOW) is None
    assert prepare(printer(village, store, head), poster, now=NOW) is not None
    assert prepare(printer(village, store, head), whole, now=NOW) is not None
    assert prepare(printer(village, store, Scope(1, totals=True)), whole, now=NOW) is None


def test_where_a_sealed_child_lives_is_on_no_paper(village, store):
    """
    Neither place nor photos nor address, of whichever layer (P8).
    """

    def seal(session: Session) -> None:
        session.get_one(Student, village.pupils["มะลิ"]).is_sealed = True

    village.database.run(seal)

    for name in ("visits", "eef-form", "eef-copy"):
        collected = got(printer(village, store), order(village, name))
        assert ADDRESS not in said(collected)
        assert collected.photos == {}


def test_a_report_that_was_declined_is_not_printed(village, store):
    def decline(session: Session) -> None:
        session.scalars(select(HomeVisit)).one().status = VisitStatus.DECLINED

    village.database.run(decline)

    assert prepare(printer(village, store), order(village, "visits"), now=NOW) is None


@pytest.mark.parametrize("status", [VisitStatus.UNCONFIRMED, VisitStatus.RETURNED])
def test_a_report_that_does_not_count_is_printed_as_a_draft(village, store, status):
    def change(session: Session) -> None:
        session.scalars(select(HomeVisit)).one().status = status

    assert "ฉบับร่าง" not in said(got(printer(village, store), order(village, "visits")))
    village.database.run(change)
    assert "ฉบับร่าง" in said(got(printer(village, store), order(village, "visits")))


def test_a_voice_note_is_heard_by_those_who_may_read_the_report(village, store):
    """
    As it came, named by its id; of no other pupil, in no other class, and never masked.
    """
    store.put("1/v/1.m4a", b"sound")

    def add(session: Session) -> int:
        photo = session.scalars(select(Media)).first()
        assert photo is not None
        voice = Media(
            office_id=photo.office_id, channel_id=photo.channel_id, account_id=photo.account_id,
            line_message_id="v1", draft_id=photo.draft_id, path="1/v/1.m4a", created_at=NOW,
            household_visit_id=photo.household_visit_id, kind=MediaKind.AUDIO,
            status=MediaStatus.STORED, due_at=NOW, attempts=1,
        )  # fmt: skip
        session.add(voice)
        session.flush()
        return voice.id

    voice = village.database.run(add)
    press, wanted = printer(village, store), order(village, "voice", "มะลิ", item=voice)
    heard = finish(press, wanted, got(press, wanted))
    assert (heard.content, heard.content_type) == (b"sound", "audio/mp4")
    far = Scope(village.office_id, rooms=(Room(village.schools["บ้านดอน"], "ป.5", "1"),))
    assert prepare(press, replace(wanted, student_id=village.pupils["ฟ้า"]), now=NOW) is None
    assert prepare(press, replace(wanted, item=voice - 1), now=NOW) is None
    assert prepare(printer(village, store, far), wanted, now=NOW) is None
    assert prepare(replace(press, masked=True), wanted, now=NOW) is None


def test_the_operator_sees_nothing_that_is_sealed(village, store):
    """
    The command line without --sensitive: no story, no people, no money, no id number (P15).
    """
    masked = printer(village, store, operator(village.office_id), masked=True)

    for name in ("visits", "eef-form", "eef-copy"):
        words = said(got(masked, order(village, name)))
        for secret in (STORY, ADDRESS, "สมหมาย", "1,500", CITIZEN):
            assert secret not in words
    assert {entry[4] for entry in audit(village)} == {False}


def test_the_form_of_the_fund_is_whole(village, store):
    """
    Every field, answered or not, with members, total, and the officer's frame.
    """
    collected = got(printer(village, store), order(village, "eef-form"))

    (sheet,) = collected.data["sheets"]
    titles = [section["title"] for section in sheet["sections"]]
    assert titles == [translator("th")(each.title) for each in FORMS["eef_screening"].sections]
    table = next(
        row for part in sheet["sections"] for row in part["rows"] if row["kind"] == "table"
    )
    assert table["cells"][0][0] == "นางสมหมาย ทองดี"
    assert "1,500" in table["cells"][0]
    assert CITIZEN in said(collected)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_paper_is_made_and_readable(village, store, language):
    """
    A file of each kind in each language, with nothing that the font cannot show.
    """
    head = Scope(village.office_id, schools=(village.schools["บ้านดอน"],), totals=True)
    press = replace(printer(village, store, head), t=translator(language))

    for name, paper in PAPERS.items():
        if not paper.is_listed or ".fund_" in paper.collect.__module__:
            continue  # about one thing out of many, or about money: made where there is such a thing
        wanted = order(village, name)
        if paper.reach is not Reach.ROOM:
            wanted = Order(name, village.schools["บ้านดอน"])
        collected = got(press, wanted)
        json.dumps(collected.data)
        assert not_in_font(said(collected)) == set(), name
        printed = finish(press, wanted, collected)
        assert printed.content.startswith(b"%PDF-" if paper.format == "pdf" else b"PK"), name
        assert printed.file_name.isascii()


def test_a_photo_that_is_not_to_be_had_costs_no_paper(village, store):
    """
    The store lost a file: the paper has an empty frame.
    """
    store.delete("1/มะลิ/0.jpg")
    press = printer(village, store)
    wanted = order(village, "visits")

    collected = got(press, wanted)

    assert finish(press, wanted, collected).content.startswith(b"%PDF-")
