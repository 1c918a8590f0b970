"""Introduces the pages of forms to what the chat knows of a form: doors do not know each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy.orm import Session

from bot.service import Service
from conversation.draft import Draft
from core.database import secrets_of
from core.i18n import lazy as _
from core.i18n import translator
from district.form_opening import Door, Opened
from forms import FORMS
from handlers.sheets import Sheet, facts_for, watch_page
from handlers.turn import Turn
from line.events import Event, Unknown
from models.office import Channel
from services.form_pages import FormPage

#: What the way back writes for the person: the chat answers it with the present question.
_GO_ON: Final = _("Go on")
_NOTHING: Final = Event(
    id="",
    type="page",
    happened_at=datetime.fromtimestamp(0, UTC),
    content=Unknown(),
    user_id=None,
    reply_token=None,
    source="user",
    group_id=None,
    is_redelivery=False,
)


def door_of(service: Service) -> Door:
    """What the pages need of a running service."""
    parts = service.parts

    def turn(session: Session, page: FormPage) -> Turn:
        return Turn(
            session=session,
            secrets=secrets_of(session),
            account=page.account,
            event=_NOTHING,
            event_id=0,
            now=parts.clock.now(),
            draft=page.row,
        )

    def facts(session: Session, page: FormPage) -> Mapping[str, Any]:
        return facts_for(turn(session, page), FORMS[page.row.form_id], page.row.subject)

    def watch(session: Session, opened: Opened, before: Draft) -> Sequence[str]:
        page = opened.page
        sheet = Sheet(turn(session, page), page.row, opened.form, opened.draft, opened.facts)
        return watch_page(sheet, before)

    def chat_url(session: Session, page: FormPage) -> str:
        """LINE's address of our chat, with the words to go on; empty while it is not known."""
        basic_id = session.get_one(Channel, page.account.channel_id).basic_id
        words = quote(translator(page.account.language)(_GO_ON))
        return f"https://line.me/R/oaMessage/{quote(basic_id)}/?{words}" if basic_id else ""

    return Door(
        database=parts.database,
        clock=parts.clock,
        secrets=parts.secrets,
        store=service.store,
        facts=facts,
        watch=watch,
        is_https=(parts.settings.public_url or "").startswith("https://"),
        chat_url=chat_url,
    )
