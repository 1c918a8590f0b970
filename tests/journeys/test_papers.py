"""A teacher prints what she reported: from the word in the chat to the PDF on the desk."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.support import home_visit
from tests.support.bot import Bot
from tests.support.people import CLASS, TEACHER
from tests.support.phones import Phone
from tests.support.world import World

PUPIL = CLASS[3]
#: Waiting pages that a paper may take.
PAGES = 30


@pytest.fixture
def is_public() -> bool:
    """Phones open pages here."""
    return True


@pytest.fixture
def online(bot: Bot) -> Bot:
    """A bot whose pages phones can open."""
    return bot


@pytest.fixture
def teacher(online: Bot, world: World) -> Phone:
    return world.comes_in(TEACHER)


class Browser:
    """A phone's browser: it keeps cookies and comes again when a page says so."""

    def __init__(self) -> None:
        self._jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(self._jar)

    def opens(self, address: str) -> tuple[int, str, bytes, str]:
        """Status, content type, body and the address one ends at."""
        try:
            with self._opener.open(address, timeout=60) as answer:
                return (
                    answer.status,
                    answer.headers["Content-Type"],
                    answer.read(),
                    answer.geturl(),
                )
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read(), error.geturl()

    def waits_for(self, address: str) -> tuple[bytes, str]:
        """The paper of an address, however often the page says that it is being made."""
        for _page in range(PAGES):
            status, kind, body, address = self.opens(address)
            if kind == "application/pdf":
                return body, address
            assert status == 200, body.decode()
            assert b'http-equiv="refresh"' in body
        raise AssertionError("the paper is never ready")


def test_the_finished_record_appears_by_itself(world, teacher, online):
    """
    Below the receipt there is the official paper, behind a link that opens once, for one browser;
    no name is in its address or file name, and it costs no message.
    """
    home_visit.reports(teacher, PUPIL)

    teacher.chooses("Print the record")
    address = teacher.opens(teacher.words("Open the paper"))
    browser = Browser()
    pdf, sheet = browser.waits_for(address)

    assert pdf.startswith(b"%PDF-")
    assert browser.opens(sheet)[2] == pdf
    assert Browser().opens(address)[0] == 404
    assert Browser().opens(sheet)[0] == 404
    assert urlsplit(sheet).path.startswith("/district/paper/sheet/")
    log = online.log.read_text()
    assert urlsplit(address).path.rsplit("/", 1)[1] not in log
    assert PUPIL.first_name not in log
    world.expect_nothing_paid()


def test_the_office_prints_a_class(world, teacher, online, tmp_path):
    """
    The command line prints for a school that has no PUBLIC_URL to open: whole, for its owner's
    eyes only, and a class or pupil that is not there is named.
    """
    home_visit.reports(teacher, PUPIL)
    file = tmp_path / "records.pdf"
    where = ("--school", TEACHER.school_code, "--class", "ป4/1")

    said = online.doolae("print", "visits", *where, "-o", file)
    code = online.doolae(
        "print", "visit-forms", *where, "--pupil", PUPIL.student_no, "-o", tmp_path / "one.pdf"
    )
    nobody = online.doolae(
        "print", "visits", *where, "--pupil", "99999", "-o", tmp_path / "no.pdf", check=False
    )
    nothing = online.doolae("print", "eef-copy", *where, "-o", tmp_path / "no.pdf", check=False)

    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_mode & 0o077 == 0
    assert said.stderr.strip()
    assert code.returncode == 0
    assert (nobody.returncode, nothing.returncode) == (1, 1)
    assert "99999" in nobody.stderr
    assert not (tmp_path / "no.pdf").exists()
