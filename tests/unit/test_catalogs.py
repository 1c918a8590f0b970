"""Every word a person reads exists in every language, and says the same."""

from pathlib import Path

import pytest

from tools import catalogs

CODE = """
from core.i18n import lazy as _, nlazy
hello = _("Hello %(name)s")
pupils = nlazy("%(count)s pupil", "%(count)s pupils", 3)
"""
GOOD = """
msgid "Hello %(name)s"
msgstr "สวัสดี %(name)s"

msgid "%(count)s pupil"
msgid_plural "%(count)s pupils"
msgstr[0] "นักเรียน %(count)s คน"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small project with one file of code."""
    (tmp_path / "babel.cfg").write_text("[python: **.py]\n")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "hello.py").write_text(CODE)
    return tmp_path


def translated(house: Path, thai: str) -> list[str]:
    """What is wrong after a translator has handed in a file."""
    given = house / "given.po"
    given.write_text(thai)
    code = catalogs.extract(house)
    for language in catalogs.LANGUAGES:
        catalogs.update(language, code, [catalogs.read(given, language)], house)
    return catalogs.all_problems(house)


def test_the_catalogs_are_complete_and_say_what_the_code_says():
    """
    Nothing is missing, fuzzy or unused in Thai and English, and all placeholders are kept.
    """
    assert catalogs.all_problems() == []


def test_a_complete_translation_has_no_problems(house):
    """
    A file with all translations leaves nothing to say; updating again changes nothing.
    """
    assert translated(house, GOOD) == []

    before = catalogs.path_of("th", house).read_text()
    catalogs.update("th", catalogs.extract(house), [], house)
    assert catalogs.path_of("th", house).read_text() == before


@pytest.mark.parametrize(
    ("wrong", "right", "problem"),
    [
        ("สวัสดี %(name)s", "", "th: not translated: 'Hello %(name)s'"),
        ("สวัสดี %(name)s", "สวัสดี %(nam)s", "th: placeholders differ: 'Hello %(name)s'"),
        ("สวัสดี %(name)s", "สวัสดีครับ %(name)s", "th: one neutral voice"),
        ("สวัสดี %(name)s", "เรียน ผอ. %(name)s", "th: which ผอ.?"),
        ("สวัสดี %(name)s", "สวัสดี %(name)s ", "th: blank at the edge"),
    ],
)
def test_a_wrong_translation_is_named(house, wrong, right, problem):
    """
    What a translator got wrong is said with the language and the message.
    """
    found = translated(house, GOOD.replace(wrong, right))

    assert [line for line in found if line.startswith(problem)], found


def test_a_message_the_code_has_no_more_is_unused(house):
    """
    A message that left the code is reported until the catalog is updated.
    """
    translated(house, GOOD)
    (house / "forms" / "hello.py").write_text(CODE.replace("Hello", "Good morning"))

    found = catalogs.all_problems(house)

    assert "th: unused: 'Hello %(name)s'" in found
    assert "th: missing: 'Good morning %(name)s' (forms/hello.py)" in found


def test_a_fuzzy_message_counts_as_wrong(house):
    """
    A guess that nobody has looked at is not a translation.
    """
    translated(house, GOOD)
    path = catalogs.path_of("th", house)
    path.write_text(path.read_text().replace("#, python-format", "#, fuzzy, python-format", 1))

    assert [line for line in catalogs.all_problems(house) if "fuzzy" in line]
