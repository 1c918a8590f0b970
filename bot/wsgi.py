"""What the WSGI server loads: `bot.wsgi:application`. Importing it starts the service."""

from __future__ import annotations

import atexit
import os

from bot.app import create_app
from bot.parts import patiently, ready
from bot.service import ROLES, Service
from core import logging
from core.settings import Settings

_settings = Settings.from_environ(os.environ, line=True)
logging.configure(_settings.log_level)
_service = Service(
    # SQLite's writers take turns anyway; PostgreSQL has a connection for every thread.
    ready(_settings, pool_size=8 if _settings.is_sqlite else 24),
    roles=os.environ.get("DOOLAE_ROLES", ",".join(ROLES)).split(","),
)
if _settings.is_sqlite:
    patiently(_service.free_predecessor)
atexit.register(_service.close)

application = create_app(_service)
