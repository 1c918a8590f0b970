"""The WSGI application: the webhook in front, Flask's pages behind it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from bot.form_pages import door_of
from bot.operations import Gauges
from bot.service import Service
from bot.webhook import PATH, Environ, StartResponse
from core.errors import TransientFault
from district.books import pages as book_pages
from district.form_page import pages as form_pages
from district.notice import pages as notice_pages
from district.outside import pages as outside_pages
from district.paper import pages as paper_pages
from district.picture import pages as picture_pages

WSGI = Callable[[Environ, StartResponse], Iterable[bytes]]


def create_app(service: Service) -> WSGI:
    """Everything this process answers over HTTP."""
    pages = Flask("doolae", static_folder=None)
    pages.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    pages.register_blueprint(notice_pages)
    pages.register_blueprint(picture_pages(service.parts.database, service.parts.clock))
    pages.register_blueprint(outside_pages(service.parts.database, service.parts.clock))
    pages.register_blueprint(
        paper_pages(
            service.parts.database,
            service.parts.clock,
            service.store,
            service.parts.settings.public_url or "",
        )
    )
    pages.register_blueprint(
        book_pages(
            service.parts.database,
            service.parts.clock,
            service.store,
            service.parts.settings.public_url or "",
        )
    )
    pages.register_blueprint(form_pages(door_of(service)))
    _add_operations(pages, service)
    pages.after_request(_harden)

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(PATH):
            return service.webhook(environ, start_response)
        return pages(environ, start_response)

    return application


def _add_operations(app: Flask, service: Service) -> None:
    settings = service.parts.settings
    gauges = Gauges(service)

    @app.get("/healthz")
    def healthz() -> Response:
        """The process answers."""
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        """It can do its work: the database answers and the sender keeps up."""
        try:
            service.parts.database.read(lambda session: session.execute(text("select 1")))
            lag = gauges.sender_lag()
            clock_age, push_lag = gauges.clock_age(), gauges.push_lag()
        except TransientFault as fault:
            return jsonify(status="unready", database=str(fault)), 503
        ready = lag < 30
        body = jsonify(
            status="ok" if ready else "unready",
            sender_lag_seconds=round(lag, 1),
            push_lag_seconds=round(push_lag, 1),
            clock_age_seconds=None if clock_age is None else round(clock_age),
        )
        return body, 200 if ready else 503

    @app.get("/metrics")
    def metrics() -> Response:
        """Prometheus' text format; for this computer only, or with METRICS_TOKEN."""
        if not _may_see_metrics(settings.metrics_token):
            abort(403)
        gauges.refresh()
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_see_metrics(token: Any) -> bool:
    if token is None:
        return bool(request.remote_addr) and ip_address(request.remote_addr or "").is_loopback
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.get_secret_value().encode())


def _harden(response: Response) -> Response:
    """Pages run nothing that is not ours, and are shown in nobody's frame."""
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response
