"""Rich menu objects and what is asked about them."""

from simulator.refusals import Json
from simulator.rules.actions import Place, action
from simulator.rules.checks import (
    Report,
    array,
    boolean,
    integer,
    join,
    shape,
    text,
    thing,
)

LEAST_RATIO = 1.45


def _wide_enough(value: Json, path: str, report: Report) -> None:
    if value["width"] / value["height"] < LEAST_RATIO:
        report.add(f"width / height must be at least {LEAST_RATIO}", join(path, "width"))


_BOUNDS = thing(
    {
        "x": integer(0, 2500),
        "y": integer(0, 2500),
        "width": integer(1, 2500),
        "height": integer(1, 2500),
    }
)
RICH_MENU = thing(
    {
        "size": thing({"width": integer(800, 2500), "height": integer(250)}, {}, _wide_enough),
        "selected": boolean,
        "name": text(300, graphemes=True),
        "chatBarText": text(14, graphemes=True),
        "areas": array(
            thing({"bounds": _BOUNDS, "action": action(Place.RICH_MENU)}), least=0, most=20
        ),
    }
)
_ALIAS_ID = shape(r"[a-z0-9_-]{1,32}", "invalid richmenu alias id")
ALIAS = thing({"richMenuAliasId": _ALIAS_ID, "richMenuId": text(100)})
ALIAS_CHANGE = thing({"richMenuId": text(100)})
_USER_IDS = array(shape(r"U[0-9a-f]{32}"), least=1, most=500)
BULK_LINK = thing({"richMenuId": text(100), "userIds": _USER_IDS})
BULK_UNLINK = thing({"userIds": _USER_IDS})
