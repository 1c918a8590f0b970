"""Endpoints about the channel: tokens, bot info, webhook address, quota and counters."""

from datetime import UTC, datetime

from aiohttp import web

from simulator.keys import PLATFORM, WEBHOOKS, read_json
from simulator.platform import TOKEN_SECONDS
from simulator.quota import METHODS
from simulator.refusals import Refusal, not_found
from simulator.rules.requests import check_body


async def issue_token(request: web.Request) -> web.Response:
    """`POST /oauth2/v3/token`: a stateless token for the channel's id and secret."""
    platform = request.app[PLATFORM]
    if request.content_type != "application/x-www-form-urlencoded":
        raise Refusal(415, f"The content type, {request.content_type}, is not supported")
    form = await request.post()
    if form.get("grant_type") != "client_credentials":
        return _no_token("unsupported_grant_type", "unsupported grant type")
    known = (platform.options.channel_id, platform.options.channel_secret)
    if (form.get("client_id"), form.get("client_secret")) != known:
        return _no_token("invalid_client", "invalid client_id or client_secret")
    return web.json_response(
        {
            "token_type": "Bearer",
            "access_token": platform.issue_token(),
            "expires_in": int(TOKEN_SECONDS),
        }
    )


def _no_token(error: str, description: str) -> web.Response:
    body = {"error": error, "error_description": description}
    return web.json_response(body, status=400)


async def info(request: web.Request) -> web.Response:
    """`GET /v2/bot/info`."""
    platform = request.app[PLATFORM]
    return web.json_response(
        {
            "userId": platform.bot_id,
            "basicId": platform.options.basic_id,
            "displayName": platform.options.display_name,
            "chatMode": "bot",
            "markAsReadMode": platform.settings.mark_as_read,
        }
    )


async def get_endpoint(request: web.Request) -> web.Response:
    """`GET /v2/bot/channel/webhook/endpoint`."""
    url = request.app[PLATFORM].webhook_url
    if not url:
        raise not_found()
    return web.json_response({"endpoint": url, "active": True})


async def set_endpoint(request: web.Request) -> web.Response:
    """`PUT /v2/bot/channel/webhook/endpoint`; http is allowed here, https only at LINE."""
    platform, body = request.app[PLATFORM], await read_json(request)
    check_body(platform, "endpoint", body)
    platform.webhook_url = body["endpoint"]
    platform.changed()
    return web.json_response({})


async def test_endpoint(request: web.Request) -> web.Response:
    """`POST /v2/bot/channel/webhook/test`: an empty list of events, and what came of it."""
    platform = request.app[PLATFORM]
    body = await read_json(request) if request.can_read_body else {}
    check_body(platform, "endpoint_test", body)
    url = body.get("endpoint") or platform.webhook_url
    if not url:
        raise not_found()
    status, reason, _ = await request.app[WEBHOOKS].post([], url)
    now = datetime.fromtimestamp(platform.clock.now(), UTC)
    return web.json_response(
        {
            "success": reason == "OK",
            "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "statusCode": status,
            "reason": reason,
            "detail": str(status) if status else reason,
        }
    )


async def quota(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/quota`."""
    return web.json_response(request.app[PLATFORM].quota.body())


async def consumption(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/quota/consumption`."""
    platform = request.app[PLATFORM]
    return web.json_response({"totalUsage": platform.quota.used(platform.clock.now())})


async def delivery(request: web.Request) -> web.Response:
    """`GET /v2/bot/message/delivery/{method}?date=yyyyMMdd`."""
    platform, method = request.app[PLATFORM], request.match_info["method"]
    if method not in METHODS:
        raise not_found()
    date = request.query.get("date", "")
    return web.json_response(platform.quota.delivery(method, date, now=platform.clock.now()))
