"""The code on an empty form."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.secrets import Secrets
from core.settings import Settings
from services import paper_codes
from services.invitations import ALPHABET

SECRETS = Secrets.from_settings(Settings.from_environ({"SECRET_KEY": "k" * 40}))
OTHERS = Secrets.from_settings(Settings.from_environ({"SECRET_KEY": "o" * 40}))


@given(st.integers(1, (1 << 24) - 1))
def test_the_code_names_the_pupil_to_us(student_id):
    """
    However it is typed: small letters, spaces, Thai digits, O for 0.
    """
    code = paper_codes.code_of(SECRETS, student_id)
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

    for typed in (code, code.lower(), code.replace("-", " "), code.translate(thai)):
        assert paper_codes.student_of(SECRETS, f"แบบ {typed}") == student_id
    assert paper_codes.student_of(SECRETS, "แบบ" + code.replace("0", "o")) == student_id


def test_neighbours_have_codes_that_look_nothing_alike():
    codes = [paper_codes.code_of(SECRETS, student_id) for student_id in range(1, 50)]

    assert len({code[:4] for code in codes}) > 40


def test_codes_of_others_and_guesses_mean_nothing():
    """
    One guess in 65,536 is somebody's code; and it opens nothing by itself.
    """
    code = paper_codes.code_of(SECRETS, 77)
    guesses = [code[:-1] + sign for sign in ALPHABET if sign != code[-1]]

    assert paper_codes.student_of(OTHERS, f"แบบ {code}") is None
    assert not any(paper_codes.student_of(SECRETS, f"แบบ {guess}") for guess in guesses)


@pytest.mark.parametrize("said", ["แบบ", "แบบนี้ค่ะ", "แบบ 12", "AB3D-7K9M", "แบบ AB3D-7K9U", ""])
def test_what_people_say_is_no_code(said):
    assert paper_codes.student_of(SECRETS, said) is None


def test_the_qr_opens_the_chat_with_the_words_typed_already():
    """
    LINE's address holds the words and no name; without the bot's name it is the words alone.
    """
    link = paper_codes.link_of(SECRETS, 77, "@doolae")
    words = paper_codes.link_of(SECRETS, 77, None)

    assert link.startswith("https://line.me/R/oaMessage/%40doolae/?")
    assert unquote(link.rsplit("?", 1)[1]) == words
    assert paper_codes.student_of(SECRETS, words) == 77
