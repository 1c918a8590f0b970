"""Routes: which path is answered by whom."""

from pathlib import Path

from aiohttp import web

from simulator import channel, control, gestures, menus, messaging, people
from simulator.stream import stream

STATIC = Path(__file__).parent / "static"
MESSAGE = "/v2/bot/message"
MENU = "/v2/bot/richmenu"
USER = "/_sim/users/{user}"


def line_routes() -> list[web.RouteDef]:
    """What a bot calls."""
    return [
        web.post("/oauth2/v3/token", channel.issue_token),
        web.get("/v2/bot/info", channel.info),
        web.get("/v2/bot/channel/webhook/endpoint", channel.get_endpoint),
        web.put("/v2/bot/channel/webhook/endpoint", channel.set_endpoint),
        web.post("/v2/bot/channel/webhook/test", channel.test_endpoint),
        web.post(f"{MESSAGE}/reply", messaging.reply),
        web.post(f"{MESSAGE}/push", messaging.push),
        web.post(f"{MESSAGE}/multicast", messaging.multicast),
        web.post(f"{MESSAGE}/broadcast", messaging.broadcast),
        web.post(
            MESSAGE + "/validate/{method:reply|push|multicast|narrowcast|broadcast}",
            messaging.validate,
        ),
        web.get(f"{MESSAGE}/quota", channel.quota),
        web.get(f"{MESSAGE}/quota/consumption", channel.consumption),
        web.get(MESSAGE + "/delivery/{method}", channel.delivery),
        web.get(MESSAGE + "/{messageId}/content", people.content),
        web.get(MESSAGE + "/{messageId}/content/preview", people.preview),
        web.get(MESSAGE + "/{messageId}/content/transcoding", people.transcoding),
        web.get("/v2/bot/profile/{userId}", people.profile),
        web.get("/v2/bot/group/{groupId}/member/{userId}", people.member),
        web.get("/v2/bot/group/{groupId}/summary", people.group_summary),
        web.get("/v2/bot/group/{groupId}/members/count", people.group_count),
        web.get("/v2/bot/group/{groupId}/members/ids", people.only_verified),
        web.get("/v2/bot/followers/ids", people.only_verified),
        web.post("/v2/bot/group/{groupId}/leave", people.leave_group),
        web.post("/v2/bot/chat/loading/start", people.start_loading),
        web.post("/v2/bot/chat/markAsRead", people.mark_as_read),
        *menu_routes(),
    ]


def menu_routes() -> list[web.RouteDef]:
    """Rich menus; fixed words stand before patterns."""
    return [
        web.post(MENU, menus.create),
        web.post(f"{MENU}/validate", menus.validate),
        web.get(f"{MENU}/list", menus.listing),
        web.post(f"{MENU}/bulk/link", menus.bulk_link),
        web.post(f"{MENU}/bulk/unlink", menus.bulk_unlink),
        web.post(f"{MENU}/alias", menus.create_alias),
        web.get(f"{MENU}/alias/list", menus.list_aliases),
        web.get(MENU + "/alias/{richMenuAliasId}", menus.show_alias),
        web.post(MENU + "/alias/{richMenuAliasId}", menus.change_alias),
        web.delete(MENU + "/alias/{richMenuAliasId}", menus.delete_alias),
        web.post(MENU + "/{richMenuId}/content", menus.upload),
        web.get(MENU + "/{richMenuId}/content", menus.download),
        web.get(MENU + "/{richMenuId}", menus.show),
        web.delete(MENU + "/{richMenuId}", menus.delete),
        web.post("/v2/bot/user/all/richmenu/{richMenuId}", menus.set_default),
        web.get("/v2/bot/user/all/richmenu", menus.get_default),
        web.delete("/v2/bot/user/all/richmenu", menus.clear_default),
        web.post("/v2/bot/user/{userId}/richmenu/{richMenuId}", menus.link),
        web.get("/v2/bot/user/{userId}/richmenu", menus.linked),
        web.delete("/v2/bot/user/{userId}/richmenu", menus.unlink),
    ]


def control_routes() -> list[web.RouteDef]:
    """What tests and the page call."""
    return [
        web.get("/_sim/state", control.state),
        web.get("/_sim/clock", control.clock),
        web.post("/_sim/clock", control.set_clock),
        web.get("/_sim/faults", control.faults),
        web.post("/_sim/faults", control.faults),
        web.delete("/_sim/faults", control.faults),
        web.get("/_sim/requests", control.requests),
        web.delete("/_sim/requests", control.requests),
        web.post("/_sim/settings", control.settings),
        web.post("/_sim/quota", control.quota),
        web.post("/_sim/idle", control.idle),
        web.get("/_sim/events/{event}", control.event),
        web.get("/_sim/transcript", control.show_transcript),
        web.get("/_sim/stream", stream),
        web.get("/_sim/users", gestures.users),
        web.post("/_sim/users", gestures.add_user),
        web.post(USER + "/{what:follow|block|unblock}", gestures.friendship),
        web.post(f"{USER}/text", gestures.text),
        web.post(f"{USER}/sticker", gestures.send_sticker),
        web.post(f"{USER}/location", gestures.location),
        web.post(USER + "/{kind:image|audio|video|file}", gestures.media),
        web.post(f"{USER}/images", gestures.images),
        web.post(f"{USER}/postback", gestures.postback),
        web.post(f"{USER}/unsend", gestures.unsend),
        web.post(f"{USER}/raw", gestures.raw),
        web.post(f"{USER}/tap", gestures.tap),
        web.post(f"{USER}/group/join", gestures.group_join),
        web.post(f"{USER}/group/text", gestures.group_text),
        web.get(f"{USER}/chat", gestures.chat),
        web.get("/_sim/groups/{group}/chat", gestures.group_chat),
        web.get("/_sim/content/{message}", gestures.show_content),
        web.get("/_sim/richmenu/{menu}/image", gestures.show_menu_image),
    ]


def page_routes() -> list[web.RouteDef | web.StaticDef]:
    """The page with the phones."""
    routes: list[web.RouteDef | web.StaticDef] = [web.get("/", _index)]
    return [*routes, web.static("/static", STATIC)] if STATIC.is_dir() else routes


async def _index(request: web.Request) -> web.StreamResponse:
    index = STATIC / "index.html"
    if not index.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(index, headers={"Cache-Control": "no-cache"})
