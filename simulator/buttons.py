"""Buttons and words: what a person sees in a message and can tap."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.chat import Chat
from simulator.refusals import Json, Refusal

QUICK_REPLY, BUBBLE, RICH_MENU = "quickReply", "bubble", "richMenu"


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to tap: what is written on it, what it does, and where it is."""

    label: str
    action: Json
    source: str
    message_id: str | None = None


def offered(chat: Chat, menu: Json | None) -> list[Button]:
    """All buttons of a chat: quick replies, then bubbles (newest first), then the rich menu."""
    replies = [
        Button(_label(item["action"]), item["action"], QUICK_REPLY, chat.quick_reply_message)
        for item in chat.quick_replies
    ]
    bubbles = [
        Button(label, action, BUBBLE, item["messageId"])
        for item in chat.newest_first()
        if item["from"] == "bot"
        for label, action in in_message(item["message"])
    ]
    areas = (menu or {}).get("areas", ())
    tiles = [Button(_label(area["action"]), area["action"], RICH_MENU) for area in areas]
    return replies + bubbles + tiles


def choose(
    buttons: list[Button],
    *,
    label: str | None,
    index: int | None = None,
    message_id: str | None = None,
    source: str | None = None,
) -> Button:
    """The button that is meant; raises Refusal 404 with the labels on offer.

    With a label: the `index`-th (default first) of those that bear exactly this label, else the
    only label that begins with it, else the only one that contains it. Without a label: the
    `index`-th of all.
    """
    fitting = [
        button
        for button in buttons
        if (message_id is None or button.message_id == message_id)
        and (source is None or button.source == source)
    ]
    named = fitting if label is None else _named(fitting, label)
    if (label is None and index is None) or not 0 <= (index or 0) < len(named):
        labels = list(dict.fromkeys(button.label for button in fitting))
        raise Refusal(404, f"no such button: {label or index}", extra={"offered": labels})
    return named[index or 0]


def _named(buttons: list[Button], label: str) -> list[Button]:
    exact = [button for button in buttons if button.label == label]
    if exact:
        return exact
    for fits in (str.startswith, str.__contains__):
        near = [button for button in buttons if fits(button.label, label)]
        newest = [button for button in near if _beside(button, near[0])]
        for some in (near, newest):
            if len({button.label for button in some}) == 1:
                return some
    return []


def _beside(one: Button, other: Button) -> bool:
    return (one.source, one.message_id) == (other.source, other.message_id)


def in_message(message: Json) -> list[tuple[str, Json]]:
    """The buttons of one message with what is written on them."""
    match message.get("type"):
        case "template":
            return [(_label(action), action) for action in _template_actions(message["template"])]
        case "flex":
            return list(_flex_actions(message["contents"]))
        case "imagemap":
            return [(_label(action), action) for action in message["actions"]]
    return []


def words(message: Json) -> list[str]:
    """What can be read in a message: its words, then the labels of its buttons."""
    match message.get("type"):
        case "text" | "textV2":
            return [message["text"]]
        case "template":
            labels = [_label(action) for action in _template_actions(message["template"])]
            return [*_template_words(message["template"]), *labels]
        case "flex":
            return list(_flex_words(message["contents"]))
        case kind:
            return [f"[{kind}]"]


def _label(action: Json) -> str:
    for name in ("label", "displayText", "text", "linkUri", "uri"):
        if action.get(name):
            return str(action[name])
    return str(action.get("type", ""))


def _template_actions(template: Json) -> list[Json]:
    if template["type"] == "image_carousel":
        return [column["action"] for column in template["columns"]]
    if template["type"] == "carousel":
        return [action for column in template["columns"] for action in column["actions"]]
    return list(template["actions"])


def _template_words(template: Json) -> Iterator[str]:
    for part in template.get("columns", [template]):
        yield from (part[name] for name in ("title", "text") if part.get(name))


def _parts(component: Json) -> Iterator[Json]:
    """The components directly inside one, in reading order."""
    for block in ("header", "hero", "body", "footer"):
        if component.get(block):
            yield component[block]
    if component.get("type") in {"box", "carousel"}:
        yield from component.get("contents", ())


def _flex_words(component: Json) -> Iterator[str]:
    if component.get("type") == "text":
        spans = "".join(span.get("text", "") for span in component.get("contents") or ())
        yield spans or component.get("text", "")
    elif component.get("type") == "button":
        yield _label(component["action"])
    for part in _parts(component):
        yield from _flex_words(part)


def _flex_actions(component: Json) -> Iterator[tuple[str, Json]]:
    action = component.get("action")
    if action:
        written = " ".join(_flex_words(component))
        named = component.get("type") == "button" or action.get("label")
        yield (_label(action) if named else written or _label(action)), action
    for part in _parts(component):
        yield from _flex_actions(part)
