"""The receiver outside the office, for cases about somebody who works in it (P4).

Office setting `outside_receiver`: {"partner": id} whose account answers in the chat, and for the
second ways, or without a partner, "email" and "phone". Nobody inside hears of such a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.database import secrets_of
from core.errors import NotYours
from models.casework import PARTNER_PHONE, Partner
from models.incident import OPEN, Incident, IncidentStatus
from models.line_account import LineAccount
from models.outbox import Purpose, Via
from models.timeline import AuditEntry, Door
from outbox.kinds import Settled, on_undelivered, wanted_while
from services import channels, offices
from services import timeline as timelines
from services.urgent import alerts, cases, incident_news, second_channel, severities

SETTING: Final = "outside_receiver"
#: The kind of push; its words are made in handlers/.
OUTSIDE: Final = "incident.outside"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets what nobody inside may get, and how they are reached."""

    account_id: int | None
    email: str | None
    phone: str | None

    @property
    def is_reachable(self) -> bool:
        return bool(self.account_id or self.email or self.phone)


def receiver(session: Session, office_id: int) -> Receiver | None:
    """The named receiver; None where nobody is named, or nobody who can be reached."""
    written = offices.settings_of(session, office_id).get(SETTING)
    if not isinstance(written, dict):
        return None
    partner_id = written.get("partner")
    partner = session.get(Partner, int(partner_id)) if partner_id else None
    if partner is not None and (partner.office_id != office_id or partner.ended_at is not None):
        partner = None
    phone = written.get("phone") or None
    if partner is not None and partner.phone and not phone:
        phone = secrets_of(session).open(partner.phone, column=PARTNER_PHONE).decode()
    found = Receiver(partner.account_id if partner else None, written.get("email") or None, phone)
    return found if found.is_reachable else None


def alert(session: Session, incident: Incident, *, now: datetime) -> bool:
    """Ask the receiver, once a round; false where nobody is named."""
    found = receiver(session, incident.office_id)
    if found is None:
        return False
    if found.account_id is None:
        _other_ways(session, incident, found, now=now)
        return True
    alerts.push(
        session, [found.account_id], OUTSIDE, {"incident": incident.id}, Purpose.ALERT,
        f"outside:{incident.id}:{incident.round}", office_id=incident.office_id, now=now,
    )  # fmt: skip
    return True


def is_receiver(session: Session, account: LineAccount, incident: Incident) -> bool:
    """Whether an account is the one that takes this case."""
    if not incident.outside_only or incident.office_id != account.office_id:
        return False
    found = receiver(session, incident.office_id)
    return found is not None and found.account_id == account.id


def acknowledge(
    session: Session, account: LineAccount, incident_id: int, *, now: datetime
) -> Incident:
    """The receiver has taken it. Raises `NotYours` for anybody else."""
    incident = cases.locked(session, incident_id)
    if incident is None or not is_receiver(session, account, incident):
        raise NotYours
    return take(session, incident, account_id=account.id, now=now)


def take(
    session: Session, incident: Incident, *, account_id: int | None, now: datetime
) -> Incident:
    """Somebody outside has it; without an account, by the link in a mail. It must be locked."""
    if incident.status not in OPEN:
        return incident
    before = incident.status
    incident.move_to(IncidentStatus.ACKNOWLEDGED)
    if incident.acknowledged_at is None:
        incident.acknowledged_at = now
        incident.was_late = incident.was_late or now > incident.ack_due_at
    times = severities.timing(session, incident.office_id, incident.severity)
    incident.next_step_at = severities.after(
        session, incident.office_id, incident.severity, now, times.silence
    )
    timelines.record(
        session, "incident.acknowledged", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), account_id=account_id,
        status=(before, incident.status), reason_code=None if account_id else "by_link",
    )  # fmt: skip
    incident_news.tell_reporter(session, incident, incident_news.TAKEN, now=now)
    return incident


def opened(session: Session, account: LineAccount, incident: Incident, *, now: datetime) -> None:
    """Write down that the receiver has read it."""
    session.add(
        AuditEntry(
            at=now, office_id=incident.office_id, actor=f"account:{account.id}", door=Door.CHAT,
            action="incident.read", subject=f"incident:{incident.id}", rows=1, sensitive=True,
            reason=None,
        )
    )  # fmt: skip


@wanted_while(OUTSIDE)
def _is_wanted(session: Session, facts: Mapping[str, Any]) -> bool:
    incident = session.get(Incident, facts["incident"])
    return incident is not None and incident.status is not IncidentStatus.CLOSED


@on_undelivered(OUTSIDE)
def _did_not_arrive(session: Session, settled: Settled) -> None:
    incident = session.get_one(Incident, settled.facts["incident"])
    found = receiver(session, incident.office_id)
    if settled.via is Via.LINE and incident.status in OPEN and found is not None:
        _other_ways(session, incident, found, now=settled.at)


def _other_ways(session: Session, incident: Incident, found: Receiver, *, now: datetime) -> None:
    second_channel.alert_outside(
        session, office_id=incident.office_id,
        channel_id=channels.of_environment(session, now=now).id,
        to=second_channel.Outsider(
            found.email, found.phone, _page(session, incident, found.email),
            _page(session, incident, found.phone),
        ),
        number=incident.number, severity=incident.severity, kind=OUTSIDE,
        dedupe_key=f"outside:{incident.id}:{incident.round}:2", now=now,
        is_drill=incident.is_drill, about={"incident": incident.id},
    )  # fmt: skip


def signed(incident_id: int, contact: str) -> bytes:
    """What a link's signature is made over."""
    return f"take:{incident_id}:{contact}".encode()


def _page(session: Session, incident: Incident, contact: str | None) -> str | None:
    """The path of the page on which they take the case (`services.urgent.outside_links`)."""
    if not contact:
        return None
    signature = secrets_of(session).sign(signed(incident.id, contact), length=16)
    return f"/take/{incident.id}.{signature}"
