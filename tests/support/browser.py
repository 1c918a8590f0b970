"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

#: Root has no sandbox, tests have no GPU, and the browser has nobody to call.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]
#: A phone people have, and a desk.
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}


def find_chromium() -> str | None:
    """Debian's browser, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
