"""People with phones, LINE, and the bot between them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from tests.support import people
from tests.support.bot import Bot
from tests.support.people import Staff
from tests.support.phones import Phone
from tests.support.simulator import Json, Simulator


@dataclass
class World:
    """A district in which everybody is invited and nobody has come in yet."""

    simulator: Simulator
    bot: Bot
    codes: dict[str, str]
    phones: list[Phone] = field(default_factory=list)

    def phone(self, name: str = "ใครคนหนึ่ง", *, language: str = "th") -> Phone:
        """A new phone in the hands of somebody the bot does not know."""
        phone = Phone(self.simulator, name, language=language)
        self.phones.append(phone)
        return phone

    def code_of(self, person: Staff) -> str:
        """The invitation code a person got on paper."""
        for name, code in self.codes.items():
            if person.name in name:
                return code
        raise AssertionError(f"nobody invited {person.name}: {sorted(self.codes)}")

    def comes_in(self, person: Staff = people.TEACHER, *, language: str = "th") -> Phone:
        """A person adds the account, acknowledges the notice and sends the code."""
        phone = self.phone(person.name, language=language)
        phone.adds_the_bot()
        phone.chooses("Acknowledge")
        phone.says(self.code_of(person))
        phone.chooses("Yes, that is right")
        return phone

    def fast_forward(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Move everybody's clock."""
        self.simulator.advance(seconds=((days * 24 + hours) * 60 + minutes) * 60 + seconds)

    def export(self, kind: str) -> list[dict[str, str]]:
        """The rows of `doolae export KIND --format csv`."""
        said = self.bot.doolae("export", kind, "--format", "csv")
        return list(csv.DictReader(io.StringIO(said.stdout.lstrip("\ufeff"))))

    def expect_silence(self, *, seconds: float = 1.0) -> None:
        """Nobody's phone gets anything more."""
        for phone in self.phones:
            phone.hears_nothing(seconds=seconds)

    def expect_nothing_paid(self) -> None:
        """Everything so far was a free reply."""
        paid: list[Json] = [
            each
            for each in self.simulator.requests
            if each["path"].endswith(("/push", "/multicast", "/broadcast"))
        ]
        assert paid == []
        assert self.simulator.paid == 0

    def story(self) -> str:
        """All chats so far, for the report of a failed test."""
        return "\n\n".join(str(phone) for phone in self.phones)
