"""The check against LINE's own description agrees with an independent reader of schemas."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from simulator.openapi import Description
from tests.simulator.test_rules import BAD, GOOD, bubble, flex

LINES = Path(__file__).resolve().parents[3] / "shared" / "line-openapi"

#: The shapes that LINE's description uses, where that is not at hand.
SMALL = """
components:
  schemas:
    Request:
      type: object
      required: [messages]
      properties:
        messages: {type: array, minItems: 1, maxItems: 2, items: {$ref: "#/components/schemas/Any"}}
        seconds: {type: integer, minimum: 5, maximum: 60}
        units: {type: array, items: {type: string, pattern: "^[a-z]{1,3}$"}}
    Any:
      type: object
      required: [type]
      properties: {type: {type: string}}
      discriminator:
        propertyName: type
        mapping: {text: "#/components/schemas/Text", box: "#/components/schemas/Box"}
    Text:
      required: [text]
      allOf:
        - $ref: "#/components/schemas/Any"
        - type: object
          properties:
            text: {type: string, maxLength: 3}
            size: {type: string, enum: [sm, md]}
    Box:
      required: [contents]
      allOf:
        - $ref: "#/components/schemas/Any"
        - type: object
          properties:
            contents: {type: array, items: {$ref: "#/components/schemas/Any"}}
"""

WORD: dict[str, Any] = {"type": "text", "text": "abc", "size": "md"}


@pytest.fixture
def small(tmp_path: Path) -> Description:
    (tmp_path / "messaging-api.yml").write_text(SMALL)
    description = Description.read(tmp_path)
    assert description is not None
    return description


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"messages": [WORD, {"type": "box", "contents": [WORD]}], "seconds": 5}, None),
        ({"messages": [{"type": "text", "text": "abcd"}]}, "messages[0].text"),
        ({"messages": [{"type": "text"}]}, "messages[0].text"),
        ({"messages": [{**WORD, "size": "xl"}]}, "messages[0].size"),
        (
            {"messages": [{"type": "box", "contents": [{"type": "text", "text": 1}]}]},
            "messages[0].contents[0].text",
        ),
        ({"messages": [{"type": "image"}]}, "messages[0].type"),
        ({"messages": [{}]}, "messages[0].type"),
        ({"messages": []}, "messages"),
        ({"messages": [WORD] * 3}, "messages"),
        ({}, "messages"),
        ({"messages": [WORD], "seconds": 61}, "seconds"),
        ({"messages": [WORD], "seconds": True}, "seconds"),
        ({"messages": [WORD], "units": ["abcd"]}, "units[0]"),
        ({"messages": "x"}, "messages"),
    ],
)
def test_a_body_is_held_against_the_description(
    small: Description, body: Any, where: str | None
) -> None:
    """Each rule of the description is noticed, at the place where it is broken."""
    assert [path for path, _ in small.problems("Request", body)] == ([where] if where else [])


def test_without_a_description_there_is_no_check(tmp_path: Path) -> None:
    assert Description.read(tmp_path) is None


def test_the_description_is_read_as_jsonschema_reads_it() -> None:
    """Our messages, right and wrong, are judged as an independent reader judges them."""
    components = _components()
    request = "PushMessageRequest" if "PushMessageRequest" in components else "Request"
    ours = Description(components)
    theirs = jsonschema.Draft202012Validator(
        {
            "$ref": f"#/components/schemas/{request}",
            "components": {"schemas": _with_kinds(components)},
        }
    )
    wrong = [message for message, _, _ in BAD.values()]
    right = [message for name, message in GOOD.items() if name != "null is absent"]
    for message in [*right, *wrong, WORD, {"type": "no"}, {"type": "text", "text": 1}]:
        body = {"to": "U" + "0" * 32, "messages": [message]}
        assert (ours.problems(request, body) == []) == theirs.is_valid(body), message


def _components() -> Any:
    small = yaml.safe_load(SMALL)
    whole = yaml.safe_load((LINES / "messaging-api.yml").read_text()) if LINES.is_dir() else small
    return whole["components"]["schemas"]


def _with_kinds(components: Any) -> dict[str, Any]:
    """The schemas with each discriminator spelled out as if/then, which jsonschema follows."""
    spelled: dict[str, Any] = {}
    for name, schema in components.items():
        parents = [
            {"$ref": part["$ref"] + "_plain"} if "$ref" in part else part
            for part in schema.get("allOf", [])
        ]
        plain = {**schema, "allOf": parents} if parents else schema
        choice = schema.get("discriminator")
        spelled[name + "_plain"] = plain
        spelled[name] = {"allOf": [plain, *(_kinds(choice) if choice else [])]}
    return spelled


def _kinds(choice: Any) -> list[Any]:
    key, mapping = choice["propertyName"], choice["mapping"]
    known = {"properties": {key: {"enum": list(mapping)}}}
    return [
        known,
        *(
            {
                "if": {"properties": {key: {"const": kind}}, "required": [key]},
                "then": {"$ref": reference},
            }
            for kind, reference in mapping.items()
        ),
    ]


def test_the_check_is_quick() -> None:
    """A card of thirty lines takes well under ten milliseconds, so that it can stay on."""
    if LINES.is_dir():
        description = Description.read(LINES)
        request = "ReplyMessageRequest"
    else:
        description = Description(yaml.safe_load(SMALL)["components"]["schemas"])
        request = "Request"
    assert description is not None
    card = flex(bubble(*[{"type": "text", "text": "abc"}] * 30))
    message = card if request == "ReplyMessageRequest" else {"type": "box", "contents": [WORD] * 30}
    body = {"replyToken": "x", "messages": [message]}
    assert description.problems(request, body) == []
    started = time.perf_counter()
    for _ in range(20):
        description.problems(request, body)
    assert (time.perf_counter() - started) / 20 < 0.01
