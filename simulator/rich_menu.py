"""Rich menus: the menus, their pictures, aliases, and which one is the default."""

import struct
from dataclasses import dataclass, field

from simulator import ids
from simulator.refusals import Json, Refusal

MOST_MENUS = 1_000
MOST_BYTES = 2**20  #: of a picture


@dataclass(slots=True)
class RichMenu:
    """One menu as it was created, and its picture."""

    rich_menu_id: str
    body: Json
    image: bytes = b""
    mime: str = ""

    def shown(self) -> Json:
        """The menu as LINE returns it."""
        return {"richMenuId": self.rich_menu_id, **self.body}


@dataclass(slots=True)
class RichMenus:
    """All menus of the channel."""

    menus: dict[str, RichMenu] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str | None = None

    def create(self, body: Json) -> RichMenu:
        """Keep a new menu; raises Refusal 400 when there are too many."""
        if len(self.menus) >= MOST_MENUS:
            raise Refusal(400, "The number of rich menus has reached the limit")
        menu = RichMenu(ids.rich_menu_id(), body)
        self.menus[menu.rich_menu_id] = menu
        return menu

    def get(self, rich_menu_id: str) -> RichMenu:
        """The menu; raises Refusal 404."""
        menu = self.menus.get(rich_menu_id)
        if menu is None:
            raise Refusal(404, "richmenu not found")
        return menu

    def usable(self, rich_menu_id: str) -> RichMenu:
        """A menu that may be linked; raises Refusal 404, or 400 without a picture."""
        menu = self.get(rich_menu_id)
        if not menu.image:
            raise Refusal(400, "must upload richmenu image before applying it to user")
        return menu

    def upload(self, rich_menu_id: str, data: bytes, mime: str) -> None:
        """Give a menu its picture, once; raises Refusal."""
        menu = self.get(rich_menu_id)
        if menu.image:
            raise Refusal(400, "An image has already been uploaded to the richmenu")
        if len(data) > MOST_BYTES:
            raise Refusal(413, "The image is larger than 1 MB")
        size = picture_size(data)
        if size is None:
            raise Refusal(400, "The image is not a JPEG or PNG image")
        width, height = size
        if not (800 <= width <= 2500 and height >= 250 and width / height >= 1.45):
            raise Refusal(400, f"The image size {width}x{height} is invalid")
        menu.image, menu.mime = data, mime

    def delete(self, rich_menu_id: str) -> None:
        """Delete a menu; those who had it fall back to the default. Raises Refusal 404."""
        self.get(rich_menu_id)
        del self.menus[rich_menu_id]
        if self.default == rich_menu_id:
            self.default = None

    def shown(self, own: str | None) -> Json | None:
        """What a phone shows that is linked to `own`."""
        menu = self.menus.get(own or "") or self.menus.get(self.default or "")
        return menu.shown() if menu else None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None if it is neither."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None
