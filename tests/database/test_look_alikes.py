"""The same photo for different homes is noticed; siblings share theirs."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select

from core.database import Database
from models.draft import Draft, DraftStatus
from models.home_visit import HomeVisit, HouseholdVisit, Outcome, VisitStatus
from models.household import Household, Residence
from models.line_account import LineAccount
from models.media import Media, MediaBand, MediaStatus
from models.queries import media as media_queries
from services import look_alikes, media
from services.pictures import Picture, reduce
from tests.support.photos import a_photo
from tests.support.village import NOW, TODAY, Village


@pytest.fixture
def village(database: Database) -> Village:
    """A village with four pupils; the first two live in one house."""
    village = Village(database)
    village.teaches("สมใจ")
    for name in ("มะลิ", "กุหลาบ", "จำปี", "ลั่นทม"):
        village.enrols(name)
    return village


def looked_at(data: bytes) -> Picture:
    """As the child process sees it."""
    return reduce(io.BytesIO(data))


def saved_again(data: bytes, *, width: int, quality: int) -> bytes:
    """The photo as another phone would send it on."""
    image = Image.open(io.BytesIO(data))
    smaller = image.resize((width, image.height * width // image.width))
    out = io.BytesIO()
    smaller.save(out, "JPEG", quality=quality)
    return out.getvalue()


class Homes:
    """Visits with photos, made as a sent report makes them."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.homes: dict[str, int] = {}
        self.numbers = iter(range(1, 999))

    def lives(self, *names: str) -> None:
        def work(session):
            home = Household(office_id=self.village.office_id, created_at=NOW)
            session.add(home)
            session.flush()
            for name in names:
                self.homes[name] = home.id
                session.add(
                    Residence(
                        office_id=home.office_id,
                        household_id=home.id,
                        student_id=self.village.pupils[name],
                        starts_on=TODAY,
                    )
                )

        self.village.database.run(work)

    def visited(self, name: str, photo: bytes, *, on: date = TODAY, hold: bool = False) -> int:
        """Report a visit with one photo; the photo's id."""
        seen = looked_at(photo)

        def work(session):
            number = next(self.numbers)
            office = self.village.office_id
            account = LineAccount(
                office_id=office,
                channel_id=self.village.channel_id,
                line_user_id=f"U{number}",
                created_at=NOW,
            )
            session.add(account)
            session.flush()
            draft = Draft(
                office_id=office, account_id=account.id, form_id="home_visit",
                status=DraftStatus.SENT, created_at=NOW, updated_at=NOW,
            )  # fmt: skip
            session.add(draft)
            session.flush()
            visit = HouseholdVisit(
                office_id=office, household_id=self.homes[name], draft_id=draft.id,
                reporter_id=self.village.staff["สมใจ"], visited_on=on, how="home",
                form_id="home_visit", form_hash="-", submitted_at=NOW,
            )  # fmt: skip
            session.add(visit)
            session.flush()
            session.add(
                HomeVisit(
                    office_id=office, school_id=self.village.schools["บ้านดอน"],
                    household_visit_id=visit.id, student_id=self.village.pupils[name],
                    number=f"V69-{number:06}", school_year=2569, level="ป.4", room="1",
                    student_no="1", outcome=Outcome.VISITED, visited_on=on,
                    status=VisitStatus.SUBMITTED, submitted_at=NOW, received_at=NOW,
                    legal_hold=hold,
                )
            )  # fmt: skip
            row = Media(
                office_id=office, channel_id=self.village.channel_id, account_id=account.id,
                line_message_id=str(number), draft_id=draft.id, household_visit_id=visit.id,
                status=MediaStatus.STORED, due_at=NOW, attempts=1, spoken=True, created_at=NOW,
                path=f"1/ab/{number}.jpg", sha256=f"{number:064}", dhash=seen.dhash or None,
            )  # fmt: skip
            session.add(row)
            session.flush()
            look_alikes.remember(session, row)
            look_alikes.mark(session, visit, [row])
            return row.id

        media_id: int = self.village.database.run(work)
        return media_id

    def flags(self) -> dict[int, date]:
        def work(session):
            every = session.scalars(select(HouseholdVisit.id)).all()
            return dict(look_alikes.flagged(session, every))

        return self.village.database.read(work)


@pytest.fixture
def homes(village: Village) -> Homes:
    homes = Homes(village)
    homes.lives("มะลิ", "กุหลาบ")
    homes.lives("จำปี")
    homes.lives("ลั่นทม")
    return homes


def test_a_photo_of_another_home_is_noticed_though_it_was_saved_again(homes):
    """
    LINE makes it smaller, an album saves it anew: it is the same photo, and the day is told.
    """
    photo = a_photo(width=1600, height=1200, seed=7)
    homes.visited("มะลิ", photo, on=date(2026, 6, 4))
    assert homes.flags() == {}

    homes.visited("จำปี", saved_again(photo, width=700, quality=55))

    assert list(homes.flags().values()) == [date(2026, 6, 4)]


def test_siblings_share_a_photo_and_nobody_wonders(homes):
    """
    P17: one home, one photo; also a second report about the same pupil is no finding.
    """
    photo = a_photo(seed=7)
    homes.visited("มะลิ", photo)
    homes.visited("กุหลาบ", photo)
    homes.visited("มะลิ", photo)

    assert homes.flags() == {}


def test_other_photos_are_other_photos(homes):
    """
    Two hundred houses: none of them is taken for another one.
    """
    known = {looked_at(a_photo(width=320, height=240, seed=seed)).dhash for seed in range(40)}
    assert "" not in known
    assert len(known) == 40

    homes.visited("มะลิ", a_photo(seed=1))
    homes.visited("จำปี", a_photo(seed=2))

    assert homes.flags() == {}


def test_a_plain_wall_is_like_no_other_wall(homes):
    """
    What shows next to nothing has no look of its own.
    """
    wall = io.BytesIO()
    Image.new("RGB", (800, 600), "#8a8d90").save(wall, "JPEG")

    assert looked_at(wall.getvalue()).dhash == ""
    homes.visited("มะลิ", wall.getvalue())
    homes.visited("จำปี", wall.getvalue())
    assert homes.flags() == {}


def test_what_was_taken_back_is_compared_with_nothing(homes, village):
    """
    The first photo was unsent: its look is forgotten with its content, and nothing points to it.
    """
    photo = a_photo(seed=7)
    first = homes.visited("มะลิ", photo)
    withdraw(village, first)

    assert village.kept(select(MediaBand).where(MediaBand.media_id == first)) == []
    homes.visited("จำปี", photo)
    assert homes.flags() == {}


def test_under_a_legal_hold_a_photo_is_hidden_and_not_destroyed(homes, village):
    """
    Evidence: out of every view at once, the file and its facts stay for the case owner.
    """
    first = homes.visited("มะลิ", a_photo(seed=7), hold=True)
    withdraw(village, first)

    (row,) = village.kept(select(Media).where(Media.id == first))
    assert row.status is MediaStatus.HIDDEN
    assert row.path is not None
    assert row.reason == "withdrawn"
    due = village.database.read(lambda session: list(media_queries.due(session, now=NOW, limit=9)))
    assert due == []
    withdraw(village, first)  # a redelivered unsend changes nothing
    assert village.kept(select(Media.status).where(Media.id == first)) == [MediaStatus.HIDDEN]


def withdraw(village: Village, media_id: int) -> None:
    def work(session):
        row = session.get_one(Media, media_id)
        media.withdraw(
            session, channel_id=row.channel_id, line_message_id=row.line_message_id, now=NOW
        )

    village.database.run(work)
