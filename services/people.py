"""Who somebody is to the bot: the roles, schools and rooms behind a LINE account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from models.line_account import Binding, LineAccount
from models.queries import staff as staff_queries
from models.staff import Role, Staff
from models.student import Student
from services import offices


@dataclass(frozen=True, slots=True)
class Post:
    """One role at one place. A teacher's empty room is every room of the class."""

    role: Role
    school_id: int | None
    school_name: str
    level: str
    room: str

    @property
    def class_name(self) -> str:
        """ป.4/1, or ป.4 where it is the whole class."""
        return f"{self.level}/{self.room}" if self.room else self.level


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff, as they are in today's lists."""

    binding_id: int
    staff_id: int
    office_id: int
    title: str
    first_name: str
    last_name: str
    posts: tuple[Post, ...]
    #: The office's rule on which ways of visiting count (P22); None is all.
    ways: tuple[str, ...] | None = None

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}"

    def has(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)

    @property
    def rooms(self) -> tuple[Post, ...]:
        """The rooms this person looks after."""
        return tuple(post for post in self.posts if post.role is Role.TEACHER and post.level)

    @property
    def address(self) -> Lazy | str:
        """How this person is spoken to (P41)."""
        if self.has(Role.DISTRICT_DIRECTOR, Role.DIRECTOR):
            return _("Director %(name)s", name=self.first_name)
        if self.has(Role.TEACHER):
            return _("Teacher %(name)s", name=self.first_name)
        return _("Khun %(name)s", name=self.first_name)


@dataclass(frozen=True, slots=True)
class GuardianOf:
    """Somebody who acts for one pupil; of little use before the homeroom teacher confirms it."""

    binding_id: int
    student_id: int
    office_id: int
    student_name: str
    is_confirmed: bool
    #: Where the pupil goes to school; empty for a sealed one (P8).
    class_name: str = ""
    school_name: str = ""

    @property
    def address(self) -> Lazy | str:
        return _("Guardian of %(name)s", name=self.student_name)


Person = StaffMember | GuardianOf


def who_is(session: Session, account: LineAccount, *, today: date) -> Person | None:
    """The person an account speaks as now; None for somebody who has not come in."""
    everybody = all_of(session, account, today=today)
    acting = [each for each in everybody if each.binding_id == account.acting_binding_id]
    return next(iter(acting or everybody), None)


def all_of(session: Session, account: LineAccount, *, today: date) -> Sequence[Person]:
    """Everybody an account may speak as, staff first."""
    people: list[Person] = []
    for binding, staff, student in staff_queries.bindings_of(session, account.id):
        if staff is not None:
            people.append(_staff(session, binding, staff, today))
        elif student is not None:
            people.append(guardian(session, student, binding=binding))
    return people


def member(session: Session, staff: Staff, *, today: date, binding_id: int = 0) -> StaffMember:
    """A member of staff with today's posts."""
    posts = tuple(
        Post(post.role, post.school_id, name or "", post.level or "", post.room or "")
        for post, name in staff_queries.posts_of(session, staff.id, today=today)
    )
    return StaffMember(
        binding_id,
        staff.id,
        staff.office_id,
        staff.title,
        staff.first_name,
        staff.last_name,
        posts,
        offices.counted_ways(session, staff.office_id),
    )


def guardian(session: Session, student: Student, *, binding: Binding | None = None) -> GuardianOf:
    """Somebody who acts, or may come to act, for a pupil."""
    place = None if student.is_sealed else staff_queries.place_of(session, student.id)
    return GuardianOf(
        binding_id=binding.id if binding is not None else 0,
        student_id=student.id,
        office_id=student.office_id,
        student_name=student.first_name,
        is_confirmed=binding is not None and binding.confirmed_at is not None,
        class_name=place[0] if place is not None else "",
        school_name=place[1] if place is not None else "",
    )


def school_label(name: str) -> Lazy | str:
    """A school's name as it is read; lists have it with and without the word before it."""
    return name if name.startswith("โรงเรียน") else _("School %(name)s", name=name)


def _staff(session: Session, binding: Binding, staff: Staff, today: date) -> StaffMember:
    return member(session, staff, today=today, binding_id=binding.id)
