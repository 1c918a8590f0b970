"""Numbers and amounts of money in all the ways they are typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai import (
    amount_in_words,
    format_amount,
    number_in_words,
    read_amount,
    read_decimal,
    read_number,
    to_arabic_digits,
    to_thai_digits,
)

AMOUNTS_IN_BAHT = {
    "1500": 1500,
    "1,500": 1500,
    "๑๕๐๐": 1500,
    "๑,๕๐๐": 1500,
    "1 500": 1500,
    "1500.-": 1500,
    "1,500.-": 1500,
    "1500-": 1500,
    "1500=": 1500,
    "1500 บาท": 1500,
    "1500บาทถ้วน": 1500,
    "1500 บ.": 1500,
    "฿1,500": 1500,
    "1500 thb": 1500,
    "1500 baht": 1500,
    "1500 บาทครับ": 1500,
    "ขอ 1500 บาทค่ะ": 1500,
    "จำนวน 1,500 บาท": 1500,
    "จำนวนเงิน 1,500 บาท": 1500,
    "ประมาณ 1500": 1500,
    "พันห้า": 1500,
    "หนึ่งพันห้า": 1500,
    "หนึ่งพันห้าร้อย": 1500,
    "หนึ่งพันห้าร้อยบาทถ้วน": 1500,
    "พันห้าร้อย": 1500,
    "พันห้าร้อยบาท": 1500,
    "1.5 พัน": 1500,
    "1.5พัน": 1500,
    "1พัน5": 1500,
    "1 พัน 5 ร้อย": 1500,
    "1.5k": 1500,
    "2k": 2000,
    "2 หมื่น": 20000,
    "สองหมื่น": 20000,
    "2หมื่น5": 25000,
    "สองหมื่นห้า": 25000,
    "สองหมื่นห้าพัน": 25000,
    "หมื่นห้า": 15000,
    "หมื่นครึ่ง": 15000,
    "แสนสอง": 120000,
    "ร้อยห้า": 105,
    "ห้าร้อย": 500,
    "ห้าสิบ": 50,
    "ยี่สิบเอ็ด": 21,
    "สิบเอ็ด": 11,
    "ร้อยเอ็ด": 101,
    "พันเอ็ด": 1001,
    "ล้าน": 1_000_000,
    "สองล้านห้า": 2_500_000,
    "สิบล้าน": 10_000_000,
    "ศูนย์": 0,
    "0": 0,
    "เจ็ดร้อยแปดสิบเก้า": 789,
    "สามร้อยบาท": 300,
    "สี่พันหกร้อย": 4600,
}

NO_AMOUNTS = (
    "", "-", "ไม่มี", "500-1000", "500 ถึง 1000", "1,50", "15,00", "1.555", "-500", "5 10", "500 กว่า",
    "หลายพัน", "เยอะ", "สองสาม", "ร้อยพัน", "บาท", "0812345678 โทร", "99999999999", "1,500,00", "๑.๒.๓",
)  # fmt: skip

NUMBERS = {
    "12": 12,
    "๑๒": 12,
    " 12 คน": 12,
    "12 ปี": 12,
    "สิบสอง": 12,
    "ข้อ 3": 3,
    "ข้อที่ ๓": 3,
    "สอง": 2,
    "นึง": 1,
    "1,234": 1234,
    "3 ครับ": 3,
    "2.0": 2,
    "2.5": None,
    "ป.4": None,
    "สาม สี่": None,
    "": None,
}


@pytest.mark.parametrize(("text", "baht"), AMOUNTS_IN_BAHT.items())
def test_an_amount_is_read_in_figures_and_in_words(text: str, baht: int) -> None:
    """
    However an amount is typed, it comes out in satang.
    """
    assert baht * 100 == read_amount(text)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_not_exactly_one_amount_is_none(text: str) -> None:
    """
    Ranges, wrong commas, vague words and negative sums are asked again instead of guessed.
    """
    assert read_amount(text) is None


def test_satang_are_read_and_kept() -> None:
    """
    Satang come as decimals or as words.
    """
    assert read_amount("1,500.50") == 150050
    assert read_amount("12 บาท 50 สตางค์") == 1250
    assert read_amount("สิบสองบาทห้าสิบสตางค์") == 1250
    assert read_amount("12.25 บาท") == 1225


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_whole_number_is_read_with_its_measure_word(text: str, number: int | None) -> None:
    """
    A count may carry its measure word; a fraction is no whole number.
    """
    assert number == read_number(text)


def test_a_fraction_is_read_exactly() -> None:
    """
    Distances and hours may have decimals.
    """
    assert read_decimal("2.5 กม.") == Decimal("2.5")
    assert read_decimal("๒.๕") == Decimal("2.5")


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (100, "หนึ่งบาทถ้วน"),
        (1100, "สิบเอ็ดบาทถ้วน"),
        (2100, "ยี่สิบเอ็ดบาทถ้วน"),
        (10100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (150000, "หนึ่งพันห้าร้อยบาทถ้วน"),
        (150050, "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์"),
        (50, "ห้าสิบสตางค์"),
        (2000000, "สองหมื่นบาทถ้วน"),
        (2100000000, "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (123456789, "หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทแปดสิบเก้าสตางค์"),
    ],
)
def test_an_amount_is_spelled_as_official_papers_do(satang: int, words: str) -> None:
    """
    A voucher spells the sum; เอ็ด and ยี่สิบ stand where they belong.
    """
    assert words == amount_in_words(satang)


@given(st.integers(0, 999_999_999_999))
def test_every_number_in_words_is_read_back(number: int) -> None:
    """
    Whole words and the reader agree, except where speech shortens (หนึ่งพันห้า is 1,500).
    """
    words = number_in_words(number)
    tail = number % 10_000
    shortened = number >= 1000 and 2 <= number % 1000 < 10 and tail >= 1000
    shortened = shortened or (number > 9999 and 2 <= number % 10_000 < 10)

    assert shortened or read_decimal(words) == number


@given(st.integers(0, 10**11))
def test_every_amount_we_write_is_read_back(satang: int) -> None:
    """
    The figures of an echo can be copied back.
    """
    assert satang == read_amount(format_amount(satang))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    """
    Anything may be typed where an amount is asked.
    """
    assert isinstance(read_amount(text), int | None)


def test_digits_are_changed_both_ways() -> None:
    """
    Thai digits are read, and written where official papers want them.
    """
    assert to_arabic_digits("๐๑๒๓๔๕๖๗๘๙ 12") == "0123456789 12"
    assert to_thai_digits("2569") == "๒๕๖๙"


@pytest.mark.parametrize(
    "said", ["6000/เดือน", "6,000 บาท/เดือน", "เดือนละ ๖,๐๐๐ บาท", "6000 ต่อเดือน", "6000 a month"]
)
def test_a_rate_is_an_amount_only_where_a_month_is_asked_for(said):
    assert read_amount(said, a_month=True) == 6_000_00
    assert read_amount(said) is None


@pytest.mark.parametrize("said", ["200/วัน", "72000/ปี", "/เดือน"])
def test_a_rate_of_another_time_is_no_amount_a_month(said):
    assert read_amount(said, a_month=True) is None


def test_an_amount_below_zero_has_its_sign_in_front() -> None:
    assert (format_amount(-28_41), format_amount(-5_00)) == ("-28.41", "-5")
