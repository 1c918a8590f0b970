"""Taps: what LINE does when a person taps a button."""

from simulator.buttons import QUICK_REPLY, Button
from simulator.chat import STAYING
from simulator.event import Event
from simulator.phone import Phones
from simulator.platform import Platform
from simulator.refusals import Json, Refusal
from simulator.user import User

NEEDS_CONTENT = {"camera": "image", "cameraRoll": "images", "location": "location"}


def tap(
    platform: Platform, phones: Phones, user: User, button: Button, given: Json
) -> tuple[Event | None, Json]:
    """Tap a button; `given` holds the date or time picked.

    Returns the event, if there is one, and what else the phone would show. Raises Refusal 400
    for a date that is missing or out of range, 409 where photos or a place must be sent.
    """
    action, kind = button.action, button.action["type"]
    if kind in NEEDS_CONTENT:
        raise Refusal(409, f"send it with …/{NEEDS_CONTENT[kind]}", extra={"action": action})
    tapped: Json = {"label": button.label, "source": button.source}
    event: Event | None = None
    more: Json = {}
    match kind:
        case "message":
            event = phones.say(user, {"type": "text", "text": action["text"]}, tapped=tapped)
        case "postback":
            shown = action.get("displayText") or action.get("text")
            event = phones.postback(user, action["data"], display_text=shown, tapped=tapped)
            more = {name: action[name] for name in ("inputOption", "fillInText") if name in action}
        case "datetimepicker":
            params = _picked(action, given)
            tapped |= params
            event = phones.postback(user, action["data"], params=params, tapped=tapped)
        case "richmenuswitch":
            params = switch_menu(platform, user, action["richMenuAliasId"])
            event = phones.postback(user, action["data"], params=params, tapped=tapped)
        case "uri":
            more = {"uri": action.get("uri") or action.get("linkUri")}
        case "clipboard":
            more = {"clipboardText": action["clipboardText"]}
    if button.source == QUICK_REPLY and (event is not None or kind not in STAYING):
        user.chat.offer(None, [])
        platform.changed(user.user_id)
    return event, {"action": action, **more}


def _picked(action: Json, given: Json) -> Json:
    mode = action["mode"]
    value = given.get(mode)
    if not isinstance(value, str):
        raise Refusal(400, f"the picker needs {{{mode}}}", extra={"action": action})
    least, most = action.get("min"), action.get("max")
    if (least and value < least.replace("t", "T")) or (most and value > most.replace("t", "T")):
        raise Refusal(400, f"the picker offers {least} to {most}", extra={"action": action})
    return {mode: value}


def switch_menu(platform: Platform, user: User, alias: str) -> Json:
    """Change the phone's own menu to the alias; the postback's params."""
    rich_menu_id = platform.menus.aliases.get(alias)
    if rich_menu_id is None:
        return {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    if rich_menu_id not in platform.menus.menus:
        return {"status": "RICHMENU_NOTFOUND"}
    user.rich_menu_id = rich_menu_id
    return {"newRichMenuAliasId": alias, "status": "SUCCESS"}
