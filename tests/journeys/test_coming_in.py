"""Coming in: the greeting, the notice, the code, and who one is."""

from collections.abc import Callable

from tests.support.people import (
    DIRECTOR,
    DISTRICT_DIRECTOR,
    FINANCE,
    OFFICER,
    SCHOOL_ADMIN,
    STAFF,
    TEACHER,
    Staff,
)
from tests.support.world import World


def test_everybody_of_the_staff_file_comes_in(world: World) -> None:
    """
    Notice, code, name: at most three taps, and the menu of the role opens what the role does.
    """
    for person in (TEACHER, DIRECTOR, SCHOOL_ADMIN, OFFICER, DISTRICT_DIRECTOR, FINANCE):
        phone = world.comes_in(person)

        phone.sees(person.first_name)
        phone.says("งานของฉัน")
        phone.says("เมนู")
        assert phone.offered(), person.role
    world.expect_nothing_paid()


def test_nothing_is_bound_before_the_notice_is_acknowledged(world: World) -> None:
    """
    An early code is held: who it belongs to is asked only after the notice was acknowledged.
    """
    phone = world.phone()
    phone.adds_the_bot()
    phone.says(world.code_of(TEACHER))
    phone.does_not_see(TEACHER.first_name)

    phone.chooses("Acknowledge")
    phone.sees(TEACHER.first_name)
    phone.chooses("Yes, that is right")
    phone.says("เยี่ยมบ้าน")

    phone.is_told("Whose home did you visit?")


def test_a_code_may_be_typed_in_many_ways(world: World) -> None:
    """
    Case, spaces and dashes are ignored, and Thai digits are digits.
    """
    thai_digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    ways: list[tuple[Staff, Callable[[str], str]]] = [
        (TEACHER, str.lower),
        (DIRECTOR, lambda code: " ".join(code.replace("-", ""))),
        (OFFICER, lambda code: code.replace("-", "")),
        (FINANCE, lambda code: code.translate(thai_digits)),
    ]
    for person, written in ways:
        phone = world.phone()
        phone.adds_the_bot()
        phone.chooses("Acknowledge")
        phone.says(written(world.code_of(person)))

        phone.sees(person.first_name)


def test_a_used_code_opens_nothing_for_a_second_phone(world: World) -> None:
    """
    A code works once: the second phone is told kindly and learns no name.
    """
    world.comes_in(TEACHER)
    second = world.phone()
    second.adds_the_bot()
    second.chooses("Acknowledge")
    second.says(world.code_of(TEACHER))

    assert second.last_bubbles()
    second.does_not_see(TEACHER.first_name, TEACHER.last_name)
    second.says("เยี่ยมบ้าน")
    second.does_not_see(second.words("Whose home did you visit?"))


def test_guessing_codes_is_slowed_down(world: World) -> None:
    """
    After several wrong codes even a right one is not read for a while; later it is.
    """
    phone = world.phone()
    phone.adds_the_bot()
    phone.chooses("Acknowledge")
    for number in range(6):
        phone.says(f"AB3D-7K{number}Z")
    phone.says(world.code_of(TEACHER))
    phone.does_not_see(TEACHER.first_name)

    world.fast_forward(days=1)
    phone.says(world.code_of(TEACHER))

    phone.sees(TEACHER.first_name)


def test_who_says_no_is_not_bound(world: World) -> None:
    """
    A letter in the wrong hands: whoever says that they are somebody else gets in nowhere.
    """
    phone = world.phone()
    phone.adds_the_bot()
    phone.chooses("Acknowledge")
    phone.says(world.code_of(DIRECTOR))
    no = [label for label in phone.offered() if label.startswith("ไม่")]
    phone.taps(no[0])
    phone.says("งานของฉัน")

    phone.does_not_see(*(person.first_name for person in STAFF))


def test_a_blocked_account_is_welcome_again(world: World) -> None:
    """
    Who blocked the account and comes back is known still, and is not asked for a code.
    """
    phone = world.comes_in(TEACHER)
    phone.blocks_the_bot()
    world.simulator.settle()
    phone.adds_the_bot()

    phone.says("เยี่ยมบ้าน")
    phone.is_told("Whose home did you visit?")


def test_the_menu_below_the_chat_is_that_of_the_role(world: World) -> None:
    """
    The role's rich menu is linked once somebody has come in, and differs from the guests'.
    """
    phone = world.phone(TEACHER.name)
    phone.adds_the_bot()
    guest = phone.waits_for_menu()
    phone.chooses("Acknowledge")
    phone.says(world.code_of(TEACHER))
    phone.chooses("Yes, that is right")

    teacher = phone.waits_for_menu(other_than=guest)
    texts = [area["action"].get("text") for area in teacher["areas"]]
    assert "เยี่ยมบ้าน" in texts
    assert "เยี่ยมบ้าน" not in [area["action"].get("text") for area in guest["areas"]]
