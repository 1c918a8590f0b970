"""From an alert to somebody who has taken it: nights, weekends, faults. Each ends with a question."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from core.clock import local_date
from models.calendar import CalendarDay, DayKind
from models.casework import Partner, PartnerKind
from models.incident import Severity, ThreatGroup
from models.line_account import LineAccount
from models.office import Office
from models.outbox import Dispatch, DispatchStatus, Via
from services import calendar
from tests.support.people import (
    DIRECTOR,
    DISTRICT_DIRECTOR,
    OFFICER,
    SCHOOLS,
    TEACHER,
)
from tests.support.urgent import (
    PUSH,
    Urgent,
    at_once,
    nobody_can_say_they_were_not_told,
    pushed,
    urgent_cases,
)

SCHOOL = SCHOOLS[0][1]
ONE_DATABASE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
ONE_AFTER_THE_OTHER = """staff_id,step
D001,1
T004,2
D002,3
"""
ROSTER = """staff_id,school_code,days,hours,step
{officer},,,,1
{other},,,,1
{last},,,,2
"""


@pytest.fixture
def urgent(world):
    with urgent_cases(world) as found:
        yield found


def has_roster(urgent: Urgent, tmp_path, text: str, *more: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(text, encoding="utf-8")
    urgent.world.bot.doolae("import", "roster", file, *more)


def test_two_take_a_case_at_night_from_the_push_itself(urgent, tmp_path):
    """
    Saturday 02:00, danger now, said in the chat: the alert leaves at that answer. The push says
    number and severity and nothing else, also where the phone is locked. Two tap รับเรื่อง in the same moment: one has it, the other hears who. Before it
    opens it asks whether they are related; the reporter knows that help is coming.
    """
    teacher, officer, head, director = urgent.comes_in(
        TEACHER, OFFICER, DIRECTOR, DISTRICT_DIRECTOR
    )
    has_roster(urgent, tmp_path, ROSTER.format(officer="D001", other="T004", last="D002"))
    urgent.is_(6, 2)
    teacher.says("แจ้งเหตุ")
    teacher.chooses("Yes, right now")
    number = urgent.newest()
    urgent.gets(OFFICER, number)
    teacher.chooses("Violence")

    for person in (OFFICER, DIRECTOR):
        bubble = urgent.gets(person, number)
        shown = f"{bubble.text} {bubble.message['altText']}"
        assert SCHOOL not in shown
        assert "ความรุนแรง" not in shown
        assert "วิกฤต" in shown
        assert bubble.buttons == ["รับเรื่อง", "ดู"]
    at_once(lambda: officer.taps("รับเรื่อง"), lambda: head.taps("รับเรื่อง"))

    first, second = (officer, head) if "ท่านรับเรื่อง" in str(officer) else (head, officer)
    first.sees("ท่านรับเรื่องเลขที่", number)
    second.sees(f"รับเรื่องเลขที่ {number} ก่อนแล้ว")
    first.does_not_see(SCHOOL)
    first.taps("ไม่เกี่ยวข้อง เปิดดู")
    opened = first.sees(SCHOOL, "ความรุนแรง")
    assert "191" in opened.buttons
    urgent.waits_until(lambda: len(pushed(teacher, number)) == 1, "the reporter's push")
    assert "มีผู้รับเรื่องแล้ว" in pushed(teacher, number)[0].text
    assert pushed(director, number) == []
    nobody_can_say_they_were_not_told(urgent, number)
    second.says("งานของฉัน")
    second.does_not_see("กรุณาเปิดดู")


@ONE_DATABASE
def test_it_climbs_by_the_roster_of_that_hour_while_the_bot_is_off(urgent, tmp_path):
    """
    Friday 22:00, two cases; the officer on duty is named in the second and hears nothing of it.
    The bot is switched off in the pause, and the roster is changed: when it is back, the next step
    of the old roster is taken. The head takes the second case, then says that she is related: it
    climbs on, and she sees nothing of it any more.
    """
    bot = urgent.world.bot
    teacher, officer, head, director = urgent.comes_in(
        TEACHER, OFFICER, DIRECTOR, DISTRICT_DIRECTOR
    )
    has_roster(urgent, tmp_path, ONE_AFTER_THE_OTHER)
    urgent.is_(5, 22)
    first = urgent.raises()
    second = urgent.raises(group=ThreatGroup.VIOLENCE, named=(OFFICER,))
    urgent.gets(OFFICER, first)
    urgent.gets(DIRECTOR, second)
    assert urgent.alerted(second) == [(1, 1, DIRECTOR.first_name)]

    bot.stop()
    has_roster(urgent, tmp_path, "staff_id,step\nT001,1\n", "--complete")
    urgent.world.fast_forward(minutes=6)
    bot.start()
    bubble = urgent.gets(DIRECTOR, first)
    assert "อุบัติเหตุ" in bubble.text
    urgent.waits_until(lambda: len(pushed(teacher, first)) == 1, "the reporter's push")
    assert "ยังไม่มีผู้รับ" in pushed(teacher, first)[0].text
    assert "โทร 191 / 1300" in pushed(teacher, first)[0].text

    head.taps_on(urgent.gets(DIRECTOR, second), "รับเรื่อง")
    head.sees("ก่อนเปิดดู")
    head.taps("เกี่ยวข้อง ให้ผู้อื่น")
    head.sees("โดยไม่แสดงรายละเอียดแก่ท่าน")
    head.taps_on(urgent.gets(DIRECTOR, second), "ดู")
    head.sees("เรื่องนี้ไม่ได้เปิดให้ท่าน")
    director.taps_on(urgent.gets(DISTRICT_DIRECTOR, second), "รับเรื่อง")
    director.sees("ท่านรับเรื่องเลขที่", second)
    urgent.climbs_to(first, DISTRICT_DIRECTOR, minutes=6)
    director.taps_on(urgent.gets(DISTRICT_DIRECTOR, first), "ดู")
    director.sees(SCHOOL, "อุบัติเหตุ")
    director.taps("อ่านเรื่องที่แจ้ง")
    director.sees("เล่าว่าเด็กไม่ปลอดภัย")
    director.taps_on(urgent.gets(DISTRICT_DIRECTOR, first), "รับเรื่อง")
    officer.taps_on(urgent.gets(OFFICER, first), "รับเรื่อง")
    officer.sees(f"รับเรื่องเลขที่ {first} ก่อนแล้ว")

    nobody_can_say_they_were_not_told(urgent, first, second)
    assert pushed(officer, second) == []
    assert TEACHER.first_name not in {name for _r, _s, name in urgent.alerted(first)}


@ONE_DATABASE
def test_a_normal_case_waits_for_the_working_morning(urgent, tmp_path):
    """
    A holiday in the middle of the week: who asks sees the case at once, but nobody is rung until
    the next working morning; then it climbs by working hours.
    """
    officer, director = urgent.comes_in(OFFICER, DISTRICT_DIRECTOR)
    urgent.comes_in(TEACHER)
    urgent.is_(3, 7)
    today = local_date(urgent.now)

    def declare(session) -> None:
        office = session.scalars(select(Office)).one()
        session.add(
            CalendarDay(
                office_id=office.id, kind=DayKind.HOLIDAY, name="วันหยุดของเขต", starts_on=today,
                ends_on=today,
            )
        )  # fmt: skip

    urgent.run(declare)
    number = urgent.raises(severity=Severity.NORMAL)

    def begins(session):
        office = session.scalars(select(Office)).one()
        return calendar.next_working_moment(session, office.id, urgent.now)

    morning = urgent.run(begins)
    assert local_date(morning) > today
    officer.hears_nothing(seconds=1.5)
    officer.says("เรื่องเร่งด่วน")
    officer.sees(number)
    urgent.world.fast_forward(seconds=(morning - urgent.now).total_seconds() + 30)
    urgent.gets(OFFICER, number)
    assert [name for _r, _s, name in urgent.alerted(number)] == [OFFICER.first_name]
    urgent.climbs_to(number, DISTRICT_DIRECTOR, minutes=4 * 60)
    director.taps_on(urgent.gets(DISTRICT_DIRECTOR, number), "รับเรื่อง")
    director.sees("ท่านรับเรื่องเลขที่", number)
    nobody_can_say_they_were_not_told(urgent, number)


@ONE_DATABASE
def test_the_receiver_outside_has_no_line_and_takes_it_by_the_link_of_a_mail(urgent, mailbox):
    """
    P4: about somebody at the office, and the receiver outside has an address only. The mail's link
    shows a number. Whoever looks at it, a scanner too, takes nothing; the button does, once, and
    the reporter is told. Another address's link, or a spoilt one, opens nothing.
    """
    bot = urgent.world.bot
    (teacher,) = urgent.comes_in(TEACHER)
    bot.stop()
    bot.environment |= {
        "SMTP_URL": mailbox.url, "MAIL_FROM": "doolae@example.org", "PUBLIC_URL": bot.url,
    }  # fmt: skip
    urgent.set(outside_receiver={"email": "shelter@example.org"})
    bot.start()
    number = urgent.raises(group=ThreatGroup.VIOLENCE, outside_only=True)
    urgent.waits_until(lambda: len(mailbox.mails) == 1, "the mail")
    to, mail = mailbox.mails[0]
    assert to == "shelter@example.org"
    words = mail_text(mail)
    (path,) = re.findall(re.escape(bot.url) + r"(/take/\S+)", words)
    assert number in words

    for method in ("GET", "HEAD", "GET"):
        status, page = bot.request(method, path)
        assert status == 200
        assert not any(word in page + words for word in (SCHOOL, "ความรุนแรง", "ไม่ปลอดภัย"))
    assert "<button>รับเรื่อง" in page
    assert pushed(teacher, number) == []
    assert bot.request("POST", path[:-3] + "abc")[0] == 410
    assert bot.request("POST", path)[0] == 200
    urgent.waits_until(lambda: len(pushed(teacher, number)) == 1, "the reporter's push")
    assert "มีผู้รับเรื่องแล้ว" in pushed(teacher, number)[0].text
    status, page = bot.request("POST", path)
    assert status == 200
    assert "<button>" not in page
    urgent.set(outside_receiver={"email": "another@example.org"})
    bot.restart()
    assert bot.request("GET", path)[0] == 410
    nobody_can_say_they_were_not_told(urgent, number)


def mail_text(mail: EmailMessage) -> str:
    """The words of a mail as its reader sees them."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_line_is_down_for_an_hour_and_then_the_month_is_used_up(urgent, tmp_path, mailbox, gateway):
    """
    LINE takes no push for a minute: everybody on the step gets a mail and a call, in neutral words.
    The gateway is busy; the case is taken meanwhile, so neither gateway nor LINE rings anybody any
    more. When the month's messages are used up, the second ways come at once.
    """
    world, simulator = urgent.world, urgent.world.simulator
    officer, head = urgent.comes_in(OFFICER, DIRECTOR)
    (teacher,) = urgent.comes_in(TEACHER)
    world.bot.stop()
    world.bot.environment |= {
        "SMTP_URL": mailbox.url, "MAIL_FROM": "doolae@example.org",
        "ALERT_WEBHOOK_URL": gateway.url, "ALERT_WEBHOOK_SECRET": "s" * 32,
    }  # fmt: skip
    roster = "staff_id,step,email\nD001,1,officer@example.org\nT004,1,head@example.org\n"
    has_roster(urgent, tmp_path, roster)
    world.bot.start()
    gateway.answer = lambda _: 503
    simulator.fault(error_before={"path": PUSH})
    number = urgent.raises(group=ThreatGroup.RIGHTS)
    urgent.waits_until(
        lambda: simulator.get("faults")["faults"]["error_before"]["hits"] >= 2, "LINE"
    )
    assert mailbox.mails == []
    world.fast_forward(seconds=61)

    urgent.waits_until(lambda: len(mailbox.mails) == 2, "two mails")
    assert {to for to, _mail in mailbox.mails} == {"officer@example.org", "head@example.org"}
    gateway.wait(1)
    assert gateway.webhooks[0].body["number"] == number
    officer.says("เรื่องเร่งด่วน")
    officer.taps("รับเรื่อง")
    officer.sees("ท่านรับเรื่องเลขที่", number)
    rung = len(gateway.webhooks)
    gateway.answer = lambda _: 200
    simulator.no_faults()
    world.fast_forward(minutes=59)
    nobody_can_say_they_were_not_told(urgent, number)
    assert len(gateway.webhooks) <= rung + 1  # one was on its way
    assert pushed(head, number) == []

    def dropped(session):
        rows = session.scalars(select(Dispatch).where(Dispatch.kind == "incident.alert"))
        return {row.via for row in rows if row.status is DispatchStatus.DROPPED}

    assert Via.LINE in urgent.run(dropped)

    simulator.fault(monthly_limit={"path": PUSH})
    again = urgent.raises()
    urgent.waits_until(
        lambda: sum(again in mail["Subject"] for _to, mail in mailbox.mails) == 2, "two mails"
    )
    urgent.waits_until(
        lambda: sum(call.body["number"] == again for call in gateway.webhooks) == 2, "two calls"
    )
    assert pushed(officer, again) == []
    head.says("เรื่องเร่งด่วน")
    head.taps("รับเรื่อง")
    head.sees("ท่านรับเรื่องเลขที่", again)
    nobody_can_say_they_were_not_told(urgent, again)
    assert pushed(teacher, again) == []
    teacher.says("เมนู")  # what no push could bring rides along
    teacher.sees(f"เลขที่ {again} มีผู้รับเรื่องแล้ว")


@ONE_DATABASE
def test_many_at_once_are_one_bubble_and_the_office_itself_is_for_somebody_outside(urgent):
    """
    Five cases in one moment: one push names them all. A case about somebody at the office goes to
    the named partner only; nobody inside sees that it exists, not even as a count.
    """
    world = urgent.world
    officer, teacher = urgent.comes_in(OFFICER, TEACHER)
    shelter = world.phone("บ้านพักเด็ก")
    shelter.adds_the_bot()

    def name(session):
        office = session.scalars(select(Office)).one()
        account = session.scalars(
            select(LineAccount).where(LineAccount.line_user_id == shelter.user_id)
        ).one()
        partner = Partner(
            office_id=office.id, name="บ้านพักเด็กและครอบครัว", kind=PartnerKind.SHELTER,
            account_id=account.id,
        )  # fmt: skip
        session.add(partner)
        session.flush()
        return partner.id

    partner_id = urgent.run(name)
    world.bot.stop()
    urgent.set(outside_receiver={"partner": partner_id})
    numbers = [urgent.raises() for _ in range(5)]
    world.bot.start()

    bubble = urgent.gets(OFFICER, numbers[0])
    assert all(number in bubble.text for number in numbers)
    assert len([each for each in officer.chat if each.via == "push"]) == 1
    red = world.bot.doolae("incidents", check=False)
    assert red.returncode == 1
    assert all(number in red.stdout for number in numbers)
    assert SCHOOL not in red.stdout
    officer.says("งานของฉัน")
    officer.sees("ยังไม่มีผู้รับ: 5")
    for _ in numbers:
        officer.says("เรื่องเร่งด่วน")
        officer.taps("รับเรื่อง")
        officer.sees("ท่านรับเรื่องเลขที่")
    nobody_can_say_they_were_not_told(urgent, *numbers)

    hidden = urgent.raises(group=ThreatGroup.VIOLENCE, outside_only=True)
    urgent.waits_until(lambda: bool(pushed(shelter, hidden)), "the partner's push")
    assert SCHOOL not in pushed(shelter, hidden)[0].text
    officer.says("งานของฉัน")
    officer.does_not_see("เรื่องเร่งด่วนที่ต้องติดตาม", hidden)
    shelter.taps("รับเรื่อง")
    shelter.sees("เล่าว่าเด็กไม่ปลอดภัย", SCHOOL)
    urgent.waits_until(lambda: bool(pushed(teacher, hidden)), "the reporter's push")
    assert "มีผู้รับเรื่องแล้ว" in pushed(teacher, hidden)[0].text
    nobody_can_say_they_were_not_told(urgent, hidden)
