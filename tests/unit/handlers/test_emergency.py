"""A cry is never a help word (P1)."""

from __future__ import annotations

import pytest

from services.urgent.cries import is_cry
from tests.support.village import Chat, Village


@pytest.mark.parametrize(
    "said",
    [
        "ช่วยด้วย", "ช่วยด้วยค่ะ", "ช่วย ด้วย", "ชวยดวย", "ช่วยด้วยยยยย!!!", "ช่วยหนูด้วย", "ครูคะ ช่วยหนูด้วยนะคะ",
        "หนูโดนตี", "พ่อเมาแล้วหนูโดนตีทุกวัน", "ถูกทำร้าย", "อยากตาย", "ไม่อยากอยู่แล้ว", "ไม่อยากมีชีวิตอยู่",
        "help me", "Help me!", "I want to die", "ကယ်ပါ", "သေချင်တယ်", "ជួយផង", "ខ្ញុំចង់ស្លាប់",
    ],
)  # fmt: skip
def test_a_cry_is_heard(said):
    """
    The list of P1, in Thai, English, Burmese and Khmer, with slips and feelings.
    """
    assert is_cry(said)


@pytest.mark.parametrize(
    "said",
    [
        "", "!!", "วิธีใช้", "help", "ช่วยเหลือค่าชุดนักเรียน", "เยี่ยมบ้าน", "คำขอโดนตีกลับ", "หนังสือถูกตีพิมพ์แล้ว",
        "ไม่อยู่บ้าน", "อยากได้จักรยาน", "ย้ายไปอยู่กับตายาย", "ฉีดวัคซีนแล้ว", "5", "สวัสดี", "ครับ", "ok",
    ],
)  # fmt: skip
def test_what_is_no_cry_stays_what_it_is(said):
    """
    Requests for help with the bot, and words that only look alike.
    """
    assert not is_cry(said)


def calls(chat: Chat) -> set[str]:
    return {action["uri"] for action in chat.actions() if action["type"] == "uri"}


def test_the_card_calls_at_a_tap_and_says_the_law(village):
    """
    P10: the numbers as tel: buttons, the law in short, and แจ้งเหตุ and วิธีใช้ as buttons; from
    somebody nobody knows.
    """
    chat = village.chat()
    chat.says("ช่วยด้วย")

    assert {"tel:191", "tel:1669", "tel:1300", "tel:1387", "tel:1323"} <= calls(chat)
    for words in ("1300", "@esshelpme", "MOE Safety Center", "สงสัยก็แจ้งได้", "มาตรา 29 และ 41"):
        assert words in chat.words + " ".join(chat.offered)
    assert {"แจ้งเหตุ", "วิธีใช้"} <= set(chat.offered)


def test_the_office_adds_words_and_its_provinces_home(village):
    """
    Both are settings of the office.
    """
    village.set(emergency_words=["ลมแดง"], shelter_phone="034-512-345")
    chat = village.chat()
    chat.says("ลมแดง")

    assert "tel:034512345" in calls(chat)
    assert "บ้านพักเด็กและครอบครัว" in chat.words


def test_the_form_stays_open_behind_the_card(village):
    """
    In the middle of a form: the card, the draft as it was, and one tap back to its question.
    """
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    chat = village.comes_in("สมใจ")
    chat.says("เยี่ยมบ้าน")
    chat.says("มะลิ")
    question = chat.words
    chat.says("ช่วยด้วย")
    assert "1300" in chat.words
    chat.taps("ทำรายงานต่อ")

    assert question.splitlines()[-1] in chat.words
    assert chat.account.draft_id is not None


def _at_the_note(village: Village) -> Chat:
    village.teaches("สมใจ")
    village.enrols("มะลิ")
    chat = village.comes_in("สมใจ")
    for said in (
        "เยี่ยมบ้าน",
        "มะลิ",
        "วันนี้",
        "โทรหรือวิดีโอ",
        "แม่",
        "เสร็จแล้ว",
        "แม่",
        "ข้าม",
        "การเรียน",
        "เสร็จแล้ว",
    ):
        chat.says(said)
    return chat


def test_a_note_that_tells_of_a_cry_is_kept_and_answered_with_the_card(village):
    """
    A teacher writes down what a child said: the card comes, and the note has the sentence.
    """
    chat = _at_the_note(village)
    chat.says("เด็กเล่าว่าโดนตีที่บ้านเมื่อคืน")
    assert "1300" in chat.words
    chat.says("เสร็จแล้ว")
    chat.says("ไม่มี")

    assert "เด็กเล่าว่าโดนตีที่บ้านเมื่อคืน" in chat.words


def test_a_bare_cry_is_no_part_of_a_note(village):
    """
    ช่วยด้วย typed where one writes freely is a cry, and not an answer.
    """
    chat = _at_the_note(village)
    chat.says("บ้านท้ายซอย")
    chat.says("ช่วยด้วย")
    assert "1300" in chat.words
    chat.says("เสร็จแล้ว")
    chat.says("ไม่มี")

    assert "บ้านท้ายซอย" in chat.words
    assert "ช่วยด้วย" not in chat.words


def test_reporting_an_incident_is_honest(village):
    """
    P3, P12: from anybody, the card first, and nobody may think that somebody was told.
    """
    chat = village.chat()
    chat.says("แจ้งเหตุ")

    assert "tel:1300" in calls(chat)
    chat.says("มี")
    assert "ยังแจ้งเตือนผู้อยู่เวรไม่ได้ กรุณาโทร" in chat.words
