"""Many alerts to one person at once share a message, and no message claims more than it names."""

from __future__ import annotations

from sqlalchemy import select

from core.database import Database
from models.incident import Alert
from services.urgent import alerts
from tests.support.duty import NOW, duty_office


def test_a_message_carries_no_more_than_it_names(database: Database) -> None:
    """
    Thirteen at once: the first message names ten, a second one the other three.
    """

    def play(session) -> None:
        here = duty_office(session)
        for _ in range(13):
            here.raises()
        rows = session.scalars(
            select(Alert).where(Alert.staff_id == here.staff["o1"]).order_by(Alert.id)
        ).all()
        account_id = here.accounts["o1"]
        assert len(rows) == 13
        first = alerts.carry(session, rows[0], account_id, now=NOW)
        assert [each.id for each in first] == [each.id for each in rows[1:10]]
        second = alerts.carry(session, rows[10], account_id, now=NOW)
        # The first has not arrived yet; its own push is still to leave and is not taken over.
        assert [each.id for each in second if each is not rows[0]] == [rows[11].id, rows[12].id]

    database.run(play)
