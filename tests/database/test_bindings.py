"""Coming in with a code: whose it is, once, and slowly for who guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.database import Database
from models.invitation import Invitation
from models.line_account import Binding, LineAccount, Notice
from models.staff import Role, Staff
from models.timeline import Event
from services import bindings, people
from services.bindings import CROWD, FREE_TRIES, Verdict
from services.invitations import read_code
from tests.support.village import NOW, TODAY, Chat, Village

WRONG = "WRNG-2345"


@pytest.fixture
def village(database: Database) -> Village:
    village = Village(database)
    village.employs("ดูแล", (Role.ADMIN, None, None, None))
    village.teaches("สมใจ")
    return village


def _canonical(code: str) -> str:
    canonical = read_code(code)
    assert canonical is not None
    return canonical


def read(chat: Chat, code: str, *, after: timedelta = timedelta()) -> bindings.Offer:
    def work(session: Session) -> bindings.Offer:
        account = session.get_one(LineAccount, chat.account_id)
        return bindings.read(session, account, _canonical(code), now=NOW + after, today=TODAY)

    return chat.village.database.run(work)


def bind(chat: Chat, code: str, *, after: timedelta = timedelta()) -> people.Person | None:
    invitation_id = read(chat, code, after=after).invitation_id
    assert invitation_id is not None

    def work(session: Session) -> people.Person | None:
        account = session.get_one(LineAccount, chat.account_id)
        return bindings.bind(session, account, invitation_id, now=NOW + after, today=TODAY)

    return chat.village.database.run(work)


def open_bindings(village: Village) -> list[Binding]:
    return village.kept(select(Binding).where(Binding.ended_at.is_(None)).order_by(Binding.id))


def notices_of(chat: Chat) -> list[str]:
    query = select(Notice.kind).where(Notice.account_id == chat.account_id).order_by(Notice.id)
    return chat.village.kept(query)


def test_one_code_binds_all_roles_and_rooms_of_its_owner(village):
    """
    A head who teaches has one code; it brings all their posts at once.
    """
    village.employs(
        "สมศักดิ์",
        (Role.DIRECTOR, "บ้านดอน", None, None),
        (Role.TEACHER, "บ้านดอน", "ป.5", "1"),
        (Role.TEACHER, "บ้านดอน", "ป.6", "1"),
    )

    person = bind(village.chat(), village.code_of("สมศักดิ์"))

    assert isinstance(person, people.StaffMember)
    assert [(post.role, post.class_name) for post in person.posts] == [
        (Role.DIRECTOR, ""),
        (Role.TEACHER, "ป.5/1"),
        (Role.TEACHER, "ป.6/1"),
    ]


def test_reading_a_code_binds_nothing(village):
    """
    A good code says whose it is; nobody is bound before they confirm.
    """
    offer = read(village.chat(), village.code_of("สมใจ"))

    assert offer.verdict is Verdict.GOOD
    assert offer.person is not None
    assert open_bindings(village) == []


def test_what_is_wrong_with_a_code_is_told_apart(village):
    """
    Unknown, used, run out, replaced and one's own code each have their own verdict.
    """
    chat, other = village.chat("ก"), village.chat("ข")
    replaced, used = village.code_of("สมใจ"), village.code_of("สมใจ")
    bind(chat, used)

    assert read(other, WRONG).verdict is Verdict.UNKNOWN
    assert read(other, replaced).verdict is Verdict.REVOKED
    assert read(other, used).verdict is Verdict.USED
    assert read(chat, used).verdict is Verdict.ALREADY_YOURS
    fresh = village.code_of("สมใจ")
    assert read(other, fresh, after=timedelta(days=91)).verdict is Verdict.EXPIRED


def test_whoever_left_cannot_come_in(village):
    """
    The code of somebody who left the staff list is no longer good, even if it was not revoked.
    """
    code = village.code_of("สมใจ")
    village.database.run(
        lambda session: setattr(session.get_one(Staff, village.staff["สมใจ"]), "left_at", NOW)
    )

    assert read(village.chat(), code).verdict is Verdict.REVOKED


def test_after_five_wrong_codes_none_is_read_for_ten_minutes_and_then_twenty(village):
    """
    Even the right code waits then; every further wrong one doubles the pause.
    """
    chat, code = village.chat(), village.code_of("สมใจ")
    for _try in range(FREE_TRIES - 1):
        assert read(chat, WRONG).until is None
    assert read(chat, WRONG).until == NOW + timedelta(minutes=10)

    assert read(chat, code, after=timedelta(minutes=9)).verdict is Verdict.CLOSED
    after = timedelta(minutes=11)
    assert read(chat, WRONG, after=after).until == NOW + after + timedelta(minutes=20)
    assert read(chat, code, after=timedelta(minutes=32)).verdict is Verdict.GOOD


def test_a_code_that_was_only_read_does_not_forgive_guesses(village):
    """
    Who has one good code cannot guess others by showing it in between; using it forgives.
    """
    chat, code = village.chat(), village.code_of("สมใจ")
    for _try in range(FREE_TRIES - 1):
        read(chat, WRONG)
        read(chat, code)
    assert read(chat, WRONG).until is not None

    bind(chat, code, after=timedelta(minutes=11))
    assert chat.account.wrong_codes == 0


def test_guessing_is_reported(village):
    """
    The timeline has every wrong code and the pause; who administers hears of it, once.
    """
    admin, guesser = village.chat("ดูแล"), village.chat()
    bind(admin, village.code_of("ดูแล"))
    for _try in range(FREE_TRIES):
        read(guesser, WRONG)
    read(guesser, WRONG, after=timedelta(minutes=11))

    kinds = village.kept(select(Event.kind).where(Event.actor_account_id == guesser.account_id))
    assert kinds.count("code.wrong") == FREE_TRIES + 1
    assert kinds.count("codes.closed") == 2
    assert notices_of(admin) == ["codes.guessing"]


def test_when_a_crowd_guesses_everybody_has_one_try(village):
    """
    A hundred wrong codes in ten minutes from many accounts: the next wrong one closes its account
    at once, a right one still works, and it is reported.
    """
    admin = village.chat("ดูแล")
    bind(admin, village.code_of("ดูแล"))
    one = village.chat("ก")
    read(one, WRONG)

    def crowd(session):
        for _wrong in range(CROWD - 2):
            session.add(
                Event(
                    at=NOW, office_id=village.office_id, door="chat", kind="code.wrong",
                    subject_type="channel", subject_id=village.channel_id,
                )
            )  # fmt: skip

    village.database.run(crowd)
    assert read(village.chat("ข"), WRONG).until is not None
    assert read(village.chat("ค"), village.code_of("สมใจ")).verdict is Verdict.GOOD
    assert notices_of(admin) == ["codes.crowd"]
    assert read(village.chat("ง"), WRONG, after=timedelta(minutes=11)).until is None


def test_a_new_phone_takes_over_from_the_old_one(village):
    """
    With a fresh code a teacher comes in on a new phone; the old account speaks for them no more,
    gets its menu looked at, and is told.
    """
    old, new = village.chat("เก่า"), village.chat("ใหม่")
    bind(old, village.code_of("สมใจ"))
    village.database.run(
        lambda session: session.execute(update(LineAccount).values(menu="teacher:th:1"))
    )
    bind(new, village.code_of("สมใจ"))

    (binding,) = open_bindings(village)
    assert binding.account_id == new.account_id
    assert notices_of(old) == ["account.moved"]
    assert old.account.acting_binding_id is None
    assert old.account.menu is None


def test_a_code_for_guardians_is_good_for_two_accounts(village):
    """
    Father and mother come in with one code; a third account does not.
    """
    village.enrols("มะลิ")
    code = village.guardian_code_of("มะลิ")
    bind(village.chat("พ่อ"), code)
    bind(village.chat("แม่"), code)

    assert read(village.chat("ใคร"), code).verdict is Verdict.USED


def test_a_guardian_waits_for_the_homeroom_teacher(village):
    """
    P8: a guardian is confirmed by the homeroom teacher of the room and by nobody else, once.
    """
    village.enrols("มะลิ")
    village.teaches("สมศรี", level="ป.6")
    teacher, other = village.chat("ครู"), village.chat("ครูอื่น")
    homeroom = bind(teacher, village.code_of("สมใจ"))
    stranger = bind(other, village.code_of("สมศรี"))
    bind(village.chat("แม่"), village.guardian_code_of("มะลิ"))
    (waiting,) = village.kept(select(Binding).where(Binding.student_id.is_not(None)))
    assert waiting.confirmed_at is None
    assert notices_of(teacher) == ["guardian.waits"]
    assert notices_of(other) == []

    def decides(person, *, confirmed):
        return village.database.run(
            lambda session: bindings.decide_guardian(
                session, waiting.id, by=person, confirmed=confirmed, now=NOW, today=TODAY
            )
        )

    assert decides(stranger, confirmed=True) is None
    assert decides(homeroom, confirmed=True).first_name == "มะลิ"
    assert decides(homeroom, confirmed=False) is None
    (confirmed,) = village.kept(select(Binding).where(Binding.student_id.is_not(None)))
    assert (confirmed.confirmed_by_id, confirmed.ended_at) == (village.staff["สมใจ"], None)


def test_the_card_of_a_sealed_child_names_no_school(village):
    """
    P8: a code for the guardians of a child under protection does not tell where it is.
    """
    village.enrols("มะลิ", is_sealed=True)

    person = read(village.chat(), village.guardian_code_of("มะลิ")).person

    assert isinstance(person, people.GuardianOf)
    assert (person.class_name, person.school_name) == ("", "")


def test_who_leaves_is_nobody_here(village):
    """
    After leaving the account speaks for nobody, and its code is used up.
    """
    chat, code = village.chat(), village.code_of("สมใจ")
    bind(chat, code)
    (binding,) = open_bindings(village)

    def leave(session):
        account = session.get(LineAccount, chat.account_id)
        assert bindings.leave(session, account, binding.id, now=NOW)
        assert not bindings.leave(session, account, binding.id, now=NOW)
        return people.who_is(session, account, today=TODAY)

    assert village.database.run(leave) is None
    assert read(chat, code).verdict is Verdict.USED


def test_only_a_hash_of_a_code_is_kept(village):
    """
    Who reads the table cannot come in with what stands there.
    """
    code = village.code_of("สมใจ")

    (row,) = village.kept(select(Invitation))
    assert code not in repr(vars(row))
    assert code.replace("-", "") not in repr(vars(row))
