"""Opening a form's page: by its cookie, inside a transaction, for reading or for writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from conversation.carrying import carry_over
from conversation.draft import Draft
from conversation.form import Form
from conversation.sections import Part, parts
from core.clock import Clock
from core.database import Database
from core.i18n import Lazy, Translator, translator
from core.secrets import Secrets
from core.store import Store
from district import form_words
from forms import FORMS
from models.draft import DraftStatus
from services import drafts, form_pages
from services.form_pages import FormPage

#: What a form may know for the draft of a page; the chat knows it, and bot/ introduces them.
FactsOf = Callable[[Session, FormPage], Mapping[str, Any]]

COOKIE: Final = "doolae_form"


@dataclass(frozen=True, slots=True)
class Door:
    """What the pages need of the running system."""

    database: Database
    clock: Clock
    secrets: Secrets
    store: Store
    facts: FactsOf
    #: Cookies travel over https only.
    is_https: bool
    #: Told of every save, with the draft before and after; returns what the page should say.
    watch: Callable[[Session, Opened, Draft], Sequence[str]]
    #: The address of the chat; empty while LINE has not told what the account is called.
    chat_url: Callable[[Session, FormPage], str]


class Refused(Exception):
    """There is nothing to show but a kind word."""

    def __init__(self, words: tuple[Lazy, Lazy], status: HTTPStatus, language: str = "th") -> None:
        super().__init__(status)
        self.words, self.status, self.language = words, status, language


@dataclass(slots=True)
class Opened:
    """A draft that is open on a page, inside its transaction."""

    page: FormPage
    form: Form
    draft: Draft
    facts: Mapping[str, Any]
    t: Translator
    #: Proves that a post comes from a page we drew for this link.
    csrf: str

    @property
    def parts(self) -> list[Part]:
        return parts(self.form, self.draft, self.facts, only=self.page.only)


def open_page(door: Door, session: Session, *, write: bool = False) -> Opened:
    cookie = request.cookies.get(COOKIE)
    find = form_pages.lock if write else form_pages.find
    page = find(session, cookie, now=door.clock.now()) if cookie else None
    if page is None:
        raise Refused(form_words.USED, HTTPStatus.NOT_FOUND)
    language = page.account.language
    if page.is_over:
        was_sent = page.row.status is DraftStatus.SENT
        words = form_words.SENT if was_sent else form_words.ENDED
        raise Refused(words, HTTPStatus.GONE, language)
    form, draft = FORMS[page.row.form_id], drafts.load(session, page.row)
    return Opened(
        page,
        form,
        carry_over(form, draft),
        door.facts(session, page),
        translator(language),
        door.secrets.sign(_covered(page)),
    )


def part_of(opened: Opened, key: str) -> Part:
    for part in opened.parts:
        if part.section.key == key:
            return part
    raise NotFound


def is_ours(door: Door, page: FormPage, csrf: str) -> bool:
    return door.secrets.is_signed(_covered(page), csrf)


def _covered(page: FormPage) -> bytes:
    return f"form page:{page.link.id}".encode()
