"""Limits of whole messages, of templates, and of a rich menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from line.limits.actions import MENU_ACTIONS, QUICK_ACTIONS, check_action, check_actions
from line.limits.flex import check_container
from line.limits.values import MEDIA_URI, BeyondLimits, Thing, count, graphemes, known, uri, utf16
from line.messages import LABEL, QUICK_REPLIES

MESSAGES: Final = 5
TEXT: Final = 5000
ALT_TEXT: Final = 1500
_HERE: Final = re.compile(r"http://(?:127\.0\.0\.1|localhost)[:/]")
AREAS: Final = 20


def check(messages: Sequence[Thing]) -> None:
    """Raise `BeyondLimits` for the first thing in a reply or push that LINE would refuse."""
    count(messages, 1, MESSAGES, "")
    for index, message in enumerate(messages):
        try:
            _message(message)
        except BeyondLimits as error:
            raise error.inside(f"messages[{index}]") from None
        except KeyError as error:
            raise BeyondLimits(f"messages[{index}]", f"{error} is missing somewhere") from None


def check_rich_menu(menu: Thing) -> None:
    """The same for a rich menu as it is created."""
    known(menu, _RICH_MENU)
    graphemes(menu, "name", 300)
    graphemes(menu, "chatBarText", 14)
    width, height = menu["size"]["width"], menu["size"]["height"]
    if not 800 <= width <= 2500 or height < 250 or width < 1.45 * height:
        raise BeyondLimits("size", "width 800 to 2500, height from 250, width/height from 1.45")
    count(menu["areas"], 0, AREAS, "areas")
    for index, area in enumerate(menu["areas"]):
        try:
            check_action(area["action"], LABEL, kinds=MENU_ACTIONS, must_have_label=False)
        except BeyondLimits as error:
            raise error.inside(f"areas[{index}].action") from None


def _message(message: Thing) -> None:
    rule, properties = _MESSAGES.get(message.get("type", ""), (None, frozenset()))
    if rule is None:
        raise BeyondLimits("type", "no message that we build")
    known(message, properties)
    rule(message)
    if "quickReply" in message:
        _quick_replies(message["quickReply"]["items"])


def _quick_replies(items: Sequence[Thing]) -> None:
    count(items, 1, QUICK_REPLIES, "quickReply.items")
    for index, item in enumerate(items):
        try:
            check_action(item["action"], LABEL, kinds=QUICK_ACTIONS)
        except BeyondLimits as error:
            raise error.inside(f"quickReply.items[{index}].action") from None


def _text_message(message: Thing) -> None:
    utf16(message, "text", TEXT)


def _image_message(message: Thing) -> None:
    for name in ("originalContentUrl", "previewImageUrl"):
        # LINE takes https alone; an address of this computer is for the simulator beside us, and
        # `Settings.pictures_url` sees to it that nobody else is sent one.
        here = _HERE.match(str(message.get(name))) is not None
        uri(message, name, MEDIA_URI, https=not here)


def _template_message(message: Thing) -> None:
    utf16(message, "altText", ALT_TEXT)
    template = message["template"]
    rule = _TEMPLATES.get(template.get("type", ""))
    try:
        if rule is None:
            raise BeyondLimits("type", "no template that we build")
        rule(template)
    except BeyondLimits as error:
        raise error.inside("template") from None


def _flex_message(message: Thing) -> None:
    utf16(message, "altText", ALT_TEXT)
    try:
        check_container(message["contents"])
    except BeyondLimits as error:
        raise error.inside("contents") from None


def _message_kind(
    rule: Callable[[Thing], None], *names: str
) -> tuple[Callable[[Thing], None], frozenset[str]]:
    return rule, frozenset({"type", "quickReply", *names})


_MESSAGES: Final = {
    "text": _message_kind(_text_message, "text", "quoteToken"),
    "flex": _message_kind(_flex_message, "altText", "contents"),
    "image": _message_kind(_image_message, "originalContentUrl", "previewImageUrl"),
    "template": _message_kind(_template_message, "altText", "template"),
}
_RICH_MENU: Final = frozenset({"size", "selected", "name", "chatBarText", "areas"})


def _buttons(template: Thing) -> None:
    known(template, _BUTTONS)
    _titled(template, 160)
    check_actions(template, 1, 4)


def _confirm(template: Thing) -> None:
    known(template, _CONFIRM)
    graphemes(template, "text", 240)
    check_actions(template, 2, 2)


def _columns(template: Thing) -> None:
    known(template, _CAROUSEL)
    columns = template["columns"]
    count(columns, 1, 10, "columns")
    first = columns[0]
    for index, column in enumerate(columns):
        try:
            known(column, _COLUMN)
            _titled(column, 120)
            check_actions(column, 1, 3)
            if len(column["actions"]) != len(first["actions"]):
                raise BeyondLimits("actions", "as many in every column")
            for name in ("title", "thumbnailImageUrl"):
                if (name in column) != (name in first):
                    raise BeyondLimits(name, "in every column or in none")
        except BeyondLimits as error:
            raise error.inside(f"columns[{index}]") from None


def _titled(template: Thing, most: int) -> None:
    if "title" in template:
        graphemes(template, "title", 40)
    pictured = "title" in template or "thumbnailImageUrl" in template
    graphemes(template, "text", 60 if pictured else most)


_COLUMN: Final = frozenset(
    {"title", "text", "actions", "thumbnailImageUrl", "imageBackgroundColor", "defaultAction"}
)
_LOOK: Final = frozenset({"type", "imageAspectRatio", "imageSize"})
_BUTTONS: Final = _COLUMN | _LOOK
_CONFIRM: Final = frozenset({"type", "text", "actions"})
_CAROUSEL: Final = _LOOK | {"columns"}
_TEMPLATES: Final = {"buttons": _buttons, "confirm": _confirm, "carousel": _columns}
