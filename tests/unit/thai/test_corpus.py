"""Thai as people write it: the corpus, and what share of it is understood.

`corpus/ways_of_writing.tsv` holds a way of writing and what it means on each line; `-` means that
nothing may be read into it. The floors are what was measured, and only go up.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conversation.answers import Typed
from conversation.choosing import Choice
from conversation.options import Unclear
from conversation.question import Asked
from core.errors import InvalidAnswer
from core.i18n import lazy as _
from core.thai import (
    from_english_keys,
    normal_name,
    read_amount,
    read_citizen_id,
    read_class,
    read_date,
    read_number,
    read_phone,
    split_title,
    tidy,
    without_tails,
)
from forms.pupils import Pupil, pupil_options

FOLDER = Path(__file__).parent / "corpus"
FILE = FOLDER / "ways_of_writing.tsv"
#: Written after the readers were mended by the first file, and never mended by.
UNSEEN = FOLDER / "unseen.tsv"
REPORT = Path(__file__).parents[3] / "docs" / "thai.md"
#: A Wednesday.
TODAY = date(2026, 6, 10)
NOTHING = "-"
PUPILS = (
    ("กิตติ", "ใจดี", "ก้อง", "04101"),
    ("มะลิ", "งามดี", "ลิ", "04102"),
    ("ขวัญใจ", "สุขดี", "ข้าวฟ่าง", "04103"),
    ("แป้น", "แสงดาว", "แป้ง", "04104"),
)

#: Per cent understood of each kind, at least.
FLOORS = {
    "title": 98,
    "same name": 95,
    "pupil": 100,
    "date": 100,
    "birth date": 100,
    "amount": 93,
    "number": 100,
    "phone": 100,
    "class": 100,
    "id": 100,
    "tail": 100,
    "clean": 100,
    "keyboard": 100,
}
#: Of all entries together.
FLOOR = 98


def _title(written: str) -> str:
    return "|".join(split_title(written))


def _same_name(written: str) -> str:
    one, other = written.split(" = ")
    return "yes" if normal_name(one) == normal_name(other) else "no"


def _pupil(written: str) -> str:
    """Taken, or offered alone to be confirmed."""
    pupils = [Pupil(first, first, last, nick, no, "ป.4/1") for first, last, nick, no in PUPILS]
    question = Choice(
        "pupil", _("Pupil"), choices=lambda facts, answers: pupil_options(pupils), searchable=True
    )
    try:
        return str(question.read(Typed(written), Asked("pupil", {}, {})).value)
    except Unclear as unclear:
        return unclear.choices[0].code if len(unclear.choices) == 1 else NOTHING
    except InvalidAnswer:
        return NOTHING


def _day(written: str) -> str:
    read = read_date(written, TODAY)
    return read.date.isoformat() if read is not None else NOTHING


def _amount(written: str) -> str:
    satang = read_amount(written)
    if satang is None:
        return NOTHING
    return str(satang // 100) if satang % 100 == 0 else f"{Decimal(satang) / 100:.2f}"


def _number(written: str) -> str:
    number = read_number(written)
    return NOTHING if number is None else str(number)


def _id(written: str) -> str:
    found = read_citizen_id(written)
    return f"{found.kind} {found.text}" if found is not None else NOTHING


READERS: dict[str, Callable[[str], str]] = {
    "title": _title,
    "same name": _same_name,
    "pupil": _pupil,
    "date": _day,
    "birth date": _day,
    "amount": _amount,
    "number": _number,
    "phone": lambda written: read_phone(written) or NOTHING,
    "class": lambda written: str(read_class(written) or NOTHING),
    "id": _id,
    "tail": without_tails,
    "clean": tidy,
    "keyboard": lambda written: from_english_keys(written) or NOTHING,
}


def corpus(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            kind, written, expected = row
            if kind != "kind":
                yield kind, _with_invisible(written), expected


def _with_invisible(written: str) -> str:
    """The file names what no eye sees: \\u200b, \\u00a0, \\ufeff."""
    for code in ("200b", "00a0", "feff"):
        written = written.replace(f"\\u{code}", chr(int(code, 16)))
    return written


ENTRIES, NEW = list(corpus(FILE)), list(corpus(UNSEEN))


def understood(
    entries: Sequence[tuple[str, str, str]] = ENTRIES,
) -> tuple[Counter[str], Counter[str], list[str]]:
    """Entries and understood ones by kind, and those that are not."""
    there, right = Counter[str](), Counter[str]()
    wrong = []
    for kind, written, expected in entries:
        there[kind] += 1
        read = READERS[kind](written)
        if read == expected:
            right[kind] += 1
        else:
            wrong.append(f"{kind}: {written!r} was read as {read!r}, meant was {expected!r}")
    return there, right, wrong


PAGE = """\
# Thai as people write it

What `core/thai` makes of the corpus in `tests/unit/thai/corpus/`: ways of writing names, dates,
amounts and numbers, each with what it means; `-` means that nothing may be read into it. It was
written down by us from the field's notes, not taken from anybody's messages. `ways_of_writing.tsv`
was written before it was measured: the first reading understood 421 of 470 (89 %). The readers were
then mended where it made sense, so the table below flatters them; `unseen.tsv` was written after
that and nothing was mended by it: **{new} of {all_new} ({new_share} %)** is nearer to what a
district will see. `tests/unit/thai/test_corpus.py` checks this page.

| kind | entries | understood | share |
|---|---|---|---|
{rows}

Understood is exactly what was meant; for pupils also the one choice that is offered to be
confirmed. What is not understood is asked again with an example; an amount, and a date that had to
be guessed, are said back. Not understood, and known:

{wrong}

Of the unseen ones:

{wrong_new}
"""


def report() -> str:
    """docs/thai.md: what is understood, and what is known not to be."""
    there, right, wrong = understood()
    _there, right_new, wrong_new = understood(NEW)
    everything, known, new = sum(there.values()), sum(right.values()), sum(right_new.values())
    rows = [(kind, there[kind], right[kind]) for kind in READERS]
    rows.append(("**all**", everything, known))
    return PAGE.format(
        new=new,
        all_new=len(NEW),
        new_share=100 * new // len(NEW),
        rows="\n".join(f"| {kind} | {of} | {n} | {100 * n // of} % |" for kind, of, n in rows),
        wrong="\n".join(f"- {line}" for line in wrong),
        wrong_new="\n".join(f"- {line}" for line in wrong_new),
    )


def test_the_corpus_is_large_and_each_entry_stands_once():
    """
    At least 300 ways of writing, of every kind that is read.
    """
    assert len(ENTRIES) >= 300
    assert {kind for kind, _written, _expected in ENTRIES} == set(READERS)
    assert len({entry[:2] for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("kind", READERS)
def test_the_share_understood_does_not_fall(kind, record_property):
    """
    Each kind keeps the share that was measured; what fails is named.
    """
    there, right, wrong = understood()
    share = 100 * right[kind] / there[kind]
    record_property("share", f"{share:.0f}")
    said = f"{kind}: {right[kind]} of {there[kind]} understood ({share:.0f} %)\n"
    sys.stdout.write(said)

    assert share >= FLOORS[kind], "\n".join(line for line in wrong if line.startswith(f"{kind}:"))


def test_the_share_of_all_is_reported_as_it_is():
    """
    docs/thai.md says what is measured now; `PYTHONPATH=. python tests/unit/thai/test_corpus.py` writes it.
    """
    there, right, _wrong = understood()

    assert 100 * sum(right.values()) >= FLOOR * sum(there.values())
    assert REPORT.read_text(encoding="utf-8") == report()


if __name__ == "__main__":
    REPORT.write_text(report(), encoding="utf-8")
