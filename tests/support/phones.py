"""A person's phone: says, taps and sends, and sees what the bot answers."""

from __future__ import annotations

import base64
import time
from typing import Any

from core.i18n import Lazy, translator
from line.messages import cut
from tests.support.bubbles import Bubble, labels_of
from tests.support.photos import a_photo
from tests.support.simulator import Json, Refused, Simulator

#: Longest wait for an answer of the bot, in seconds of real time. Slow machines are slow.
PATIENCE = 30.0
#: Letters that LINE shows of a quick reply's label.
LABEL = 20


class Phone:
    """One phone in the simulator.

    Each gesture waits until the bot has answered it and returns the new bubbles of the bot;
    with `wait=False` it does not wait and returns none.
    """

    def __init__(self, simulator: Simulator, name: str, *, language: str = "th") -> None:
        self.simulator = simulator
        self.name = name
        #: The language the bot speaks with this person.
        self.language = language
        made = simulator.post("users", {"name": name, "language": language})
        self.user_id = str(made["userId"])
        self.last_event: str | None = None
        self._seen = 0

    # -- gestures -----------------------------------------------------------

    def adds_the_bot(self, *, wait: bool = True) -> list[Bubble]:
        """Add the account as a friend; after a block, unblock it."""
        return self._does("follow", wait=wait)

    def blocks_the_bot(self) -> None:
        """Block the account; a bot can answer nothing to that."""
        self._does("block", wait=False)

    def says(self, text: str, *, wait: bool = True) -> list[Bubble]:
        """Type a text and send it."""
        return self._does("text", {"text": text}, wait=wait)

    def taps(self, label: str, *, wait: bool = True, **picked: str) -> list[Bubble]:
        """Tap the button with that label; a date picker is given `date=`, `time=` or `datetime=`."""
        try:
            return self._does("tap", {"label": label, **picked}, wait=wait)
        except Refused as refused:
            raise AssertionError(
                f"{self.name} cannot tap {label!r} ({refused.status} {refused.body}).\n{self}"
            ) from None

    def chooses(self, msgid: str, *, wait: bool = True, **values: Any) -> list[Bubble]:
        """Tap the button with these words, in the language the person reads."""
        return self.taps(cut(self.words(msgid, **values), LABEL), wait=wait)

    def words(self, msgid: str, **values: Any) -> str:
        """What a message of the bot is called in the person's language."""
        return translator(self.language)(Lazy(msgid, values))

    def taps_on(
        self, bubble: Bubble, label: str, *, wait: bool = True, **picked: str
    ) -> list[Bubble]:
        """Tap a button of one particular, perhaps old, bubble."""
        message_id = bubble.item["messageId"]
        return self._does("tap", {"label": label, "messageId": message_id, **picked}, wait=wait)

    def opens(self, label: str) -> str:
        """Tap a button that leads out of the chat; returns its address."""
        return str(self.simulator.post(f"users/{self.user_id}/tap", {"label": label})["uri"])

    def sends_postback(self, data: str, *, wait: bool = True) -> list[Bubble]:
        """Send the data of a button as such, as an old phone or a bad one might."""
        return self._does("postback", {"data": data}, wait=wait)

    def sends_photo(
        self, photo: bytes | None = None, *, content: str = "ready", wait: bool = True
    ) -> list[Bubble]:
        """Send one photo; `content` as in the simulator: ready, delayed:SECONDS, gone, missing."""
        return self._does(
            "image",
            a_photo() if photo is None else photo,
            wait=wait,
            headers={"Content-Type": "image/jpeg"},
            content=content,
        )

    def sends_photos(self, *photos: bytes, wait: bool = True) -> list[Bubble]:
        """Choose several photos in the album and send them at once."""
        body = [base64.b64encode(photo).decode() for photo in photos]
        return self._does("images", body, wait=wait)

    def sends_place(
        self,
        latitude: float = 13.7563,
        longitude: float = 100.5018,
        *,
        title: str | None = None,
        address: str | None = None,
        wait: bool = True,
    ) -> list[Bubble]:
        """Send a place from the map."""
        place = {"latitude": latitude, "longitude": longitude, "title": title, "address": address}
        given = {key: value for key, value in place.items() if value is not None}
        return self._does("location", given, wait=wait)

    def sends_sticker(self, *, wait: bool = True) -> list[Bubble]:
        """Send a sticker."""
        return self._does("sticker", {"packageId": "446", "stickerId": "1988"}, wait=wait)

    def sends_voice(self, *, wait: bool = True) -> list[Bubble]:
        """Send a voice message."""
        headers = {"Content-Type": "audio/x-m4a"}
        return self._does("audio", b"\x00" * 64, wait=wait, headers=headers)

    def sends_event(self, fields: Json, *, wait: bool = False) -> list[Bubble]:
        """Send an odd event: `fields` laid over a well-formed one."""
        return self._does("raw", fields, wait=wait)

    def unsends(self, bubble: Bubble) -> None:
        """Take a message back."""
        self._does("unsend", {"messageId": bubble.item["messageId"]}, wait=False)

    # -- what the screen shows ----------------------------------------------

    @property
    def chat(self) -> list[Bubble]:
        """All bubbles so far."""
        return [Bubble(item) for item in self._chat()["items"]]

    def last_bubbles(self) -> list[Bubble]:
        """The bubbles of the bot below the person's own last one."""
        last: list[Bubble] = []
        for bubble in self.chat:
            last = [*last, bubble] if bubble.is_bot else []
        return last

    def own_bubbles(self) -> list[Bubble]:
        """What the person has sent."""
        return [bubble for bubble in self.chat if bubble.item["from"] == "user"]

    def offered(self) -> list[str]:
        """What can be tapped now: quick replies, then the buttons of the last bubbles."""
        chat = self._chat()
        buttons = [label for bubble in self.last_bubbles() for label in bubble.buttons]
        return labels_of(chat.get("quickReplies") or []) + buttons

    def sees(self, *words: str, timeout: float = PATIENCE) -> Bubble:
        """A bubble of the bot, below the person's own last one, holds all these words."""
        end = time.monotonic() + timeout
        while True:
            after = max((bubble.seq for bubble in self.chat), default=0)
            for bubble in reversed(self.last_bubbles()):
                if all(word in bubble.text or word in bubble.buttons for word in words):
                    return bubble
            if time.monotonic() > end:
                raise AssertionError(f"{self.name} does not see {' … '.join(words)}.\n{self}")
            self._chat(after=after, wait=min(2.0, max(0.1, end - time.monotonic())))

    def is_told(self, msgid: str, **values: Any) -> Bubble:
        """The bot says this, in the person's language."""
        return self.sees(self.words(msgid, **values))

    def does_not_see(self, *words: str) -> None:
        """No bubble below the person's own last one holds any of these words."""
        for bubble in self.last_bubbles():
            found = [word for word in words if word in bubble.text]
            assert not found, f"{self.name} sees {found}.\n{self}"

    def hears_nothing(self, *, seconds: float = 1.0) -> None:
        """No new bubble arrives for a while: what nobody expected is a fault."""
        new = [Bubble(item) for item in self._chat(after=self._seen, wait=seconds)["items"]]
        unexpected = [bubble for bubble in new if bubble.is_bot]
        assert not unexpected, f"{self.name} did not expect {unexpected[0]}\n{self}"

    @property
    def rich_menu(self) -> Json | None:
        """The rich menu that is linked, as LINE knows it."""
        menu: Json | None = self._chat()["richMenu"]
        return menu

    def waits_for_menu(self, *, other_than: Json | None = None, seconds: float = 30) -> Json:
        """The rich menu, once one is linked that is not `other_than`; it is drawn meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            menu = self.rich_menu
            if menu is not None and menu != other_than:
                return menu
            time.sleep(0.1)
        raise AssertionError(f"{self.name} got no other menu within {seconds:g} s.\n{self}")

    def __str__(self) -> str:
        shown = "\n".join(f"  {bubble}" for bubble in self.chat[-30:])
        return f"The chat of {self.name}:\n{shown}\n  offered: {' | '.join(self.offered())}"

    # -- the wire -----------------------------------------------------------

    def _chat(self, **query: Any) -> Json:
        chat: Json = self.simulator.get(f"users/{self.user_id}/chat", **query)
        return chat

    def _does(
        self,
        gesture: str,
        body: Any = None,
        *,
        wait: bool,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> list[Bubble]:
        before = max((bubble.seq for bubble in self.chat), default=0) if wait else 0
        made = self.simulator.call(
            "POST",
            f"/_sim/users/{self.user_id}/{gesture}",
            {} if body is None else body,
            headers=headers,
            **query,
        )
        events = [each["webhookEventId"] for each in _events(made)]
        self.last_event = events[-1] if events else None
        if not wait:
            return []
        if events:
            self._waits_for_reply_to(events)
        new = [bubble for bubble in self.chat if bubble.seq > before and bubble.is_bot]
        self._seen = max((bubble.seq for bubble in self.chat), default=0)
        return new

    def _waits_for_reply_to(self, events: list[str]) -> None:
        """Wait until one of the events that were sent together is answered."""
        end = time.monotonic() + PATIENCE
        step = PATIENCE if len(events) == 1 else 0.2
        while time.monotonic() < end:
            found = [self.event(event, seconds=step) for event in events]
            if any(each["reply"]["used"] for each in found):
                return
        tries = [[each["status"] for each in one["deliveries"]] for one in found]
        raise AssertionError(
            f"{self.name} got no answer within {PATIENCE:g} s (webhook: {tries}).\n{self}"
        )

    def event(self, event: str, *, seconds: float = 0, reply: bool = True) -> Json:
        """What became of an event; waits up to `seconds` for its delivery, or for its reply."""
        found: Json = self.simulator.call(
            "GET",
            f"/_sim/events/{event}",
            seconds=seconds + 10,
            wait=seconds,
            wait_reply=int(reply),
        )
        return found


def _events(made: Any) -> list[Json]:
    if isinstance(made, list):
        return made
    if "events" in made:
        return list(made["events"])
    return [made] if "webhookEventId" in made else []
