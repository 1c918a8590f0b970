"""What a process reads from its environment: once, at the door, with every problem named."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import SettingsError

#: Where data lives that was given no other place; beside the program, never inside it.
VAR: Final = Path("var")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """The environment of design §2. Secrets never appear in `repr`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    line_channel_secret: SecretStr | None = None
    line_channel_access_token: SecretStr | None = None
    line_channel_id: str | None = None
    line_api_url: str = "https://api.line.me"
    line_data_api_url: str = "https://api-data.line.me"
    line_login_channel_id: str | None = None
    line_login_channel_secret: SecretStr | None = None
    line_login_url: str | None = None

    database_url: str = f"sqlite:///{VAR}/doolae.db"
    media_url: str = f"file:{VAR}/media"
    s3_endpoint_url: str | None = None
    broker_url: str | None = None

    secret_key: SecretStr = Field(min_length=32)
    data_keys: SecretStr | None = None

    public_url: str | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    tz_name: str = "Asia/Bangkok"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    #: Networks whose X-Forwarded-* headers are believed, separated by commas.
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()

    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    alert_webhook_url: str | None = None
    alert_webhook_secret: SecretStr | None = None
    metrics_token: SecretStr | None = None
    clock_file: str | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: object) -> object:
        """`NAME=` in an env file means what leaving the line out means."""
        if value == "":
            name = info.field_name  # type: ignore[attr-defined]  # pydantic's own type is private
            return cls.model_fields[name].default
        return value

    @field_validator("line_api_url", "line_data_api_url", "line_login_url", "public_url")
    @classmethod
    def _is_a_base_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an address that begins with https://")
        if value.endswith("/"):
            raise ValueError("must not end with a slash")
        return value

    @field_validator("tz_name")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is no time zone; try Asia/Bangkok") from None
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, value: object) -> object:
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
            for part in value:
                ip_network(part, strict=False)
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if scheme.split("+")[0] not in {"sqlite", "postgresql"} or not rest:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        # The one driver that we lock is the one that is meant.
        return f"postgresql+psycopg://{rest}" if scheme == "postgresql" else value

    @field_validator("media_url")
    @classmethod
    def _is_a_store(cls, value: str) -> str:
        if not value.startswith(("file:", "s3://")):
            raise ValueError("must begin with file: or s3://")
        return value

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        if self.clock_file and urlsplit(self.line_api_url).hostname not in LOOPBACK:
            raise ValueError("CLOCK_FILE is for rehearsals: LINE_API_URL must be on this computer")
        return self

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, line: bool = False) -> Self:
        """Build the settings, or raise one `SettingsError` that names every problem.

        With `line`, what is needed to talk to LINE must be there too.
        """
        problems: list[str] = []
        settings: Self | None = None
        given = {
            name: environ[name.upper()] for name in cls.model_fields if name.upper() in environ
        }
        try:
            settings = cls(**given)  # type: ignore[arg-type]  # texts, as an environment has them
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                name = str(problem["loc"][0]).upper() if problem["loc"] else ""
                missing = problem["type"] == "missing"
                said = "is missing" if missing else problem["msg"].removeprefix("Value error, ")
                problems.append(f"{name} {said}".strip())
        if line:
            problems += _missing_for_line(environ)
        if problems or settings is None:
            raise SettingsError("\n".join(problems))
        return settings

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz_name)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def pictures_url(self) -> str:
        """The address from which LINE takes pictures: https, or ours where LINE is a simulator.

        Empty where LINE would refuse them, and with them the whole reply.
        """
        url = self.public_url or ""
        if url.startswith("https://"):
            return url
        hosts = {urlsplit(url).hostname, urlsplit(self.line_api_url).hostname}
        return url if hosts <= LOOPBACK else ""

    @property
    def base_url(self) -> str:
        """The address by which phones reach us; only `public_url` is good for real ones."""
        return self.public_url or f"http://{self.host}:{self.port}"


def _missing_for_line(environ: Mapping[str, str]) -> list[str]:
    problems = []
    if not environ.get("LINE_CHANNEL_SECRET"):
        problems.append("LINE_CHANNEL_SECRET is missing")
    if not environ.get("LINE_CHANNEL_ACCESS_TOKEN") and not environ.get("LINE_CHANNEL_ID"):
        problems.append("LINE_CHANNEL_ACCESS_TOKEN is missing (or give LINE_CHANNEL_ID instead)")
    return problems
