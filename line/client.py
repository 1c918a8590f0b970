"""LINE's Messaging API: every call that Doolae makes, and the only user of the SDK.

Bodies of messages come as the bytes that were frozen with the row that promises them; a repeat of
the same bytes with the same token or key is harmless. Whatever goes wrong is a `DeliveryFailed`.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO, Final, Self
from urllib.parse import quote, urlencode
from uuid import UUID

from core.clock import Clock
from core.errors import DeliveryFailed, QuotaExhausted
from core.settings import Settings
from line.answers import (
    BotInfo,
    Content,
    ContentStatus,
    Profile,
    Quota,
    RichMenuAtLine,
    WebhookEndpoint,
    WebhookTest,
)
from line.failures import Answer, failure
from line.tokens import LongLivedToken, StatelessTokens, Tokens
from line.transport import TooLarge, Transport, good

#: Bytes of a photo that we download. LINE names no limit; phones make photos of 3 to 12 MB.
LARGEST_PHOTO: Final = 20 * 1024 * 1024
#: Seconds for what is larger or slower than a message: a menu's picture, a webhook's test.
PATIENT: Final = 20.0

_CONTENT: Final = {
    200: ContentStatus.READY,
    202: ContentStatus.PREPARING,
    404: ContentStatus.MISSING,
    410: ContentStatus.GONE,
}


class LineClient:
    """The API for the channel of the environment. One per process, shared by its threads."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._open = Transport(settings.line_api_url)
        tokens = _make_tokens(settings, clock, self._open)
        self._api = Transport(settings.line_api_url, tokens)
        self._data = Transport(settings.line_data_api_url, tokens)

    def close(self) -> None:
        """Close all connections."""
        for transport in (self._open, self._api, self._data):
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Messages.

    def reply(self, request: bytes) -> str | None:
        """Make a reply call; returns LINE's request id.

        `request` is the whole body, `{"replyToken": …, "messages": […]}`. Raises
        `InvalidReplyToken` when the token is used up, else `DeliveryFailed`.
        """
        return good(self._api.call("POST", "/v2/bot/message/reply", body=request)).request_id

    def push(self, request: bytes, retry_key: UUID) -> str | None:
        """Make a push call (`{"to": …, "messages": […]}`); paid. Returns LINE's request id.

        A repeat of what LINE had accepted before (409) is a success, with the id of the call that
        was accepted. Raises `QuotaExhausted` when the month's messages are used up.
        """
        return self._send_paid("push", request, retry_key)

    def multicast(self, request: bytes, retry_key: UUID) -> str | None:
        """Make a multicast call to at most 500 people; the rest is as for `push`."""
        return self._send_paid("multicast", request, retry_key)

    def start_loading(self, user_id: str, seconds: int = 20) -> None:
        """Show the "…" animation in a person's chat; the seconds are made LINE's 5, 10 … 60."""
        steps = min(60, max(5, -(-seconds // 5) * 5))
        body = _json({"chatId": user_id, "loadingSeconds": steps})
        good(self._api.call("POST", "/v2/bot/chat/loading/start", body=body))

    def content(self, message_id: str, into: BinaryIO, *, limit: int = LARGEST_PHOTO) -> Content:
        """Write a sent photo into a file, where LINE has it."""
        path = f"/v2/bot/message/{_part(message_id)}/content"
        try:
            answer = self._data.download(path, into, limit=limit)
        except TooLarge:
            return Content(ContentStatus.TOO_LARGE)
        status = _CONTENT.get(answer.status)
        if status is None:
            raise failure(answer)
        return Content(status, answer.headers.get("Content-Type", ""))

    # People and the account.

    def profile(self, user_id: str) -> Profile | None:
        """A person's profile; None when LINE knows none or does not tell."""
        answer = self._api.call("GET", f"/v2/bot/profile/{_part(user_id)}")
        if answer.status == 404:
            return None
        told = good(answer).json()
        return Profile(
            str(told.get("displayName", "")), told.get("language"), told.get("pictureUrl")
        )

    def bot_info(self) -> BotInfo:
        """Whose token we have."""
        told = self._get("/v2/bot/info")
        return BotInfo(
            user_id=str(told.get("userId", "")),
            basic_id=str(told.get("basicId", "")),
            display_name=str(told.get("displayName", "")),
            chat_mode=str(told.get("chatMode", "")),
        )

    def quota(self) -> Quota:
        """This month's paid messages; LINE's count of what has gone is approximate."""
        limit = self._get("/v2/bot/message/quota")
        used = self._get("/v2/bot/message/quota/consumption")
        return Quota(
            int(limit.get("value", 0)) if limit.get("type") == "limited" else None,
            int(used.get("totalUsage", 0)),
        )

    def webhook_endpoint(self) -> WebhookEndpoint | None:
        """Where LINE sends events; None when nothing was set yet."""
        answer = self._api.call("GET", "/v2/bot/channel/webhook/endpoint")
        if answer.status == 404:
            return None
        told = good(answer).json()
        return WebhookEndpoint(str(told.get("endpoint", "")), told.get("active") is True)

    def test_webhook(self) -> WebhookTest:
        """Let LINE call our webhook now; at most 60 times an hour."""
        answer = good(
            self._api.call("POST", "/v2/bot/channel/webhook/test", body=b"{}", seconds=PATIENT)
        )
        told = answer.json()
        return WebhookTest(
            told.get("success") is True,
            int(told.get("statusCode", 0)),
            str(told.get("reason", "UNCLASSIFIED")),
        )

    # Rich menus.

    def create_rich_menu(self, menu: dict[str, Any]) -> str:
        """Make a menu (its picture comes next, and neither can be changed); returns its id."""
        answer = good(self._api.call("POST", "/v2/bot/richmenu", body=_json(menu)))
        return _told(answer, "richMenuId")

    def upload_rich_menu(self, rich_menu_id: str, png: bytes) -> None:
        """Give a menu its picture: at most 1 MB, once."""
        path = f"/v2/bot/richmenu/{_part(rich_menu_id)}/content"
        good(self._data.call("POST", path, body=png, content_type="image/png", seconds=PATIENT))

    def rich_menus(self) -> list[RichMenuAtLine]:
        """The menus that the API made."""
        told = self._get("/v2/bot/richmenu/list").get("richmenus") or []
        return [
            RichMenuAtLine(str(menu.get("richMenuId", "")), str(menu.get("name", "")))
            for menu in told
        ]

    def delete_rich_menu(self, rich_menu_id: str) -> None:
        """Remove a menu; nothing to remove is fine."""
        _good_or_absent(self._api.call("DELETE", f"/v2/bot/richmenu/{_part(rich_menu_id)}"))

    def link_rich_menu(self, user_id: str, rich_menu_id: str) -> None:
        """Give a person a menu. It goes before the default one; no effect on who blocked us."""
        path = f"/v2/bot/user/{_part(user_id)}/richmenu/{_part(rich_menu_id)}"
        good(self._api.call("POST", path))

    def unlink_rich_menu(self, user_id: str) -> None:
        """Take a person's own menu away; the default one shows again."""
        _good_or_absent(self._api.call("DELETE", f"/v2/bot/user/{_part(user_id)}/richmenu"))

    def set_default_rich_menu(self, rich_menu_id: str) -> None:
        """The menu of everybody who has no own."""
        good(self._api.call("POST", f"/v2/bot/user/all/richmenu/{_part(rich_menu_id)}"))

    def default_rich_menu(self) -> str | None:
        answer = self._api.call("GET", "/v2/bot/user/all/richmenu")
        return None if answer.status == 404 else _told(good(answer), "richMenuId")

    # Inside.

    def _get(self, path: str) -> dict[str, Any]:
        return good(self._api.call("GET", path)).json()

    def _send_paid(self, method: str, request: bytes, retry_key: UUID) -> str | None:
        key = {"X-Line-Retry-Key": str(retry_key)}
        answer = self._api.call("POST", f"/v2/bot/message/{method}", body=request, headers=key)
        if answer.status == 409:
            return answer.headers.get("x-line-accepted-request-id") or answer.request_id
        if answer.is_good:
            return answer.request_id
        error = failure(answer)
        if answer.status == 429 and not isinstance(error, QuotaExhausted):
            error = self._which_limit(error)
        raise error

    def _which_limit(self, error: DeliveryFailed) -> DeliveryFailed:
        """429 is a busy second or the month's end; where words fail, the counters tell."""
        if "rate limit" in str(error).casefold():
            return error
        try:
            is_over = self.quota().left == 0
        except DeliveryFailed:
            return error
        return QuotaExhausted(str(error)) if is_over else error


def _make_tokens(settings: Settings, clock: Clock, transport: Transport) -> Tokens:
    if settings.line_channel_access_token is not None:
        return LongLivedToken(settings.line_channel_access_token.get_secret_value())
    if settings.line_channel_id is None or settings.line_channel_secret is None:
        return LongLivedToken("")  # every call will say 401; `doolae check` says why
    form = urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": settings.line_channel_id,
            "client_secret": settings.line_channel_secret.get_secret_value(),
        }
    ).encode()

    def issue() -> tuple[str, int]:
        answer = transport.call(
            "POST",
            "/oauth2/v3/token",
            body=form,
            content_type="application/x-www-form-urlencoded",
        )
        if not answer.is_good:
            error = failure(answer)
            # The message was never on its way, whatever happened to the token.
            raise DeliveryFailed(str(error), status=error.status, may_retry=True, unclear=False)
        return _told(answer, "access_token"), int(answer.json().get("expires_in", 0))

    return StatelessTokens(issue, clock)


def _good_or_absent(answer: Answer) -> None:
    if answer.status != 404:
        good(answer)


def _told(answer: Answer, name: str) -> str:
    """What an answer must hold to be one; a gateway may say 200 for LINE and mean nothing."""
    value = answer.json().get(name)
    if not isinstance(value, str):
        raise DeliveryFailed(
            f"{answer.status} without {name}", status=answer.status, may_retry=True, unclear=True
        )
    return value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _part(text: str) -> str:
    """One part of a path, whatever is in it."""
    return quote(text, safe="")
