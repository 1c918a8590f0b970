"""Thai text: reading what people type and writing what they expect to read. Pure and quick."""

from core.thai.classes import LEVELS, Class, class_order, normal_room, read_class
from core.thai.cleaning import tidy, without_tails
from core.thai.date_formats import DateStyle, format_date
from core.thai.dates import ReadDate, read_date, read_record_date
from core.thai.digits import to_arabic_digits, to_thai_digits
from core.thai.folding import fold
from core.thai.ids import CitizenId, IdKind, read_citizen_id
from core.thai.keyboard import from_english_keys
from core.thai.measures import read_metres, read_minutes
from core.thai.names import normal_name
from core.thai.numbers import (
    amount_in_words,
    format_amount,
    number_in_words,
    read_amount,
    read_decimal,
    read_number,
)
from core.thai.phones import format_phone, read_phone
from core.thai.titles import normal_title, split_title

__all__ = [
    "LEVELS",
    "CitizenId",
    "Class",
    "DateStyle",
    "IdKind",
    "ReadDate",
    "amount_in_words",
    "class_order",
    "fold",
    "format_amount",
    "format_date",
    "format_phone",
    "from_english_keys",
    "normal_name",
    "normal_room",
    "normal_title",
    "number_in_words",
    "read_amount",
    "read_citizen_id",
    "read_class",
    "read_date",
    "read_decimal",
    "read_metres",
    "read_minutes",
    "read_number",
    "read_phone",
    "read_record_date",
    "split_title",
    "tidy",
    "to_arabic_digits",
    "to_thai_digits",
    "without_tails",
]
