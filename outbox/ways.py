"""The second ways of alerts: mail by SMTP, and a signed call of a gateway for SMS and voice."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError

from core.clock import Clock
from core.errors import DeliveryFailed
from core.settings import Settings
from line.client import LineClient
from models.outbox import Via
from outbox.dispatches import Claimed

#: Seconds for a connection and for an answer.
SECONDS: Final = 8.0
SIGNATURE: Final = "X-Doolae-Signature"
TIMESTAMP: Final = "X-Doolae-Timestamp"
KEY: Final = "Idempotency-Key"
#: In the body of a mail or a call: the path of a page of ours. The address goes out instead.
PAGE: Final = "page"
#: What the gateway gets it as.
URL: Final = "url"


class Ways:
    """Sends a claimed dispatch on its way. Whatever goes wrong is a `DeliveryFailed`."""

    def __init__(self, settings: Settings, line: LineClient, clock: Clock) -> None:
        self._settings = settings
        self._line = line
        self._clock = clock
        self._http = urllib3.PoolManager(
            retries=False, timeout=urllib3.Timeout(connect=SECONDS, read=SECONDS)
        )

    def send(self, claimed: Claimed) -> str | None:
        """Make the one request; returns what the other side calls it."""
        match claimed.via:
            case Via.EMAIL:
                return self._mail(claimed)
            case Via.WEBHOOK:
                return self._call(claimed)
        if claimed.is_multicast:
            return self._line.multicast(claimed.body, claimed.retry_key)
        return self._line.push(claimed.body, claimed.retry_key)

    def close(self) -> None:
        self._http.clear()

    def _mail(self, claimed: Claimed) -> str:
        """Mail knows no retry key; its Message-ID stays the same, so readers show it once."""
        settings = self._settings
        if settings.smtp_url is None or settings.mail_from is None:
            raise DeliveryFailed("SMTP_URL or MAIL_FROM is not set", may_retry=False, unclear=False)
        asked = json.loads(claimed.body)
        message = EmailMessage()
        message["From"], message["To"] = settings.mail_from, asked["to"]
        message["Subject"] = asked["subject"]
        message["Date"] = self._clock.now()
        message["Message-ID"] = f"<{claimed.retry_key}@doolae>"
        message["Auto-Submitted"] = "auto-generated"
        address = self._address(asked)
        message.set_content(f"{asked['text']}\n\n{address}" if address else asked["text"])
        try:
            _smtp(settings.smtp_url.get_secret_value(), message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            raise _refused(max(codes, default=550)) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            reason = f"no answer: {type(error).__name__}"
            raise DeliveryFailed(reason, may_retry=True, unclear=True) from error
        return str(claimed.retry_key)

    def _call(self, claimed: Claimed) -> str | None:
        settings = self._settings
        if settings.alert_webhook_url is None or settings.alert_webhook_secret is None:
            raise DeliveryFailed("ALERT_WEBHOOK_URL is not set", may_retry=False, unclear=False)
        body = self._with_address(claimed.body)
        stamp = str(int(self._clock.now().timestamp()))
        secret = settings.alert_webhook_secret.get_secret_value()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            KEY: str(claimed.retry_key),
            TIMESTAMP: stamp,
            SIGNATURE: signature(secret, stamp, body),
        }
        try:
            answer = self._http.request(
                "POST", settings.alert_webhook_url, body=body, headers=headers,
                redirect=False,
            )  # fmt: skip
        except HTTPError as error:
            arrived = not isinstance(error, NewConnectionError)
            reason = f"no answer: {type(error).__name__}"
            raise DeliveryFailed(reason, may_retry=True, unclear=arrived) from error
        if 200 <= answer.status < 300 or answer.status == 409:
            return answer.headers.get("X-Request-Id")
        again = answer.status >= 500 or answer.status in {401, 403, 404, 408, 425, 429}
        raise DeliveryFailed(
            f"the gateway said {answer.status}", status=answer.status, may_retry=again,
            unclear=answer.status >= 500,
        )  # fmt: skip

    def _with_address(self, body: bytes) -> bytes:
        """The call's bytes, with the whole address of a page in them."""
        asked = json.loads(body)
        if PAGE not in asked:
            return body
        address = self._address(asked)
        del asked[PAGE]
        sent = {**asked, URL: address} if address else asked
        return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()

    def _address(self, asked: Mapping[str, Any]) -> str | None:
        """Where the page is; none without PUBLIC_URL."""
        public_url = self._settings.public_url
        return public_url + asked[PAGE] if public_url and PAGE in asked else None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`sha256=` and HMAC-SHA256 over timestamp, a dot, and the body's bytes, in hex."""
    made = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def _smtp(url: str, message: EmailMessage) -> None:
    """`smtp://user:password@host:25`, `smtps://…:465`; STARTTLS where the server offers it."""
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    with server:
        server.ehlo()
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _refused(code: int) -> DeliveryFailed:
    """4xx is for a while, 5xx for good (RFC 5321, 4.2.1); 535 is our password, not the message."""
    again = code < 500 or code in {530, 535}
    return DeliveryFailed(f"SMTP {code}", status=code, may_retry=again, unclear=False)
