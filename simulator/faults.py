"""Faults: what goes wrong on purpose, on the way to the bot and on the way to LINE."""

import random
import re
from dataclasses import dataclass
from typing import Final

from simulator.refusals import Json

WEBHOOK: Final = (
    "duplicate",
    "late",
    "shuffle",
    "batch",
    "odd_neighbour",
    "lower_case_header",
    "drop_first",
)
API: Final = (
    "error_before",
    "error_after",
    "hang_before",
    "hang_after",
    "reset_before",
    "reset_after",
    "rate_limit",
    "monthly_limit",
    "unauthorized",
    "slow",
)
SECONDS: Final = {"late": 1.0, "shuffle": 0.3, "batch": 0.2, "hang_before": 5.0, "hang_after": 5.0}

#: A bad signal: the webhook comes twice, late and out of order; LINE answers 500.
BAD_NETWORK: Final[Json] = {
    "duplicate": {"probability": 0.5},
    "late": {"probability": 0.4, "seconds": 1.5, "vary": True},
    "shuffle": {"probability": 0.4},
    "error_before": {"probability": 0.15, "path": "/v2/bot/message/(reply|push|multicast)$"},
    "error_after": {"probability": 0.15, "path": "/v2/bot/message/(reply|push|multicast)$"},
}


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong. `times` counts down; None is without end."""

    kind: str
    times: int | None = None
    probability: float = 1.0
    path: str | None = None
    user: str | None = None
    status: int = 500
    seconds: float = 0.0
    ms: float = 100.0
    vary: bool = False  #: take a random part of `seconds`
    hits: int = 0

    def body(self) -> Json:
        """The fault as the control API shows it."""
        return {
            "times": self.times,
            "probability": self.probability,
            "path": self.path,
            "user": self.user,
            "status": self.status,
            "seconds": self.seconds,
            "ms": self.ms,
            "vary": self.vary,
            "hits": self.hits,
        }


class Faults:
    """The faults that are switched on, at most one of each kind; a seed repeats their dice."""

    def __init__(self) -> None:
        self.on: dict[str, Fault] = {}
        self.seed: int | None = None
        self.bad_network = False
        self._dice = random.Random()  # noqa: S311 - dice, not secrets

    def change(self, body: Json) -> None:
        """Switch faults on (an object, or true) and off (false); raises ValueError."""
        body = dict(body)
        if "seed" in body:
            self.seed = body.pop("seed")
            self._dice.seed(self.seed)
        if "bad_network" in body:
            self.bad_network = bool(body.pop("bad_network"))
            preset = {kind: self.bad_network and BAD_NETWORK[kind] for kind in BAD_NETWORK}
            body = preset | body
        made = {kind: _fault(kind, value) for kind, value in body.items()}
        for kind, fault in made.items():
            if fault is None:
                self.on.pop(kind, None)
            else:
                self.on[kind] = fault

    def clear(self) -> None:
        """Everything works again."""
        self.on.clear()
        self.bad_network = False

    def strike(self, kind: str, *, path: str = "", user: str | None = None) -> Fault | None:
        """The fault of this kind if it happens now."""
        fault = self.on.get(kind)
        if fault is None or fault.times == 0:
            return None
        if fault.path is not None and not re.search(fault.path, path):
            return None
        if fault.user is not None and fault.user != user:
            return None
        if fault.probability < 1 and self._dice.random() >= fault.probability:
            return None
        fault.hits += 1
        if fault.times is not None:
            fault.times -= 1
        return fault

    def seconds(self, fault: Fault) -> float:
        """How long this fault lasts this time."""
        return fault.seconds * (self._dice.random() if fault.vary else 1.0)

    def body(self) -> Json:
        """The faults as the control API shows them."""
        return {
            "seed": self.seed,
            "bad_network": self.bad_network,
            "faults": {kind: fault.body() for kind, fault in self.on.items()},
        }


def _fault(kind: str, value: object) -> Fault | None:
    if kind not in WEBHOOK + API:
        raise ValueError(f"no such fault: {kind}")
    if not value and value != {}:
        return None
    fields: Json = value if isinstance(value, dict) else {}
    unknown = fields.keys() - Fault.__dataclass_fields__.keys()
    if unknown:
        raise ValueError(f"no such field of a fault: {', '.join(sorted(unknown))}")
    usual: Json = {"kind": kind, "seconds": SECONDS.get(kind, 0.0)}
    return Fault(**(usual | fields))
