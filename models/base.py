"""Base class and column types shared by all tables."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


E = TypeVar("E", bound=StrEnum)


class Code(TypeDecorator[E]):
    """A `StrEnum` kept as its text: no native enum and no CHECK list to migrate."""

    impl = String(40)
    cache_ok = True

    def __init__(self, codes: type[E]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.codes(value)


#: 64 bits on PostgreSQL; SQLite counts up only in its own INTEGER.
BigKey = BigInteger().with_variant(Integer, "sqlite")

pk = Annotated[int, mapped_column(BigKey, primary_key=True)]
utc_datetime = Annotated[datetime, mapped_column(UTCDateTime)]
#: A column that `core.secrets` seals; see there for its form.
sealed = Annotated[bytes, mapped_column(LargeBinary)]

office_fk = Annotated[int, mapped_column(BigKey, ForeignKey("office.id"))]
channel_fk = Annotated[int, mapped_column(BigKey, ForeignKey("channel.id"))]
school_fk = Annotated[int, mapped_column(BigKey, ForeignKey("school.id"), index=True)]
account_fk = Annotated[int, mapped_column(BigKey, ForeignKey("line_account.id"), index=True)]
staff_fk = Annotated[int, mapped_column(BigKey, ForeignKey("staff.id"), index=True)]
student_fk = Annotated[int, mapped_column(BigKey, ForeignKey("student.id"), index=True)]
household_fk = Annotated[int, mapped_column(BigKey, ForeignKey("household.id"), index=True)]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
