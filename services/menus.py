"""Which rich menu stands below somebody's chat: decided by role and language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from models.line_account import LineAccount
from models.staff import Role
from services import people
from services.money import auditors

#: The menus of those who act for a pupil, and of those who have not come in with a code.
PARENT: Final = "parent"
GUEST: Final = "guest"
#: Whose menu somebody with several roles gets: what is opened daily goes before what is rare.
ORDER: Final = (
    Role.DISTRICT_DIRECTOR,
    Role.DISTRICT_OFFICER,
    Role.TEACHER,
    Role.DIRECTOR,
    Role.SCHOOL_ADMIN,
    Role.FINANCE,
    Role.ADMIN,
)


@dataclass(frozen=True, slots=True)
class MenuKey:
    """One menu that we draw."""

    role: str
    language: str

    @property
    def prefix(self) -> str:
        """What the names of all its versions begin with."""
        return f"{self.role}:{self.language}:"


def wanted(session: Session, account: LineAccount, *, today: date) -> MenuKey:
    """The menu an account should have now."""
    person = people.who_is(session, account, today=today)
    role = _role(person)
    if role == GUEST and isinstance(person, people.StaffMember):
        # Who only audits holds a duty and no role: the books are a tile for them, too.
        role = Role.FINANCE if auditors.audits(session, person, today=today) else role
    return MenuKey(role, account.language)


def look_again(account: LineAccount) -> None:
    """Role, language or friendship changed: the menu is linked anew after the commit.

    A return counts as a change: LINE does not say whether somebody who blocked the account keeps
    their menu ("Per-user rich menus").
    """
    account.menu = None


def _role(person: people.Person | None) -> str:
    if person is None:
        return GUEST
    if isinstance(person, people.GuardianOf):
        return PARENT
    return next((role.value for role in ORDER if person.has(role)), GUEST)
