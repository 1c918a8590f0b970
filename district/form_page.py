"""`/form/…`: sections of a draft as a page, behind a one-time link (P19).

One request is one transaction. What is shown is made inside it and drawn after it. The page works
without scripts; `static/form/form.js` saves each answer as it is given and keeps it while there is
no signal.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    request,
    url_for,
)
from sqlalchemy.orm import Session

from core.i18n import Translator
from core.store import NotStored
from district import form_answers, form_words
from district.form_assets import asset
from district.form_opening import COOKIE, Door, Refused, is_ours, open_page, part_of
from district.form_photos import add_photos, take_files
from district.form_posts import Saved, read_post, save
from district.form_section import SectionView, section_view
from district.form_summary import SummaryView, summary_of
from services import drafts, form_pages, uploads

#: Bytes that a save may have: a section full of stories, and a handful of photos.
MAX_SAVE: Final = 512 * 1024
MAX_WITH_PHOTOS: Final = 64 * 1024 * 1024
#: The header with which the script says that it saves single fields.
BY_SCRIPT: Final = "X-Doolae-Save"


def pages(door: Door) -> Blueprint:
    """The blueprint of all `/form/…`."""
    made = Blueprint(
        "form",
        __name__,
        url_prefix="/form",
        template_folder="templates",
        static_folder="static/form",
        static_url_path="/static",
    )
    made.add_app_template_global(asset, "form_asset")
    form_answers.harden(made)
    made.add_url_rule("/<token>", view_func=lambda token: _enter(door, token), endpoint="enter")
    made.add_url_rule("/", view_func=lambda: _begin(door), endpoint="begin")
    made.add_url_rule("/s/<key>", view_func=lambda key: _section(door, key), endpoint="section")
    made.add_url_rule(
        "/s/<key>", view_func=lambda key: _save(door, key), endpoint="save", methods=["POST"]
    )
    made.add_url_rule("/summary", view_func=lambda: _summary(door), endpoint="summary")
    made.add_url_rule(
        "/photo/<int:number>", view_func=lambda number: _photo(door, number), endpoint="photo"
    )
    return made


def _enter(door: Door, token: str) -> Response:
    """Trade the token for a cookie; the browser that did may use its link again."""
    if request.method == "HEAD" or request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return Response(status=HTTPStatus.NO_CONTENT)  # nobody has opened it yet
    cookie, now = request.cookies.get(COOKIE), door.clock.now()
    page = door.database.run(lambda session: form_pages.enter(session, token, cookie, now=now))
    if page is None:
        raise Refused(form_words.USED, HTTPStatus.GONE)
    response = make_response(redirect(url_for("form.begin"), HTTPStatus.SEE_OTHER))
    if page.cookie is not None:
        response.set_cookie(
            COOKIE,
            page.cookie,
            path="/form",
            httponly=True,
            samesite="Lax",
            secure=door.is_https,
            max_age=int((page.link.expires_at - now).total_seconds()),
        )
    return response


def _begin(door: Door) -> Response:
    """The section that was asked for, or the first that is not complete."""

    def work(session: Session) -> str:
        opened = open_page(door, session)
        parts = opened.parts
        keys = [part.section.key for part in parts]
        if opened.page.section in keys:
            return str(opened.page.section)
        unfinished = (part.section.key for part in parts if not part.is_done)
        return next(unfinished, "")

    return _go_on(door.database.read(work))


def _section(door: Door, key: str) -> Response:
    def work(session: Session) -> SectionView:
        opened = open_page(door, session)
        return section_view(opened, key, Saved(opened.draft))

    return make_response(form_answers.draw(door.database.read(work)))


def _save(door: Door, key: str) -> Response:
    """Save what was changed: the fields of a section, or single ones by the script."""
    request.max_content_length = MAX_SAVE
    if request.mimetype == "multipart/form-data":
        request.max_content_length = MAX_WITH_PHOTOS
    posted = read_post(request.form)
    files = take_files(door, posted, request.files)

    def work(session: Session) -> tuple[SectionView, Saved]:
        opened = open_page(door, session, write=True)
        if not is_ours(door, opened.page, posted.csrf):
            raise Refused(form_words.STALE, HTTPStatus.FORBIDDEN, opened.t.language)
        part = part_of(opened, key)
        saved = save(
            opened.form, opened.draft, part, posted, opened.facts, opened.t.language,
            opened.page.only,
        )  # fmt: skip
        add_photos(session, opened, files, saved, now=door.clock.now())
        if saved.draft is not opened.draft:
            drafts.save(session, opened.page.row, saved.draft, now=door.clock.now())
            before, opened.draft = opened.draft, saved.draft
            saved.said += door.watch(session, opened, before)
        return section_view(opened, key, saved), saved

    view, saved = door.database.run(work)
    if BY_SCRIPT in request.headers:
        return form_answers.to_script(view, saved, posted)
    if saved.needs_a_look or posted.do != "next":
        return make_response(form_answers.draw(view), saved.status)
    return _go_on(view.next_key)


def _summary(door: Door) -> str:
    def work(session: Session) -> tuple[SummaryView, Translator, str]:
        opened = open_page(door, session)
        form, draft, t = opened.form, opened.draft, opened.t
        shown = summary_of(form, draft, opened.parts, opened.facts, t)
        return shown, t, door.chat_url(session, opened.page)

    view, t, chat_url = door.database.read(work)
    return form_answers.render(
        "form/summary.html",
        view=view,
        w=form_words.words(t),
        language=t.language,
        chat_url=chat_url,
    )


def _photo(door: Door, number: int) -> Response:
    """A photo of this draft, as large as it is kept."""

    def work(session: Session) -> str | None:
        return uploads.path_of(session, open_page(door, session).page.row, number)

    path = door.database.read(work)
    try:
        content = door.store.get(path) if path is not None else None
    except NotStored:
        content = None
    if content is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(content, content_type="image/jpeg")


def _go_on(key: str) -> Response:
    where: Any = url_for("form.section", key=key) if key else url_for("form.summary")
    return make_response(redirect(where, HTTPStatus.SEE_OTHER))
