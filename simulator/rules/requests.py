"""Request bodies: the whole of what a bot sends to an endpoint."""

from collections.abc import Mapping
from typing import Any, Final

from simulator.platform import Platform
from simulator.refusals import Json
from simulator.rules.checks import (
    Check,
    Report,
    array,
    boolean,
    integer,
    shape,
    text,
    thing,
    uri,
)
from simulator.rules.messages import MESSAGE
from simulator.rules.rich_menus import ALIAS, ALIAS_CHANGE, BULK_LINK, BULK_UNLINK, RICH_MENU

_MESSAGES: Mapping[str, Check] = {"messages": array(MESSAGE, least=1, most=5)}
_QUIET: Mapping[str, Check] = {"notificationDisabled": boolean}
_UNITS: Mapping[str, Check] = {
    "customAggregationUnits": array(shape(r"[a-zA-Z0-9_]{1,30}"), least=0, most=1)
}
_USER_ID = shape(
    r"U[0-9a-f]{32}",
    "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.",
)


def _seconds(value: Any, path: str, report: Report) -> None:
    integer(5, 60)(value, path, report)
    if isinstance(value, int) and value % 5:
        report.add("must be a multiple of five", path)


#: What each endpoint takes, and the name of the same thing in LINE's description.
BODIES: Final[Mapping[str, tuple[Check, str]]] = {
    "reply": (
        thing({"replyToken": text(200), **_MESSAGES}, _QUIET),
        "ReplyMessageRequest",
    ),
    "push": (thing({"to": text(100), **_MESSAGES}, {**_QUIET, **_UNITS}), "PushMessageRequest"),
    "multicast": (
        thing({"to": array(text(100), least=1, most=500), **_MESSAGES}, {**_QUIET, **_UNITS}),
        "MulticastRequest",
    ),
    "broadcast": (thing(_MESSAGES, _QUIET), "BroadcastRequest"),
    "loading": (
        thing({"chatId": _USER_ID}, {"loadingSeconds": _seconds}),
        "ShowLoadingAnimationRequest",
    ),
    "mark_as_read": (thing({"markAsReadToken": text(2000)}), "MarkMessagesAsReadByTokenRequest"),
    "rich_menu": (RICH_MENU, "RichMenuRequest"),
    "alias": (ALIAS, "CreateRichMenuAliasRequest"),
    "alias_change": (ALIAS_CHANGE, "UpdateRichMenuAliasRequest"),
    "bulk_link": (BULK_LINK, "RichMenuBulkLinkRequest"),
    "bulk_unlink": (BULK_UNLINK, "RichMenuBulkUnlinkRequest"),
    "endpoint": (
        thing({"endpoint": uri("https", "http", most=500)}),
        "SetWebhookEndpointRequest",
    ),
    "endpoint_test": (
        thing({}, {"endpoint": uri("https", "http", most=500)}),
        "TestWebhookEndpointRequest",
    ),
    **{
        f"validate/{method}": (thing(_MESSAGES), "ValidateMessageRequest")
        for method in ("reply", "push", "multicast", "narrowcast", "broadcast")
    },
}


def check_body(platform: Platform, what: str, body: Json) -> None:
    """Raise Refusal 400 unless LINE takes this body; `what` names it in BODIES."""
    check, name = BODIES[what]
    report = Report(strict=platform.settings.strict)
    check(body, "", report)
    report.raise_if_any()
    if platform.description is not None and platform.settings.openapi:
        for path, problem in platform.description.problems(name, body):
            report.add(problem, path)
        report.raise_if_any()
