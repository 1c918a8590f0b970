"""Structured lines on stderr: ids and codes, never what anybody wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

#: Keys that would hold words, tokens or people; a line that carries one loses it.
FORBIDDEN: Final = frozenset(
    {"text", "body", "message", "messages", "token", "name", "answers", "raw", "secret", "phone"}
)


def configure(level: str) -> None:
    """Send all logging, ours and the libraries', to stderr as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _drop_content,
            _trace_without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(levelname)s")


def _drop_content(_logger: object, _name: str, line: MutableMapping[str, Any]) -> Any:
    for key in FORBIDDEN & line.keys():
        line[key] = "[left out]"
    return line


def _trace_without_values(_logger: object, _name: str, line: MutableMapping[str, Any]) -> Any:
    """An exception as its type and places: its words may hold a statement's parameters."""
    if not line.pop("exc_info", None):
        return line
    kind, fault, trace = sys.exc_info()
    if kind is None or fault is None:
        return line
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    line["exception"] = kind.__name__
    line["trace"] = places[-12:]
    return line
