"""The second ways of an alert, with a real SMTP server and a real gateway."""

from __future__ import annotations

import json

from sqlalchemy import select

from core.clock import SystemClock
from core.database import secrets_of
from models import Dispatch, Staff
from models.outbox import DispatchStatus, Via
from models.staff import STAFF_EMAIL, STAFF_PHONE
from outbox.push_sender import PushSender
from outbox.ways import KEY, SIGNATURE, TIMESTAMP, Ways, signature
from services.urgent import second_channel
from tests.line.conftest import settings
from tests.support.processes import wait_until
from tests.support.village import Village


def test_an_alert_takes_both_ways_signed_neutral_and_once(database, line, client, mailbox, gateway):
    """
    A busy mail server and a gateway's 500 are tried again under the same ids; nothing in them
    names a person, a school or a group; the phone goes to the gateway only.
    """
    mailbox.busy = 1
    village = Village(database)
    staff_id = village.employs("สมหญิง")
    village.set(alert_emails=["office@example.org"])

    def reachable(session):
        staff, secrets = session.get_one(Staff, staff_id), secrets_of(session)
        staff.email = secrets.seal(b"duty@example.org", column=STAFF_EMAIL)
        staff.phone = secrets.seal(b"0812345678", column=STAFF_PHONE)

    database.run(reachable)
    gateway.answer = lambda number: 500 if number == 0 else 200
    clock = SystemClock()
    given = settings(
        line.url,
        smtp_url=mailbox.url,
        mail_from="doolae@example.org",
        alert_webhook_url=gateway.url,
        alert_webhook_secret="s" * 32,
    )
    ways = Ways(given, client, clock)
    sender = PushSender(database, ways, clock, owner="t")

    def promise(session):
        return second_channel.alert(
            session,
            office_id=village.office_id,
            channel_id=village.channel_id,
            staff_ids=[staff_id],
            number="C69-000012",
            severity="critical",
            kind="incident.alert",
            dedupe_key="second:12:1:0",
            now=clock.now(),
        )

    def statuses(session):
        return set(session.scalars(select(Dispatch.status)))

    try:
        assert [database.run(promise), database.run(promise)] == [3, 0]
        wait_until(
            lambda: database.read(statuses) == {DispatchStatus.SENT}, seconds=30, what="both ways"
        )
    finally:
        sender.close()
        ways.close()

    assert sorted(to for to, _mail in mailbox.mails) == [
        "duty@example.org",
        "office@example.org",
    ]
    for _to, mail in mailbox.mails:
        assert "C69-000012" in mail["Subject"]
        assert "สมหญิง" not in mail.as_string()
    first, again = gateway.webhooks
    assert first.raw == again.raw
    assert first.header(KEY) == again.header(KEY) == first.body["id"]
    assert again.header(SIGNATURE) == signature("s" * 32, again.header(TIMESTAMP), again.raw)
    assert first.body == {
        "id": first.body["id"],
        "severity": "critical",
        "number": "C69-000012",
        "kind": "incident.alert",
        "drill": False,
        "phone": "0812345678",
    }
    kept = database.read(lambda session: session.scalars(select(Dispatch.via)).all())
    assert sorted(kept) == [Via.EMAIL, Via.EMAIL, Via.WEBHOOK]
    assert "0812345678" not in json.dumps(line.requests)
