"""The words for "that was all"."""

from __future__ import annotations

from typing import Final

from core.thai import fold, without_tails

_FINISHED: Final = frozenset(
    fold(word)
    for word in (
        "เสร็จ", "เสร็จแล้ว", "เสร็จสิ้น", "เรียบร้อย", "เรียบร้อยแล้ว", "จบ", "จบแล้ว", "หมดแล้ว", "ครบแล้ว",
        "พอแล้ว", "เท่านี้", "แค่นี้", "เท่านี้แหละ", "done", "finished", "finish", "that's all", "end",
    )
)  # fmt: skip


def says_finished(text: str) -> bool:
    """Whether a whole message means "that was all"."""
    return len(text) <= 30 and fold(without_tails(text)) in _FINISHED
