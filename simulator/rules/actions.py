"""Actions: what a button does, and where which kind is allowed."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from simulator.refusals import Json
from simulator.rules.checks import (
    Check,
    Report,
    anything,
    choice,
    join,
    shape,
    text,
    thing,
    union,
    uri,
)


class Place(StrEnum):
    """Where an action stands; decides its label and which kinds are allowed."""

    TEMPLATE = "template"
    DEFAULT = "default"  #: the default action of a template
    IMAGE_CAROUSEL = "image_carousel"
    QUICK_REPLY = "quick_reply"
    RICH_MENU = "rich_menu"
    FLEX_BUTTON = "flex_button"
    FLEX = "flex"


#: The longest label and whether it must be there.
LABELS: Final[Mapping[Place, tuple[int, bool]]] = {
    Place.TEMPLATE: (20, True),
    Place.DEFAULT: (20, False),
    Place.IMAGE_CAROUSEL: (12, False),
    Place.QUICK_REPLY: (20, True),
    Place.RICH_MENU: (20, False),
    Place.FLEX_BUTTON: (40, True),
    Place.FLEX: (40, False),
}
Rule = Callable[[Json, str, Report], None]

URI_MOST = 10_000  #: since 2026-10-27; 1,000 before
_DATA = text(300, least=0)
_WORDS = text(300, graphemes=True)
_URI = uri("http", "https", "line", "tel", most=URI_MOST)
_MOMENTS: Final = {
    "date": (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"),
    "time": (r"\d{2}:\d{2}", "%H:%M"),
    "datetime": (r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}", "%Y-%m-%dT%H:%M"),
}


def action(place: Place) -> Check:
    """The check of an action at this place."""
    most, needed = LABELS[place]
    label = {"label": text(most, graphemes=True, least=int(needed))}
    required = {"type": anything, **(label if needed else {})}
    optional = {} if needed else label

    def kind(
        more: Mapping[str, Check], less: Mapping[str, Check] | None = None, *also: Rule
    ) -> Check:
        return thing({**required, **more}, {**optional, **(less or {})}, *also)

    alternative = {} if place is Place.QUICK_REPLY else {"altUri": thing({}, {"desktop": _URI})}
    kinds = {
        "postback": kind(
            {"data": _DATA},
            {
                "displayText": _WORDS,
                "text": _WORDS,
                "inputOption": choice("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
                "fillInText": _WORDS,
            },
            _one_of_two_texts,
            _fill_in_needs_keyboard,
        ),
        "message": kind({"text": _WORDS}),
        "uri": kind({"uri": _URI}, alternative),
        "datetimepicker": kind(
            {"data": _DATA, "mode": choice(*_MOMENTS)},
            {"initial": anything, "max": anything, "min": anything},
            _moments,
        ),
        "clipboard": kind({"clipboardText": text(1000)}),
    }
    if place is Place.QUICK_REPLY:
        kinds |= {name: kind({}) for name in ("camera", "cameraRoll", "location")}
    if place is Place.RICH_MENU:
        alias = shape(r"[a-z0-9_-]{1,32}", "invalid richmenu alias id")
        kinds["richmenuswitch"] = kind({"richMenuAliasId": alias, "data": _DATA})
    return union(kinds)


def _one_of_two_texts(value: Json, path: str, report: Report) -> None:
    if value.get("displayText") is not None and value.get("text") is not None:
        report.add("text and displayText cannot be specified at the same time", join(path, "text"))


def _fill_in_needs_keyboard(value: Json, path: str, report: Report) -> None:
    if value.get("fillInText") is not None and value.get("inputOption") != "openKeyboard":
        report.add("must be specified with openKeyboard", join(path, "fillInText"))


def _moments(value: Json, path: str, report: Report) -> None:
    pattern, form = _MOMENTS[value["mode"]]
    read: dict[str, datetime] = {}
    for name in ("initial", "max", "min"):
        given = value.get(name)
        if given is None:
            continue
        moment = _moment(given, pattern, form)
        if moment is None:
            report.add("invalid datetime format", join(path, name))
        else:
            read[name] = moment
    if "max" in read and "min" in read and read["max"] <= read["min"]:
        report.add("must be greater than min", join(path, "max"))
    if "initial" in read and not (
        read.get("min", datetime.min) <= read["initial"] <= read.get("max", datetime.max)  # noqa: DTZ901 - LINE's dates have no zone
    ):
        report.add("must be between min and max", join(path, "initial"))


def _moment(given: object, pattern: str, form: str) -> datetime | None:
    if not isinstance(given, str) or not re.fullmatch(pattern, given):
        return None
    try:
        moment = datetime.strptime(given.upper(), form)  # noqa: DTZ007 - LINE's dates have no zone
    except ValueError:
        return None
    return moment if form == "%H:%M" or 1900 <= moment.year <= 2100 else None
