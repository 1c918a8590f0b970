"""Limits of Flex messages: bubbles, carousels and the components that we use."""

from __future__ import annotations

import json
from typing import Final

from line.limits.actions import Kinds, check_action_of, nothing
from line.limits.values import MEDIA_URI, BeyondLimits, Thing, count, known, uri
from line.messages import FLEX_LABEL

BUBBLES: Final = 12
#: LINE says 30 KB and 50 KB and not of what, so we read it as narrowly as it can be meant.
BUBBLE_BYTES: Final = 30_000
CAROUSEL_BYTES: Final = 50_000


def check_container(container: Thing) -> None:
    if container.get("type") == "carousel":
        bubbles = container["contents"]
        count(bubbles, 1, BUBBLES, "contents")
        if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
            raise BeyondLimits("contents", "bubbles of one size")
        for index, bubble in enumerate(bubbles):
            try:
                _bubble(bubble)
            except BeyondLimits as error:
                raise error.inside(f"contents[{index}]") from None
        _bytes(container, CAROUSEL_BYTES)
    else:
        _bubble(container)


def _bubble(bubble: Thing) -> None:
    known(bubble, _BUBBLE)
    blocks = [name for name in _BLOCKS if name in bubble]
    if bubble.get("type") != "bubble" or not blocks:
        raise BeyondLimits("", "a bubble with at least one block")
    for name in blocks:
        try:
            _component(bubble[name])
        except BeyondLimits as error:
            raise error.inside(name) from None
    _bytes(bubble, BUBBLE_BYTES)


def _component(component: Thing) -> None:
    rule, properties = _COMPONENTS.get(component.get("type", ""), (None, frozenset()))
    if rule is None:
        raise BeyondLimits("type", "no component that we build")
    known(component, properties)
    rule(component)


def _box(box: Thing) -> None:
    for index, component in enumerate(box["contents"]):
        try:
            _component(component)
        except BeyondLimits as error:
            raise error.inside(f"contents[{index}]") from None
    if "action" in box:
        check_action_of(box, FLEX_LABEL, must_have_label=False)


def _words(component: Thing) -> None:
    if not component.get("text") and not component.get("contents"):
        raise BeyondLimits("text", "must have words")
    if "action" in component:
        check_action_of(component, FLEX_LABEL, must_have_label=False)


def _button(component: Thing) -> None:
    check_action_of(component, FLEX_LABEL, must_have_label=True)


def _image(component: Thing) -> None:
    uri(component, "url", MEDIA_URI, https=True)
    if "action" in component:
        check_action_of(component, FLEX_LABEL, must_have_label=False)


def _bytes(container: Thing, most: int) -> None:
    written = json.dumps(container, ensure_ascii=False, separators=(",", ":"))
    # Thai takes three bytes a letter, and nothing takes more than four.
    if len(written) * 4 > most and len(written.encode()) > most:
        raise BeyondLimits("", f"at most {most} bytes")


_BLOCKS: Final = ("header", "hero", "body", "footer")
_BUBBLE: Final = frozenset({"type", "size", "direction", "styles", "action", *_BLOCKS})
_PLACED: Final = frozenset(
    {"type", "flex", "margin", "position", "offsetTop", "offsetBottom", "offsetStart", "offsetEnd"}
)
_LETTERS: Final = frozenset({"text", "size", "color", "weight", "style", "decoration"})
_COMPONENTS: Final[Kinds] = {
    "box": (
        _box,
        _PLACED
        | {"layout", "contents", "spacing", "backgroundColor", "borderColor", "borderWidth"}
        | {"cornerRadius", "width", "maxWidth", "height", "maxHeight", "paddingAll", "paddingTop"}
        | {"paddingBottom", "paddingStart", "paddingEnd", "justifyContent", "alignItems"}
        | {"background", "action"},
    ),
    "text": (
        _words,
        _PLACED
        | _LETTERS
        | {"contents", "adjustMode", "align", "gravity", "wrap", "lineSpacing", "maxLines"}
        | {"action", "scaling"},
    ),
    "button": (
        _button,
        _PLACED | {"action", "height", "style", "color", "gravity", "adjustMode", "scaling"},
    ),
    "image": (
        _image,
        _PLACED
        | {"url", "size", "aspectRatio", "aspectMode", "backgroundColor", "align", "gravity"}
        | {"animated", "action"},
    ),
    "separator": (nothing, frozenset({"type", "margin", "color"})),
    "filler": (nothing, frozenset({"type", "flex"})),
}
