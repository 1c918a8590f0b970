"""The webhook sender: signs events, sends them, and sends them again until the bot says 2xx."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine, Sequence
from typing import Any

import aiohttp

from simulator import ids
from simulator.bell import Bell
from simulator.event import Delivery, Event
from simulator.platform import Platform
from simulator.refusals import Json

GATHER = "batch"
REVERSE = "shuffle"


class Webhooks:
    """Delivers events in the background; `start` and `stop` belong to one event loop."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: dict[str, list[Event]] = {}
        self._open: set[str] = set()
        self.calm = Bell()

    def start(self) -> None:
        """Open the connections to the bot."""
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=30)
        self._session = aiohttp.ClientSession(connector=connector, trust_env=False)

    async def stop(self) -> None:
        """Drop what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    @property
    def undelivered(self) -> int:
        """Events that the bot has not accepted and that are still tried."""
        return len(self._open)

    def send(self, event: Event) -> None:
        """Remember an event and begin to deliver it."""
        self._platform.remember(event)
        if not self._platform.webhook_url:
            event.given_up = True
            return
        self._open.add(event.event_id)
        self._background(self._first_time(event))

    # -- first delivery and its faults --------------------------------------

    async def _first_time(self, event: Event) -> None:
        faults, chat = self._platform.faults, event.chat
        if late := faults.strike("late", user=chat):
            await self._platform.clock.sleep(faults.seconds(late))
        if hold := faults.strike(REVERSE, user=chat):
            self._hold(REVERSE, event, faults.seconds(hold))
        elif hold := faults.strike(GATHER, user=chat):
            self._hold(GATHER, event, faults.seconds(hold))
        elif self._platform.settings.batch_seconds:
            self._hold(GATHER, event, self._platform.settings.batch_seconds)
        else:
            await self._deliver([event])

    def _hold(self, kind: str, event: Event, seconds: float) -> None:
        held = self._held.setdefault(kind, [])
        held.append(event)
        if len(held) == 1:
            self._background(self._release(kind, seconds))

    async def _release(self, kind: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        held = self._held.pop(kind)
        if kind == GATHER:
            await self._deliver(held)
            return
        for event in reversed(held):
            await self._deliver([event])

    async def _deliver(self, events: list[Event]) -> None:
        chat = events[0].chat
        if self._platform.faults.strike("drop_first", user=chat):
            self._record(events, 0, 0.0, again=False, reason="dropped")
        else:
            await self._post(events, again=False)
            if self._platform.faults.strike("duplicate", user=chat):
                await self._post(events, again=False)
        for event in events:
            if event.delivered:
                self._done(event)
            else:
                self._background(self._redeliver(event))

    async def _redeliver(self, event: Event) -> None:
        settings = self._platform.settings
        tries = settings.redelivery_seconds if settings.redelivery else ()
        for seconds in tries:
            await self._platform.clock.sleep(seconds)
            if "deliveryContext" in event.body:
                event.body["deliveryContext"] = {"isRedelivery": True}
            if await self._post([event], again=True):
                break
        event.given_up = not event.delivered
        self._done(event)

    def _done(self, event: Event) -> None:
        self._open.discard(event.event_id)
        event.bell.ring()
        if not self._open:
            self.calm.ring()

    # -- one request --------------------------------------------------------

    async def _post(self, events: Sequence[Event], *, again: bool) -> bool:
        now = self._platform.clock.now()
        for event in events:
            if event.token is not None:
                event.token.delivered = now
        bodies = [event.body for event in events]
        if self._platform.faults.strike("odd_neighbour", user=events[0].chat):
            bodies.insert(0, self._odd_event())
        status, reason, ms = await self.post(bodies)
        self._record(events, status, ms, again=again, reason=reason)
        return 200 <= status < 300

    async def post(self, bodies: Sequence[Json], url: str = "") -> tuple[int, str, float]:
        """One signed request: status (0 without an answer), LINE's reason, milliseconds."""
        raw = encode({"destination": self._platform.bot_id, "events": list(bodies)})
        lower = self._platform.faults.strike("lower_case_header")
        name = "x-line-signature" if lower else "X-Line-Signature"
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            name: sign(self._platform.options.channel_secret, raw),
        }
        started = time.perf_counter()
        status, reason = await self._exchange(url or self._platform.webhook_url, raw, headers)
        return status, reason, (time.perf_counter() - started) * 1000

    async def _exchange(self, url: str, raw: bytes, headers: dict[str, str]) -> tuple[int, str]:
        if self._session is None:
            return 0, "UNCLASSIFIED"
        timeout = aiohttp.ClientTimeout(total=self._platform.settings.webhook_timeout)
        try:
            async with self._session.post(
                url, data=raw, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                await answer.read()
                good = 200 <= answer.status < 300
                return answer.status, "OK" if good else "ERROR_STATUS_CODE"
        except TimeoutError:
            return 0, "REQUEST_TIMEOUT"
        except aiohttp.ClientConnectorError:
            return 0, "COULD_NOT_CONNECT"
        except (aiohttp.ClientError, OSError, ValueError):
            return 0, "UNCLASSIFIED"

    def _record(
        self, events: Sequence[Event], status: int, ms: float, *, again: bool, reason: str
    ) -> None:
        at = self._platform.clock.now_ms()
        for event in events:
            event.deliveries.append(Delivery(at, status, ms, again, reason))
            event.delivered = event.delivered or 200 <= status < 300
            event.bell.ring()

    def _odd_event(self) -> Json:
        now = self._platform.clock.now_ms()
        return {
            "type": "somethingNew",
            "mode": "active",
            "timestamp": now,
            "source": {"type": "user", "userId": ids.user_id()},
            "webhookEventId": ids.ulid(now),
            "deliveryContext": {"isRedelivery": False},
            "somethingNew": {"level": 3},
        }

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def encode(body: Json) -> bytes:
    """The exact bytes that are signed and sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def sign(secret: str, raw: bytes) -> str:
    """The value of `x-line-signature` for these bytes."""
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()
