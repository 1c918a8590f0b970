"""Photos and words of a case, who may have them, and what ผอ.เขต and an export learn (P14, P15)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from core.database import Database
from core.errors import NotYours
from core.i18n import translator
from documents.exports import EXPORTS
from documents.papers.case_files import PICTURES, VOICE
from documents.papers.kinds import Job, Order
from models.draft import Draft, DraftStatus
from models.incident import Incident, ThreatGroup
from models.media import Media, MediaKind, MediaStatus
from models.scope import Scope
from models.timeline import AuditEntry, Door
from services import taken_out
from services.urgent import case_evidence, escalation, incident_relation
from tests.support.duty import NOW, DutyOffice, duty_office, minutes


def with_files(here: DutyOffice, **more: Any) -> tuple[Incident, list[Media]]:
    """A case that o1 has, with a photo, one that was taken back, and a voice note."""
    session = here.session
    draft = Draft(
        office_id=here.office_id, account_id=here.accounts["teacher"], form_id="incident",
        status=DraftStatus.SENT, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    incident = here.raises(**more)
    incident.draft_id = draft.id
    escalation.acknowledge(session, here.person("o1"), incident.id, now=minutes(2))
    files = [
        Media(
            office_id=here.office_id, channel_id=here.channel_id, draft_id=draft.id, kind=kind,
            account_id=here.accounts["teacher"], line_message_id=f"m{at}", status=status,
            path=f"1/aa/{at}", due_at=NOW, created_at=NOW,
        )
        for at, (kind, status) in enumerate(
            (
                (MediaKind.PHOTO, MediaStatus.STORED), (MediaKind.PHOTO, MediaStatus.HIDDEN),
                (MediaKind.AUDIO, MediaStatus.STORED),
            )
        )
    ]  # fmt: skip
    session.add_all(files)
    session.flush()
    return incident, files


def job(here: DutyOffice, paper: str, item: int, name: str | None, *, masked: bool = False) -> Job:
    return Job(
        session=here.session, scope=Scope(here.office_id), order=Order(paper, item=item),
        t=translator("th"), now=minutes(6), staff_id=here.staff[name] if name else None,
        masked=masked,
    )  # fmt: skip


def test_photos_are_for_readers_and_what_was_taken_back_for_the_owner(database: Database) -> None:
    def play(session: Any) -> None:
        here = duty_office(session)
        incident, (shown, hidden, voice) = with_files(here)

        def photos(name: str | None, *, masked: bool = False) -> set[str]:
            found = PICTURES.collect(job(here, "case-photos", incident.id, name, masked=masked))
            return set(found.photos) if found is not None else set()

        assert photos("o1") == {str(shown.id), str(hidden.id)}
        assert photos("head") == {str(shown.id)}
        assert photos("teacher") == photos(None) == photos("o1", masked=True) == set()
        heard = VOICE.collect(job(here, "case-voice", voice.id, "head"))
        assert heard is not None
        assert heard.file == voice.path
        assert VOICE.collect(job(here, "case-voice", shown.id, "head")) is None

        with pytest.raises(NotYours):
            case_evidence.decide(
                session, here.person("o2"), incident.id, f"file-{hidden.id}", is_kept=False, now=NOW
            )
        case_evidence.decide(
            session, here.person("o1"), incident.id, f"file-{hidden.id}", is_kept=False,
            now=minutes(7),
        )  # fmt: skip
        assert (hidden.status, hidden.due_at) == (MediaStatus.GONE, minutes(7))
        assert photos("o1") == {str(shown.id)}
        with pytest.raises(NotYours):  # once only
            case_evidence.decide(
                session, here.person("o1"), incident.id, f"file-{hidden.id}", is_kept=True, now=NOW
            )

    database.run(play)


def test_of_a_restricted_case_photos_wait_for_the_question_and_are_written_down(
    database: Database,
) -> None:
    def play(session: Any) -> None:
        here = duty_office(session)
        incident, _files = with_files(here, group=ThreatGroup.RIGHTS)
        asked = job(here, "case-photos", incident.id, "o1")
        assert PICTURES.collect(asked) is None
        incident_relation.is_unrelated(session, here.person("o1"), incident, now=minutes(3))
        found = PICTURES.collect(asked)
        assert found is not None
        assert found.reads == f"incident:{incident.id}"
        assert PICTURES.collect(job(here, "case-photos", incident.id, "head")) is None

    database.run(play)


def test_the_director_sees_what_was_taken_out_by_command(database: Database) -> None:
    def play(session: Any) -> None:
        here = duty_office(session)
        for door in (Door.COMMAND, Door.CHAT):
            session.add(
                AuditEntry(
                    at=NOW, office_id=here.office_id, actor="system", door=door, action="export",
                    subject="incidents", rows=3, sensitive=True, reason="ตรวจราชการ",
                )
            )  # fmt: skip
        session.flush()
        (seen,) = taken_out.by_command(session, here.person("director"), now=minutes(1))
        assert (seen.subject, seen.reason) == ("incidents", "ตรวจราชการ")
        assert not taken_out.by_command(session, here.person("o1"), now=minutes(1))
        later = minutes(8 * 24 * 60)
        assert not taken_out.by_command(session, here.person("director"), now=later)

    database.run(play)


def test_an_export_hides_where_a_case_about_the_office_is(database: Database) -> None:
    def play(session: Any) -> None:
        here = duty_office(session)
        here.raises(group=ThreatGroup.VIOLENCE, outside_only=True)
        export = EXPORTS["incidents"]
        names = [column.name for column in export.columns]
        for sensitive, group in ((False, None), (True, ThreatGroup.VIOLENCE)):
            (row,) = export.rows(session, sensitive)
            seen = dict(zip(names, row, strict=True))
            assert seen["group"] == group
            assert (seen["school_code"] is None) is not sensitive
            assert seen["raised_at"] == NOW
        assert session.scalars(select(Incident)).one().outside_only

    database.run(play)
