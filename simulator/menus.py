"""Endpoints of rich menus: create, picture, default, per person, bulk and aliases."""

from aiohttp import web

from simulator.keys import PLATFORM, read_json
from simulator.messaging import USER_ID
from simulator.platform import Platform
from simulator.refusals import Refusal
from simulator.rules.requests import check_body
from simulator.user import User

PICTURES = ("image/png", "image/jpeg")


async def create(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu`."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "rich_menu", body)
    return web.json_response({"richMenuId": platform.menus.create(body).rich_menu_id})


async def validate(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/validate`."""
    check_body(request.app[PLATFORM], "rich_menu", await read_json(request))
    return web.json_response({})


async def upload(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/{id}/content`: once, a JPEG or PNG of at most 1 MB."""
    if request.content_type not in PICTURES:
        raise Refusal(415, f"The content type, {request.content_type}, is not supported")
    platform, menu = request.app[PLATFORM], request.match_info["richMenuId"]
    platform.menus.upload(menu, await request.read(), request.content_type)
    return web.json_response({})


async def download(request: web.Request) -> web.Response:
    """`GET /v2/bot/richmenu/{id}/content`."""
    menu = request.app[PLATFORM].menus.get(request.match_info["richMenuId"])
    if not menu.image:
        raise Refusal(404, "richmenu image not found")
    return web.Response(body=menu.image, content_type=menu.mime)


async def show(request: web.Request) -> web.Response:
    """`GET /v2/bot/richmenu/{id}`."""
    menu = request.app[PLATFORM].menus.get(request.match_info["richMenuId"])
    return web.json_response(menu.shown())


async def listing(request: web.Request) -> web.Response:
    """`GET /v2/bot/richmenu/list`."""
    menus = request.app[PLATFORM].menus.menus.values()
    return web.json_response({"richmenus": [menu.shown() for menu in menus]})


async def delete(request: web.Request) -> web.Response:
    """`DELETE /v2/bot/richmenu/{id}`."""
    platform = request.app[PLATFORM]
    platform.menus.delete(request.match_info["richMenuId"])
    _everybody_sees(platform)
    return web.json_response({})


async def set_default(request: web.Request) -> web.Response:
    """`POST /v2/bot/user/all/richmenu/{id}`."""
    platform = request.app[PLATFORM]
    platform.menus.default = platform.menus.usable(request.match_info["richMenuId"]).rich_menu_id
    _everybody_sees(platform)
    return web.json_response({})


async def get_default(request: web.Request) -> web.Response:
    """`GET /v2/bot/user/all/richmenu`."""
    default = request.app[PLATFORM].menus.default
    if default is None:
        raise Refusal(404, "no default richmenu")
    return web.json_response({"richMenuId": default})


async def clear_default(request: web.Request) -> web.Response:
    """`DELETE /v2/bot/user/all/richmenu`."""
    platform = request.app[PLATFORM]
    platform.menus.default = None
    _everybody_sees(platform)
    return web.json_response({})


async def link(request: web.Request) -> web.Response:
    """`POST /v2/bot/user/{userId}/richmenu/{id}`: without effect on a non-friend."""
    platform = request.app[PLATFORM]
    menu = platform.menus.usable(request.match_info["richMenuId"])
    _link(platform, _user(request), menu.rich_menu_id)
    return web.json_response({})


async def linked(request: web.Request) -> web.Response:
    """`GET /v2/bot/user/{userId}/richmenu`."""
    user = _user(request)
    if user is None or user.rich_menu_id not in request.app[PLATFORM].menus.menus:
        raise Refusal(404, "the user has no richmenu")
    return web.json_response({"richMenuId": user.rich_menu_id})


async def unlink(request: web.Request) -> web.Response:
    """`DELETE /v2/bot/user/{userId}/richmenu`."""
    _link(request.app[PLATFORM], _user(request), None)
    return web.json_response({})


async def bulk_link(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/bulk/link`: up to 500 people, 202."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "bulk_link", body)
    menu = platform.menus.usable(body["richMenuId"])
    for user_id in body["userIds"]:
        _link(platform, platform.users.get(user_id), menu.rich_menu_id)
    return web.json_response({}, status=202)


async def bulk_unlink(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/bulk/unlink`: up to 500 people, 202."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "bulk_unlink", body)
    for user_id in body["userIds"]:
        _link(platform, platform.users.get(user_id), None)
    return web.json_response({}, status=202)


async def create_alias(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/alias`."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "alias", body)
    if body["richMenuAliasId"] in platform.menus.aliases:
        raise Refusal(400, "conflict richmenu alias id")
    platform.menus.aliases[body["richMenuAliasId"]] = _aliasable(platform, body["richMenuId"])
    return web.json_response({})


async def change_alias(request: web.Request) -> web.Response:
    """`POST /v2/bot/richmenu/alias/{aliasId}`."""
    platform, body, alias = request.app[PLATFORM], await read_json(request), _alias(request)
    check_body(platform, "alias_change", body)
    platform.menus.aliases[alias] = _aliasable(platform, body["richMenuId"])
    return web.json_response({})


async def show_alias(request: web.Request) -> web.Response:
    """`GET /v2/bot/richmenu/alias/{aliasId}`."""
    alias = _alias(request)
    menu = request.app[PLATFORM].menus.aliases[alias]
    return web.json_response({"richMenuAliasId": alias, "richMenuId": menu})


async def delete_alias(request: web.Request) -> web.Response:
    """`DELETE /v2/bot/richmenu/alias/{aliasId}`."""
    del request.app[PLATFORM].menus.aliases[_alias(request)]
    return web.json_response({})


async def list_aliases(request: web.Request) -> web.Response:
    """`GET /v2/bot/richmenu/alias/list`."""
    aliases = request.app[PLATFORM].menus.aliases.items()
    shown = [{"richMenuAliasId": alias, "richMenuId": menu} for alias, menu in aliases]
    return web.json_response({"aliases": shown})


def _alias(request: web.Request) -> str:
    alias = request.match_info["richMenuAliasId"]
    if alias not in request.app[PLATFORM].menus.aliases:
        raise Refusal(404, "richmenu alias not found")
    return alias


def _aliasable(platform: Platform, rich_menu_id: str) -> str:
    if rich_menu_id not in platform.menus.menus:
        raise Refusal(400, "richmenu not found")
    return platform.menus.usable(rich_menu_id).rich_menu_id


def _user(request: web.Request) -> User | None:
    user_id = request.match_info["userId"]
    if not USER_ID.fullmatch(user_id):
        raise Refusal(400, "The value for the 'userId' parameter is invalid")
    return request.app[PLATFORM].users.get(user_id)


def _link(platform: Platform, user: User | None, rich_menu_id: str | None) -> None:
    if user is None or not user.friend or user.blocked:
        return
    user.rich_menu_id = rich_menu_id
    user.chat.bell.ring()
    platform.changed(user.user_id)


def _everybody_sees(platform: Platform) -> None:
    for user_id in platform.users:
        platform.changed(user_id)
