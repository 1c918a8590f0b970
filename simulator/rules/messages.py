"""Message objects: every kind a bot can send."""

import re
from typing import Any

from simulator.refusals import Json
from simulator.rules.actions import Place, action
from simulator.rules.checks import (
    Check,
    Report,
    anything,
    array,
    choice,
    integer,
    join,
    number,
    shape,
    text,
    thing,
    union,
    uri,
)
from simulator.rules.flex import CONTAINER
from simulator.rules.templates import TEMPLATE

MOST_TEXT = 5_000
_ALT = text(1500)
_HTTPS = uri("https")
_SUBSTITUTE = re.compile(r"\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}|[{}]")
_QUICK_REPLY = thing(
    {
        "items": array(
            thing(
                {"type": choice("action"), "action": action(Place.QUICK_REPLY)},
                {"imageUrl": _HTTPS},
            ),
            least=1,
            most=13,
        )
    }
)


def _sender_name(value: Any, path: str, report: Report) -> None:
    text(20)(value, path, report)
    if isinstance(value, str) and "LINE" in value.upper():
        report.add("must not contain LINE", path)


_COMMON: dict[str, Check] = {
    "quickReply": _QUICK_REPLY,
    "sender": thing({}, {"name": _sender_name, "iconUrl": _HTTPS}),
}


def message(
    required: dict[str, Check], optional: dict[str, Check] | None = None, *also: Any
) -> Check:
    """A message object with the properties that all kinds share."""
    return thing({"type": anything, **required}, {**_COMMON, **(optional or {})}, *also)


def _dollars(value: Json, path: str, report: Report) -> None:
    units = value["text"].encode("utf-16-le", "surrogatepass")
    for number_, emoji in enumerate(value.get("emojis") or []):
        at = emoji["index"] * 2
        if units[at : at + 2] != b"$\x00":
            where = f"{join(path, 'emojis')}[{number_}].index"
            report.add("must be the position of a $ in the text", where)


def _substitutes(value: Json, path: str, report: Report) -> None:
    given = value.get("substitution") or {}
    used: list[str] = []
    for found in _SUBSTITUTE.finditer(value["text"]):
        if found[0] in "{}":
            report.add("invalid placeholder", join(path, "text"))
        elif found[1]:
            used.append(found[1])
    for key in used:
        if key not in given:
            report.add("must be specified", join(path, f"substitution.{key}"))
    for kind in ("mention", "emoji"):
        if sum(1 for key in used if (given.get(key) or {}).get("type") == kind) > 20:
            report.add(f"too many {kind} objects", join(path, "substitution"))


_SUBSTITUTE_OBJECT = union(
    {
        "mention": thing(
            {
                "type": anything,
                "mentionee": union(
                    {
                        "user": thing({"type": anything, "userId": shape(r"U[0-9a-f]{32}")}),
                        "all": thing({"type": anything}),
                    }
                ),
            }
        ),
        "emoji": thing({"type": anything, "productId": text(100), "emojiId": text(100)}),
    }
)


def _substitution(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict):
        report.add("must be an object", path)
        return
    if len(value) > 100:
        report.add("Size must be between 0 and 100", path)
    for key, inner in value.items():
        if not re.fullmatch(r"[0-9a-zA-Z_]{1,20}", key):
            report.add("invalid key", join(path, key))
        _SUBSTITUTE_OBJECT(inner, join(path, key), report)


_AREA = thing(
    {
        "x": integer(0),
        "y": integer(0),
        "width": integer(1),
        "height": integer(1),
    }
)


def _imagemap_action(**more: Check) -> Check:
    return thing({"type": anything, "area": _AREA, **more}, {"label": text(100, least=0)})


_IMAGEMAP_ACTION = union(
    {
        "message": _imagemap_action(text=text(400)),
        "uri": _imagemap_action(linkUri=uri("http", "https", "line", "tel", most=1000)),
        "clipboard": _imagemap_action(clipboardText=text(1000)),
    }
)
_IMAGEMAP_VIDEO = thing(
    {"originalContentUrl": _HTTPS, "previewImageUrl": _HTTPS, "area": _AREA},
    {
        "externalLink": thing(
            {"linkUri": uri("http", "https", "line", "tel", most=1000), "label": text(30)}
        )
    },
)
_EMOJI = thing({"index": integer(0), "productId": text(100), "emojiId": text(100)})
_QUOTE: dict[str, Check] = {"quoteToken": text(2000)}
_TRACKING_ID = shape(r"[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")


def _picture(value: Any, path: str, report: Report) -> None:
    """An https address; or one of this computer, where a bot under test has no certificate."""
    is_here = isinstance(value, str) and re.match(r"http://(?:127\.0\.0\.1|localhost)[:/]", value)
    (uri("http") if is_here else _HTTPS)(value, path, report)


_PICTURED: dict[str, Check] = {"originalContentUrl": _HTTPS, "previewImageUrl": _HTTPS}

MESSAGE = union(
    {
        "text": message(
            {"text": text(MOST_TEXT)},
            {"emojis": array(_EMOJI, least=0, most=20), **_QUOTE},
            _dollars,
        ),
        "textV2": message(
            {"text": text(MOST_TEXT)}, {"substitution": _substitution, **_QUOTE}, _substitutes
        ),
        "sticker": message({"packageId": shape(r"\d+"), "stickerId": shape(r"\d+")}, dict(_QUOTE)),
        "image": message({"originalContentUrl": _picture, "previewImageUrl": _picture}),
        "video": message(_PICTURED, {"trackingId": _TRACKING_ID}),
        "audio": message({"originalContentUrl": _HTTPS, "duration": integer(1)}),
        "location": message(
            {
                "title": text(100),
                "address": text(100),
                "latitude": number(-90, 90),
                "longitude": number(-180, 180),
            }
        ),
        "imagemap": message(
            {
                "baseUrl": _HTTPS,
                "altText": _ALT,
                "baseSize": thing({"width": integer(1040, 1040), "height": integer(1)}),
                "actions": array(_IMAGEMAP_ACTION, least=1, most=50),
            },
            {"video": _IMAGEMAP_VIDEO},
        ),
        "template": message({"altText": _ALT, "template": TEMPLATE}),
        "flex": message({"altText": _ALT, "contents": CONTAINER}),
        "coupon": message({"couponId": text(100)}, {"deliveryTag": text(30)}),
    }
)
