"""Messages as LINE takes them: plain dicts, built once inside the turn and sent as bytes.

Only what Doolae says is here. The limits are LINE's ("Message objects", "Character counting"):
`line.limits` checks every turn against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import regex

Message = dict[str, Any]
Action = dict[str, Any]
Component = dict[str, Any]

#: Graphemes that a quick reply's or a template button's label may have; a Flex button's.
LABEL: Final = 20
FLEX_LABEL: Final = 40
#: Quick replies under one message.
QUICK_REPLIES: Final = 13

# The house's colours: a calm green, ink, and greys that read well in the sun.
GREEN: Final = "#1F8A5B"
PALE_GREEN: Final = "#E8F5EE"
INK: Final = "#1F2933"
GREY: Final = "#6B7780"
LINE_GREY: Final = "#E4E9EC"
RED: Final = "#C0392B"
PALE_RED: Final = "#FBEAE8"
WHITE: Final = "#FFFFFF"

_GRAPHEME: Final = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """Length as LINE counts labels: "ที่" is one, although Python says three."""
    return len(text) if text.isascii() else len(_GRAPHEME.findall(text))


def cut(text: str, limit: int) -> str:
    """The text within `limit` graphemes, ended with … where something was left out."""
    if len(text) <= limit:
        return text
    parts = _GRAPHEME.findall(text)
    return text if len(parts) <= limit else "".join(parts[: limit - 1]).rstrip() + "…"


# Actions: what a tap does.


def postback(label: str, data: str, *, shown: str | None = None, keyboard: bool = False) -> Action:
    """A button that comes back to us; `shown` is what appears as the person's own bubble."""
    action: Action = {"type": "postback", "label": label, "data": data}
    if shown is not None:
        action["displayText"] = cut(shown, 300)
    if keyboard:
        action["inputOption"] = "openKeyboard"
    return action


def say(label: str, text: str | None = None) -> Action:
    """A button that writes for the person: what it says could be typed as well."""
    return {"type": "message", "label": label, "text": text if text is not None else label}


def date_picker(
    label: str, data: str, *, initial: str | None, earliest: str | None, latest: str | None
) -> Action:
    """LINE's date wheel. Dates are `YYYY-MM-DD`, Gregorian."""
    action: Action = {"type": "datetimepicker", "label": label, "data": data, "mode": "date"}
    bounds = {"initial": initial, "min": earliest, "max": latest}
    return action | {name: day for name, day in bounds.items() if day}


def moment_picker(
    label: str, data: str, *, initial: str | None, earliest: str | None, latest: str | None
) -> Action:
    """LINE's wheel for day and time. Moments are `YYYY-MM-DDTHH:MM`, where the phone is."""
    action: Action = {"type": "datetimepicker", "label": label, "data": data, "mode": "datetime"}
    bounds = {"initial": initial, "min": earliest, "max": latest}
    return action | {name: moment for name, moment in bounds.items() if moment}


def camera(label: str) -> Action:
    return {"type": "camera", "label": label}


def camera_roll(label: str) -> Action:
    return {"type": "cameraRoll", "label": label}


def share_location(label: str) -> Action:
    return {"type": "location", "label": label}


def link(label: str, uri: str) -> Action:
    """A button that opens an address; `tel:` calls."""
    return {"type": "uri", "label": label, "uri": uri}


def clipboard(label: str, text: str) -> Action:
    return {"type": "clipboard", "label": label, "clipboardText": text}


# Messages.


def text(body: str, quick_replies: Sequence[Action] = ()) -> Message:
    """A text bubble of at most 5,000 UTF-16 units, with chips under it."""
    return with_quick_replies({"type": "text", "text": body}, quick_replies)


def image(url: str) -> Message:
    """A picture (JPEG or PNG of at most 1 MB), the same in the chat and on the full screen."""
    return {"type": "image", "originalContentUrl": url, "previewImageUrl": url}


def flex(alt_text: str, contents: Component, quick_replies: Sequence[Action] = ()) -> Message:
    """A card. `alt_text` is what a notification and LINE for PC's list show of it."""
    message = {"type": "flex", "altText": cut(alt_text, 400), "contents": contents}
    return with_quick_replies(message, quick_replies)


def with_quick_replies(message: Message, actions: Sequence[Action]) -> Message:
    """Put chips under a message. Only the last message of a reply shows them."""
    if actions:
        items = [
            {"type": "action", "action": action | {"label": cut(action["label"], LABEL)}}
            for action in actions[:QUICK_REPLIES]
        ]
        message["quickReply"] = {"items": items}
    return message


# Flex: the few shapes our cards are made of.


def bubble(
    body: Iterable[Component],
    *,
    title: str | None = None,
    footer: Sequence[Component] = (),
    size: str = "mega",
    colour: str = GREEN,
) -> Component:
    """A card with an optional coloured title and a foot of buttons."""
    card: Component = {
        "type": "bubble",
        "size": size,
        "body": column(body, spacing="md", paddingAll="16px"),
    }
    if title is not None:
        heading = words(title, weight="bold", color=WHITE, size="md")
        card["header"] = column([heading], backgroundColor=colour, paddingAll="14px")
    if footer:
        card["footer"] = column(footer, spacing="sm", paddingAll="12px")
    return card


def carousel(bubbles: Sequence[Component]) -> Component:
    """At most twelve cards side by side."""
    return {"type": "carousel", "contents": list(bubbles)[:12]}


def column(contents: Iterable[Component], **style: Any) -> Component:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **style}


def row(contents: Iterable[Component], **style: Any) -> Component:
    return {"type": "box", "layout": "horizontal", "contents": list(contents), **style}


def words(body: str, **style: Any) -> Component:
    """Text on a card; it wraps unless told otherwise, so that Thai is never cut in the middle."""
    return {"type": "text", "text": body or " ", "wrap": True, "color": INK, "size": "sm"} | style


def button(action: Action, *, style: str = "primary", colour: str | None = None) -> Component:
    """A button on a card; style is primary, secondary or link."""
    made: Component = {
        "type": "button",
        "style": style,
        "height": "sm",
        "action": action | {"label": cut(action["label"], FLEX_LABEL)},
    }
    tint = colour or (GREEN if style == "primary" else None)
    return made | {"color": tint} if tint else made


def separator(**style: Any) -> Component:
    return {"type": "separator", "color": LINE_GREY} | style
