"""Channel access tokens against LINE's own endpoint."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.clock import FileClock, SystemClock
from core.errors import DeliveryFailed
from line.client import LineClient
from tests.line.conftest import settings
from tests.support.simulator import SECRET

TOKEN_PATH = "/oauth2/v3/token"


def issued(line) -> int:
    """How many tokens LINE has issued."""
    return sum(call["path"] == TOKEN_PATH for call in line.requests)


@pytest.fixture
def clock_file(tmp_path):
    path = tmp_path / "our-clock"
    path.write_text("0")
    return path


@pytest.fixture
def client(line, clock_file):
    stateless = settings(line.url, line_channel_access_token=None)
    with LineClient(stateless, FileClock(clock_file)) as client:
        yield client


def test_channel_id_and_secret_are_enough(client, line):
    """
    A token is fetched at the first call and used for all calls after it.
    """
    for _ in range(3):
        assert client.bot_info().basic_id == "@doolae"

    assert issued(line) == 1


def test_a_token_is_renewed_before_it_ends(client, line, clock_file):
    """
    After thirteen minutes a new one is fetched, although the old one lives two minutes more.
    """
    client.bot_info()
    clock_file.write_text(str(timedelta(minutes=12, seconds=50).total_seconds()))
    client.bot_info()
    assert issued(line) == 1

    clock_file.write_text(str(timedelta(minutes=13, seconds=10).total_seconds()))
    client.bot_info()

    assert issued(line) == 2


def test_a_token_that_line_refuses_is_replaced_in_the_same_call(client, line):
    """
    401 is answered with a new token and the same request; the caller notices nothing.
    """
    client.bot_info()
    line.fault(unauthorized={"times": 1, "path": "/v2/bot/info"})

    assert client.bot_info().basic_id == "@doolae"

    assert issued(line) == 2


def test_threads_do_not_fetch_a_token_each(client, line):
    """
    Eight threads that begin together share one token.
    """
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.bot_info(), range(16)))

    assert issued(line) == 1


def test_no_token_is_a_failure_of_which_nothing_was_sent(line):
    """
    Wrong credentials are told with LINE's words and without the secret; no message is unclear.
    """
    wrong = settings(line.url, line_channel_access_token=None).model_copy(
        update={"line_channel_id": "1"}
    )
    with LineClient(wrong, SystemClock()) as client, pytest.raises(DeliveryFailed) as caught:
        client.bot_info()

    assert caught.value.unclear is False
    assert SECRET not in str(caught.value)


def test_a_long_lived_token_that_is_refused_may_be_tried_again(line):
    """
    Nothing is wrong with the message: when somebody has mended the token, it goes.
    """
    with (
        LineClient(
            settings(line.url, line_channel_access_token="reissued-since"), SystemClock()
        ) as client,
        pytest.raises(DeliveryFailed) as caught,
    ):
        client.bot_info()

    assert (caught.value.status, caught.value.may_retry, caught.value.unclear) == (401, True, False)
