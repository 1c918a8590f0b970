"""Photos all the way: from a phone over LINE's API into the store."""

from __future__ import annotations

import pytest

from core.clock import SystemClock
from core.database import Database
from core.secrets import Secrets
from core.settings import Settings
from core.store import open_store
from line.events import Photo
from models.line_account import LineAccount
from models.media import Media, MediaStatus
from services import channels, media, media_fetching
from tests.line.test_account import content_of
from tests.support.bot import data_environment
from tests.support.photos import a_photo

CLOCK = SystemClock()


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings.from_environ(
        data_environment(database_url) | {"MEDIA_URL": f"file:{tmp_path / 'media'}"}
    )


@pytest.fixture
def database(settings):
    database = Database(settings.database_url, Secrets.from_settings(settings), pool_size=3)
    yield database
    database.close()


def expect(database, person, message_id):
    """A row for a photo of a person."""

    def work(session):
        channel = channels.of_environment(session, now=CLOCK.now())
        account = LineAccount(
            office_id=channel.office_id,
            channel_id=channel.id,
            line_user_id=person.user_id,
            language="th",
            created_at=CLOCK.now(),
            wrong_codes=0,
        )
        session.add(account)
        session.flush()
        now = CLOCK.now()
        return media.expect(session, account, Photo(message_id), draft_id=None, now=now).id

    return database.run(work)


def status_of(database, media_id):
    def work(session):
        row = session.get_one(Media, media_id)
        return row.status, row.reason, row.width

    return database.read(work)


def test_a_phones_photo_reaches_the_store(client, person, database, settings):
    """
    Sent, fetched, made small, stored.
    """
    media_id = expect(database, person, content_of(person, a_photo(width=2400, height=1800)))

    verdict = media_fetching.fetch(database, client, open_store(settings), media_id, clock=CLOCK)

    assert verdict is MediaStatus.STORED
    assert status_of(database, media_id) == (MediaStatus.STORED, None, 1600)


@pytest.mark.parametrize(
    "fault", ["error_before", "error_after", "reset_before", "reset_after", "unauthorized"]
)
def test_a_bad_network_costs_time_and_no_photo(client, person, database, settings, line, fault):
    """
    Whatever breaks once between LINE and us, the next try has the photo.
    """
    media_id = expect(database, person, content_of(person, a_photo()))
    store = open_store(settings)
    line.fault(**{fault: {"times": 1, "path": "/content$"}})

    assert media_fetching.fetch(database, client, store, media_id, clock=CLOCK) is None
    database.run(lambda session: media_fetching.release_claims(session, now=CLOCK.now()))

    assert (
        media_fetching.fetch(database, client, store, media_id, clock=CLOCK) is MediaStatus.STORED
    )


def test_a_photo_unsent_before_it_was_fetched_is_gone(client, person, database, settings):
    """
    LINE says 410; the row says that it was taken back.
    """
    media_id = expect(database, person, content_of(person, a_photo(), content="gone"))

    media_fetching.fetch(database, client, open_store(settings), media_id, clock=CLOCK)

    assert status_of(database, media_id) == (MediaStatus.GONE, "withdrawn", None)
