"""Template messages: buttons, confirm, carousel and image carousel."""

from simulator.refusals import Json
from simulator.rules.actions import Place, action
from simulator.rules.checks import (
    Check,
    Report,
    anything,
    array,
    choice,
    grapheme_length,
    join,
    shape,
    text,
    thing,
    union,
    uri,
)

_BUTTON = action(Place.TEMPLATE)
_IMAGE = uri("https")
_COLOR = shape(r"#[0-9a-fA-F]{6}")
_LOOK: dict[str, Check] = {
    "imageAspectRatio": choice("rectangle", "square"),
    "imageSize": choice("cover", "contain"),
}
_PICTURE: dict[str, Check] = {
    "thumbnailImageUrl": _IMAGE,
    "imageBackgroundColor": _COLOR,
    "title": text(40, graphemes=True),
    "defaultAction": action(Place.DEFAULT),
}
SHORT = 60  #: a text beside a title or an image


def _short_beside_picture(value: Json, path: str, report: Report) -> None:
    pictured = value.get("title") or value.get("thumbnailImageUrl")
    if pictured and grapheme_length(value["text"]) > SHORT:
        report.add(f"Length must be between 0 and {SHORT}", join(path, "text"))


def _same_columns(value: Json, path: str, report: Report) -> None:
    first, *others = value["columns"]
    for index, column in enumerate(others, 1):
        where = f"{join(path, 'columns')}[{index}]"
        if len(column["actions"]) != len(first["actions"]):
            report.add("The number of actions must be the same in all columns", where + ".actions")
        for name in ("title", "thumbnailImageUrl"):
            if bool(column.get(name)) != bool(first.get(name)):
                report.add("must be specified in all columns or in none", f"{where}.{name}")


_COLUMN = thing(
    {"text": text(120, graphemes=True), "actions": array(_BUTTON, least=1, most=3)},
    _PICTURE,
    _short_beside_picture,
)
_IMAGE_COLUMN = thing({"imageUrl": _IMAGE, "action": action(Place.IMAGE_CAROUSEL)})

TEMPLATE = union(
    {
        "buttons": thing(
            {
                "type": anything,
                "text": text(160, graphemes=True),
                "actions": array(_BUTTON, least=1, most=4),
            },
            _PICTURE | _LOOK,
            _short_beside_picture,
        ),
        "confirm": thing(
            {
                "type": anything,
                "text": text(240, graphemes=True),
                "actions": array(_BUTTON, least=2, most=2),
            }
        ),
        "carousel": thing(
            {"type": anything, "columns": array(_COLUMN, least=1, most=10)}, _LOOK, _same_columns
        ),
        "image_carousel": thing(
            {"type": anything, "columns": array(_IMAGE_COLUMN, least=1, most=10)}
        ),
    }
)
