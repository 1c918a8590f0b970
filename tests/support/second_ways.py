"""A mail server and a gateway for SMS and voice, as an office has them beside LINE."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.simulator.stand_in import StandIn, serve
from tests.support.processes import free_port


class Mailbox:
    """Keeps whom a mail was for, and the mail; puts off as many with a 451 as `busy` says."""

    def __init__(self) -> None:
        self.url = ""
        self.busy = 0
        self.mails: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:  # aiosmtpd's name
        if self.busy:
            self.busy -= 1
            return "451 come back later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos[0], mail))
        return "250 OK"


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def running_gateway() -> Iterator[StandIn]:
    """Takes our webhooks; `answer` says with which status."""
    stand_in = StandIn()
    server = serve(stand_in)
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
