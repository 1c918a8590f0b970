"""`/take/…`: the receiver outside the office says that they have a case (P4).

Looking changes nothing: mail scanners look at every link. A button does, once. Number and urgency
stand on the page, and nothing of what was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, make_response, render_template
from sqlalchemy.orm import Session

from core.clock import Clock
from core.database import Database
from core.i18n import Lazy, translator
from core.i18n import lazy as _
from models.incident import OPEN, Incident, Severity
from services.urgent import outside_links

_SEVERITIES: Final[dict[Severity, Lazy]] = {
    Severity.CRITICAL: _("Critical"),
    Severity.URGENT: _("Urgent"),
    Severity.NORMAL: _("Normal"),
}
_WAITS: Final = _(
    "A report about somebody at the area office waits for you, the receiver outside of it. Please "
    "press the button when you take it; whoever reported it is told then."
)
_TAKEN: Final = _(
    "It has been taken. Thank you. What was told can be read in LINE only, by the partner whom the "
    "office has named."
)
_GONE: Final = _("This link does not open anything any more.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says."""

    title: Lazy
    lines: tuple[Lazy, ...]
    is_open: bool = False
    status: HTTPStatus = HTTPStatus.OK


def pages(database: Database, clock: Clock) -> Blueprint:
    """The page of a link, and its one button."""
    made = Blueprint(
        "outside", __name__, url_prefix=outside_links.PAGE, template_folder="templates"
    )

    @made.get("/<token>")
    def look(token: str) -> Response:
        """What waits; who only looks changes nothing."""
        return _draw(
            database.read(
                lambda session: _shown(outside_links.find(session, token, now=clock.now()))
            )
        )

    @made.post("/<token>")
    def take(token: str) -> Response:
        """รับเรื่อง; a second time says that it is taken."""

        def work(session: Session) -> Shown:
            return _shown(outside_links.take(session, token, now=clock.now()))

        return _draw(database.run(work))

    return made


def _shown(incident: Incident | None) -> Shown:
    if incident is None:
        return Shown(_GONE, (), status=HTTPStatus.GONE)
    title = _("No. %(number)s", number=incident.number)
    if incident.is_drill:
        title = _("DRILL · %(words)s", words=title)
    is_open = incident.status in OPEN
    urgency = _SEVERITIES[incident.severity]
    return Shown(title, (urgency, _WAITS if is_open else _TAKEN), is_open)


def _draw(shown: Shown) -> Response:
    t = translator("th")
    page = render_template(
        "outside.html",
        language=t.language,
        title=t(shown.title),
        lines=[t(line) for line in shown.lines],
        take=t(_("I take it")) if shown.is_open else "",
    )
    response = make_response(page, shown.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
