"""A whole turn without sending: `/callback` as it is served, and a sender that drops.

Loaded by granian as `benchmarks.turn:application`.
"""

from __future__ import annotations

import os
from datetime import datetime

from benchmarks import form
from bot.parts import Parts, process_name, ready
from bot.service import Service
from bot.webhook import Webhook
from core import logging
from core.settings import Settings
from line.client import LineClient
from outbox.delivery import ReplySender
from outbox.replies import Queued


class Dropping(ReplySender):
    """Takes every reply for sent the moment it is committed."""

    def __init__(self, parts: Parts) -> None:
        line = LineClient(parts.settings, parts.clock)
        super().__init__(parts.database, line, parts.clock, owner=process_name())
        self._dropped: dict[int, datetime] = {}
        self._time = parts.clock

    def send_soon(self, reply: Queued) -> None:
        self._dropped[reply.id] = self._time.now()

    def began(self, reply_id: int) -> datetime | None:
        return self._dropped.get(reply_id)


def make_application(settings: Settings) -> Webhook:
    """The webhook of a service that has no other role."""
    parts = ready(settings, pool_size=8 if settings.is_sqlite else 24)
    return Service(parts, roles=("web",), sender=Dropping(parts)).webhook


if "DATABASE_URL" in os.environ:
    form.register()
    _settings = Settings.from_environ(os.environ, line=True)
    logging.configure(_settings.log_level)
    application = make_application(_settings)
