"""What an operator sees and does: health, metrics, jobs, failed events, keys."""

from __future__ import annotations

import json

from tests.support.people import TEACHER


def test_the_process_says_that_it_lives_and_is_ready(bot):
    """A load balancer asks `/healthz` and `/readyz`; both answer without a session."""
    assert bot.get("/healthz")[0] == 200
    status, body = bot.get("/readyz")
    assert status == 200
    assert json.loads(body)["sender_lag_seconds"] == 0


def test_metrics_count_turns_and_name_nobody(world, bot):
    """`/metrics` has turns and replies by outcome, and no id or word of a person."""
    phone = world.comes_in(TEACHER)
    phone.says("เมนู")

    status, text = bot.get("/metrics")

    assert status == 200
    assert 'doolae_replies_total{outcome="sent"}' in text
    assert "doolae_turn_seconds_bucket" in text
    assert phone.user_id not in text
    assert TEACHER.name not in text


def test_logs_carry_ids_and_never_what_was_written(world, bot):
    """Whatever a person types, the log has the event and not the words."""
    phone = world.comes_in(TEACHER)
    phone.says("บ้านสีฟ้าท้ายซอยวัดใหม่")

    log = bot.log.read_text()

    assert "line.called" in log
    assert "บ้านสีฟ้า" not in log
    assert phone.user_id not in log
    assert world.code_of(TEACHER) not in log


def test_jobs_write_nothing_without_send(bot):
    """`doolae jobs run` tells what would happen; the clock's jobs are listed with their hour."""
    listed = bot.doolae("jobs", "list").stdout
    assert "expire-drafts" in listed

    told = bot.doolae("jobs", "run", "expire-drafts", "--at", "2026-06-01T08:00").stdout
    assert "0 messages" in told
    assert bot.doolae("jobs", "run", "expire-drafts", "--send").returncode == 0


def test_no_event_has_failed(world, bot):
    """An ordinary day leaves nothing for `doolae events retry`."""
    world.comes_in(TEACHER).says("งานของฉัน")

    assert bot.doolae("events", "retry").stdout.strip() == "0/0"


def test_keys_are_rotated_beside_the_running_bot(world, bot):
    """
    With a new key first in DATA_KEYS, `keys rotate` seals everything anew; after that the old key
    may go, and the teacher's draft is still there.
    """
    old, new = "k1:" + "a" * 32, "k2:" + "b" * 32
    bot.stop()
    bot.environment["DATA_KEYS"] = old
    bot.start()
    phone = world.comes_in(TEACHER)
    phone.says("เยี่ยมบ้าน")
    phone.says("1")
    bot.stop()
    bot.environment["DATA_KEYS"] = f"{new},{old}"
    bot.start()

    rotated = int(bot.doolae("keys", "rotate").stdout)
    bot.stop()
    bot.environment["DATA_KEYS"] = new
    bot.start()
    phone.says("พักไว้")
    phone.says("งานของฉัน")

    assert rotated > 0
    assert "ทำต่อ" in " ".join(phone.offered()) or phone.sees("ค้าง")


def test_a_wrong_environment_is_named_all_at_once(bot):
    """`serve` does not start on a half-configured machine, and says all that is missing."""
    bot.stop()
    environment = dict(bot.environment)
    bot.environment = {
        **environment, "SECRET_KEY": "short", "PORT": "many", "LINE_CHANNEL_SECRET": ""
    }  # fmt: skip

    done = bot.doolae("serve", check=False)

    assert done.returncode == 1
    for name in ("SECRET_KEY", "PORT", "LINE_CHANNEL_SECRET"):
        assert name in done.stderr
    assert "short" not in done.stderr


def test_the_privacy_notice_is_a_page_in_both_languages(page, bot):
    """The card in the chat links to it; it reads well on a phone and loads nothing from afar."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{bot.url}/district/notice")

    assert page.get_by_role("heading", level=1).inner_text() == "การใช้ข้อมูลของท่านและข้อมูลนักเรียน"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="English").click()
    assert "How your data" in page.get_by_role("heading", level=1).inner_text()
