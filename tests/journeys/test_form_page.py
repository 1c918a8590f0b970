"""A form in the chat and on its page: to and fro, without a signal, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tests.support import home_visit
from tests.support.browser import PHONE
from tests.support.people import CLASS
from tests.support.phones import Phone
from tests.support.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: A pupil without brothers or sisters in the school.
PUPIL = CLASS[3]


@pytest.fixture
def is_public() -> bool:
    """Phones open pages here."""
    return True


@pytest.fixture
def teacher(world: World, district_database_url: str) -> Phone:
    """A teacher with a visit reported, whose pupil is to be screened for กสศ."""
    engine = sa.create_engine(
        district_database_url.replace("postgresql://", "postgresql+psycopg://")
    )
    with engine.begin() as connection:
        marked = sa.text("update student set needs_screening = true where first_name = :name")
        connection.execute(marked, {"name": PUPIL.first_name})
    engine.dispose()
    teacher = world.comes_in()
    home_visit.reports(teacher, PUPIL)
    return teacher


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """LINE's own browser on a phone people have; errors of its scripts fail the test."""
    context = browser.new_context(viewport=PHONE, locale="th-TH")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def opens_screening(teacher: Phone) -> None:
    """From the receipt of the visit to the first question of the กสศ. part."""
    teacher.chooses("Go on with the OBEC part")
    teacher.says("พักไว้")
    teacher.says("งานของฉัน")
    name = f"{PUPIL.first_name} ป.4/1"
    teacher.chooses("Complete %(name)s", name=name)


def saved(page: Page) -> None:
    """Everything typed has arrived."""
    page.locator('#state[data-is="saved"]').wait_for()
    assert page.evaluate("Object.keys(localStorage)") == []


#: What is typed where a field takes no plain words.
TYPED = {
    "age": "40",
    "travel_metres": "2.5",
    "travel_minutes": "30",
    "guardian_phone": "0812345678",
}
#: The first question of the page that needs an answer and has none.
OPEN = """() => {
  for (const one of document.querySelectorAll('#section .q[data-path]:not(.end)')) {
    const inputs = [...one.querySelectorAll('[name]')].filter((each) => each.name.startsWith('f.'));
    const full = inputs.some((each) => each.type === 'radio' || each.type === 'checkbox'
      ? each.checked : each.value.trim());
    if (!full && !one.querySelector('.optional') && one.checkVisibility()) return one.dataset.path;
  }
  return null;
}"""


def answers_everything(page: Page) -> int:
    """Answer what is open in a section, one question after the other; returns how many."""
    for answered in range(60):
        path = page.evaluate(OPEN)
        if path is None:
            return answered
        question = page.locator(f'.q[data-path="{path}"]')
        if question.locator("select").count():
            # Everybody but the pupil, who is among the members once.
            question.locator("select").select_option(index=4 if "relation" in path else 1)
        elif question.locator(".option input").count():
            question.locator(".option").first.click()
        else:
            line = question.locator("input.line, textarea")
            number = line.get_attribute("inputmode") in ("numeric", "decimal")
            line.fill(TYPED.get(path.rpartition(".")[2], "1000" if number else "ทดสอบ"))
            line.press("Tab")
        saved(page)
        assert not question.locator(".error").count(), question.inner_text()
    raise AssertionError("the section never ends")


def fills_the_household(page: Page) -> None:
    """The first member with a signal, two more without one, a fourth that is a mistake."""
    page.locator('[name="f.members.0.name"]').fill("ยายสมศรี")
    page.locator('[name="f.members.0.name"]').press("Tab")
    saved(page)
    page.context.set_offline(True)
    for item, name in ((1, "พ่อ"), (2, "แม่")):
        page.locator(f"#row-members-{item} summary").click()
        page.locator(f'[name="f.members.{item}.name"]').fill(name)
        page.locator(f'[name="f.members.{item}.name"]').press("Tab")
        page.locator(f'[name="f.members.{item}.age"]').fill("๔๐")
        page.locator(f'[name="f.members.{item}.age"]').press("Tab")
    page.locator('#state[data-is="offline"]').wait_for()
    page.locator(".foot .go").click()
    assert "/form/s/members" in page.url, "nothing leaves the page without a signal"
    page.context.set_offline(False)
    saved(page)
    # The phone's browser was closed and opened again: everything is there.
    page.reload()
    for item, name in enumerate(("ยายสมศรี", "พ่อ · 40", "แม่ · 40")):
        row = page.locator(f"#row-members-{item}")
        assert name in row.locator("summary, .unfold").inner_text()
        if row.locator(".unfold").count():
            row.locator(".unfold").click()
            page.locator(f"details#row-members-{item}[open]").wait_for()
        elif row.get_attribute("open") is None:
            row.locator("summary").click()
        answers_everything(page)
    page.locator("#row-members-3 summary").click()
    page.locator('[name="f.members.3.name"]').fill("ผิดคน")
    page.locator('[name="f.members.3.name"]').press("Tab")
    saved(page)
    page.locator("#row-members-3 .danger").click()
    page.locator("#row-members-3 .danger").click()
    page.get_by_text("ผิดคน").first.wait_for(state="detached")
    page.locator("#q-members .option").click()
    saved(page)


def without_scripts(browser: Browser, world: World, link: str) -> None:
    """The same draft where no script runs: what is wrong stays typed, what is right goes on."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(link)
    page.goto(f"{world.bot.url}/form/s/travel")
    page.locator('[name="f.travel_metres"]').fill("ไกลมาก")
    page.locator(".foot .quiet").click()
    page.locator("#errors").wait_for()
    assert page.locator('[name="f.travel_metres"]').input_value() == "ไกลมาก"
    page.locator('[name="f.travel_metres"]').fill("2.5")
    page.locator(".foot .go").click()
    page.wait_for_url("**/form/s/photos")
    page.locator(".tabs").get_by_text("ตรวจทาน").click()
    page.wait_for_url("**/form/summary")
    assert "2.5 กม." in page.locator("main").inner_text()
    context.close()


def test_to_the_page_and_back(world, teacher, tab, browser):
    """
    A teacher begins in the chat, goes on on the page, loses the signal in the middle of the
    household, gets it back, goes on in the chat, once more on the page, and sends. Nothing is
    lost, nothing is paid, and a forwarded link opens nothing.
    """
    opens_screening(teacher)
    teacher.chooses("Together")
    teacher.chooses("Back")
    teacher.chooses("Fill in on a page")
    link = teacher.opens(teacher.words("Open the page"))
    tab.goto(link)
    assert "/form/s/family" in tab.url
    assert tab.locator('[name="f.family_status"]:checked').count() == 1
    stranger = browser.new_context()
    assert stranger.new_page().goto(link).status == 410
    stranger.close()

    answers_everything(tab)
    tab.locator(".foot .go").click()
    tab.wait_for_url("**/form/s/members")
    fills_the_household(tab)
    tab.locator(".foot .go").click()
    tab.wait_for_url("**/form/s/house")
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # Back in the chat: the answers are there, and the first open question is asked.
    teacher.says("ทำต่อ")
    teacher.is_told("Your answers from the page are all here.")
    teacher.says("หน้าเว็บ")
    without_scripts(browser, world, teacher.opens(teacher.words("Open the page")))

    # A new link closes no old page.
    for section in ("house", "travel", "photos"):
        tab.goto(f"{world.bot.url}/form/s/{section}")
        answers_everything(tab)
        tab.locator(".foot .go").click()
        tab.wait_for_url(lambda url, section=section: not url.endswith(section))
    tab.goto(f"{world.bot.url}/form/summary")
    assert "ตอบครบทุกข้อแล้ว" in tab.locator("main").inner_text()
    teacher.says("ทำต่อ")
    teacher.chooses("Send the กสศ. part")
    teacher.sees("V69-")
    assert tab.goto(f"{world.bot.url}/form/summary").status == 410
    world.expect_nothing_paid()
