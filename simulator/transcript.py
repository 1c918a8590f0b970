"""Transcripts: a chat as lines that can be read, kept, and played again as a test.

A line is a gesture, `{"do": "text", "text": "…"}`, or what was then seen, `{"see": ["…", "…"]}`.
In a seen text the letter `…` stands for anything.
"""

import base64
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from simulator.buttons import words
from simulator.refusals import Json

ANYTHING = "…"
PATIENCE = 10.0  #: seconds of real time until what should be seen is there
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FRIENDSHIP = frozenset({"follow", "block", "unblock"})


class Differs(AssertionError):
    """What was seen is not what the transcript says."""

    def __init__(self, line: int, expected: Sequence[str], seen: Sequence[str]) -> None:
        super().__init__(f"line {line}: expected {list(expected)}, saw {list(seen)}")
        self.line, self.expected, self.seen = line, expected, seen


def write(items: Iterable[Json]) -> Iterator[Json]:
    """The lines of a chat's items."""
    seen: list[str] = []
    last: Json = {}
    for item in items:
        if item["from"] == "bot":
            seen += words(item["message"])
            last = item["message"]
            continue
        gesture = _gesture(item)
        if gesture is None:
            continue
        if last:
            yield {"see": seen + _quick_replies(last)}
            seen, last = [], {}
        yield gesture
    if last:
        yield {"see": seen + _quick_replies(last)}


def visible(messages: Sequence[Json]) -> list[str]:
    """Everything that can be read in these messages, and the last one's quick replies."""
    if not messages:
        return []
    return [word for message in messages for word in words(message)] + _quick_replies(messages[-1])


def _quick_replies(message: Json) -> list[str]:
    items = (message.get("quickReply") or {}).get("items") or []
    return [item["action"].get("label", "") for item in items]


def _gesture(item: Json) -> Json | None:
    kind, message = item["kind"], item.get("message") or {}
    if "tapped" in item:
        return {"do": "tap", **{k: v for k, v in item["tapped"].items() if k != "source"}}
    if kind in FRIENDSHIP:
        return {"do": kind}
    match kind:
        case "text":
            return {"do": "text", "text": message.get("text", "")}
        case "sticker":
            return {"do": "sticker"} | {k: message[k] for k in ("packageId", "stickerId")}
        case "location":
            names = ("latitude", "longitude", "title", "address")
            return {"do": "location"} | {k: message[k] for k in names if k in message}
        case "postback":
            return {"do": "postback", **item["event"]["postback"]}
        case "image" | "audio" | "video" | "file":
            return {"do": kind}
    return None


def replay(
    base_url: str, user: str, lines: Iterable[Json], *, patience: float = PATIENCE
) -> list[Json]:
    """Play lines on the phone `user`; raises Differs at the first thing seen otherwise."""
    at = f"{base_url}/_sim/users/{user}"
    seq = _call("GET", f"{at}/chat?after=0")["seq"]
    done: list[Json] = []
    for number, line in enumerate(lines, 1):
        if "do" in line:
            seq = _call("GET", f"{at}/chat?after={seq}")["seq"]
            _do(at, dict(line))
        else:
            _see(at, seq, number, line["see"], patience)
        done.append(line)
    return done


def _do(at: str, line: Json) -> None:
    kind = line.pop("do")
    if kind in {"image", "audio", "video", "file"}:
        _call("POST", f"{at}/{kind}", PIXEL, "image/png")
    else:
        _call("POST", f"{at}/{kind}", json.dumps(line).encode())


def _see(at: str, seq: int, number: int, expected: list[str], patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        chat = _call("GET", f"{at}/chat?after={seq}")
        seen = visible([item["message"] for item in chat["items"] if item["from"] == "bot"])
        if _same(expected, seen):
            return
        left = end - time.monotonic()
        if left <= 0:
            raise Differs(number, expected, seen)
        _call("GET", f"{at}/chat?after={chat['seq']}&wait={min(left, 1.0):.2f}")


def _same(expected: Sequence[str], seen: Sequence[str]) -> bool:
    return len(expected) == len(seen) and all(map(_fits, expected, seen))


def _fits(expected: str, seen: str) -> bool:
    pattern = ".*".join(map(re.escape, expected.split(ANYTHING)))
    return re.fullmatch(pattern, seen, re.DOTALL) is not None


def _call(
    method: str, url: str, body: bytes | None = None, kind: str = "application/json"
) -> dict[str, Any]:
    request = urllib.request.Request(url, data=body, method=method)  # noqa: S310 - our own address
    request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        with error:
            raise AssertionError(f"{method} {url}: {error.code} {error.read().decode()}") from None
