"""The bare floor: the least that a durable turn can cost under the same server.

Verify the signature over the raw bytes, read the JSON, and run four statements through the raw
driver in one durable transaction: take the event id once, lock and read the person's state, write
it, write to the outbox. Loaded by granian as `benchmarks.floor:application`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import psycopg

from benchmarks.webhooks import SECRET

#: A few connections: more than the cores can use only wait for each other's commits.
CONNECTIONS: Final = 8

TABLES: Final = (
    "CREATE TABLE event (id {pk}, webhook_event_id varchar(40) NOT NULL UNIQUE)",
    "CREATE TABLE person (id {pk}, user_id varchar(40) NOT NULL UNIQUE, state text NOT NULL)",
    "CREATE TABLE outbox (id {pk}, person_id bigint NOT NULL, body text NOT NULL)",
)
#: What a person's draft and the answer to a turn weigh.
STATE: Final = json.dumps(
    {"form": "visit", "answers": {f"question_{n}": "x" * 40 for n in range(12)}}
)
WORDS: Final = "คำถามข้อต่อไป " * 20

Answer = Callable[[dict[str, Any]], None]


class _Connections:
    """A small pool; a connection is used by one thread at a time."""

    def __init__(self, connect: Callable[[], Any], size: int) -> None:
        self._connect = connect
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)

    def take(self) -> Any:
        connection = self._idle.get()
        return connection if connection is not None else self._connect()

    def give_back(self, connection: Any) -> None:
        self._idle.put(connection)


def make_application(url: str) -> Callable[..., Iterable[bytes]]:
    """The WSGI application on an SQLite file (`sqlite:///…`) or a PostgreSQL (`postgresql://…`)."""
    turn = _sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else _postgresql(url)
    secret = SECRET.encode()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        digest = base64.b64encode(hmac.digest(secret, body, hashlib.sha256)).decode()
        if not hmac.compare_digest(digest, environ.get("HTTP_X_LINE_SIGNATURE", "")):
            start_response("401 Unauthorized", [("Content-Length", "0")])
            return [b""]
        for event in json.loads(body)["events"]:
            turn(event)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    return application


def _sqlite(path: str) -> Answer:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    return _turn(_Connections(connect, CONNECTIONS), "?", "BEGIN IMMEDIATE", "", threading.Lock())


def _postgresql(url: str) -> Answer:
    dsn = url.replace("+psycopg", "")

    def connect() -> psycopg.Connection:
        return psycopg.connect(dsn, autocommit=True, prepare_threshold=0)

    return _turn(_Connections(connect, CONNECTIONS), "%s", "BEGIN", " FOR UPDATE", nullcontext())


def _turn(
    connections: _Connections,
    mark: str,
    begin: str,
    lock: str,
    writer: AbstractContextManager[Any],
) -> Answer:
    take = (
        f"INSERT INTO event (webhook_event_id) VALUES ({mark})"
        " ON CONFLICT (webhook_event_id) DO NOTHING RETURNING id"
    )
    read = f"SELECT id, state FROM person WHERE user_id = {mark}{lock}"
    write = f"UPDATE person SET state = {mark} WHERE id = {mark}"
    promise = f"INSERT INTO outbox (person_id, body) VALUES ({mark}, {mark})"

    def turn(event: dict[str, Any]) -> None:
        with writer:
            connection = connections.take()
            execute = connection.execute
            execute(begin)
            if execute(take, (event["webhookEventId"],)).fetchone() is not None:
                person, kept = execute(read, (event["source"]["userId"],)).fetchone()
                state = json.loads(kept)
                state["answers"]["question_1"] = event["postback"]["data"][:40]
                execute(write, (json.dumps(state), person))
                body = {"replyToken": event["replyToken"], "messages": [{"text": WORDS}]}
                execute(promise, (person, json.dumps(body, ensure_ascii=False)))
            execute("COMMIT")
            connections.give_back(connection)

    return turn


if "FLOOR_URL" in os.environ:
    application = make_application(os.environ["FLOOR_URL"])
