"""What handlers find in the application and in a request."""

import json

from aiohttp import web

from simulator.phone import Phones
from simulator.platform import Platform
from simulator.refusals import Json, Refusal
from simulator.request_log import Call
from simulator.webhooks import Webhooks

PLATFORM: web.AppKey[Platform] = web.AppKey("platform", Platform)
WEBHOOKS: web.AppKey[Webhooks] = web.AppKey("webhooks", Webhooks)
PHONES: web.AppKey[Phones] = web.AppKey("phones", Phones)
CALL: web.RequestKey[Call] = web.RequestKey("call", Call)

MOST_BYTES = 2 * 2**20  #: of a JSON body


async def read_json(request: web.Request) -> Json:
    """The JSON object of a request; raises Refusal 413, 415 or 400 as LINE does."""
    if request.content_type != "application/json":
        raise Refusal(415, f"The content type, {request.content_type}, is not supported")
    raw = await request.read()
    if len(raw) > MOST_BYTES:
        raise Refusal(413, "Request exceeds the max size of 2MB")
    try:
        body = json.loads(raw)
    except json.JSONDecodeError as error:
        where = f"line: {error.lineno}, column: {error.colno}"
        raise unreadable(where) from None
    except (UnicodeDecodeError, RecursionError):
        raise unreadable("line: 1, column: 1") from None
    if not isinstance(body, dict):
        raise unreadable("line: 1, column: 1")
    return body


def unreadable(where: str) -> Refusal:
    """The answer to a body that is no JSON object."""
    return Refusal(400, f"The request body could not be parsed as JSON ({where})")
