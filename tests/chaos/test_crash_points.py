"""The bot dies, or LINE fails, exactly there where something could be lost or come twice."""

import pytest

from simulator.webhooks import encode, sign
from tests.chaos.ledger import counted, last_reply, query
from tests.support import home_visit
from tests.support.bubbles import Bubble
from tests.support.people import CLASS, TEACHER
from tests.support.phones import Phone
from tests.support.processes import wait_until
from tests.support.simulator import SECRET
from tests.support.world import World

#: Longer than a lease: who held a reply is taken for dead.
LEASE_OVER = 11
REPLY = "/v2/bot/message/reply$"


@pytest.fixture
def phone(world: World) -> Phone:
    """Somebody who has added the account."""
    phone = world.phone()
    phone.adds_the_bot()
    return phone


def says_and_waits_for_the_call(world: World, phone: Phone, text: str) -> None:
    """Say something, and return as soon as the bot's answer is on its way to LINE."""
    before = len(world.simulator.requests)
    phone.says(text, wait=False)
    wait_until(
        lambda: any(call["path"].endswith("/reply") for call in world.simulator.requests[before:]),
        seconds=30,
        what="the reply call",
    )


def dies_and_comes_back(world: World) -> None:
    """Kill the bot; another one takes over what it left, once its leases are over."""
    world.bot.kill()
    world.simulator.no_faults()
    world.bot.start()
    world.fast_forward(seconds=LEASE_OVER)


def waits_for_the_answer_to(phone: Phone, event: str | None) -> None:
    assert event
    assert phone.event(event, seconds=45)["reply"]["used"], str(phone)


def answers_to_last_event(phone: Phone) -> list[Bubble]:
    """The bubbles that answer what the person did last, as often as they are on the screen."""
    return [bubble for bubble in phone.chat if bubble.item.get("replyTo") == phone.last_event]


def settles_as(world: World, status: str) -> None:
    wait_until(
        lambda: last_reply(world.bot)[0] == status, seconds=30, what=f"the reply to be {status}"
    )


def test_killed_between_commit_and_sending(world, phone):
    """
    The turn is committed, its reply never reached LINE: whoever comes after sends it, once.
    """
    world.simulator.fault(hang_before={"times": 1, "path": REPLY, "seconds": 30})
    says_and_waits_for_the_call(world, phone, "ช่วยด้วย")
    dies_and_comes_back(world)

    waits_for_the_answer_to(phone, phone.last_event)
    settles_as(world, "sent")
    assert len({bubble.item["requestId"] for bubble in answers_to_last_event(phone)}) == 1
    world.expect_nothing_paid()


def test_killed_between_lines_accept_and_our_record(world, phone):
    """
    LINE has accepted the reply and the person sees it; we died before writing that down. The
    repeated call finds its token used up, so nobody sees anything twice.
    """
    world.simulator.fault(hang_after={"times": 1, "path": REPLY, "seconds": 30})
    says_and_waits_for_the_call(world, phone, "ช่วยด้วย")
    waits_for_the_answer_to(phone, phone.last_event)
    seen = len(answers_to_last_event(phone))
    dies_and_comes_back(world)

    settles_as(world, "presumed_sent")
    assert len(answers_to_last_event(phone)) == seen
    world.expect_nothing_paid()


def test_delivered_again_after_the_crash(world, phone):
    """
    LINE delivers the event of a dead process again: nothing runs twice, and the reply that never
    left is sent at once, without waiting for the lease of the dead one.
    """
    world.simulator.fault(hang_before={"times": 1, "path": REPLY, "seconds": 30})
    says_and_waits_for_the_call(world, phone, "ช่วยด้วย")
    world.bot.kill()
    world.simulator.no_faults()
    world.bot.start()
    event = phone.event(phone.last_event, reply=False)["event"]
    event["deliveryContext"] = {"isRedelivery": True}
    body = encode({"destination": "U" + "0" * 32, "events": [event]})
    for _ in range(2):
        headers = {"x-line-signature": sign(SECRET, body), "Content-Type": "application/json"}
        assert world.bot.request("POST", "/callback", body, headers=headers)[0] == 200
    world.fast_forward(seconds=LEASE_OVER)

    waits_for_the_answer_to(phone, phone.last_event)
    settles_as(world, "sent")
    assert len({bubble.item["requestId"] for bubble in answers_to_last_event(phone)}) == 1
    ((taken,),) = query(
        world.bot,
        f"SELECT count(*) FROM inbound_event WHERE webhook_event_id = '{phone.last_event}'",
    )
    assert taken == 1


def test_nobody_was_there_to_take_the_event(world, phone):
    """
    The bot was dead when the event came: LINE delivers it again, and it is answered once.
    """
    world.simulator.post("settings", {"redeliverySeconds": [1, 1, 2, 2, 4, 4]})
    world.bot.kill()
    phone.says("ช่วยด้วย", wait=False)
    world.bot.start()

    waits_for_the_answer_to(phone, phone.last_event)
    world.simulator.settle()
    assert len({bubble.item["requestId"] for bubble in answers_to_last_event(phone)}) == 1


def test_line_said_500_after_accepting(world, phone):
    """
    LINE answers 500 although it has accepted the reply: it is tried again, presumed sent, and seen
    once.
    """
    world.simulator.fault(error_after={"times": 1, "path": REPLY})
    phone.says("ช่วยด้วย")

    settles_as(world, "presumed_sent")
    assert last_reply(world.bot) == ("presumed_sent", 2)
    assert len({bubble.item["requestId"] for bubble in answers_to_last_event(phone)}) == 1


def test_line_failed_before_accepting(world, phone):
    """
    LINE fails before it accepts: the same bytes are tried again with the same token.
    """
    for fault in ("error_before", "reset_before", "rate_limit"):
        world.simulator.fault(**{fault: {"times": 2, "path": REPLY}})
        phone.says("ช่วยด้วย")

        settles_as(world, "sent")
        assert last_reply(world.bot) == ("sent", 3), fault


def test_a_receipt_outlives_its_token(world):
    """
    LINE is away until the reply token is dead: the report is stored, and its receipt rides along
    on the next reply. It is never pushed, and it comes once.
    """
    teacher = world.comes_in(TEACHER)
    home_visit.begins(teacher, CLASS[3])
    teacher.chooses("Today")
    teacher.chooses("No visit possible")
    teacher.chooses("Not safe")
    world.simulator.fault(error_before={"path": REPLY})
    teacher.chooses("Send the report", wait=False)
    wait_until(lambda: len(world.export("home-visits")) == 1, seconds=30, what="storing the report")
    world.fast_forward(seconds=61)
    settles_as(world, "unknown")
    world.simulator.no_faults()

    teacher.says("เมนู")
    teacher.sees("เลขที่")
    teacher.says("เมนู")
    receipts = [bubble for bubble in teacher.chat if bubble.is_bot and "เลขที่" in bubble.text]
    assert len(receipts) == 1, str(teacher)
    (row,) = world.export("home-visits")
    assert row["id"] in receipts[0].text
    world.expect_nothing_paid()


def test_a_newer_reply_absorbs_what_waited(world, phone):
    """
    While one reply is under way two more questions are answered: both answers leave as one call,
    in order, after the first.
    """
    world.simulator.fault(slow={"times": 1, "path": REPLY, "ms": 4000})
    says_and_waits_for_the_call(world, phone, "ช่วยด้วย")
    first = phone.last_event
    phone.says("วิธีใช้", wait=False)
    world.simulator.settle()
    second = phone.last_event
    phone.says("เมนู")

    by_event = [bubble.item["replyTo"] for bubble in phone.chat if bubble.is_bot]
    assert by_event.index(first) < by_event.index(phone.last_event)
    assert second not in by_event
    assert counted(world.bot, "reply")["absorbed"] == 1


def test_replies_of_a_dead_process_come_before_newer_ones(world, phone):
    """
    A reply that a dead process left and the answer to what was said since arrive in order.
    """
    world.simulator.fault(hang_before={"times": 1, "path": REPLY, "seconds": 30})
    says_and_waits_for_the_call(world, phone, "ช่วยด้วย")
    first = phone.last_event
    world.bot.kill()
    world.simulator.no_faults()
    world.bot.start()
    phone.says("เมนู", wait=False)
    second = phone.last_event
    world.fast_forward(seconds=LEASE_OVER)
    waits_for_the_answer_to(phone, second)
    waits_for_the_answer_to(phone, first)

    by_event = [bubble.item["replyTo"] for bubble in phone.chat if bubble.is_bot]
    assert by_event.index(first) < by_event.index(second), str(phone)


def test_bubbles_of_one_moment_are_all_kept(world):
    """
    Ten bubbles of a note arrive at the same moment, by many requests and in any order: nothing
    typed is lost.
    """
    teacher = world.comes_in(TEACHER)
    home_visit.begins(teacher, CLASS[3])
    home_visit.answers(teacher, until="note")
    parts = [f"ข้อความที่{number}จบ" for number in range(10)]
    for part in parts:
        teacher.says(part, wait=False)
    world.simulator.settle()
    waits_for_the_answer_to(teacher, teacher.last_event)
    teacher.chooses("Finished")
    teacher.chooses("None")

    summary = "\n".join(bubble.text for bubble in teacher.last_bubbles())
    assert [part for part in parts if part not in summary] == [], str(teacher)
