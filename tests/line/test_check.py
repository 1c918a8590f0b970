"""`doolae check` as an operator sees it."""

from __future__ import annotations

import pytest

from tests.support.bot import SECRET_KEY, doolae
from tests.support.simulator import SECRET, TOKEN


@pytest.fixture
def environment(tmp_path, database_url, line):
    """A good environment on this computer."""
    return {
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET_KEY,
        "DATA_KEYS": "a:" + "k" * 40,
        "MEDIA_URL": f"file:{tmp_path / 'media'}",
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_URL": line.url,
        "LINE_DATA_API_URL": line.url,
        "ALERT_WEBHOOK_URL": "https://gateway.example/alerts",
        "ALERT_WEBHOOK_SECRET": "s" * 32,
        "SMTP_URL": "smtp://mail.example",
        "MAIL_FROM": "doolae@mail.example",
        "COLUMNS": "200",
    }


def check(environment, *arguments):
    """Exit status and the lines, by subject."""
    done = doolae(
        "check", "--language", "en", *arguments, environment=environment, check=False, seconds=60
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def line_of(printed, subject):
    """The line of a subject, and what follows it until the next."""
    lines = printed.splitlines()
    (start,) = [number for number, each in enumerate(lines) if f" {subject} " in each[:40]]
    follows = [each for each in lines[start + 1 :] if each.startswith(" " * 8)]
    return " ".join([lines[start], *follows[:1]])


def test_a_good_system_has_no_red_line(environment):
    """
    Exit 0; what is merely worth a look is yellow.
    """
    status, printed = check(environment)

    assert status == 0, printed
    assert "wrong" not in printed
    for subject in ("Database", "LINE credentials", "Webhook test", "Photo store", "Data keys"):
        assert "good" in line_of(printed, subject), printed
    for subject in ("Public address", "Redelivery"):
        assert "look" in line_of(printed, subject), printed
    assert "300 of 300 left" in printed


def test_alerts_that_ring_nowhere_are_red(environment):
    """
    A push does not ring: without a gateway for voice or SMS the check fails, and says what to set.
    """
    del environment["ALERT_WEBHOOK_URL"]

    status, printed = check(environment)

    assert status == 1
    assert "wrong" in line_of(printed, "Second ways of alerts")
    assert "ALERT_WEBHOOK_URL" in line_of(printed, "Second ways of alerts")


def test_thai_comes_first(environment):
    """
    Without a choice of language the lines are Thai, once the catalogs have them.
    """
    done = doolae("check", environment=environment, check=False, seconds=60)

    assert "ฐานข้อมูล" in done.stdout


def test_everything_that_is_wrong_is_said_with_what_to_do(environment, line, tmp_path):
    """
    A wrong token, a store that is a file, no tables: each red line says what to do; exit 1.
    """
    (tmp_path / "file").write_text("")
    environment |= {
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.db",
        "MEDIA_URL": f"file:{tmp_path / 'file' / 'media'}",
        "LINE_CHANNEL_ACCESS_TOKEN": "wrong",
    }

    status, printed = check(environment)

    assert status == 1
    assert "doolae db upgrade" in printed
    assert "MEDIA_URL" in line_of(printed, "Photo store")
    assert "copy them from the console" in line_of(printed, "LINE credentials")


def test_line_that_cannot_be_reached_is_said_so(environment):
    """
    Nobody listens: red, with the network as what to look at, in a few seconds.
    """
    status, printed = check(environment | {"LINE_API_URL": "http://127.0.0.1:9"})

    assert status == 1
    assert "reaches LINE" in line_of(printed, "LINE credentials")


def test_every_wrong_variable_is_a_line(environment):
    """
    A short key and a wrong address: two red lines, nothing else is tried.
    """
    status, printed = check(environment | {"SECRET_KEY": "short", "PUBLIC_URL": "doolae.org"})

    assert status == 1
    assert "SECRET_KEY" in printed
    assert "PUBLIC_URL" in printed


def test_no_secret_is_printed(environment):
    """
    What is checked is not shown.
    """
    _, printed = check(environment)

    for secret in (SECRET_KEY, "k" * 40, SECRET, TOKEN):
        assert secret not in printed


def test_an_empty_quota_is_red(environment, line):
    """
    With nothing left, alerts cannot leave: that is wrong, not merely worth a look.
    """
    line.post("quota", {"limit": 0, "reset": True})

    status, printed = check(environment)

    assert status == 1
    assert "wrong" in line_of(printed, "Paid messages")
