"""The requests of the demo's past: one at every step, by the cast and through the services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, BUDDHIST_ERA, fiscal_year, local_date, school_year
from forms.fund_request import FUND_REQUEST
from models.fund import Fund
from models.fund_request import Decision, FundRequest
from models.office import School
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.staff import Appointment, Role, Staff
from services import people
from services.demo_cast import Cast
from services.money import (
    fund_asking,
    fund_decisions,
    fund_followup,
    fund_requests,
    fund_said,
    fund_steps,
    ledger,
    payments,
)
from services.money.fund_said import Word
from services.people import StaffMember
from services.scope import scope_of

_FIRE: Final = "ไฟไหม้ครัวและห้องนอนเมื่อกลางดึก เสื้อผ้า หนังสือเรียน และที่นอนเสียหายทั้งหมด ขณะนี้พักอยู่บ้านญาติ"
_STORM: Final = "พายุพัดหลังคาบ้านเปิดทั้งหลัง ฝนรั่วลงที่นอนและของใช้ ครอบครัวขอเงินซื้อสังกะสีและผ้าใบก่อน"
_ILL: Final = "นักเรียนป่วยต้องไปพบแพทย์ที่โรงพยาบาลจังหวัดทุกเดือน ครอบครัวไม่มีค่ารถและค่าที่พัก"
_POOR: Final = "ผู้ปกครองตกงาน ครอบครัวมีอาหารไม่พอถึงสิ้นเดือน"
_SCHOOL: Final = "ชุดนักเรียนและรองเท้าขาดใช้ไม่ได้ ผู้ปกครองยังไม่มีเงินซื้อ"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request of the past: when, of which fund, why, how much, and how far it came."""

    days: int
    fund: str
    cause: str
    baht: int
    story: str
    use: str
    until: str
    urgent: bool = False
    cash: bool = False


#: The last of them are still under way, one at each step.
_REQUESTS: Final = (
    _Asked(44, "emergency", "fire", 5_000, _FIRE, "ที่นอน เสื้อผ้า และหนังสือเรียน", "closed"),
    _Asked(38, "one_baht", "food", 800, _POOR, "ข้าวสารและอาหารแห้ง", "closed", cash=True),
    _Asked(35, "care", "learning", 1_600, _SCHOOL, "ชุดนักเรียน 2 ชุด รองเท้า 1 คู่", "closed"),
    _Asked(31, "care", "lost_income", 3_000, _POOR, "อาหารและค่าเช่าบ้าน", "refused"),
    _Asked(28, "one_baht", "travel", 900, _ILL, "ค่ารถไปโรงพยาบาล 3 ครั้ง", "received", cash=True),
    _Asked(24, "emergency", "illness", 6_500, _ILL, "ค่ารถและค่าที่พัก 6 เดือน", "closed"),
    _Asked(9, "emergency", "storm_or_flood", 5_000, _STORM, "สังกะสีและผ้าใบ", "ratify", urgent=True),
    _Asked(8, "care", "illness", 4_000, _ILL, "ค่ารถไปโรงพยาบาล", "paid"),
    _Asked(5, "emergency", "accident", 12_000, _ILL, "ค่าผ่าตัดส่วนที่เบิกไม่ได้", "committee"),
    _Asked(4, "care", "illness", 2_500, _ILL, "ค่ารถไปโรงพยาบาล", "approved"),
    _Asked(3, "care", "learning", 1_800, _SCHOOL, "ชุดนักเรียนและรองเท้า", "director"),
    _Asked(2, "education", "learning", 2_400, _SCHOOL, "อุปกรณ์การเรียน", "officer"),
    _Asked(1, "emergency", "fire", 4_500, _FIRE, "ที่นอนและเสื้อผ้า", "head", urgent=True),
)
#: How far a request comes, in order; `refused` ends at ผอ.เขต, `ratify` is released at once.
_WAY: Final = ("head", "officer", "director", "committee", "approved", "paid", "received", "closed")


def day_of(now: datetime, days: int) -> date:
    """So many days ago; never before the running school year and fiscal year began."""
    today = local_date(now)
    school = date(school_year(today) - BUDDHIST_ERA, 5, 17)
    return max(today - timedelta(days=days), school, ledger.days_of(fiscal_year(today))[0])


class DemoRequests:
    """Lets the cast ask, decide and pay at moments gone by."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        self._session = session
        self._cast = cast
        self._now = now
        self._funds = {fund.code: fund for fund in session.scalars(select(Fund))}
        #: The last moment at which something happened to the present request.
        self._latest: datetime | None = None

    def make(self) -> None:
        """All of them, each as far as it came."""
        for asked, pupil in zip(_REQUESTS, self._pupils(), strict=False):
            self._ask(asked, *pupil)

    def _pupils(self) -> Iterator[tuple[StaffMember, Enrolled]]:
        """Pupils with whoever asks for them: of the teacher's school first, then of others.

        What the teacher, the head or the committee is to act on is of the cast's school: heads of
        other schools sit on the committee, and none of them certified it before.
        """
        others = [
            each
            for school in self._session.scalars(select(School.id).order_by(School.id))
            for each in self._of_school(school)
        ]
        mine = [each for each in others if each[1].enrolment.school_id == self._cast.school.id]
        own = cycle(each for each in mine if each[0].staff_id == self._cast.teacher.id)
        near = cycle([each for each in mine if each[0].staff_id != self._cast.teacher.id] or mine)
        far = cycle([each for each in others if each not in mine] or mine)
        for asked in _REQUESTS:
            if asked.until in ("paid", "received"):
                yield next(own)
            elif asked.until in ("head", "committee", "ratify"):
                yield next(near)
            else:
                yield next(far)

    def _ask(self, asked: _Asked, teacher: StaffMember, pupil: Enrolled) -> None:
        """One request as far as it came."""
        self._latest = None
        request = self._submit(asked, teacher, pupil)
        if asked.until == "ratify":
            word = Word(Decision.RELEASED, asked.baht * 100, "หลังคาเปิด ฝนกำลังตก รอประชุมไม่ได้")
            at = self._moment(asked.days, 11)
            director = self._as(self._cast.director)
            fund_decisions.release(self._session, director, request.id, word, now=at)
            self._pay(request, asked, days=asked.days - 1)
            fund_followup.received(
                self._session, teacher, request.id, now=self._moment(asked.days - 2, 9)
            )
            return
        self._decide(request, asked)
        if request.approved_satang is None:  # a small demo has no committee: it waits for one
            return
        if asked.until in ("paid", "received", "closed"):
            self._pay(request, asked, days=max(asked.days - 4, 1))
        if asked.until in ("received", "closed"):
            at = self._moment(asked.days - 6, 9)
            fund_followup.received(self._session, teacher, request.id, now=at)
        if asked.until == "received":  # the day of asking how it was used has come
            request.follow_up_on = local_date(self._now)
        if asked.until == "closed":
            use = {"used_as": "as_asked", "note": "มาเรียนได้ตามปกติแล้ว"}
            at = self._moment(max(asked.days - 20, 1), 15)
            fund_followup.used(self._session, teacher, request.id, use, now=at)

    def _submit(self, asked: _Asked, teacher: StaffMember, pupil: Enrolled) -> FundRequest:
        at = self._moment(asked.days, 9)
        child = pupil.student.id
        names = fund_asking.guardians(self._session, teacher, child, now=at)
        payee = next(iter(names), f"{pupil.student.first_name} {pupil.student.last_name}")
        values: dict[str, Any] = {
            "student": str(child), "cause": asked.cause,
            "fund": str(self._funds[asked.fund].id),
            "happened_on": (local_date(at) - timedelta(days=1)).isoformat(), "story": asked.story,
            "urgency": "urgent" if asked.urgent else "normal", "amount": asked.baht * 100,
            "use": asked.use, "other_help": None, "evidence": None, "payee_name": payee,
            "relation": "guardian", "has_card": True,
            "pay_by": "cash" if asked.cash else "transfer",
        }  # fmt: skip
        if not asked.cash:
            values |= {"bank": "กรุงไทย", "account": f"99{child:08d}", "account_name": payee}
        request = fund_requests.submit(
            self._session, teacher, None, values, form_hash=FUND_REQUEST.hash, now=at
        )
        assert request is not None
        return request

    def _decide(self, request: FundRequest, asked: _Asked) -> None:
        """Each step's first holder agrees, as far as it is to come; ผอ.เขต refuses one."""
        reach = _WAY.index(asked.until) if asked.until in _WAY else len(_WAY)
        for turn in range(8):
            step = fund_steps.step_at(self._session, request)
            if step is None or step.kind == "pay":
                return
            name = "committee" if step.duty else {
                Role.DIRECTOR: "head", Role.DISTRICT_OFFICER: "officer",
            }.get(Role(step.role or ""), "director")  # fmt: skip
            if _WAY.index(name) >= reach:
                return
            at = self._moment(asked.days - turn // 3, 10 + turn)
            holders = fund_steps.holders(self._session, step, request, today=local_date(at))
            words = fund_said.words(self._session, request, step)
            spoken = {row.staff_id for row in words}
            holder = next(one for one in holders if one not in spoken)
            word = Word(Decision.AGREED)
            if name == "director" and asked.until == "refused":
                word = Word(Decision.REFUSED, reason="ได้รับความช่วยเหลือจากกองทุนอื่นครบแล้ว")
            person = self._as(self._session.get_one(Staff, holder))
            fund_decisions.decide(self._session, person, request.id, word, now=at)

    def _pay(self, request: FundRequest, asked: _Asked, *, days: int) -> None:
        answers = fund_requests.answers_of(self._session, request)
        payee = {
            "name": answers["payee_name"], "relation": answers["relation"],
            "account_name": answers.get("account_name"), "account": answers.get("account"),
            "bank": answers.get("bank"), "has_card": True, "witnesses": [],
        }  # fmt: skip
        at = self._moment(days, 13)
        payment = payments.prepare(
            self._session, self._as(self._cast.finance), request.id,
            channel="cash" if asked.cash else "transfer", payee=payee, now=at,
        )  # fmt: skip
        payments.release(
            self._session, self._as(self._cast.director), payment.id, paid_on=local_date(at),
            now=min(at + timedelta(hours=1), self._now),
        )  # fmt: skip

    def _of_school(self, school_id: int) -> Iterator[tuple[StaffMember, Enrolled]]:
        """The first pupils of each room, with their teacher."""
        today = local_date(self._now)
        teachers = self._session.scalars(
            select(Staff)
            .join(Appointment, Appointment.staff_id == Staff.id)
            .where(Appointment.school_id == school_id, Appointment.role == Role.TEACHER)
            .order_by(Appointment.id)
            .limit(4)
        ).all()
        wanted = [*teachers]
        if school_id == self._cast.school.id and self._cast.teacher not in wanted:
            wanted.append(self._cast.teacher)
        for teacher in wanted:
            person = self._as(teacher)
            known = student_queries.enrolled(
                self._session, scope_of(person), today=today, year=school_year(today)
            )
            for pupil in known[-3:]:
                yield person, pupil

    def _as(self, staff: Staff) -> StaffMember:
        return people.member(self._session, staff, today=local_date(self._now))

    def _moment(self, days: int, hour: int) -> datetime:
        """So many days ago at that hour; within a request always later than what was before."""
        moment = datetime.combine(day_of(self._now, days), time(hour), BANGKOK)
        if self._latest is not None:
            moment = max(moment, self._latest + timedelta(minutes=10))
        self._latest = min(moment, self._now)
        return self._latest
