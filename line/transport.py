"""One HTTP call to LINE: connection, token, time limits, a line in the log."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import BinaryIO, Final

import structlog
import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from line.failures import Answer, failure, no_answer
from line.sdk import make_pool
from line.tokens import Tokens

log = structlog.get_logger()

#: Seconds to get a connection, and to wait for an answer on it.
CONNECT: Final = 3.0
READ: Final = 5.0
#: Seconds that a whole download may take.
DOWNLOAD: Final = 45.0
JSON: Final = "application/json; charset=utf-8"

_USER: Final = re.compile(r"U[0-9a-f]{32}")
_CHUNK: Final = 64 * 1024


class TooLarge(Exception):
    """A download is larger than its reader wants it."""


class Transport:
    """Calls to one host of LINE's. Safe to share between threads."""

    def __init__(self, base_url: str, tokens: Tokens | None = None) -> None:
        self._base_url = base_url
        self._tokens = tokens
        self._pool = make_pool()

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str = JSON,
        seconds: float = READ,
    ) -> Answer:
        """Make one call and return whatever LINE answers; raises `DeliveryFailed` for no answer.

        Nothing is repeated, except once with a fresh token after a 401.
        """
        sent = dict(headers or ())
        if body is not None:
            sent["Content-Type"] = content_type
        token = self._authorize(sent)
        answer = self._call_once(method, path, body, sent, seconds)
        if answer.status == 401 and self._tokens is not None and self._tokens.renew(token):
            self._authorize(sent)
            answer = self._call_once(method, path, body, sent, seconds)
        return answer

    def download(self, path: str, into: BinaryIO, *, limit: int) -> Answer:
        """Write what LINE has at `path` into a file; the answer's own body stays empty.

        Raises `TooLarge` beyond `limit` bytes, and `DeliveryFailed` where it came incomplete.
        """
        headers: dict[str, str] = {}
        token = self._authorize(headers)
        answer = self._download_once(path, headers, into, limit)
        if answer.status == 401 and self._tokens is not None and self._tokens.renew(token):
            self._authorize(headers)
            answer = self._download_once(path, headers, into, limit)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _authorize(self, headers: dict[str, str]) -> str:
        token = self._tokens.get() if self._tokens is not None else ""
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return token

    def _call_once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], seconds: float
    ) -> Answer:
        started = time.perf_counter()
        try:
            response = self._request(method, path, body=body, headers=headers, seconds=seconds)
            answer = _read(response, response.data)
        except HTTPError as error:
            _log(method, path, None, started, reason=type(error).__name__)
            raise no_answer(error) from error
        _log(method, path, answer, started)
        return answer

    def _download_once(
        self, path: str, headers: dict[str, str], into: BinaryIO, limit: int
    ) -> Answer:
        started = time.perf_counter()
        response = None
        try:
            response = self._request("GET", path, headers=headers, stream=True)
            if response.status != 200:
                answer = _read(response, response.read(_CHUNK))
            else:
                _copy(response, into, limit, until=started + DOWNLOAD)
                answer = _read(response, b"")
        except HTTPError as error:
            _log("GET", path, None, started, reason=type(error).__name__)
            raise no_answer(error) from error
        finally:
            if response is not None:
                # What was not read to its end cannot carry another call.
                response.close()
        _log("GET", path, answer, started)
        return answer

    def _request(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str],
        body: bytes | None = None,
        seconds: float = READ,
        stream: bool = False,
    ) -> urllib3.BaseHTTPResponse:
        return self._pool.urlopen(
            method,
            self._base_url + path,
            body=body,
            headers={**self._pool.headers, **headers},
            timeout=urllib3.Timeout(connect=CONNECT, read=seconds),
            preload_content=not stream,
            # urllib3 would send a GET again by itself, and wait four times as long.
            retries=False,
            redirect=False,
        )


def good(answer: Answer) -> Answer:
    """The answer, if it is a success; else raises what it means."""
    if not answer.is_good:
        raise failure(answer)
    return answer


def _read(response: urllib3.BaseHTTPResponse, body: bytes) -> Answer:
    request_id = response.headers.get("x-line-request-id")
    return Answer(response.status, body, request_id, response.headers)


def _copy(response: urllib3.BaseHTTPResponse, into: BinaryIO, limit: int, *, until: float) -> None:
    length = 0
    for chunk in response.stream(_CHUNK):
        length += len(chunk)
        if length > limit:
            raise TooLarge
        if time.perf_counter() > until:
            raise ReadTimeoutError(None, None, "the download took too long")  # type: ignore[arg-type]  # its pool is only ever printed
        into.write(chunk)


def _log(
    method: str, path: str, answer: Answer | None, started: float, *, reason: str | None = None
) -> None:
    """Request id, method, path, status and time: what LINE's support asks for; never content."""
    write = log.info if answer is not None and answer.status < 500 else log.warning
    write(
        "line.called",
        request_id=answer.request_id if answer is not None else None,
        method=method,
        path=_USER.sub("{user}", path),
        status=answer.status if answer is not None else None,
        ms=round((time.perf_counter() - started) * 1000),
        **({"reason": reason} if reason else {}),
    )
