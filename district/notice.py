"""The privacy notice as a page: what the card in the chat links to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, render_template, request

from core.i18n import LANGUAGES, Lazy, translator
from services import privacy

pages: Final = Blueprint(
    "district",
    __name__,
    url_prefix="/district",
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)


@pages.get("/notice")
def notice() -> str:
    """The whole notice, in the language of `?language=`; Thai without it."""
    return _page(privacy.TITLE, privacy.FULL)


@pages.get("/notice/home")
def notice_of_the_home() -> str:
    """The notice for a family that is visited: the letter's QR code leads here (P42)."""
    return _page(privacy.HOME_TITLE, privacy.HOME)


def _page(title: Lazy, sections: Sequence[tuple[Lazy, Lazy]]) -> str:
    t = translator(request.args.get("language", LANGUAGES[0]))
    return render_template(
        "notice.html",
        language=t.language,
        languages=LANGUAGES,
        title=t(title),
        version=privacy.VERSION,
        sections=[(t(heading), t(body)) for heading, body in sections],
    )
