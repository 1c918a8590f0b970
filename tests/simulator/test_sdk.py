"""LINE's own SDK for Python speaks with the simulator and understands every answer."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from uuid import uuid4

import pytest
from linebot.v3 import messaging as sdk
from linebot.v3 import oauth

from tests.simulator.conftest import Person
from tests.simulator.test_rich_menus import AREA, menu, png
from tests.support.photos import a_photo
from tests.support.simulator import CHANNEL, SECRET, TOKEN, Simulator


@pytest.fixture
def client(line: Simulator) -> Iterator[sdk.ApiClient]:
    with sdk.ApiClient(sdk.Configuration(access_token=TOKEN, host=line.url)) as client:
        yield client


def test_messages(client: sdk.ApiClient, line: Simulator, person: Person) -> None:
    """Reply, push with its key (409 the second time), multicast, validate, quota, profile."""
    api = sdk.MessagingApi(client)
    message = sdk.TextMessage(text="สวัสดี")
    token = person.says("ก")["replyToken"]
    sent = api.reply_message(sdk.ReplyMessageRequest(replyToken=token, messages=[message]))
    assert sent.sent_messages[0].id
    request = sdk.PushMessageRequest(to=person.user_id, messages=[message])
    key = str(uuid4())
    first = api.push_message_with_http_info(request, x_line_retry_key=key)
    with pytest.raises(sdk.ApiException) as caught:
        api.push_message(request, x_line_retry_key=key)
    assert caught.value.status == 409
    accepted = caught.value.headers["x-line-accepted-request-id"]
    assert accepted == first.headers["x-line-request-id"]
    api.multicast(sdk.MulticastRequest(to=[person.user_id], messages=[message]))
    api.broadcast(sdk.BroadcastRequest(messages=[message]))
    api.validate_push(sdk.ValidateMessageRequest(messages=[message]))
    assert api.get_message_quota().value == 300
    assert api.get_message_quota_consumption().total_usage >= 3
    assert api.get_profile(person.user_id).display_name == "ครูสมใจ"
    assert api.get_bot_info().basic_id == "@doolae"
    loading = sdk.ShowLoadingAnimationRequest(chatId=person.user_id, loadingSeconds=5)
    assert api.show_loading_animation_with_http_info(loading).status_code == 202


def test_a_card(client: sdk.ApiClient, person: Person) -> None:
    """What the SDK adds to a Flex message is taken as well."""
    box = {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "text", "text": "สรุป", "weight": "bold"},
            {"type": "image", "url": "https://example.com/a.png"},
            {"type": "button", "action": {"type": "message", "label": "ส่ง", "text": "ส่ง"}},
        ],
    }
    contents = sdk.FlexContainer.from_dict({"type": "bubble", "body": box})
    card = sdk.FlexMessage(altText="สรุป", contents=contents)
    request = sdk.PushMessageRequest(to=person.user_id, messages=[card])
    sdk.MessagingApi(client).push_message(request)
    assert person.bubbles()[-1]["contents"]["body"]["contents"][0]["text"] == "สรุป"


def test_contents_and_menus(client: sdk.ApiClient, person: Person) -> None:
    api, blobs = sdk.MessagingApi(client), sdk.MessagingApiBlob(client)
    picture = a_photo()
    photo = {"base64": base64.b64encode(picture).decode()}
    message_id = person.does("image", photo)["messageId"]
    assert bytes(blobs.get_message_content(message_id)) == picture
    later = person.does("image", photo, content="delayed:60")["messageId"]
    assert blobs.get_message_content_with_http_info(later).status_code == 202
    request = sdk.RichMenuRequest.from_dict(menu(AREA))
    menu_id = api.create_rich_menu(request).rich_menu_id
    blobs.set_rich_menu_image(menu_id, body=png(), _headers={"Content-Type": "image/png"})
    api.link_rich_menu_id_to_user(person.user_id, menu_id)
    assert api.get_rich_menu_id_of_user(person.user_id).rich_menu_id == menu_id
    assert menu_id in [one.rich_menu_id for one in api.get_rich_menu_list().richmenus]
    api.delete_rich_menu(menu_id)


def test_a_stateless_token(line: Simulator) -> None:
    with oauth.ApiClient(oauth.Configuration(host=line.url)) as client:
        issued = oauth.ChannelAccessToken(client).issue_stateless_channel_token(
            grant_type="client_credentials", client_id=CHANNEL, client_secret=SECRET
        )
    assert issued.expires_in == 900
