"""A draft on a page, behind a one-time link (P19): any section of it, or a few questions only.

The page and the chat write the same draft. Whoever writes locks the account first and the draft
after it, as a turn does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.draft import Draft, DraftStatus
from models.line_account import LineAccount
from models.link import Link
from models.queries import accounts
from services import links

#: What the links are for.
PURPOSE: Final = "form"
#: The statuses in which a draft can be written.
WRITABLE: Final = frozenset({DraftStatus.OPEN, DraftStatus.PARKED})


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that somebody may see: whose, of which draft, and how much of it."""

    link: Link
    account: LineAccount
    row: Draft
    #: Set at the first opening only, to be kept by the browser.
    cookie: str | None = None

    @property
    def is_over(self) -> bool:
        """The draft was sent, cancelled or thrown away."""
        return self.row.status not in WRITABLE

    @property
    def section(self) -> str | None:
        """The key of the section to open first."""
        return self.link.subject.get("section")

    @property
    def only(self) -> tuple[str, ...]:
        """The keys of the questions it is for; empty is all of them."""
        return tuple(self.link.subject.get("only", ()))


def issue(
    session: Session,
    account: LineAccount,
    draft: Draft,
    *,
    now: datetime,
    section: str | None = None,
    only: Sequence[str] = (),
) -> str:
    """The path of a new page of a draft, to be put behind PUBLIC_URL.

    `section` is opened first; with `only`, the page has these questions and nothing else, such as
    a story that must not stand in the chat (P6).
    """
    subject: dict[str, object] = {"draft": draft.id}
    if section is not None:
        subject["section"] = section
    if only:
        subject["only"] = list(only)
    return f"/form/{links.issue(session, account, PURPOSE, subject, now=now)}"


def enter(session: Session, token: str, cookie: str | None, *, now: datetime) -> FormPage | None:
    """The page of a link that is opened for the first time, or again by the browser that did."""
    opened = links.open_first(session, token, PURPOSE, now=now)
    if opened is None and cookie:
        opened = links.open_with_both(session, token, cookie, PURPOSE, now=now)
    return _page(session, opened)


def find(session: Session, cookie: str, *, now: datetime) -> FormPage | None:
    """The page of a cookie, for reading."""
    return _page(session, links.open_again(session, cookie, PURPOSE, now=now))


def lock(session: Session, cookie: str, *, now: datetime) -> FormPage | None:
    """The page of a cookie, for writing: nobody else writes this draft until the commit."""
    opened = links.open_again(session, cookie, PURPOSE, now=now)
    if opened is not None:
        accounts.lock_by_id(session, opened.account.id)
    return _page(session, opened, locked=True)


def _page(
    session: Session, opened: links.Opened | None, *, locked: bool = False
) -> FormPage | None:
    if opened is None:
        return None
    row = session.get(
        Draft, opened.link.subject["draft"], with_for_update=locked, populate_existing=locked
    )
    if row is None or row.account_id != opened.account.id:
        return None
    return FormPage(opened.link, opened.account, row, opened.cookie)
