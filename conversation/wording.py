"""What the engine itself says: echoes, and hints about what to send instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from conversation.answers import Given, Located, Other, Photographed, Typed
from core.i18n import Lazy, nlazy
from core.i18n import lazy as _
from core.thai import amount_in_words, format_amount

#: Nobody of the class has such a name or number.
NOBODY_FOUND: Final = _(
    "Nobody found by that. Please type a part of the name, the nickname or the number."
)
#: What came instead of an answer, said kindly.
_RECEIVED: Final = {
    "sticker": _("What a nice sticker."),
    "audio": _("A voice message cannot be read here yet."),
    "video": _("A video cannot be taken here."),
    "file": _("A file cannot be taken here."),
    "location": _("A location does not answer this question."),
    "photo": _("A photo does not answer this question."),
    "button": _("That button belongs to another question."),
}
_SOMETHING: Final = _("This cannot be taken here.")


def instead_of(given: Given, wanted: Lazy) -> Lazy:
    """A kind word about what came, and what is wanted."""
    match given:
        case Typed():
            return wanted
        case Other(kind=kind):
            received = _RECEIVED.get(kind, _SOMETHING)
        case Photographed():
            received = _RECEIVED["photo"]
        case Located():
            received = _RECEIVED["location"]
        case _:
            received = _RECEIVED["button"]
    return Lazy("%(received)s %(wanted)s", {"received": received, "wanted": wanted})


def picked(what: Lazy | str) -> Lazy:
    """Says a choice back."""
    return _("Chosen: %(choice)s", choice=what)


def day(date: dt.date) -> Lazy:
    """A day in the reader's way of writing."""
    return Lazy("%(day)s", {"day": date})


def understood_day(date: dt.date) -> Lazy:
    return _("Understood as %(date)s", date=date)


def amount(satang: int) -> Lazy:
    return _("%(amount)s baht", amount=format_amount(satang))


def amount_in_full(satang: int) -> Lazy:
    """The amount in figures and, for readers of Thai, in words as on a voucher."""
    return _(
        "Amount: %(amount)s baht (%(words)s)",
        amount=format_amount(satang),
        words=amount_in_words(satang),
    )


def unusual(what: Lazy | str) -> Lazy:
    return _(
        "%(what)s is more than usual here. If it is right, tap “Yes, it is right” or send it once "
        "more; if not, please send the right one.",
        what=what,
    )


def kilometres(metres: int) -> Lazy:
    whole, rest = divmod(metres, 1000)
    figures = f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
    return _("%(distance)s km", distance=figures)


def distance(metres: int) -> Lazy:
    return _("Distance: %(distance)s", distance=kilometres(metres))


def minutes(count: int) -> Lazy:
    if count < 60:
        return _("%(minutes)s min", minutes=count)
    return _("%(hours)s h %(minutes)s min", hours=count // 60, minutes=count % 60)


def time_needed(count: int) -> Lazy:
    return _("Time: %(time)s", time=minutes(count))


def pinned(where: str | None) -> Lazy:
    if where is None:
        return _("The pin is kept.")
    return _("The pin is kept: %(place)s", place=where)


def too_long(length: int, maximum: int) -> Lazy:
    return _(
        "That is %(length)s characters, and %(maximum)s fit here. Please shorten it a little.",
        length=length,
        maximum=maximum,
    )


def no_room(length: int, room: int) -> Lazy:
    if room < 1:
        return _("The answer is full. Please tap “Finished”, or start it over.")
    return _(
        "This message has %(length)s characters and only %(room)s still fit. "
        "It was not added: please send a shorter one.",
        length=length,
        room=room,
    )


def photos(count: int) -> Lazy:
    return nlazy("%(count)s photo", "%(count)s photos", count)


def photo_kept(count: int) -> Lazy:
    return nlazy("Photo received.", "%(count)s photos received.", count)


def photos_missing(count: int) -> Lazy:
    return nlazy("One more photo is needed.", "%(count)s more photos are needed.", count)


def enough_photos(maximum: int) -> Lazy:
    return _("There are %(count)s photos already, that is enough.", count=maximum)


def listed(choices: Sequence[Lazy | str]) -> Lazy:
    """Says several choices back."""
    return picked(joined(choices))


def joined(parts: Sequence[Lazy | str]) -> Lazy:
    """Several words as one, with commas."""
    names = [f"part{number}" for number in range(len(parts))]
    pattern = ", ".join(f"%({name})s" for name in names)
    return Lazy(pattern, dict(zip(names, parts, strict=True)))
