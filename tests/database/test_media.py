"""Photos from a row that expects them to a file in the store, whatever breaks in between."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from core.database import Database, secrets_of
from core.errors import DeliveryFailed, TransientFault
from core.settings import Settings
from core.store import NotStored, open_store
from line.answers import Content, ContentStatus
from line.events import Photo
from models.line_account import LineAccount
from models.media import EXIF, Media, MediaStatus
from models.queries import media as media_queries
from services import channels, media, media_fetching
from tests.database.conftest import NOW
from tests.support.photos import a_photo, a_photo_with_place


@dataclass
class HandClock:
    """A clock that tests set."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Line:
    """LINE with one photo; `answers` come first, and may be failures."""

    photo: bytes = field(default_factory=lambda: a_photo(seed=1))
    answers: list[ContentStatus | BaseException] = field(default_factory=list)
    asked: int = 0

    def content(self, message_id, into):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else ContentStatus.READY
        if isinstance(answer, BaseException):
            raise answer
        if answer is ContentStatus.READY:
            into.write(self.photo)
        return Content(answer, "image/jpeg")


@dataclass
class World:
    """What a fetch needs, and what became of it."""

    database: Database
    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    line: Line = field(default_factory=Line)
    told: list[tuple[MediaStatus, str | None]] = field(default_factory=list)

    def __post_init__(self):
        settings = Settings.from_environ(
            {"SECRET_KEY": "x" * 32, "MEDIA_URL": f"file:{self.folder}"}
        )
        self.store = open_store(settings)

    def run(self, work):
        return self.database.run(work)

    def expect(self, message_id="1", **photo):
        def work(session):
            channel = channels.of_environment(session, now=NOW)
            account = session.query(LineAccount).one_or_none()
            if account is None:
                account = LineAccount(
                    office_id=channel.office_id,
                    channel_id=channel.id,
                    line_user_id="U" + "1" * 32,
                    language="th",
                    created_at=NOW,
                    wrong_codes=0,
                )
                session.add(account)
                session.flush()
            expected = Photo(message_id, **photo)
            return media.expect(session, account, expected, draft_id=None, now=NOW).id

        return self.run(work)

    def fetch(self, media_id: int):
        def tell(session, row):
            self.told.append((row.status, row.reason))

        return media_fetching.fetch(
            self.database, self.line, self.store, media_id, clock=self.clock, on_verdict=tell
        )

    def row(self, media_id: int):
        def work(session):
            row = session.get_one(Media, media_id)
            session.expunge(row)
            return row

        return self.database.read(work)

    def due(self) -> list[int]:
        return list(
            self.database.read(
                lambda session: media_queries.due(session, now=self.clock.now(), limit=9)
            )
        )

    def withdraw(self, message_id="1"):
        def work(session):
            channel = channels.of_environment(session, now=NOW)
            return media.withdraw(
                session,
                channel_id=channel.id,
                line_message_id=message_id,
                now=self.clock.now(),
            )

        return self.run(work)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def world(database, tmp_path):
    return World(database, tmp_path / "media")


def busy() -> DeliveryFailed:
    return DeliveryFailed("503", status=503, may_retry=True, unclear=True)


def test_a_photo_is_fetched_judged_and_stored(world):
    """
    One try: a JPEG in the store under its hash, its measures in the row, its owner told.
    """
    media_id = world.expect()

    assert world.fetch(media_id) is MediaStatus.STORED

    row = world.row(media_id)
    stored = world.store.get(row.path)
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, image.size) == ("JPEG", (row.width, row.height))
    assert (row.bytes, row.stored_at) == (len(stored), NOW)
    assert row.sha256 in row.path
    assert world.told == [(MediaStatus.STORED, None)]
    assert world.due() == []


def test_place_and_time_are_kept_sealed_and_leave_the_file(world):
    """
    EXIF is read before it is gone: the row knows where, the file does not.
    """
    world.line.photo = a_photo_with_place(14.51, 100.25, taken="2026:11:18 14:03:22")
    media_id = world.expect()
    world.fetch(media_id)
    row = world.row(media_id)

    found = world.database.read(
        lambda session: secrets_of(session).open_json(row.exif, column=EXIF)
    )

    assert found == {"latitude": 14.51, "longitude": 100.25, "taken_at": "2026-11-18T14:03:22"}
    with Image.open(io.BytesIO(world.store.get(row.path))) as image:
        assert not image.getexif()


def test_a_photo_that_is_not_ready_is_asked_for_again(world):
    """
    202 twice, a failure, then the photo: four tries with growing pauses, and one verdict.
    """
    world.line.answers = [ContentStatus.PREPARING, busy(), ContentStatus.PREPARING]
    media_id = world.expect()
    pauses = []

    while world.fetch(media_id) is None:
        pauses.append((world.row(media_id).due_at - world.clock.now()).total_seconds())
        assert world.due() == []
        world.clock.moment = world.row(media_id).due_at
        assert world.due() == [media_id]

    assert pauses == [1, 2, 4]
    assert world.told == [(MediaStatus.STORED, None)]


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (ContentStatus.GONE, MediaStatus.GONE, "withdrawn"),
        (ContentStatus.MISSING, MediaStatus.GONE, "expired"),
        (ContentStatus.TOO_LARGE, MediaStatus.REFUSED, "too_large"),
    ],
)
def test_what_line_has_not_is_a_verdict(world, answer, status, reason):
    """
    Taken back, expired and too large are final, each with its reason.
    """
    world.line.answers = [answer]
    media_id = world.expect()

    assert world.fetch(media_id) is status
    assert world.told == [(status, reason)]
    assert world.files() == []


def test_what_is_no_photo_is_refused(world):
    """
    A PDF in a photo's clothes, half a photo, and a picture of too many pixels.
    """
    whole = a_photo(width=2000, height=1500)
    poster = io.BytesIO()
    Image.new("L", (5000, 4100)).save(poster, "PNG")
    verdicts = []
    for number, photo in enumerate([b"%PDF-1.7", whole[: len(whole) // 2], poster.getvalue()]):
        world.line.photo = photo
        world.fetch(world.expect(str(number)))
        verdicts.append(world.told.pop())

    assert verdicts == [
        (MediaStatus.REFUSED, "not_a_photo"),
        (MediaStatus.REFUSED, "damaged"),
        (MediaStatus.REFUSED, "too_large"),
    ]
    assert world.files() == []


def test_a_photo_from_outside_line_is_refused_without_asking(world):
    """
    LINE has no copy of what another service's page sent; its owner hears so at once.
    """
    media_id = world.expect(external=True)

    assert world.fetch(media_id) is MediaStatus.REFUSED
    assert world.told == [(MediaStatus.REFUSED, "external")]
    assert world.line.asked == 0


def test_line_that_never_answers_is_given_up_after_more_than_a_day(world):
    """
    Tries grow rarer; in the end the photo counts as unreachable, and its owner is told once.
    """
    media_id = world.expect()

    while True:
        world.line.answers = [busy()]
        if world.fetch(media_id) is not None:
            break
        world.clock.moment = world.row(media_id).due_at

    assert world.told == [(MediaStatus.GONE, "unreachable")]
    assert timedelta(hours=20) < world.clock.now() - NOW < timedelta(days=2)


def test_a_photo_is_fetched_once_by_many(world):
    """
    Four threads that want the same photo ask LINE once.
    """
    media_id = world.expect()

    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(world.fetch, [media_id] * 4))

    assert sorted(map(str, verdicts)) == ["None", "None", "None", "stored"]
    assert world.line.asked == 1
    assert len(world.files()) == 1


class PowerCut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", ["before the file", "after the file", "in the verdict"])
def test_a_power_cut_loses_nothing_and_leaves_one_file(world, moment):
    """
    Wherever a fetch breaks off, the next process finishes it, and there is one file.
    """
    media_id = world.expect()
    put = world.store.put

    def cut(path, content):
        if moment == "after the file":
            put(path, content)
        raise PowerCut

    def cut_verdict(session, row):
        raise PowerCut

    if moment == "in the verdict":
        with pytest.raises(PowerCut):
            media_fetching.fetch(
                world.database,
                world.line,
                world.store,
                media_id,
                clock=world.clock,
                on_verdict=cut_verdict,
            )
    else:
        world.store.put = cut
        with pytest.raises(PowerCut):
            world.fetch(media_id)
        world.store.put = put
    assert world.row(media_id).status is MediaStatus.PENDING
    assert world.due() == []
    world.run(lambda session: media_fetching.release_claims(session, now=world.clock.now()))

    assert world.due() == [media_id]
    assert world.fetch(media_id) is MediaStatus.STORED
    assert len(world.files()) == 1


def test_a_dead_process_is_followed_when_its_lease_is_over(world):
    """
    Nobody needs to know that it died: three minutes later the photo is due again.
    """
    media_id = world.expect()
    world.line.answers = [PowerCut()]
    with pytest.raises(PowerCut):
        world.fetch(media_id)

    world.clock.advance(minutes=2)
    assert world.fetch(media_id) is None
    world.clock.advance(minutes=1)

    assert world.fetch(media_id) is MediaStatus.STORED


def test_a_full_disk_is_no_verdict(world):
    """
    A store that fails is tried again; the photo is not lost and nobody is blamed.
    """
    media_id = world.expect()
    put = world.store.put

    def full(path, content):
        raise TransientFault("no space left")

    world.store.put = full
    assert world.fetch(media_id) is None
    world.store.put = put
    world.clock.advance(seconds=1)

    assert world.fetch(media_id) is MediaStatus.STORED
    assert world.told == [(MediaStatus.STORED, None)]


def test_a_withdrawn_photo_leaves_its_fact_and_no_file(world):
    """
    The row stays as gone; the file is removed by whoever looks next.
    """
    media_id = world.expect()
    world.fetch(media_id)
    path = world.row(media_id).path

    assert world.withdraw().id == media_id
    assert world.due() == [media_id]
    world.fetch(media_id)

    row = world.row(media_id)
    assert (row.status, row.reason, row.path) == (MediaStatus.GONE, "withdrawn", None)
    with pytest.raises(NotStored):
        world.store.get(path)
    assert world.due() == []


def test_equal_photos_go_away_each_with_its_own_row(world):
    """
    The same picture sent twice is two files: taking one back leaves the other.
    """
    first, second = world.expect("1"), world.expect("2")
    world.fetch(first)
    world.fetch(second)
    assert world.row(first).sha256 == world.row(second).sha256

    world.withdraw("1")
    world.fetch(first)

    assert world.store.get(world.row(second).path)
    assert len(world.files()) == 1


def test_a_photo_taken_back_while_it_is_fetched_leaves_no_file(world):
    """
    Unsent between download and storing: no verdict is told, and the file goes when the fetch
    that may have written it is over for certain.
    """
    media_id = world.expect()
    put = world.store.put

    def late(path, content):
        world.withdraw()
        put(path, content)

    world.store.put = late
    assert world.fetch(media_id) is None
    assert world.told == []
    assert len(world.files()) == 1

    world.clock.advance(minutes=3)
    for due in world.due():
        world.fetch(due)

    assert world.files() == []
    assert world.row(media_id).reason == "withdrawn"


def test_taking_back_what_is_no_photo_does_nothing(world):
    """
    Unsend of a text, or of a photo that is gone already.
    """
    world.expect("1")
    assert world.withdraw("999") is None
    assert world.withdraw("1") is not None
    assert world.withdraw("1") is None


def test_a_voice_note_is_kept_as_it_came_and_goes_when_taken_back(world):
    """
    Nobody judges a sound: its bytes stand in the store; unsent, they are gone.
    """
    world.line.photo = b"\x00\x00\x00\x1cftypM4A sound"
    world.expect("1")

    def voice(session) -> int:
        account = session.query(LineAccount).one()
        return media.expect_voice(session, account, "2", draft_id=None, now=NOW).id

    voice_id = world.run(voice)
    assert world.fetch(voice_id) is MediaStatus.STORED
    (name,) = world.files()
    assert name.endswith(".m4a")
    assert world.store.get(world.row(voice_id).path) == world.line.photo
    world.withdraw("2")
    world.clock.advance(minutes=5)
    world.fetch(voice_id)
    assert world.files() == []
