"""The pages of forms over WSGI: a browser's requests without a browser, LINE or a server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from pydantic import SecretStr
from sqlalchemy.orm import Session
from werkzeug.test import Client, TestResponse

from conversation import engine
from conversation.draft import Draft as Answers
from conversation.form import Form
from core.database import Database, secrets_of
from core.settings import Settings
from core.store import open_store
from district.form_opening import Door
from district.form_page import pages
from models.draft import Draft
from models.line_account import LineAccount
from services import drafts, form_pages
from tests.support.bot import SECRET_KEY
from tests.support.village import NOW, Village


@dataclass
class Now:
    """A clock that stands where a test puts it."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class FormWeb:
    """A draft of a form in a village, and browsers that open its pages."""

    database: Database
    form: Form
    facts: Mapping[str, Any]
    folder: Path
    clock: Now = field(default_factory=Now)
    account_id: int = 0
    draft_id: int = 0

    def __post_init__(self) -> None:
        settings = Settings(
            secret_key=SecretStr(SECRET_KEY), media_url=f"file:{self.folder / 'media'}"
        )
        self.village = Village(self.database)
        self.account_id = self.village.chat().account_id
        self.draft_id = self.database.run(self._open_draft)
        app = Flask("test", static_folder=None)
        app.register_blueprint(
            pages(
                Door(
                    database=self.database,
                    clock=self.clock,
                    secrets=self.database.run(secrets_of),
                    store=open_store(settings),
                    facts=lambda _session, _page: self.facts,
                    watch=lambda _session, _opened, _before: (),
                    is_https=True,
                    chat_url=lambda _session, page: (
                        f"https://line.me/R/oaMessage/%40doolae/?{page.account.language}"
                    ),
                )
            )
        )
        self.app = app

    def _open_draft(self, session: Session) -> int:
        account = session.get_one(LineAccount, self.account_id)
        draft = engine.start(self.form, facts=self.facts)
        return drafts.open_new(session, account, draft, now=self.clock.now()).id

    def link(self, *, section: str | None = None, only: tuple[str, ...] = ()) -> str:
        """The path of a new link, as the chat would give it."""

        def work(session: Session) -> str:
            account = session.get_one(LineAccount, self.account_id)
            draft = session.get_one(Draft, self.draft_id)
            now = self.clock.now()
            return form_pages.issue(session, account, draft, now=now, section=section, only=only)

        return self.database.run(work)

    @property
    def draft(self) -> Answers:
        """What is in the draft now."""
        return self.database.read(
            lambda session: drafts.load(session, session.get_one(Draft, self.draft_id))
        )

    def change(self, changed: Answers) -> None:
        """Write the draft as the chat would."""

        def work(session: Session) -> None:
            row = session.get_one(Draft, self.draft_id)
            drafts.save(session, row, changed, now=self.clock.now())

        self.database.run(work)

    def browser(self, link: str | None = None) -> Browser:
        """A browser that has opened a link."""
        browser = Browser(Client(self.app))
        browser.get(link or self.link())
        return browser


@dataclass
class Browser:
    """One browser: it keeps cookies, follows redirects, and remembers the last page."""

    client: Client
    html: str = ""
    last: TestResponse | None = None

    def get(self, path: str) -> TestResponse:
        return self._keep(
            self.client.get(
                path, base_url="https://localhost", follow_redirects=True, buffered=True
            )
        )

    def post(
        self, path: str, values: Mapping[str, Any], *, by_script: bool = False
    ) -> TestResponse:
        headers = {"X-Doolae-Save": "1"} if by_script else {}
        return self._keep(
            self.client.post(
                path,
                data=values,
                base_url="https://localhost",
                follow_redirects=True,
                buffered=True,
                headers=headers,
            )
        )

    def _keep(self, response: TestResponse) -> TestResponse:
        self.last = response
        if response.mimetype == "text/html":
            self.html = response.text
        return response

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page, as a form without answers would send them."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html)
        return dict(found)

    def saves(
        self, key: str, do: str = "stay", *, by_script: bool = False, **answers: Any
    ) -> TestResponse:
        """Send a section with some fields filled in; `__` in a name stands for a dot.

        Only those fields are sent: what a page did not touch is equal on both sides anyway.
        """
        given = {name.replace("__", "."): value for name, value in answers.items()}
        hidden = self.hidden()
        values: dict[str, Any] = {
            name: value
            for name, value in hidden.items()
            if not name.startswith("was.") or name.removeprefix("was.") in given
        }
        values |= {f"f.{path}": value for path, value in given.items()}
        return self.post(f"/form/s/{key}", {**values, "do": do}, by_script=by_script)
