"""What one may see. Every read of pupils and visits takes a `Scope`; without one there is no query.

Least privilege (design §3, 6): a teacher sees the pupils of their own rooms, a head and the clerk
those of their school, the office sees totals, an administrator no pupil at all (P15).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true

from models.student import Enrolment


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a school; an empty `room` is every room of the class."""

    school_id: int
    level: str
    room: str

    def holds(self, school_id: int, level: str, room: str) -> bool:
        """Whether a room is this one, or one of this class."""
        return (self.school_id, self.level) == (school_id, level) and self.room in ("", room)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose pupils may be read by name, and of which schools totals may be seen."""

    office_id: int
    rooms: tuple[Room, ...] = ()
    schools: tuple[int, ...] = ()
    #: Totals of every school of the office, without names.
    totals: bool = False
    #: The command line acts as operator: everything of the office, and it is audited.
    everything: bool = False
    #: The funds' registers and vouchers: finance, ผอ.เขต and those who audit (P40).
    books: bool = False
    #: The ways of visiting that count as visited, by the office's rule (P22); None is all.
    ways: tuple[str, ...] | None = None

    def pupils(self) -> ColumnElement[bool]:
        """The condition on `Enrolment` under which a pupil may be read by name."""
        if self.everything:
            return Enrolment.office_id == self.office_id
        rooms = [
            and_(
                Enrolment.school_id == room.school_id,
                Enrolment.level == room.level,
                Enrolment.room == room.room if room.room else true(),
            )
            for room in self.rooms
        ]
        schools = [Enrolment.school_id.in_(self.schools)] if self.schools else []
        mine = or_(*rooms, *schools) if rooms or schools else false()
        return and_(Enrolment.office_id == self.office_id, mine)

    def reaches(self, school_id: int, level: str, room: str) -> bool:
        """Whether the pupils of a room may be read by name."""
        return (
            self.everything
            or school_id in self.schools
            or any(mine.holds(school_id, level, room) for mine in self.rooms)
        )

    def counted(self) -> ColumnElement[bool]:
        """The condition on `Enrolment` under which a pupil may be counted."""
        if self.totals or self.everything:
            return Enrolment.office_id == self.office_id
        return self.pupils()


def operator(office_id: int) -> Scope:
    """The command line's scope; whoever uses it writes an audit entry."""
    return Scope(office_id, everything=True)
