"""One event of one person, as handlers see it, and what is to be said to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from core.clock import local_date
from core.i18n import Translator, translator
from core.secrets import Secrets
from line.events import Event
from line.messages import Message

if TYPE_CHECKING:
    from models.draft import Draft
    from models.line_account import LineAccount

#: Messages that LINE takes in one reply call.
MESSAGES: int = 5


@dataclass(slots=True)
class Turn:
    """What a handler gets, and where it puts what it says.

    The account's row is locked until the turn commits. `draft` is the open draft, if there is one.
    """

    session: Session
    secrets: Secrets
    account: LineAccount
    event: Event
    #: The row of this event in `inbound_event`.
    event_id: int
    #: When we received it, and so "now" for everything in this turn.
    now: datetime
    draft: Draft | None = None
    #: The address by which phones reach our pages; empty where there is none, and so no links.
    public_url: str = ""
    #: The address from which LINE takes pictures; empty where it takes none of ours.
    pictures_url: str = ""
    #: False when the event came before the present question was on the screen (design §1, 8).
    may_answer: bool = True
    said: list[Message] = field(default_factory=list)
    #: Of `said`, those that must reach the person even if a newer reply supersedes this one.
    carried: list[Message] = field(default_factory=list)
    #: The last message of the turn asks the present question.
    asks: bool = False
    #: Seconds that the reply may wait for the verdict on a photo; 0 is at once.
    hold: float = 0
    #: Photos whose fetching begins right after the commit.
    media: list[int] = field(default_factory=list)

    #: Something that could wait is to be said with this reply.
    has_notices: bool = False
    #: The person's role or language changed: the menu below the chat may have to change too.
    menu_may_differ: bool = False

    def say(self, *messages: Message, carry: bool = False) -> None:
        """Say something. With `carry` it is a receipt: it rides on if this reply cannot leave."""
        self.said.extend(messages)
        if carry:
            self.carried.extend(messages)

    @property
    def t(self) -> Translator:
        """The translator of the person's language, as it is at this moment of the turn."""
        return translator(self.account.language)

    @property
    def sent_at(self) -> datetime:
        """When the person sent this, by LINE's clock; never after `now`."""
        return min(self.event.happened_at, self.now)

    @property
    def today(self) -> date:
        return local_date(self.now)
