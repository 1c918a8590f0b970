"""Finance keeps the books in the chat; a second person confirms; who audits reads a page."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.request

import pytest

from tests.support.bot import Bot
from tests.support.people import DISTRICT_DIRECTOR, FINANCE, TEACHER
from tests.support.phones import Phone
from tests.support.world import World

FUNDS = (
    "kind,fund,code,name,criteria,permission,takes_pledges,published\n"
    "fund,,baht,กองทุนวันละบาท,นักเรียนยากไร้,อนุญาตที่ 1/2569,ใช่,ใช่\n"
    "fund,,care,กองทุนดูแล,นักเรียนเดือดร้อน,,,ไม่\n"
)
STATEMENT = (
    "กองทุน,วันที่,รายการ,ถอนเงิน,ฝากเงิน,คงเหลือ\n"
    'baht,{day},รับโอน,,"1,500.50","1,500.50"\nbaht,{day},ดอกเบี้ย,,2.25,"1,502.75"\n'
)


@pytest.fixture
def online(bot: Bot, tmp_path) -> Bot:
    bot.stop()
    bot.environment["PUBLIC_URL"] = bot.url
    sheet = tmp_path / "funds.csv"
    sheet.write_text(FUNDS, "utf-8")
    bot.doolae("import", "funds", str(sheet))
    bot.start()
    return bot


def refusal(address: str) -> int:
    """The status with which a page is refused."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, timeout=60)
    with refused.value as answer:
        return answer.code


def gives(phone: Phone, amount: str) -> None:
    """A named gift, by typing as one would."""
    phone.says("บันทึกเงินบริจาค")
    for said in (
        "กองทุนวันละบาท", amount, "วันนี้", "ธนาคาร", "ใช่", "คุณใจบุญ ทำดี", "ข้าม", "๑๒/๐๐๔๕", "ข้าม",
    ):  # fmt: skip
        phone.says(said)
    phone.chooses("Confirm the gift")


def test_books_from_the_first_gift_to_the_auditors_page(
    online: Bot, world: World, tmp_path
) -> None:
    finance, director = world.comes_in(FINANCE), world.comes_in(DISTRICT_DIRECTOR)

    gives(finance, "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์")
    finance.sees("เลขที่ D", "1,500.50")

    # An expense waits for the second person; the first may not confirm it.
    finance.says("บัญชีกองทุน")
    finance.chooses("Enter something else")
    for said in ("รายจ่ายอื่น", "200", "วันนี้", "ธนาคาร", "ค่าพิมพ์เอกสาร"):
        finance.says(said)
    finance.chooses("Confirm the entry")
    finance.sees("เลขที่ M", "200")
    finance.says("งานของฉัน")
    assert finance.words("Confirm") not in finance.offered()
    assert {row["account"] for row in world.export("ledger")} == {"bank", "donations"}
    director.says("งานของฉัน")
    director.sees("ค่าพิมพ์เอกสาร")
    director.chooses("Confirm")
    rows = world.export("ledger")
    moved = sorted((row["account"], row["debit_baht"], row["credit_baht"]) for row in rows)
    assert moved == [
        ("bank", "", "200.00"),
        ("bank", "1500.50", ""),
        ("donations", "", "1500.50"),
        ("other_expense", "200.00", ""),
    ]

    # The statement: the gift is matched by itself, the interest is entered with a tap.
    statement = tmp_path / "bank.csv"
    today = rows[0]["entered_on"]
    statement.write_text(STATEMENT.format(day=today), "utf-8")
    online.doolae("import", "bank", str(statement))
    finance.says("บัญชีกองทุน")
    finance.chooses("Bank: %(count)s to match", count=1)
    finance.chooses("Enter as interest")
    finance.is_told("Entered, and matched with the bank's line.")

    finance.says("ยอด ณ วันที่")
    finance.says("วันนี้")
    finance.sees("1,302.75")

    # The page: once, read-only, and the public one without names.
    director.says("บัญชีกองทุน")
    director.chooses("All books as a page")
    address = director.opens(director.words("Open the books"))
    jar = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    with jar.open(address, timeout=60) as answer:
        page = answer.read().decode()
    assert "1,302.75" in page
    assert "ใจบุญ" not in page
    paper = re.search(r'href="(/district/books/paper/[^"]+fund-register)"', page)
    assert paper is not None
    with jar.open(online.url + paper[1], timeout=60) as answer:
        assert answer.read().startswith(b"%PDF")
    assert refusal(address) == 404
    assert refusal(online.url + paper[1]) == 404  # without the cookie
    with urllib.request.urlopen(f"{online.url}/district/funds", timeout=60) as answer:
        public = answer.read().decode()
    assert "กองทุนวันละบาท" in public
    assert "1,302.75" in public
    assert "กองทุนดูแล" not in public
    assert "ใจบุญ" not in public
    assert "ใจบุญ" not in online.log.read_text()
    world.expect_nothing_paid()


def test_a_promise_is_the_givers_own_and_the_books_are_not_a_teachers(
    online: Bot, world: World
) -> None:
    teacher = world.comes_in(TEACHER)
    teacher.says("บัญชีกองทุน")
    teacher.is_told("The funds' books are for finance, the director of the area and auditors.")
    teacher.says("ปันน้ำใจวันละบาท")
    teacher.says("1 บาท")
    teacher.says("วันนี้")
    teacher.chooses("Confirm my promise")
    teacher.sees("กองทุนวันละบาท")
    teacher.says("ปันน้ำใจวันละบาท")
    teacher.chooses("End my promise")
    teacher.is_told("Your promise is ended. Thank you for everything you gave.")
    world.expect_nothing_paid()
