"""What the next plain text is for, outside a form: one open question per person."""

from __future__ import annotations

from typing import Any, Final

from handlers.turn import Turn

#: The column that the open question is sealed for.
WAITING_FOR: Final = "line_account.waiting_for"


def wait_for(turn: Turn, question: str, **facts: Any) -> None:
    """The next plain text, or a button, answers this; an earlier open question is dropped."""
    turn.account.waiting_for = turn.secrets.seal_json([question, facts], column=WAITING_FOR)


def waiting(turn: Turn) -> tuple[str, dict[str, Any]] | None:
    """The open question and what it is about."""
    if turn.account.waiting_for is None:
        return None
    question, facts = turn.secrets.open_json(turn.account.waiting_for, column=WAITING_FOR)
    return question, facts


def stop_waiting(turn: Turn) -> None:
    turn.account.waiting_for = None
