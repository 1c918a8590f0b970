"""Messages at the edge of LINE's limits, and one step beyond it with the path of what is wrong."""

from __future__ import annotations

from typing import Any

from line import messages as say

FAMILY = "👨‍👩‍👧‍👦"


def chip(**more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "ตกลง", "data": "x", **more}


def text(*actions: Any, body: str = "ไหน") -> dict[str, Any]:
    return {
        "type": "text",
        "text": body,
        "quickReply": {"items": [{"type": "action", "action": each} for each in actions]},
    }


def card(*body: Any, **bubble: Any) -> dict[str, Any]:
    return {
        "type": "flex",
        "altText": "สรุป",
        "contents": say.bubble(body or [say.words("x")]) | bubble,
    }


def buttons(**template: Any) -> dict[str, Any]:
    whole = {"type": "buttons", "text": "ไหน", "actions": [chip()], **template}
    return {"type": "template", "altText": "ไหน", "template": whole}


FITS: dict[str, Any] = {
    "the longest text": {"type": "text", "text": "ก" * 5000},
    "as long in UTF-16": {"type": "text", "text": "🍎" * 2500},
    "a label of 20 families": text(chip(label=FAMILY * 20)),
    "a Thai label of 20 graphemes": text(chip(label="ที่" * 20)),
    "thirteen chips": text(*[chip()] * 13),
    "camera and place": text(
        say.camera("ถ่ายรูป"), say.camera_roll("เลือกรูป"), say.share_location("ปักหมุด")
    ),
    "a date wheel": text(
        say.date_picker(
            "เลือกวัน", "d", initial="2026-11-18", earliest="2026-05-16", latest="2026-11-21"
        )
    ),
    "data of 300": text(chip(data="ก" * 300)),
    "a telephone": card(say.button(say.link("โทร 1300", "tel:1300"))),
    "a Flex label of 40": card(say.button(chip(label="ที่" * 40))),
    "twelve bubbles": say.flex("x", say.carousel([say.bubble([say.words("x")])] * 12)),
    "a confirm": {
        "type": "template",
        "altText": "ลบไหม",
        "template": {"type": "confirm", "text": "ลบไหม", "actions": [chip(), chip()]},
    },
    "buttons": buttons(),
    "a picture": {
        "type": "image",
        "originalContentUrl": "https://example.org/a.jpg",
        "previewImageUrl": "https://example.org/a.jpg",
    },
    "a clipboard": text(say.clipboard("คัดลอก", "ABCD-1234")),
}

BREAKS: dict[str, tuple[Any, str]] = {
    "an empty text": ({"type": "text", "text": ""}, "messages[0].text"),
    "a text of 5001": ({"type": "text", "text": "ก" * 5001}, "messages[0].text"),
    "too long in UTF-16": ({"type": "text", "text": "🍎" * 2501}, "messages[0].text"),
    "a text that is none": ({"type": "text", "text": None}, "messages[0].text"),
    "an unknown property": ({"type": "text", "text": "x", "size": 1}, "messages[0].size"),
    "an unknown message": ({"type": "txt"}, "messages[0].type"),
    "a label of 21": (
        text(chip(), chip(label="ที่" * 21)),
        "messages[0].quickReply.items[1].action.label",
    ),
    "a chip without label": (
        text({"type": "message", "text": "x"}),
        "messages[0].quickReply.items[0].action.label",
    ),
    "fourteen chips": (text(*[chip()] * 14), "messages[0].quickReply.items"),
    "no chip": (text(), "messages[0].quickReply.items"),
    "data of 301": (
        text(chip(data="x" * 301)),
        "messages[0].quickReply.items[0].action.data",
    ),
    "data of 300 in UTF-16 and 150 letters more": (
        text(chip(data="🍎" * 151)),
        "messages[0].quickReply.items[0].action.data",
    ),
    "words to be shown of 301": (
        text(chip(displayText="ก" * 301)),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "both texts": (
        text(chip(displayText="a", text="b")),
        "messages[0].quickReply.items[0].action.text",
    ),
    "a wheel from late to early": (
        text(say.date_picker("วัน", "d", initial=None, earliest="2026-11-21", latest="2026-05-16")),
        "messages[0].quickReply.items[0].action.max",
    ),
    "a wheel that begins outside": (
        text(
            say.date_picker(
                "วัน", "d", initial="2026-11-22", earliest="2026-05-16", latest="2026-11-21"
            )
        ),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "a Buddhist year": (
        text(say.date_picker("วัน", "d", initial="2569-11-18", earliest=None, latest=None)),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "a camera on a card": (
        card(say.button(say.camera("ถ่ายรูป"))),
        "messages[0].contents.body.contents[0].action.type",
    ),
    "a Flex label of 41": (
        card({"type": "button", "action": chip(label="ก" * 41)}),
        "messages[0].contents.body.contents[0].action.label",
    ),
    "an address with Thai letters": (
        card(say.button(say.link("เปิด", "https://example.org/ครู"))),
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "a script for an address": (
        card(say.button(say.link("เปิด", "javascript:alert(1)"))),
        "messages[0].contents.body.contents[0].action.uri",
    ),
    "a text component without text": (
        card({"type": "text", "text": ""}),
        "messages[0].contents.body.contents[0].text",
    ),
    "a component in a box in a box": (
        card(say.row([say.words("a"), say.column([{"type": "text"}])])),
        "messages[0].contents.body.contents[0].contents[1].contents[0].text",
    ),
    "an unknown component": (
        card({"type": "paragraph"}),
        "messages[0].contents.body.contents[0].type",
    ),
    "a property that Flex has not": (
        card(say.words("x", bold=True)),
        "messages[0].contents.body.contents[0].bold",
    ),
    "a bubble of 30 KB": (card(*[say.words("ก" * 1000)] * 10), "messages[0].contents"),
    "a carousel of 50 KB": (
        say.flex("x", say.carousel([say.bubble([say.words("ก" * 1900)])] * 9)),
        "messages[0].contents",
    ),
    "bubbles of two sizes": (
        say.flex(
            "x",
            say.carousel([say.bubble([say.words("x")]), say.bubble([say.words("x")], size="kilo")]),
        ),
        "messages[0].contents.contents",
    ),
    "thirteen bubbles": (
        {
            "type": "flex",
            "altText": "x",
            "contents": {"type": "carousel", "contents": [say.bubble([say.words("x")])] * 13},
        },
        "messages[0].contents.contents",
    ),
    "no altText": (
        {"type": "flex", "contents": say.bubble([say.words("x")])},
        "messages[0].altText",
    ),
    "an altText of 1501": (card() | {"altText": "ก" * 1501}, "messages[0].altText"),
    "five buttons": (buttons(actions=[chip()] * 5), "messages[0].template.actions"),
    "a title and a long text": (
        buttons(title="สรุป", text="ก" * 61),
        "messages[0].template.text",
    ),
    "a confirm with one button": (
        {
            "type": "template",
            "altText": "x",
            "template": {"type": "confirm", "text": "x", "actions": [chip()]},
        },
        "messages[0].template.actions",
    ),
    "a picture without https": (
        {
            "type": "image",
            "originalContentUrl": "http://example.org/a.jpg",
            "previewImageUrl": "https://example.org/a.jpg",
        },
        "messages[0].originalContentUrl",
    ),
    "a message without its part": ({"type": "flex", "altText": "x"}, "messages[0]"),
}
