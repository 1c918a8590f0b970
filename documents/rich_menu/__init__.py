"""The picture under the chat: tiles with Thai letters shaped correctly, and where to tap."""

from documents.rich_menu.menu import Menu, draw
from documents.rich_menu.tiles import MENUS, tiles_of

__all__ = ["MENUS", "Menu", "draw", "tiles_of"]
