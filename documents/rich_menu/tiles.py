"""Which tiles each role has. Everything also opens by word; a tile only types the word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.i18n import Lazy
from core.i18n import lazy as _


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its icon, what stands under it, and the word it sends, by language."""

    icon: str
    label: Lazy
    words: Mapping[str, str]
    #: The one colour that stands out.
    urgent: bool = False


HOME_VISIT: Final = Tile("house", _("Home visit"), {"th": "เยี่ยมบ้าน", "en": "home visit"})
MY_WORK: Final = Tile("list", _("My work"), {"th": "งานของฉัน", "en": "my work"})
INCIDENT: Final = Tile(
    "bell", _("Report an incident"), {"th": "แจ้งเหตุ", "en": "report an incident"}, urgent=True
)
AID: Final = Tile("heart", _("Ask for money"), {"th": "ขอทุน", "en": "ask for money"})
BOOKS: Final = Tile("book", _("Funds' books"), {"th": "บัญชีกองทุน", "en": "funds' books"})
LANGUAGE: Final = Tile("globe", _("ภาษา · Language"), {"th": "ภาษา", "en": "language"})
HELP: Final = Tile("question", _("How to use"), {"th": "วิธีใช้", "en": "how to use"})

_SMALL: Final = (MY_WORK, INCIDENT, LANGUAGE, HELP)
_KEEPS_BOOKS: Final = (MY_WORK, BOOKS, INCIDENT, LANGUAGE, HELP)
#: Tiles by role. `guest` is anybody who has not come in with a code.
MENUS: Final[Mapping[str, tuple[Tile, ...]]] = {
    "teacher": (HOME_VISIT, MY_WORK, INCIDENT, AID, LANGUAGE, HELP),
    "director": (MY_WORK, INCIDENT, AID, LANGUAGE, HELP),
    "school_admin": (MY_WORK, INCIDENT, AID, LANGUAGE, HELP),
    "district_officer": _SMALL,
    "district_director": _KEEPS_BOOKS,
    "finance": _KEEPS_BOOKS,
    "admin": (MY_WORK, LANGUAGE, HELP),
    "parent": (INCIDENT, AID, LANGUAGE, HELP),
    "guest": (INCIDENT, LANGUAGE, HELP),
}


def tiles_of(role: str) -> tuple[Tile, ...]:
    """The tiles of a role; a role we have no menu for sees what a guest sees."""
    return MENUS.get(role, MENUS["guest"])
