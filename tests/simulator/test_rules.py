"""What LINE takes and refuses, and how it counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.refusals import Refusal
from simulator.rules.checks import Report, grapheme_length, utf16_length
from simulator.rules.messages import MESSAGE
from simulator.rules.requests import BODIES
from simulator.rules.rich_menus import RICH_MENU

FAMILY = "👨‍👩‍👧‍👦"
THAI = "ที่อยู่ของนักเรียน"  # 18 code points, 12 letters as a person sees them


def refusal(message: Any, *, check: Any = MESSAGE, strict: bool = True) -> Refusal | None:
    """What LINE says of a message, if it refuses it."""
    report = Report(strict=strict)
    check(message, "messages[0]", report)
    try:
        report.raise_if_any()
    except Refusal as refused:
        return refused
    return None


def only_detail(message: Any) -> tuple[str, str]:
    """The one thing that is wrong, and where."""
    refused = refusal(message)
    assert refused is not None
    assert refused.status == 400
    (detail,) = refused.details
    return detail.property, detail.message


def say(**more: Any) -> dict[str, Any]:
    return {"type": "text", "text": "สวัสดี", **more}


def bubble(*contents: Any, **more: Any) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "bubble", "body": body, **more}


def flex(contents: Any) -> dict[str, Any]:
    return {"type": "flex", "altText": "การ์ด", "contents": contents}


def template(**template: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "ปุ่ม", "template": template}


def chips(*actions: Any) -> dict[str, Any]:
    return {"items": [{"type": "action", "action": action} for action in actions]}


YES = {"type": "message", "label": "ใช่", "text": "ใช่"}
NO = {"type": "message", "label": "ไม่", "text": "ไม่"}
WORDS = {"type": "text", "text": "คำ"}
PICTURE = "https://example.com/a.png"

GOOD = {
    "text": say(),
    "longest text": {"type": "text", "text": "ก" * 5000},
    "a LINE emoji": say(text="$", emojis=[{"index": 0, "productId": "1", "emojiId": "2"}]),
    "textV2": {
        "type": "textV2",
        "text": "{{ {name}",
        "substitution": {"name": {"type": "mention", "mentionee": {"type": "all"}}},
    },
    "thirteen quick replies": say(quickReply=chips(*[YES] * 13)),
    "camera": say(quickReply=chips({"type": "camera", "label": "ถ่ายรูป"})),
    "label of 20 letters with vowels": say(
        quickReply=chips({"type": "message", "label": "ที่" * 20, "text": "x"})
    ),
    "families in a label": say(
        quickReply=chips({"type": "message", "label": FAMILY * 20, "text": "x"})
    ),
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
    "location": {
        "type": "location",
        "title": "บ้าน",
        "address": "ม.1",
        "latitude": 13.7,
        "longitude": 100.5,
    },
    "confirm": template(type="confirm", text="ส่งไหม", actions=[YES, NO]),
    "buttons": template(type="buttons", text="ก" * 160, actions=[YES] * 4),
    "carousel": template(type="carousel", columns=[{"text": "ก", "actions": [YES]}] * 10),
    "image carousel": template(
        type="image_carousel", columns=[{"imageUrl": PICTURE, "action": YES}]
    ),
    "bubble": flex(
        bubble(
            WORDS,
            {"type": "separator", "margin": "md"},
            {"type": "button", "action": YES, "style": "primary", "color": "#1F8A5B"},
            {"type": "box", "layout": "baseline", "contents": [{"type": "icon", "url": PICTURE}]},
            {"type": "text", "contents": [{"type": "span", "text": "ก", "weight": "bold"}]},
            {"type": "box", "layout": "vertical", "contents": [], "height": "10px"},
        )
    ),
    "twelve bubbles": flex({"type": "carousel", "contents": [bubble(WORDS)] * 12}),
    "date picker": say(
        quickReply=chips(
            {
                "type": "datetimepicker",
                "label": "เลือกวันที่",
                "data": "d",
                "mode": "date",
                "initial": "2026-11-21",
                "max": "2026-11-21",
                "min": "2026-05-16",
            }
        )
    ),
    "a long address": say(
        quickReply=chips({"type": "uri", "label": "x", "uri": "https://a.co/" + "x" * 9000})
    ),
    "postback that opens the keyboard": template(
        type="confirm",
        text="x",
        actions=[
            YES,
            {
                "type": "postback",
                "label": "พิมพ์",
                "data": "x",
                "inputOption": "openKeyboard",
                "fillInText": "ชื่อ ",
            },
        ],
    ),
    "null is absent": say(quickReply=None, sender=None),
}

BAD = {
    "empty text": (say(text=""), "messages[0].text", "May not be empty"),
    "long text": (
        say(text="ก" * 5001),
        "messages[0].text",
        "Length must be between 0 and 5000",
    ),
    "text of apples": (
        say(text="🍎" * 2501),
        "messages[0].text",
        "Length must be between 0 and 5000",
    ),
    "no text": ({"type": "text"}, "messages[0].text", "must be specified"),
    "number as text": (say(text=5), "messages[0].text", "must be a string"),
    "no type": ({"text": "x"}, "messages[0].type", "must be specified"),
    "emoji not at a $": (
        say(emojis=[{"index": 0, "productId": "1", "emojiId": "2"}]),
        "messages[0].emojis[0].index",
        "must be the position of a $ in the text",
    ),
    "fourteen quick replies": (
        say(quickReply=chips(*[YES] * 14)),
        "messages[0].quickReply.items",
        "Size must be between 1 and 13",
    ),
    "long label": (
        say(quickReply=chips({**YES, "label": "ที่" * 21})),
        "messages[0].quickReply.items[0].action.label",
        "Length must be between 0 and 20",
    ),
    "no label": (
        say(quickReply=chips({"type": "message", "text": "x"})),
        "messages[0].quickReply.items[0].action.label",
        "must be specified",
    ),
    "camera in a template": (
        template(type="confirm", text="x", actions=[YES, {"type": "camera", "label": "x"}]),
        "messages[0].template.actions[1].type",
        "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard]",
    ),
    "long data": (
        say(quickReply=chips({"type": "postback", "label": "x", "data": "x" * 301})),
        "messages[0].quickReply.items[0].action.data",
        "Length must be between 0 and 300",
    ),
    "two texts in a postback": (
        say(
            quickReply=chips(
                {"type": "postback", "label": "x", "data": "", "text": "a", "displayText": "b"}
            )
        ),
        "messages[0].quickReply.items[0].action.text",
        "text and displayText cannot be specified at the same time",
    ),
    "fill-in without keyboard": (
        say(quickReply=chips({"type": "postback", "label": "x", "data": "x", "fillInText": "a"})),
        "messages[0].quickReply.items[0].action.fillInText",
        "must be specified with openKeyboard",
    ),
    "Buddhist year in a picker": (
        say(
            quickReply=chips(
                {
                    "type": "datetimepicker",
                    "label": "x",
                    "data": "x",
                    "mode": "date",
                    "initial": "2569-11-21",
                }
            )
        ),
        "messages[0].quickReply.items[0].action.initial",
        "invalid datetime format",
    ),
    "max before min": (
        say(
            quickReply=chips(
                {
                    "type": "datetimepicker",
                    "label": "x",
                    "data": "x",
                    "mode": "time",
                    "max": "08:00",
                    "min": "09:00",
                }
            )
        ),
        "messages[0].quickReply.items[0].action.max",
        "must be greater than min",
    ),
    "picture without https": (
        {
            "type": "image",
            "originalContentUrl": "http://example.com/a",
            "previewImageUrl": PICTURE,
        },
        "messages[0].originalContentUrl",
        "invalid uri scheme",
    ),
    "address with Thai letters": (
        say(quickReply=chips({"type": "uri", "label": "x", "uri": "https://example.com/ก"})),
        "messages[0].quickReply.items[0].action.uri",
        "invalid uri",
    ),
    "confirm with one button": (
        template(type="confirm", text="x", actions=[YES]),
        "messages[0].template.actions",
        "Size must be between 2 and 2",
    ),
    "long text beside a title": (
        template(type="buttons", title="ก", text="ก" * 61, actions=[YES]),
        "messages[0].template.text",
        "Length must be between 0 and 60",
    ),
    "columns with different numbers of buttons": (
        template(
            type="carousel",
            columns=[{"text": "ก", "actions": [YES]}, {"text": "ก", "actions": [YES, NO]}],
        ),
        "messages[0].template.columns[1].actions",
        "The number of actions must be the same in all columns",
    ),
    "a sender called LINE": (
        say(sender={"name": "LINE ครู"}),
        "messages[0].sender.name",
        "must not contain LINE",
    ),
    "textV2 without its substitute": (
        {"type": "textV2", "text": "{name}"},
        "messages[0].substitution.name",
        "must be specified",
    ),
    "empty words in Flex": (
        flex(bubble({"type": "text", "text": ""})),
        "/body/contents/0/text",
        "must be non-empty text",
    ),
    "a button without label in Flex": (
        flex(bubble({"type": "button", "action": {"type": "message", "text": "x"}})),
        "/body/contents/0/action/label",
        "must be specified",
    ),
    "a button in a baseline box": (
        flex(
            bubble(
                {
                    "type": "box",
                    "layout": "baseline",
                    "contents": [{"type": "button", "action": YES}],
                }
            )
        ),
        "/body/contents/0/contents/0/type",
        "Must be one of the following values: [icon, text, filler]",
    ),
    "a colour by name": (
        flex(bubble({**WORDS, "color": "red"})),
        "/body/contents/0/color",
        "invalid color",
    ),
    "thirteen bubbles": (
        flex({"type": "carousel", "contents": [bubble(WORDS)] * 13}),
        "messages[0].contents.contents",
        "Size must be between 1 and 12",
    ),
    "bubbles of two sizes": (
        flex({"type": "carousel", "contents": [bubble(WORDS), bubble(WORDS, size="kilo")]}),
        "messages[0].contents.contents",
        "All bubbles must have the same size",
    ),
    "a heavy bubble": (
        flex(bubble(*[{"type": "text", "text": "ก" * 1000}] * 11)),
        "messages[0].contents",
        "The bubble is larger than 30 KB",
    ),
}


@pytest.mark.parametrize("message", GOOD.values(), ids=GOOD.keys())
def test_what_the_documents_allow_is_taken(message: Any) -> None:
    refused = refusal(message)
    assert refused is None or refused.body() == {}


@pytest.mark.parametrize(("message", "where", "what"), BAD.values(), ids=BAD.keys())
def test_what_the_documents_forbid_is_refused(message: Any, where: str, what: str) -> None:
    """The refusal names the property and says what is wrong with it, as LINE's samples do."""
    found, said = only_detail(message)
    assert said == what
    assert found.removeprefix("/") == where.removeprefix("messages[0].contents.").removeprefix("/")


def test_an_unknown_property_is_refused_only_when_strict() -> None:
    message = say(colour="red")
    refused = refusal(message)
    assert refused is not None
    assert refused.message == (
        "The property, messages[0].colour, in the request body is invalid (line: -, column: -)"
    )
    assert refusal(message, strict=False) is None


def test_letters_are_counted_as_LINE_counts_them() -> None:
    """Labels by what a person sees, everything else in UTF-16 units."""
    assert (len(THAI), utf16_length(THAI), grapheme_length(THAI)) == (18, 18, 12)
    assert (len(FAMILY), utf16_length(FAMILY), grapheme_length(FAMILY)) == (7, 11, 1)


def test_a_rich_menu_is_at_least_half_as_wide_again_as_high() -> None:
    menu = {
        "size": {"width": 2500, "height": 1686},
        "selected": True,
        "name": "ครู",
        "chatBarText": "ที่" * 14,
        "areas": [
            {
                "bounds": {"x": 0, "y": 0, "width": 10, "height": 10},
                "action": {"type": "richmenuswitch", "richMenuAliasId": "a", "data": "x"},
            }
        ],
    }
    assert refusal(menu, check=RICH_MENU) is None
    high = menu | {"size": {"width": 2500, "height": 1800}}
    refused = refusal(high, check=RICH_MENU)
    assert refused is not None
    assert refused.details[0].property == "messages[0].size.width"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "type text contents layout action actions label data template columns items mode "
                "initial hero body quickReply emojis substitution altText areas size".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(["text", "textV2", "flex", "template", "imagemap", "bubble", "box"])


@settings(max_examples=300, deadline=None)
@given(what=st.sampled_from(sorted(BODIES)), kind=KINDS, junk=JSON)
def test_no_junk_breaks_the_validator(what: str, kind: str, junk: Any) -> None:
    """Whatever a bot sends is taken or refused; the validator itself never fails."""
    check, _ = BODIES[what]
    inner = {**junk, "type": kind} if isinstance(junk, dict) else junk
    report = Report()
    check({"messages": [inner], "to": junk, "size": junk, "areas": [junk]}, "", report)
    assert report.details or report.unknown or what.startswith(("validate", "broadcast"))
