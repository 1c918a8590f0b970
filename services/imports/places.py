"""Finding the schools that rows name by their codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import lazy as _
from models.office import School, SchoolAlias
from services.imports import cells
from services.imports.rows import Refused, Row


@dataclass(frozen=True, slots=True)
class Place:
    """A school as rows refer to it."""

    id: int
    office_id: int


class Places:
    """The schools of some rows, by code or alias; read once per batch."""

    def __init__(self, session: Session, codes: Iterable[str]) -> None:
        wanted = {code for code in codes if code}
        wanted |= {longer for code in wanted for longer in cells.with_zeros(code)}
        self._by_code: dict[str, set[Place]] = {}
        direct = select(School.code, School.id, School.office_id).where(School.code.in_(wanted))
        aliases = select(SchoolAlias.code, SchoolAlias.school_id, SchoolAlias.office_id).where(
            SchoolAlias.code.in_(wanted)
        )
        for query in (direct, aliases):
            for code, school_id, office_id in session.execute(query):
                self._by_code.setdefault(code, set()).add(Place(school_id, office_id))

    def ids(self, codes: Iterable[str]) -> frozenset[int]:
        """The schools that these codes may mean."""
        return frozenset(place.id for code in codes for place in self._by_code.get(code, ()))

    def school(self, row: Row) -> Place:
        """The school of a row's `school_code`; refused when there is none or more than one."""
        code = cells.code(row, "school_code")
        if not code:
            raise Refused("school_code", _("This must not be empty"))
        found = self._by_code.get(code, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Refused("school_code", _("More than one office has a school with this code"))
        if any(longer in self._by_code for longer in cells.with_zeros(code)):
            raise Refused("school_code", cells.EATEN_ZEROS)
        raise Refused(
            "school_code", _("There is no school %(code)s; import the schools first", code=code)
        )
