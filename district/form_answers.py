"""What a form's page answers: the page, words for its script, or a kind word."""

from __future__ import annotations

import gzip
import re
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import TransientFault
from core.i18n import Lazy, translator
from district import form_words
from district.form_fields import TableView
from district.form_opening import Refused
from district.form_posts import Posted, Saved
from district.form_section import SectionView

_TEXTS: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json"}
)
#: White space that only makes templates readable; in answers there is no < and no >.
_BETWEEN_TAGS: Final = re.compile(r">\s+<")
#: One style, one script, both ours; the script talks to us alone.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def harden(pages: Blueprint) -> None:
    """What holds for every answer, and what a person is told when there is nothing to show."""
    pages.after_request(_keep_private)
    pages.register_error_handler(Refused, _kindly)
    pages.register_error_handler(TransientFault, _busy)
    pages.register_error_handler(RequestEntityTooLarge, _too_large)


def draw(view: SectionView, template: str = "form/section.html") -> str:
    """A section as a page, or its questions alone."""
    return render(template, view=view, w=form_words.words(view.t), language=view.t.language)


def render(template: str, **values: Any) -> str:
    """A template, without the white space between its tags."""
    return _BETWEEN_TAGS.sub("><", render_template(template, **values))


def to_script(view: SectionView, saved: Saved, posted: Posted) -> Response:
    """What a save by the script changed; the section anew where its questions are others now."""
    t = view.t
    w = form_words.words(t)
    lists = (
        ("changed_there", saved.theirs),
        ("changed_both", saved.ours),
        ("no_home", saved.homeless),
    )
    body: dict[str, Any] = {
        "saved": saved.paths,
        "errors": {path: t(hint) for path, hint in saved.errors.items()},
        "notes": {path: t(note) for path, note in saved.notes.items()},
        "said": [
            *saved.said,
            *(
                f"{w[name]} {', '.join(view.name_of(path) for path in paths)}"
                for name, paths in lists
                if paths
            ),
        ],
        "fields": {
            one.path: {"was": one.was, "texts": list(one.texts)}
            for one in view.fields
            if one.path in posted.paths
        },
        "tables": {
            one.path: one.was
            for one in view.blocks
            if isinstance(one, TableView) and one.path in posted.paths
        },
        "progress": f"{view.answered}/{view.of}",
    }
    if view.shape != posted.shape:
        body["html"] = draw(view, "form/questions.html")
    return jsonify(body)


def _keep_private(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    if request.endpoint == "form.static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return _smaller(response)


def _smaller(response: Response) -> Response:
    """Texts compressed where the browser takes it: a sixth of the bytes, and 2G counts each.

    Nothing a stranger sends is ever drawn beside what is secret (the cookie is SameSite), so that
    lengths tell nobody anything.
    """
    if not request.accept_encodings["gzip"] or response.mimetype not in _TEXTS:
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _kind_page(words: tuple[Lazy, Lazy], status: HTTPStatus, language: str) -> Response:
    t = translator(language)
    heading, body = words
    page = render_template("form/kind.html", heading=t(heading), body=t(body), language=language)
    return make_response(page, status)


def _kindly(refused: Refused) -> Response:
    return _kind_page(refused.words, refused.status, refused.language)


def _busy(_fault: TransientFault) -> Response:
    return _kind_page(form_words.BUSY, HTTPStatus.SERVICE_UNAVAILABLE, "th")


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return _kind_page(form_words.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "th")
