"""Urgent cases in the village: raised, pushed and taken without LINE in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.incident import Incident, Origin, Severity, ThreatGroup
from models.line_account import LineAccount
from models.outbox import DISPATCH_FACTS, Dispatch, DispatchRecipient, Purpose
from models.staff import Role
from outbox.kinds import Push, renderer_of
from services.urgent import incidents
from services.urgent.incidents import Report
from tests.support.village import NOW, Chat, Village

OFFICER = (Role.DISTRICT_OFFICER, None, None, None)
DIRECTOR = (Role.DISTRICT_DIRECTOR, None, None, None)
HEAD = (Role.DIRECTOR, "บ้านดอน", None, None)
TEACHER = (Role.TEACHER, "บ้านดอน", "ป.4", "1")


def a_staffed_village(village: Village) -> dict[str, Chat]:
    """A teacher, the head, two officers and ผอ.เขต, all come in; three pupils."""
    for name, post in (
        ("ครูสมใจ", TEACHER), ("ผอปรีชา", HEAD), ("หนึ่ง", OFFICER), ("สอง", OFFICER),
        ("ผอเขต", DIRECTOR),
    ):  # fmt: skip
        village.employs(name, post)
    for name in ("ก้อง", "แก้ว", "ขวัญ"):
        village.enrols(name)
    return {name: village.comes_in(name) for name in village.staff}


def raises(village: Village, reporter: Chat | None = None, **more: Any) -> int:
    """A case at the school; an accident, unless told otherwise."""

    def work(session: Session) -> int:
        facts: dict[str, Any] = {
            "origin": Origin.STAFF, "severity": Severity.CRITICAL, "group": ThreatGroup.ACCIDENT,
            "school_id": village.schools["บ้านดอน"], "answers": {"story": "ได้รับแจ้งว่าหกล้มหนัก"},
            "reporter_account_id": reporter.account_id if reporter else None,
        } | more  # fmt: skip
        report = Report(office_id=village.office_id, **facts)
        return incidents.raise_case(session, report, now=NOW).id

    return village.database.run(work)


def case(village: Village, incident_id: int) -> Incident:
    found: Incident = village.kept(select(Incident).where(Incident.id == incident_id))[0]
    return found


def pushed(village: Village, chat: Chat, *kinds: str) -> None:
    """What was pushed last to somebody becomes what they see, with its buttons."""

    def work(session: Session) -> Sequence[Any]:
        row = session.scalars(
            select(Dispatch)
            .join(DispatchRecipient, DispatchRecipient.dispatch_id == Dispatch.id)
            .where(DispatchRecipient.account_id == chat.account_id, Dispatch.kind.in_(kinds))
            .order_by(Dispatch.id.desc())
        ).first()
        assert row is not None, f"nothing of {kinds} was pushed"

        push = Push(
            session, chat.at, row.office_id, row.kind, Purpose(row.purpose),
            secrets_of(session).open_json(row.facts, column=DISPATCH_FACTS),
            [session.get_one(LineAccount, chat.account_id)],
        )  # fmt: skip
        said = renderer_of(row.kind)(push)
        assert said
        return said

    chat.said = list(village.database.run(work))


def takes(village: Village, chat: Chat) -> None:
    pushed(village, chat, "incident.alert")
    chat.taps("รับเรื่อง")
