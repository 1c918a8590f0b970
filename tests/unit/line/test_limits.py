"""Our validator of LINE's limits: every limit at its edge, and agreement with the SDK's models."""

from __future__ import annotations

import json
from typing import Any

import pytest

from line import limits
from line import messages as say
from line.limits import BeyondLimits
from tests.line.samples import BREAKS, FITS


@pytest.mark.parametrize("name", FITS)
def test_what_fits_is_taken(name):
    """
    The largest that LINE takes is taken.
    """
    limits.check([FITS[name]])


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_a_limit_is_named(name):
    """
    One more than that is refused, with the path as LINE writes it.
    """
    message, path = BREAKS[name]

    with pytest.raises(BeyondLimits) as caught:
        limits.check([message])

    assert caught.value.path == path


def test_a_turn_says_one_to_five_messages():
    """
    None and six are refused.
    """
    hello = say.text("สวัสดี")
    limits.check([hello] * 5)

    for wrong in ([], [hello] * 6):
        with pytest.raises(BeyondLimits):
            limits.check(wrong)


def test_the_path_names_the_message():
    """
    The third of three messages is messages[2].
    """
    with pytest.raises(BeyondLimits, match=r"^messages\[2\]\.text: "):
        limits.check([say.text("a"), say.text("b"), {"type": "text", "text": ""}])


def test_a_rich_menu_has_limits_too():
    """
    Size, name, the bar's text in graphemes, areas.
    """
    area = {"bounds": {"x": 0, "y": 0, "width": 9, "height": 9}, "action": say.say("เมนู")}
    menu = {
        "size": {"width": 2500, "height": 1686},
        "selected": True,
        "name": "teacher:th:0",
        "chatBarText": "ที่" * 14,
        "areas": [area],
    }
    limits.check_rich_menu(menu)

    breaks: list[tuple[dict[str, Any], str]] = [
        ({"size": {"width": 2500, "height": 1800}}, "size"),
        ({"chatBarText": "ก" * 15}, "chatBarText"),
        ({"areas": [area] * 21}, "areas"),
        ({"areas": [area | {"action": say.camera("ถ่ายรูป")}]}, "areas[0].action.type"),
    ]
    for wrong, path in breaks:
        with pytest.raises(BeyondLimits) as caught:
            limits.check_rich_menu(menu | wrong)
        assert caught.value.path == path


@pytest.fixture(scope="module")
def from_dict():
    """The SDK's reading of a reply request."""
    from linebot.v3.messaging import ReplyMessageRequest

    return ReplyMessageRequest.from_dict


@pytest.mark.parametrize("name", FITS)
def test_the_sdks_models_take_what_we_take_and_lose_nothing(name, from_dict):
    """
    Every message that we let through is one the SDK knows, word for word.
    """
    message = FITS[name]

    read = from_dict({"replyToken": "x", "messages": [message]}).to_dict()["messages"][0]

    assert contains(read, message)


def contains(read: Any, given: Any) -> bool:
    """Whether everything given is in what was read; the SDK adds defaults."""
    if isinstance(given, dict):
        return all(key in read and contains(read[key], value) for key, value in given.items())
    if isinstance(given, list):
        return len(read) == len(given) and all(map(contains, read, given))
    return json.dumps(read) == json.dumps(given)
