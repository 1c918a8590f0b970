"""Emergency money over the real wire: from a visit to the child's hands, and every step of it."""

from __future__ import annotations

from tests.support import home_visit
from tests.support.people import (
    CLASS,
    DIRECTOR,
    DISTRICT_DIRECTOR,
    FINANCE,
    OFFICER,
    TEACHER,
)
from tests.support.phones import Phone
from tests.support.photos import a_photo
from tests.support.world import World

#: A pupil of the class without brothers or sisters in the school.
PUPIL = CLASS[3]


def asks(teacher: Phone) -> None:
    """From the receipt of the visit: the pupil is known, the rest is asked."""
    teacher.chooses("Ask for money")
    for said in (
        "ไฟไหม้บ้าน", "1", "เมื่อวาน", "ครัวไหม้ ของใช้หมด", "เสร็จแล้ว", "ปกติ", "สามพันบาท",
        "ชุดนักเรียนและอาหาร", "เสร็จแล้ว", "ข้าม",
    ):  # fmt: skip
        teacher.says(said)
    teacher.sends_photo(a_photo())
    for said in ("นางสมใจ ใจดี", "แม่", "ใช่", "โอน", "กรุงไทย", "1234567890"):
        teacher.says(said)
    teacher.says("นางสมใจ ใจดี")
    teacher.chooses("Confirm and send the request")


def status(world: World) -> str:
    (row,) = world.export("fund-requests")
    return row["status"]


def decides(world: World, teacher: Phone) -> Phone:
    """Head, officer (who asks for more first) and ผอ.เขต, whose phone is returned."""
    head = world.comes_in(DIRECTOR)
    head.says("งานของฉัน")
    head.chooses("Certify")
    assert status(world) == "certified"

    officer = world.comes_in(OFFICER)
    officer.says("งานของฉัน")
    officer.chooses("Ask for more")
    officer.says("ข้าม")
    officer.says("ขอรายการซื้อของ")
    officer.chooses("Confirm your word")
    assert status(world) == "returned"

    teacher.says("งานของฉัน")
    teacher.chooses("Answer and send back")
    teacher.says("ชุด 1,200 อาหาร 1,800")
    teacher.chooses("Finished")
    teacher.chooses("Confirm and send the request")
    officer.says("งานของฉัน")
    officer.sees("ชุด 1,200 อาหาร 1,800")
    officer.chooses("Checked")

    director = world.comes_in(DISTRICT_DIRECTOR)
    director.says("งานของฉัน")
    director.does_not_see("1234567890")
    director.taps("อนุมัติ 3,000 บาท")
    assert status(world) == "approved"
    return director


def pays(world: World, director: Phone) -> None:
    """Finance prepares, ผอ.เขต is the second person; at first the books have nothing."""
    finance = world.comes_in(FINANCE)
    finance.says("งานของฉัน")
    finance.chooses("Prepare the voucher")
    director.says("งานของฉัน")
    director.chooses("Paid: confirm it")
    director.says("วันนี้")
    director.sends_photo(a_photo())
    director.says("ข้าม")
    director.chooses("Confirm the payment")
    assert status(world) == "approved"
    finance.says("บันทึกเงินบริจาค")
    for said in ("50,000", "วันนี้", "ธนาคาร", "ไม่", "ข้าม"):
        finance.says(said)
    finance.chooses("Confirm the gift")
    director.says("วันนี้")
    director.chooses("Confirm the payment")
    assert status(world) == "paid"


def test_from_a_visit_to_the_childs_hands(world: World):
    """
    Each with one tap or a small form, and nothing of it is paid for.
    """
    teacher = world.comes_in(TEACHER)
    home_visit.reports(teacher, PUPIL)
    asks(teacher)
    teacher.sees("เลขที่ F")
    assert status(world) == "requested"
    pays(world, decides(world, teacher))

    teacher.says("งานของฉัน")
    teacher.chooses("The child has it")
    (row,) = world.export("fund-requests")
    assert (row["status"], row["amount_baht"], row["paid_baht"]) == (
        "received", "3000.00", "3000.00",
    )  # fmt: skip
    assert row["id"] in {each.get("request") for each in world.export("ledger")}
    world.expect_nothing_paid()
