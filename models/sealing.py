"""Which columns are sealed, and sealing them anew under the writing key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, LargeBinary, Table, select, update
from sqlalchemy.orm import Session

from core.database import secrets_of
from models import Base


def sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every column of `models.base.sealed`; `table.column` is what its values are bound to."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                yield table, column


def reseal(
    session: Session, table: Table, column: Column[bytes], *, after: int, limit: int
) -> tuple[int, int | None]:
    """Seal a stretch of one column with the writing key.

    Returns how many values changed, and the last key looked at (None when there are no more).
    Raises `CannotOpen` when a value's key is missing from DATA_KEYS.
    """
    secrets = secrets_of(session)
    key = next(iter(table.primary_key.columns))
    rows = session.execute(
        select(key, column)
        .where(key > after, column.is_not(None))
        .order_by(key)
        .limit(limit)
        .with_for_update()
    ).all()
    changed = 0
    name = f"{table.name}.{column.name}"
    for row_key, value in rows:
        if secrets.key_of(value) != secrets.writer:
            plain = secrets.open(value, column=name)
            session.execute(
                update(table)
                .where(key == row_key)
                .values({column: secrets.seal(plain, column=name)})
            )
            changed += 1
    return changed, rows[-1][0] if len(rows) == limit else None
