"""Limits of actions: what a button does, and where which kind may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from line.limits.values import URI, BeyondLimits, Thing, count, graphemes, known, uri, utf16
from line.messages import LABEL

DATA: Final = 300
BUTTON_WORDS: Final = 300
CLIPBOARD: Final = 1000


def _postback(action: Thing) -> None:
    utf16(action, "data", DATA, least=0)
    if action.get("inputOption", "openKeyboard") not in _INPUT_OPTIONS:
        raise BeyondLimits("inputOption", "one of LINE's four")
    if "displayText" in action:
        graphemes(action, "displayText", BUTTON_WORDS)
        if "text" in action:
            raise BeyondLimits("text", "not beside displayText")
    if "text" in action:
        graphemes(action, "text", BUTTON_WORDS)
    if "fillInText" in action:
        graphemes(action, "fillInText", BUTTON_WORDS)
        if action.get("inputOption") != "openKeyboard":
            raise BeyondLimits("fillInText", "only with openKeyboard")


def _say(action: Thing) -> None:
    graphemes(action, "text", BUTTON_WORDS)


def _link(action: Thing) -> None:
    uri(action, "uri", URI)


def _picker(action: Thing) -> None:
    utf16(action, "data", DATA, least=0)
    pattern = _MOMENTS.get(action.get("mode", ""))
    if pattern is None:
        raise BeyondLimits("mode", "date, time or datetime")
    for name in ("initial", "min", "max"):
        if name in action and not pattern.fullmatch(action[name]):
            raise BeyondLimits(name, f"a {action['mode']}")
    # Written like this, moments compare as the texts they are.
    if "min" in action and "max" in action and not action["min"] < action["max"]:
        raise BeyondLimits("max", "later than min")
    initial = action.get("initial")
    if initial and not action.get("min", initial) <= initial <= action.get("max", initial):
        raise BeyondLimits("initial", "from min to max")


def _clipboard(action: Thing) -> None:
    utf16(action, "clipboardText", CLIPBOARD)


def nothing(action: Thing) -> None:
    """Only a label."""


def _switch(action: Thing) -> None:
    utf16(action, "richMenuAliasId", 32)
    utf16(action, "data", DATA, least=0)


_INPUT_OPTIONS: Final = frozenset({"closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"})
_MOMENTS: Final = {
    "date": re.compile(r"(?:19|20)\d\d-\d\d-\d\d|2100-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d"),
    "datetime": re.compile(r"(?:19|20)\d\d-\d\d-\d\d[Tt]\d\d:\d\d"),
}
Kinds = Mapping[str, tuple[Callable[[Thing], None], frozenset[str]]]


def _kind(
    rule: Callable[[Thing], None], *names: str
) -> tuple[Callable[[Thing], None], frozenset[str]]:
    return rule, frozenset({"type", "label", *names})


_ACTIONS: Final[Kinds] = {
    "postback": _kind(_postback, "data", "displayText", "text", "inputOption", "fillInText"),
    "message": _kind(_say, "text"),
    "uri": _kind(_link, "uri", "altUri"),
    "datetimepicker": _kind(_picker, "data", "mode", "initial", "min", "max"),
    "clipboard": _kind(_clipboard, "clipboardText"),
}
QUICK_ACTIONS: Final[Kinds] = {
    **_ACTIONS,
    "uri": _kind(_link, "uri"),
    **dict.fromkeys(("camera", "cameraRoll", "location"), _kind(nothing)),
}
MENU_ACTIONS: Final[Kinds] = {
    **_ACTIONS,
    "richmenuswitch": _kind(_switch, "richMenuAliasId", "data"),
}


def check_action(
    action: Thing, most: int, *, kinds: Kinds = _ACTIONS, must_have_label: bool = True
) -> None:
    """An action whose label has at most so many graphemes."""
    rule, properties = kinds.get(action.get("type", ""), (None, frozenset()))
    if rule is None:
        raise BeyondLimits("type", "no action that LINE takes here")
    known(action, properties)
    if must_have_label or "label" in action:
        graphemes(action, "label", most, least=1 if must_have_label else 0)
    rule(action)


def check_action_of(thing: Thing, most: int, *, must_have_label: bool) -> None:
    """The action of a Flex component."""
    try:
        check_action(thing["action"], most, must_have_label=must_have_label)
    except BeyondLimits as error:
        raise error.inside("action") from None


def check_actions(thing: Thing, least: int, most: int) -> None:
    """The buttons of a template."""
    count(thing["actions"], least, most, "actions")
    for index, action in enumerate(thing["actions"]):
        try:
            check_action(action, LABEL)
        except BeyondLimits as error:
            raise error.inside(f"actions[{index}]") from None
