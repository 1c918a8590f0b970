"""What is counted. Names say the unit; labels are codes, never people."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

EVENTS = Counter("doolae_events", "Webhook events by type and outcome", ["type", "outcome"])
REPLIES = Counter("doolae_replies", "Replies by what became of them", ["outcome"])
DISPATCHES = Counter(
    "doolae_dispatches", "Paid requests by purpose and outcome", ["purpose", "outcome"]
)
MEDIA = Counter("doolae_media", "Photos by verdict", ["verdict"])
CODES = Counter("doolae_invitation_codes", "Invitation codes read, by outcome", ["outcome"])

TURN_SECONDS = Histogram(
    "doolae_turn_seconds",
    "Seconds from an event's reception to its commit",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2),
)
SEND_SECONDS = Histogram(
    "doolae_line_call_seconds",
    "Seconds that a call to LINE took",
    ["call"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10),
)
