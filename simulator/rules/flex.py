"""Flex messages: bubbles, carousels and the components inside."""

import json
from typing import Any

from simulator.refusals import Json
from simulator.rules.actions import Place, action
from simulator.rules.checks import (
    Check,
    Report,
    anything,
    array,
    boolean,
    choice,
    integer,
    join,
    shape,
    text,
    thing,
    union,
    uri,
    words,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
MOST_BUBBLES = 12
MOST_DEPTH = 50  #: of boxes in boxes; guards this process, LINE says no number
WIDE_VIDEO = ("kilo", "mega", "giga")

_PX, _PERCENT = r"\d+(\.\d+)?px", r"\d+(\.\d+)?%"
_STEPS = ("xs", "sm", "md", "lg", "xl", "xxl")
_SIZES = ("xxs", *_STEPS, "3xl", "4xl", "5xl")
_COLOR = shape(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?", "invalid color")
_SPACE = words(("none", *_STEPS), _PX)
_PADDING = words(("none", *_STEPS), _PX, _PERCENT)
_OFFSET = words(("none", *_STEPS), r"-?" + _PX, r"-?" + _PERCENT)
_LENGTH = words((), _PX, _PERCENT)
_TEXT_SIZE = words(_SIZES, _PX)
_RATIO = shape(r"\d{1,6}:\d{1,6}", "invalid aspect ratio")
_WEIGHT = integer(0)
_ACTION = action(Place.FLEX)
_PLACED: dict[str, Check] = {
    "margin": _SPACE,
    "position": choice("relative", "absolute"),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_ALIGNED: dict[str, Check] = {
    "align": choice("start", "end", "center"),
    "gravity": choice("top", "bottom", "center"),
}
_FONT: dict[str, Check] = {
    "size": _TEXT_SIZE,
    "color": _COLOR,
    "weight": choice("regular", "bold"),
    "style": choice("normal", "italic"),
    "decoration": choice("none", "underline", "line-through"),
}


def _has_words(value: Json, path: str, report: Report) -> None:
    if not value.get("text") and not value.get("contents"):
        report.add("must be non-empty text", join(path, "text"))


def _not_too_tall(value: Json, path: str, report: Report) -> None:
    ratio = value.get("aspectRatio")
    if ratio:
        width, height = map(int, ratio.split(":"))
        if not width or not height or height > 3 * width:
            report.add("invalid aspect ratio", join(path, "aspectRatio"))


_SPAN = thing({"type": choice("span")}, {"text": text(2000, least=0), **_FONT})
_TEXT = thing(
    {"type": anything},
    {
        "text": text(2000, least=0),
        "contents": array(_SPAN, least=0, most=100),
        "flex": _WEIGHT,
        "wrap": boolean,
        "lineSpacing": words((), _PX),
        "maxLines": integer(0),
        "adjustMode": choice("shrink-to-fit"),
        "scaling": boolean,
        "action": _ACTION,
        **_FONT,
        **_PLACED,
        **_ALIGNED,
    },
    _has_words,
)
_BUTTON = thing(
    {"type": anything, "action": action(Place.FLEX_BUTTON)},
    {
        "flex": _WEIGHT,
        "height": choice("sm", "md"),
        "style": choice("primary", "secondary", "link"),
        "color": _COLOR,
        "gravity": _ALIGNED["gravity"],
        "adjustMode": choice("shrink-to-fit"),
        "scaling": boolean,
        **_PLACED,
    },
)
_IMAGE = thing(
    {"type": anything, "url": uri("https")},
    {
        "flex": _WEIGHT,
        "size": words((*_SIZES, "full"), _PX, _PERCENT),
        "aspectRatio": _RATIO,
        "aspectMode": choice("cover", "fit"),
        "backgroundColor": _COLOR,
        "animated": boolean,
        "action": _ACTION,
        **_PLACED,
        **_ALIGNED,
    },
    _not_too_tall,
)
_ICON = thing(
    {"type": anything, "url": uri("https")},
    {"size": _TEXT_SIZE, "aspectRatio": _RATIO, "scaling": boolean, **_PLACED},
)
_SEPARATOR = thing({"type": anything}, {"margin": _SPACE, "color": _COLOR})
_FILLER = thing({"type": anything}, {"flex": _WEIGHT})


def _box(value: Any, path: str, report: Report) -> None:
    if path.count(".contents[") > MOST_DEPTH:
        report.add("nested too deeply", path)
        return
    _BOX(value, path, report)


def _box_contents(value: Json, path: str, report: Report) -> None:
    inner = _BASELINE if value["layout"] == "baseline" else _STACKED
    for index, component in enumerate(value["contents"]):
        inner(component, f"{join(path, 'contents')}[{index}]", report)


_STACKED = union(
    {
        "box": _box,
        "button": _BUTTON,
        "image": _IMAGE,
        "text": _TEXT,
        "separator": _SEPARATOR,
        "filler": _FILLER,
    }
)
_BASELINE = union({"icon": _ICON, "text": _TEXT, "filler": _FILLER})
_GRADIENT = thing(
    {
        "type": choice("linearGradient"),
        "angle": shape(r"\d+(\.\d+)?deg"),
        "startColor": _COLOR,
        "endColor": _COLOR,
    },
    {"centerColor": _COLOR, "centerPosition": shape(_PERCENT)},
)
_BOX = thing(
    {
        "type": choice("box"),
        "layout": choice("horizontal", "vertical", "baseline"),
        "contents": array(anything, least=0, most=1000),
    },
    {
        "flex": _WEIGHT,
        "spacing": _SPACE,
        "backgroundColor": _COLOR,
        "borderColor": _COLOR,
        "borderWidth": words(("none", "light", "normal", "medium", "semi-bold", "bold"), _PX),
        "cornerRadius": words(("none", *_STEPS), _PX),
        **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), _LENGTH),
        **dict.fromkeys(
            ("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"), _PADDING
        ),
        "justifyContent": choice(
            "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
        ),
        "alignItems": choice("center", "flex-start", "flex-end"),
        "background": _GRADIENT,
        "action": _ACTION,
        **_PLACED,
    },
    _box_contents,
)
_STILL = union({"box": _box, "image": _IMAGE})
_VIDEO = thing(
    {"type": anything, "url": uri("https"), "previewUrl": uri("https"), "altContent": _STILL},
    {"aspectRatio": _RATIO, "action": _ACTION},
)
_STYLE = thing({}, {"backgroundColor": _COLOR, "separator": boolean, "separatorColor": _COLOR})


def _some_block(value: Json, path: str, report: Report) -> None:
    if not any(value.get(block) for block in ("header", "hero", "body", "footer")):
        report.add("At least one block must be specified", path)


def _video_is_wide(value: Json, path: str, report: Report) -> None:
    hero = value.get("hero") or {}
    if hero.get("type") == "video" and value.get("size", "mega") not in WIDE_VIDEO:
        report.add("video needs a bubble of size kilo, mega or giga", join(path, "hero"))


def _bubble_weight(value: Json, path: str, report: Report) -> None:
    if weight(value) > BUBBLE_BYTES:
        report.add("The bubble is larger than 30 KB", path)


def _carousel_rules(value: Json, path: str, report: Report) -> None:
    bubbles = value["contents"]
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        report.add("All bubbles must have the same size", join(path, "contents"))
    if any((bubble.get("hero") or {}).get("type") == "video" for bubble in bubbles):
        report.add("video is not supported in a carousel", join(path, "contents"))
    if weight(value) > CAROUSEL_BYTES:
        report.add("The carousel is larger than 50 KB", path)


def weight(container: Json) -> int:
    """Bytes of the container as compact UTF-8 JSON."""
    return len(json.dumps(container, ensure_ascii=False, separators=(",", ":")).encode())


_BUBBLE = thing(
    {"type": choice("bubble")},
    {
        "size": choice("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": choice("ltr", "rtl"),
        "header": _box,
        "hero": union({"box": _box, "image": _IMAGE, "video": _VIDEO}),
        "body": _box,
        "footer": _box,
        "styles": thing({}, dict.fromkeys(("header", "hero", "body", "footer"), _STYLE)),
        "action": _ACTION,
    },
    _some_block,
    _video_is_wide,
    _bubble_weight,
)
CONTAINER = union(
    {
        "bubble": _BUBBLE,
        "carousel": thing(
            {"type": anything, "contents": array(_BUBBLE, least=1, most=MOST_BUBBLES)},
            {},
            _carousel_rules,
        ),
    }
)
