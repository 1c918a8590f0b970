"""The commands that take files in and give them out: exit codes, and what goes where."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from tests.support.bot import data_environment, doolae
from tests.support.lists import PUPIL, SCHOOLS, STAFF
from tests.support.lists import table as rows


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The three lists in a folder; one pupil's row is wrong."""
    (tmp_path / "schools.csv").write_text(SCHOOLS, encoding="utf-8")
    (tmp_path / "staff.csv").write_bytes(rows(STAFF, {}))
    pupils = rows(PUPIL, {"student_no": "1"}, {"student_no": "2", "class": "ป.9", "สีโปรด": "เขียว"})
    (tmp_path / "students.csv").write_bytes(pupils)
    return tmp_path


def test_from_lists_to_codes_and_back_to_a_file(database_url, files):
    """
    Data is on stdout, words are on stderr in Thai; part of a file taken is success.
    """
    environment = data_environment(database_url)

    def run(*arguments, **options):
        return doolae(*arguments, environment=environment, **options)

    assert run("import", "schools", files / "schools.csv").stdout == "2\ttaken\n3\ttaken\n"
    assert run("import", "staff", files / "staff.csv").stdout == "2\ttaken\n"
    said = run("import", "students", files / "students.csv", "--language", "en")
    first, second = said.stdout.splitlines()
    assert first == "2\ttaken"
    assert second.startswith("3\trefused\tclass\tThis is no class")
    assert "สีโปรด" in said.stderr
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in said.stderr

    (code,) = csv.DictReader(io.StringIO(run("invite", "--role", "teacher").stdout))
    assert (code["school_code"], code["class"], code["person"]) == (
        "10960001",
        "ป.4/1",
        "นางสมใจ ตัวอย่าง",
    )
    letter = files / "letters.pdf"
    run("invite", "--role", "parent", "--format", "pdf", "-o", letter)
    assert letter.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(letter.stat().st_mode) == 0o600

    (pupil,) = json.loads(run("export", "students", "--format", "json").stdout)
    assert pupil["student_no"] == "1"
    book = files / "students.xlsx"
    run("export", "students", "--format", "xlsx", "-o", book)
    assert run("import", "students", files / "students.csv", "--complete").returncode == 0
    assert not list(files.glob(".students.xlsx.*"))


def test_exit_codes_tell_nothing_done_from_wrong_use(database_url, files):
    """
    1 when nothing could be done, 2 for a wrong command line; a reason either way.
    """
    environment = data_environment(database_url)
    (files / "junk.csv").write_text("hello\n")

    for arguments, status in (
        (["import", "students", files / "students.csv"], 1),  # no school is known yet
        (["import", "schools", files / "junk.csv"], 1),
        (["invite", "--role", "teacher"], 1),
        (["invite", "--role", "teacher", "--school", "1"], 1),
        (["invite", "--role", "finance", "--school", "1"], 2),
        (["import", "teachers", files / "staff.csv"], 2),
        (["import", "staff", files / "absent.csv"], 2),
        (["export", "everything"], 2),
    ):
        said = doolae(*arguments, environment=environment, check=False)

        assert (arguments[0], said.returncode) == (arguments[0], status), said.stderr
        assert said.stderr.strip()
        assert "Traceback" not in said.stderr
