"""Statements for the few places where SQLAlchemy's own time is most of a turn.

A statement is written in Core, so that its columns are checked, compiled once per dialect, and then
run as driver SQL with the types' own conversions. Everywhere else the ORM is quick enough (ADR 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

Convert = Callable[[Any], Any]


class Prepared:
    """One statement, ready for each dialect it was written for.

    `statement` may be a mapping from the dialect's name where dialects spell it differently.
    """

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def all(self, connection: Connection, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it and return its rows, converted as their columns' types say."""
        ready = self._of(connection.dialect)
        return ready.read_all(execute(connection, ready.sql, ready.bind(parameters)).fetchall())

    def run(self, connection: Connection, parameters: Mapping[str, Any]) -> int:
        """Run it and return how many rows it touched."""
        ready = self._of(connection.dialect)
        rows: int = execute(connection, ready.sql, ready.bind(parameters)).rowcount
        return rows

    def _of(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            statement = self._statement
            if isinstance(statement, Mapping):
                statement = statement[dialect.name]
            assert isinstance(statement, ClauseElement)
            ready = self._ready[dialect.name] = _Ready(statement, dialect)
        return ready


class _Ready:
    """A statement compiled for one dialect."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        self.sql = str(compiled)
        self._positional = bool(compiled.positional)
        names = compiled.positiontup if self._positional else list(compiled.binds)
        fixed = compiled.construct_params(_check=False)
        self._binds: list[tuple[str, Any, Convert | None]] = [
            (
                name,
                fixed.get(name),
                compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect),
            )
            for name in names
        ]
        columns: Any = getattr(statement, "selected_columns", None)
        if columns is None:
            columns = getattr(statement, "_returning", ())
        reads = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        ]
        #: Only where a column's type has something to convert, and there is something.
        self._reads: list[tuple[int, Convert]] = [
            (place, convert) for place, convert in enumerate(reads) if convert is not None
        ]

    def bind(self, parameters: Mapping[str, Any]) -> Any:
        values = [
            value if convert is None else convert(value)
            for value, convert in (
                (parameters.get(name, fixed), convert) for name, fixed, convert in self._binds
            )
        ]
        if self._positional:
            return values
        return {name: value for (name, *_), value in zip(self._binds, values, strict=True)}

    def read_all(self, rows: list[Any]) -> list[tuple[Any, ...]]:
        if not self._reads:
            return rows
        return [self._read(row) for row in rows]

    def _read(self, row: Any) -> tuple[Any, ...]:
        values = list(row)
        for place, convert in self._reads:
            if values[place] is not None:
                values[place] = convert(values[place])
        return tuple(values)


def execute(connection: Connection, sql: str, parameters: Any = ()) -> Any:
    """Run driver SQL on the driver's own connection; what it raises is SQLAlchemy's error.

    SQLAlchemy's cursors and results would cost more than the statement itself.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        return driver.execute(sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        is_lost = connection.dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
            connection.engine.dispose()  # its neighbours in the pool are as dead
        raise DBAPIError.instance(
            sql,
            None,
            error,
            connection.dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=connection.dialect,
        ) from error
