"""What every answer carries, and the one line each request leaves in the log.

It wraps the whole application, so that answers to unknown addresses have it, too.
"""

import re
import secrets
import time
from collections.abc import Mapping
from typing import Final

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._:-]{1,128}")
_API_POLICY: Final = b"default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
    b" base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}


class Envelope:
    """Gives each request an id, each answer its headers, each pair a line in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started_s = time.perf_counter()
        request_id = _request_id(scope)
        # A server may hand the same state to every request; what we put there belongs to one.
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        status, cache = 500, None

        async def send_with_headers(message: Message) -> None:
            nonlocal status, cache
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name.lower(): value for name, value in message["headers"]}
                cache = given.get(b"cache-status", b"").decode("latin-1") or None
                ours = {b"content-security-policy": _policy(given), **_HEADERS}
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    *((name, value) for name, value in ours.items() if name not in given),
                ]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                structlog.get_logger().info(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    cache=cache,
                    ms=round((time.perf_counter() - started_s) * 1000, 1),
                )


def _request_id(scope: HTTPScope) -> str:
    """Return the caller's id of the request if it is fit for a log, else a new one."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode("ascii") if _SANE_ID.fullmatch(given) else secrets.token_hex(12)


def _policy(headers: Mapping[bytes, bytes]) -> bytes:
    """Pages may load from this host; data may load nothing. A handler may be stricter."""
    page = headers.get(b"content-type", b"").startswith(b"text/html")
    return _PAGE_POLICY if page else _API_POLICY
