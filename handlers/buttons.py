"""What our buttons carry: signed, so that a tap says what we wrote and comes from whom we gave it.

The data of a postback is `action|arg|…|signature`. The signature covers the account, so that a
button passed on to another phone is no button there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.turn import Turn

#: LINE's limit for a postback's data, in UTF-16 units.
MAX_DATA: Final = 300


@dataclass(frozen=True, slots=True)
class Button:
    """A tapped button of ours."""

    action: str
    args: tuple[str, ...] = ()


def sign(turn: Turn, action: str, *args: str) -> str:
    """The data of a button for this person. Raises `ValueError` beyond LINE's 300 units."""
    plain = "|".join((action, *args))
    if "%" in plain or plain.count("|") > len(args):
        plain = "|".join((action, *map(_escaped, args)))
    data = f"{plain}|{turn.secrets.sign(_covered(turn, plain))}"
    if len(data) > MAX_DATA // 2 and len(data.encode("utf-16-le")) // 2 > MAX_DATA:
        raise ValueError(f"the button {action} carries too much")
    return data


def read(turn: Turn, data: str) -> Button | None:
    """The button whose data this is, or None if we did not give it to this person."""
    plain, _bar, signature = data.rpartition("|")
    if not plain or not turn.secrets.is_signed(_covered(turn, plain), signature):
        return None
    action, *args = plain.split("|")
    return Button(action, tuple(_plain(arg) for arg in args))


def _covered(turn: Turn, plain: str) -> bytes:
    return f"button:{turn.account.id}:{plain}".encode()


def _escaped(arg: str) -> str:
    return arg.replace("%", "%25").replace("|", "%7C")


def _plain(arg: str) -> str:
    return arg.replace("%7C", "|").replace("%25", "%") if "%" in arg else arg
