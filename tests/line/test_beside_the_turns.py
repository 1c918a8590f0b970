"""What a running bot does beside its turns: the menu below the chat, the photo in the store."""

from __future__ import annotations

from tests.support.processes import wait_until
from tests.support.simulator import Refused


def menu_of(simulator, user_id):
    """The name of the menu that somebody sees, or None."""
    try:
        linked = simulator.line("GET", f"/v2/bot/user/{user_id}/richmenu")["richMenuId"]
    except Refused:
        return None
    return simulator.line("GET", f"/v2/bot/richmenu/{linked}")["name"]


def test_who_comes_is_given_a_menu_and_gets_it_again_after_a_block(simulator, bot):
    """
    A new friend has the guests' menu a moment after the greeting; a return counts as new.
    """
    user_id = simulator.post("users", {"name": "ครูสมใจ"})["userId"]
    simulator.post(f"users/{user_id}/follow")
    wait_until(
        lambda: (menu_of(simulator, user_id) or "").startswith("guest:th:"),
        seconds=15,
        what="linking the menu of guests",
    )

    simulator.post(f"users/{user_id}/block")
    simulator.settle()
    simulator.delete("requests")
    simulator.post(f"users/{user_id}/unblock")

    wait_until(
        lambda: any(
            call["method"] == "POST" and f"/user/{user_id}/richmenu/" in call["path"]
            for call in simulator.requests
        ),
        seconds=15,
        what="linking it again",
    )
