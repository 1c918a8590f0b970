"""What LINE tells about people, the account, its webhook and its menus."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.errors import DeliveryFailed
from line.answers import ContentStatus
from tests.support.photos import a_photo


def content_of(person, photo, **query):
    """The message id of a photo that a person sends."""
    return person.line.call(
        "POST",
        f"/_sim/users/{person.user_id}/image",
        photo,
        headers={"Content-Type": "image/jpeg"},
        **query,
    )["messageId"]


def a_menu(name="teacher:th:0", text="เมนู"):
    return {
        "size": {"width": 1200, "height": 810},
        "selected": True,
        "name": name,
        "chatBarText": text,
        "areas": [
            {
                "bounds": {"x": 0, "y": 0, "width": 1200, "height": 810},
                "action": {"type": "message", "label": "เยี่ยมบ้าน", "text": "เยี่ยมบ้าน"},
            }
        ],
    }


def a_picture():
    made = io.BytesIO()
    Image.new("RGB", (1200, 810), "white").save(made, "PNG")
    return made.getvalue()


def test_a_profile_is_what_the_person_chose(client, person):
    """
    Name of a friend; None for somebody whom LINE does not tell about.
    """
    assert client.profile(person.user_id).display_name == "ครูสมใจ"
    assert client.profile("U" + "0" * 32) is None


def test_whose_token_it_is(client):
    """
    The account's own user id, which webhooks name as their destination.
    """
    assert client.bot_info().user_id.startswith("U")


def test_a_photo_is_written_into_a_file(client, person):
    """
    The bytes that LINE has, with their type; larger than allowed is none at all.
    """
    photo = a_photo()
    message = content_of(person, photo)
    file = io.BytesIO()

    content = client.content(message, file)
    short = client.content(message, io.BytesIO(), limit=len(photo) - 1)

    assert (content.status, content.content_type) == (ContentStatus.READY, "image/jpeg")
    assert file.getvalue() == photo
    assert short.status is ContentStatus.TOO_LARGE


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("delayed:60", ContentStatus.PREPARING),
        ("gone", ContentStatus.GONE),
        ("missing", ContentStatus.MISSING),
    ],
)
def test_a_photo_that_is_not_there_says_why(client, person, condition, status):
    """
    In preparation, taken back, unknown: three different things.
    """
    message = content_of(person, a_photo(), content=condition)

    assert client.content(message, io.BytesIO()).status is status


def test_a_photo_that_line_cannot_give_now_is_a_failure(client, person, line):
    """
    A 500 is no verdict on the photo.
    """
    message = content_of(person, a_photo())
    line.fault(error_before={"times": 1, "path": "/content$"})

    with pytest.raises(DeliveryFailed) as caught:
        client.content(message, io.BytesIO())

    assert caught.value.may_retry is True


def test_menus_are_made_linked_and_removed(client, person):
    """
    A menu with its picture is linked to one person and to everybody else; removing twice is fine.
    """
    made = client.create_rich_menu(a_menu())
    client.upload_rich_menu(made, a_picture())
    client.link_rich_menu(person.user_id, made)
    assert client.default_rich_menu() is None
    client.set_default_rich_menu(made)

    assert client.default_rich_menu() == made
    assert [menu.name for menu in client.rich_menus() if menu.id == made] == ["teacher:th:0"]
    assert person.line.line("GET", f"/v2/bot/user/{person.user_id}/richmenu")["richMenuId"] == made

    client.unlink_rich_menu(person.user_id)
    for _ in range(2):
        client.delete_rich_menu(made)

    assert made not in [menu.id for menu in client.rich_menus()]


def test_a_menu_without_a_picture_cannot_be_linked(client, person):
    """
    What LINE refuses is a final failure with LINE's reason.
    """
    made = client.create_rich_menu(a_menu())

    with pytest.raises(DeliveryFailed, match="upload") as caught:
        client.link_rich_menu(person.user_id, made)

    assert caught.value.may_retry is False


def test_the_webhook_is_known_and_tested(client, line):
    """
    Where LINE sends events, and how that address answers it.
    """
    endpoint = client.webhook_endpoint()

    assert endpoint.is_active
    assert client.test_webhook().is_good
    assert endpoint.url.startswith("http")


def test_the_quota_is_read(client):
    """
    A free plan: 300 messages, none used.
    """
    quota = client.quota()

    assert (quota.limit, quota.used, quota.left) == (300, 0, 300)
