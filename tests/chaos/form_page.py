"""A form's page in a browser that tries again: saves over HTTP to a bot that dies meanwhile."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import time
import urllib.error
import urllib.request
from html import unescape
from urllib.parse import urlencode, urlsplit

#: Seconds for which one thing is tried again.
PATIENCE = 60.0
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class NotOurs(Exception):
    """The page is not (any more) this browser's: used up, sent, or put away."""


class FormPage:
    """One browser with one link."""

    def __init__(self, link: str) -> None:
        self._link = link
        parts = urlsplit(link)
        self._home = f"{parts.scheme}://{parts.netloc}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def opens(self) -> None:
        """Trade the link for a cookie. Raises `NotOurs`."""
        self._ask(self._link)

    def saves(self, section: str, **answers: str) -> None:
        """Save answers of a section, and hear that they are taken. Raises `NotOurs`."""
        address = f"{self._home}/form/s/{section}"
        hidden = dict(_HIDDEN.findall(self._ask(address)))
        marks = {f"was.{path}" for path in answers}
        values = {
            name: unescape(value)
            for name, value in hidden.items()
            if not name.startswith("was.") or name in marks
        }
        values |= {f"f.{path}": value for path, value in answers.items()}
        self._ask(address, urlencode({**values, "do": "stay"}).encode())

    def _ask(self, address: str, body: bytes | None = None) -> str:
        """One request, the same again while nobody answers or somebody is too busy."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with self._opener.open(address, body, timeout=10) as answer:
                    return str(answer.read().decode())
            except urllib.error.HTTPError as error:
                with error:
                    if error.code < 500:
                        raise NotOurs(error.code) from None
            except (OSError, http.client.HTTPException):
                pass
            if time.monotonic() > end:
                raise TimeoutError(f"no page within {PATIENCE:g} s")
            time.sleep(0.3)
