"""Who hears what became of a case: its reporter (P3, P7), and the others who were alerted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from models.incident import OPEN, Alert, AlertAnswer, Incident
from models.outbox import Purpose, Via
from outbox.kinds import Settled, on_undelivered
from services import channels, notices
from services.people import StaffMember
from services.urgent import alerts, cases, second_channel

#: The kind of push; its words are made in handlers/.
REPORTER: Final = "incident.reporter"
#: The notice to the others.
TAKEN_BY: Final = "incident.taken"
#: Words for the reporter.
TAKEN: Final = "taken"
NOBODY_YET: Final = "nobody_yet"


def tell_reporter(session: Session, incident: Incident, word: str, *, now: datetime) -> None:
    """Pushed and never cut by the quota (P3); to a parent's phone only after their yes (P7).

    That nobody has taken it is said at every step of the first round, and then once an hour.
    """
    if incident.reporter_account_id is None or not may_be_told(incident):
        return
    if incident.reporter_staff_id in cases.excluded(session, incident.id):
        return
    is_first = word == TAKEN or (incident.round == 1 and incident.step >= 0)
    when = f"{incident.round}:{incident.step}" if is_first else f"{now:%Y%m%d%H}"
    key = f"reporter:{incident.id}:{when}:{word}"
    facts: dict[str, object] = {"incident": incident.id, "word": word}
    alerts.push(
        session, [incident.reporter_account_id], REPORTER, facts, Purpose.SAFETY, key,
        office_id=incident.office_id, now=now,
    )  # fmt: skip


def may_be_told(incident: Incident) -> bool:
    """Whether a push about the case may appear on the reporter's phone (P7)."""
    return incident.reporter_staff_id is not None or incident.may_push_reporter


def is_true(incident: Incident, word: str) -> bool:
    """Whether what the reporter was to be told still holds."""
    return (incident.status in OPEN) is (word == NOBODY_YET)


@on_undelivered(REPORTER)
def _not_told(session: Session, settled: Settled) -> None:
    """LINE did not take it: said with their next reply, and to a colleague by mail and call."""
    incident = session.get_one(Incident, settled.facts["incident"])
    word = settled.facts["word"]
    if settled.via is not Via.LINE or not is_true(incident, word):
        return
    if settled.reason != "late":  # a late one goes on being tried
        for account_id in settled.account_ids:
            notices.tell(
                session, account_id, REPORTER, dict(settled.facts),
                office_id=incident.office_id, now=settled.at,
            )  # fmt: skip
    if incident.reporter_staff_id is None:
        return
    second_channel.alert(
        session, office_id=incident.office_id,
        channel_id=channels.of_environment(session, now=settled.at).id,
        staff_ids=[incident.reporter_staff_id], number=incident.number,
        severity=incident.severity, kind=REPORTER, now=settled.at, is_drill=incident.is_drill,
        dedupe_key=f"reporter:{incident.id}:{incident.round}:{incident.step}:{word}:2",
        about={"incident": incident.id, "word": word}, said=words(incident, word),
    )  # fmt: skip


def words(incident: Incident, word: str) -> Lazy:
    """What the reporter reads: whether help is coming; it implies nothing of the law (P3)."""
    if word == TAKEN:
        return _("No. %(number)s: somebody has taken it.", number=incident.number)
    if incident.is_drill:  # nobody calls the police for an exercise
        return _(
            "No. %(number)s: nobody has taken it yet. Were it real, you would be asked to call 191 "
            "or 1300 now.",
            number=incident.number,
        )
    return _(
        "No. %(number)s: nobody has taken it yet. Please call 191 or 1300.",
        number=incident.number,
    )


def tell_the_others(
    session: Session, incident: Incident, person: StaffMember, *, now: datetime
) -> None:
    """Who was alerted too hears with their next reply that it is taken."""
    others = session.scalars(
        select(Alert.staff_id)
        .where(
            Alert.incident_id == incident.id,
            Alert.staff_id != person.staff_id,
            Alert.answer.is_distinct_from(AlertAnswer.RECUSED),
        )
        .distinct()
    ).all()
    facts = {"incident": incident.id, "number": incident.number, "by": person.full_name}
    for staff_id in others:
        notices.tell_staff(
            session, staff_id, TAKEN_BY, facts, office_id=incident.office_id, now=now
        )
