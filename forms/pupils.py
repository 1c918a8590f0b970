"""Pupils as choices: shown with their class, found by any of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from conversation.options import Option
from core.i18n import Lazy
from core.i18n import lazy as _


@dataclass(frozen=True, slots=True)
class Pupil:
    """One pupil, as the form needs to know them. `id` is what the answer keeps."""

    id: str
    first: str
    last: str
    nickname: str = ""
    student_no: str = ""
    #: As people write it: ป.4/1.
    class_name: str = ""
    #: Visited or excused this school year already.
    visited: bool = False
    #: The home is better visited by two, for a reason that stands nowhere (P13).
    in_pairs: bool = False


def pupil_options(pupils: Sequence[Pupil]) -> list[Option]:
    """Choices in the order given, those not yet visited first.

    The button carries first name and nickname; pupils with the same first name get the beginning
    of their last name.
    """
    ordered = sorted(pupils, key=lambda pupil: pupil.visited)
    same = Counter(pupil.first for pupil in ordered)
    return [_option(pupil, alone=same[pupil.first] == 1) for pupil in ordered]


def _option(pupil: Pupil, *, alone: bool) -> Option:
    full = f"{pupil.first} {pupil.last}".strip()
    label = pupil.first if alone else full
    if alone and pupil.nickname:
        label = f"{pupil.first} ({pupil.nickname})"
    return Option(
        pupil.id,
        label,
        text=_described(pupil, full),
        words=tuple(word for word in (pupil.last, pupil.nickname) if word),
        also=(full, pupil.first),
        number=pupil.student_no,
    )


def _described(pupil: Pupil, full: str) -> Lazy | str:
    nickname = f"({pupil.nickname})" if pupil.nickname else ""
    line = " ".join(part for part in (full, nickname, pupil.class_name) if part)
    if pupil.in_pairs:
        return _("%(pupil)s · better two go", pupil=line)
    return _("%(pupil)s · visited", pupil=line) if pupil.visited else line
