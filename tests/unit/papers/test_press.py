"""The press: files are made by a child that has neither keys nor database."""

from __future__ import annotations

import threading

import pytest

from documents import press

DATA = {
    "template": "school-door",
    "language": "th",
    "title": "เข้าใช้งานดูแล",
    "school": "โรงเรียนบ้านดอน",
    "office": "สพป.ตัวอย่าง",
    "qr": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "word": "เข้าโรงเรียน",
    "hint": "สแกน",
    "steps": ["หนึ่ง", "สอง"],
    "notice": "สำหรับบุคลากร",
}
MAKER = "documents.pdf:typeset"


def test_a_pdf_comes_out_of_plain_data():
    assert press.make(MAKER, DATA).startswith(b"%PDF-")


def test_only_our_documents_are_made():
    """
    The name of a maker is no way to run anything else.
    """
    with pytest.raises(ValueError, match="none of our documents"):
        press.make("os:system", "true")


def test_a_failure_says_where_and_never_what():
    """
    What was to be printed stands in no error, and so in no log.
    """
    with pytest.raises(press.PressFailed) as caught:
        press.make(MAKER, {"template": "school-door", "language": "เด็กหญิงลับ"})

    assert "documents.pdf" in str(caught.value)
    assert "เด็กหญิง" not in str(caught.value)


def test_what_takes_too_long_is_stopped():
    with pytest.raises(press.PressFailed, match="TimeoutExpired"):
        press.make(MAKER, DATA, seconds=0.001)


def test_there_are_so_many_places_and_no_more():
    """
    Whoever finds all places taken is told so after a while, and a place is free again afterwards.
    """
    failed: list[Exception] = []
    taken = [press._PLACES.acquire(blocking=False) for _place in range(press.PLACES)]
    assert all(taken)

    def one_more() -> None:
        try:
            press.make(MAKER, DATA, patience=0.01)
        except press.Busy as busy:
            failed.append(busy)

    asking = threading.Thread(target=one_more)
    asking.start()
    asking.join(30)
    for _place in taken:
        press._PLACES.release()

    assert len(failed) == 1
    assert press.make(MAKER, DATA, patience=5)
