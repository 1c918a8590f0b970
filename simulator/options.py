"""Options: how one simulator is started, and the switches that tests turn while it runs."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from simulator.refusals import Json

DEFAULT_SECRET = "simulator-channel-secret"  # noqa: S105 - made up, for this computer only
DEFAULT_TOKEN = "simulator-channel-token"  # noqa: S105 - made up, for this computer only
DEFAULT_CHANNEL = "1234567890"
REDELIVERY_SECONDS = (1.0, 5.0, 15.0, 60.0, 300.0, 600.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line decides once."""

    bot: str = ""
    host: str = "127.0.0.1"
    port: int = 8001
    data_port: int | None = None
    channel_secret: str = field(default=DEFAULT_SECRET, repr=False)
    channel_token: str = field(default=DEFAULT_TOKEN, repr=False)
    channel_id: str = DEFAULT_CHANNEL
    display_name: str = "ดูแล"
    basic_id: str = "@doolae"
    clock_file: Path | None = None
    openapi: Path | None = None
    cast: Path | None = None
    quota: int | None = 300
    bad_network: bool = False


@dataclass(slots=True, kw_only=True)
class Settings:
    """Switches: where LINE documents nothing, or where a test wants it otherwise."""

    strict: bool = True  #: refuse properties that LINE does not know
    openapi: bool = True  #: check bodies against LINE's description, where it was found
    rate_limits: bool = True
    redelivery: bool = True  #: off by default at LINE; a bot that loses nothing needs it on
    redelivery_seconds: tuple[float, ...] = REDELIVERY_SECONDS
    webhook_timeout: float = 2.0  #: seconds of real time
    batch_seconds: float = 0.0  #: collect events this long and send them in one request
    multicast_unknown: str = "silent"  #: or "refuse": LINE's page says both
    mark_as_read: str = "auto"  #: or "manual": the bot marks messages as read by token

    def body(self) -> Json:
        """The switches as JSON, named as in the control API."""
        return {camel(name): value for name, value in asdict(self).items()}

    def change(self, body: Json) -> None:
        """Turn the switches named in `body`; raises ValueError for an unknown one."""
        names = {camel(name): name for name in asdict(self)}
        for key, value in body.items():
            if key not in names:
                raise ValueError(f"no such setting: {key}")
            setattr(self, names[key], tuple(value) if isinstance(value, list) else value)


def camel(name: str) -> str:
    """`mark_as_read` as `markAsRead`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
