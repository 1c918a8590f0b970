"""Whether LINE takes pictures of ours: a message it refuses would cost the whole reply."""

from __future__ import annotations

import pytest

from core.settings import Settings
from line import limits
from line.messages import image


@pytest.mark.parametrize(
    ("public", "line", "url"),
    [
        ("https://doolae.go.th", "https://api.line.me", "https://doolae.go.th"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001", "http://127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "https://api.line.me", ""),
        ("http://doolae.go.th", "http://127.0.0.1:8001", ""),
        ("", "http://127.0.0.1:8001", ""),
    ],
)
def test_pictures_leave_only_where_they_are_taken(public, line, url):
    """
    Https for LINE; an address of this computer only for a simulator beside us.
    """
    settings = Settings.from_environ(
        {"SECRET_KEY": "x" * 32, "PUBLIC_URL": public, "LINE_API_URL": line}
    )

    assert settings.pictures_url == url


def test_a_picture_elsewhere_without_https_is_beyond_the_limits():
    """
    What LINE refuses never leaves.
    """
    limits.check([image("https://doolae.go.th/a.png")])
    limits.check([image("http://127.0.0.1:8000/a.png")])
    for url in ("http://doolae.go.th/a.png", "http://127.0.0.1.evil.org/a.png"):
        with pytest.raises(limits.BeyondLimits):
            limits.check([image(url)])
