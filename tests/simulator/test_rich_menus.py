"""Rich menus: made, pictured, linked, switched and taken away."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from tests.simulator.conftest import Person, refused
from tests.simulator.stand_in import StandIn
from tests.support.simulator import TOKEN, Refused, Simulator

AREA = {
    "bounds": {"x": 0, "y": 0, "width": 400, "height": 270},
    "action": {"type": "message", "label": "เมนู", "text": "เมนู"},
}


def menu(*areas: Any, width: int = 800, height: int = 270) -> dict[str, Any]:
    return {
        "size": {"width": width, "height": height},
        "selected": True,
        "name": "ครู",
        "chatBarText": "เมนู",
        "areas": list(areas) or [AREA],
    }


def png(width: int = 800, height: int = 270) -> bytes:
    """A white PNG of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xff" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def upload(
    line: Simulator, menu_id: str, data: bytes | None = None, mime: str = "image/png"
) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": mime}
    path = f"/v2/bot/richmenu/{menu_id}/content"
    return line.call("POST", path, png() if data is None else data, headers=headers)


@pytest.fixture
def made(line: Simulator) -> Any:
    """Makes a menu with its picture; returns its id."""

    def make(*areas: Any) -> str:
        menu_id: str = line.line("POST", "/v2/bot/richmenu", menu(*areas))["richMenuId"]
        upload(line, menu_id)
        return menu_id

    yield make
    line.line("DELETE", "/v2/bot/user/all/richmenu")


def test_a_menu_needs_its_picture(line: Simulator, person: Person) -> None:
    """It cannot be linked without one, and gets exactly one."""
    menu_id = line.line("POST", "/v2/bot/richmenu", menu())["richMenuId"]
    link = f"/v2/bot/user/{person.user_id}/richmenu/{menu_id}"
    assert refused(line, "POST", link) == (
        400,
        {"message": "must upload richmenu image before applying it to user"},
    )
    upload(line, menu_id)
    assert line.line("GET", f"/v2/bot/richmenu/{menu_id}/content") == png()
    line.line("POST", link)
    shown = person.chat()["richMenu"]
    assert shown["richMenuId"] == menu_id
    assert line.call("GET", shown["imageUrl"]) == png()
    with pytest.raises(Refused, match="already been uploaded"):
        upload(line, menu_id)


@pytest.mark.parametrize(
    ("data", "mime", "status"),
    [
        (png(), "image/gif", 415),
        (b"GIF89a", "image/png", 400),
        (png(800, 600), "image/png", 400),
        (png() + bytes(2**20), "image/png", 413),
    ],
)
def test_an_unfit_picture_is_refused(line: Simulator, data: bytes, mime: str, status: int) -> None:
    menu_id = line.line("POST", "/v2/bot/richmenu", menu())["richMenuId"]
    with pytest.raises(Refused) as caught:
        upload(line, menu_id, data, mime)
    assert caught.value.status == status


def test_ones_own_menu_stands_before_the_default(
    line: Simulator, person: Person, made: Any
) -> None:
    default, own = made(), made()
    assert refused(line, "GET", "/v2/bot/user/all/richmenu")[1] == {
        "message": "no default richmenu"
    }
    line.line("POST", f"/v2/bot/user/all/richmenu/{default}")
    assert person.chat()["richMenu"]["richMenuId"] == default
    path = f"/v2/bot/user/{person.user_id}/richmenu"
    assert refused(line, "GET", path) == (404, {"message": "the user has no richmenu"})
    line.line("POST", f"{path}/{own}")
    assert line.line("GET", path) == {"richMenuId": own}
    assert person.chat()["richMenu"]["richMenuId"] == own
    line.line("DELETE", path)
    assert person.chat()["richMenu"]["richMenuId"] == default
    line.line("DELETE", f"/v2/bot/richmenu/{default}")
    assert person.chat()["richMenu"] is None


def test_a_menu_is_not_linked_to_a_stranger(line: Simulator, stranger: Person, made: Any) -> None:
    """200 and nothing happens; the same for many at once, which is 202."""
    menu_id = made()
    line.line("POST", f"/v2/bot/user/{stranger.user_id}/richmenu/{menu_id}")
    body = {"richMenuId": menu_id, "userIds": [stranger.user_id]}
    line.line("POST", "/v2/bot/richmenu/bulk/link", body)
    stranger.does("follow")
    assert stranger.chat()["richMenu"] is None
    line.line("POST", "/v2/bot/richmenu/bulk/link", body)
    assert stranger.chat()["richMenu"]["richMenuId"] == menu_id
    line.line("POST", "/v2/bot/richmenu/bulk/unlink", {"userIds": [stranger.user_id]})
    assert stranger.chat()["richMenu"] is None


def test_a_menu_is_lost_with_a_block(line: Simulator, person: Person, made: Any) -> None:
    """After block and unblock the bot has to link it again."""
    line.line("POST", f"/v2/bot/user/{person.user_id}/richmenu/{made()}")
    person.does("block")
    person.does("unblock")
    assert person.chat()["richMenu"] is None


def test_a_tab_switches_the_menu(line: Simulator, person: Person, bot: StandIn, made: Any) -> None:
    """The phone changes by itself and tells the bot; an alias that is gone is told as well."""
    second = made()
    alias = {"richMenuAliasId": "second", "richMenuId": second}
    line.line("POST", "/v2/bot/richmenu/alias", alias)
    assert refused(line, "POST", "/v2/bot/richmenu/alias", alias)[1] == {
        "message": "conflict richmenu alias id"
    }
    assert line.line("GET", "/v2/bot/richmenu/alias/second") == alias
    switch = {
        "type": "richmenuswitch",
        "label": "ถัดไป",
        "richMenuAliasId": "second",
        "data": "tab",
    }
    first = made({**AREA, "action": switch})
    link = f"/v2/bot/user/{person.user_id}/richmenu/{first}"
    line.line("POST", link)
    person.does("tap", {"label": "ถัดไป", "source": "richMenu"})
    assert person.chat()["richMenu"]["richMenuId"] == second
    line.line("POST", link)
    line.line("DELETE", "/v2/bot/richmenu/alias/second")
    person.does("tap", {"index": 0, "source": "richMenu"})
    line.settle()
    assert [event["postback"]["params"] for event in bot.events()] == [
        {"newRichMenuAliasId": "second", "status": "SUCCESS"},
        {"status": "RICHMENU_ALIAS_ID_NOTFOUND"},
    ]


def test_menus_are_listed_checked_and_not_found(line: Simulator, made: Any) -> None:
    menu_id = made()
    listed = line.line("GET", "/v2/bot/richmenu/list")["richmenus"]
    assert menu_id in [one["richMenuId"] for one in listed]
    assert line.line("POST", "/v2/bot/richmenu/validate", menu()) == {}
    too_high = menu(height=600)
    assert refused(line, "POST", "/v2/bot/richmenu/validate", too_high)[0] == 400
    assert refused(line, "POST", "/v2/bot/richmenu", too_high)[0] == 400
    assert refused(line, "GET", "/v2/bot/richmenu/richmenu-0")[0] == 404
    many = menu(*[AREA] * 21)
    assert refused(line, "POST", "/v2/bot/richmenu", many)[1]["details"] == [
        {"message": "Size must be between 0 and 20", "property": "areas"}
    ]
