"""What every answer carries, and the one line each request leaves in the log.

It wraps the whole application, so that answers to unknown addresses have it, too.
"""

import random
import re
import time
from collections.abc import Mapping
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from api.log import REQUEST_ID, REQUESTS
from groundwork.metrics import Metrics

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._:-]{1,128}")
_API_POLICY: Final = b"default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
    b" base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_POLICY: Final = b"content-security-policy"


class Envelope:
    """Gives each request an id, each answer its headers, each pair a line in the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._ids = random.Random()  # noqa: S311 - ids are told to everybody; nothing rests on them

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started_s = time.perf_counter()
        request_id = _given_id(scope) or f"{self._ids.getrandbits(96):024x}"
        # A server may hand the same state to every request; what we put there belongs to one.
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        status = 500
        cache: bytes | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status, cache
            if message["type"] == "http.response.start":
                status = message["status"]
                given = dict(message["headers"])
                cache = given.get(b"cache-status")
                headers = [*message["headers"], (b"x-request-id", request_id.encode()), *_HEADERS]
                if _POLICY not in given:  # a handler may be stricter
                    headers.append((_POLICY, _policy(given)))
                message["headers"] = headers
            await send(message)

        REQUEST_ID.set(request_id)  # until the next one's
        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            seconds = time.perf_counter() - started_s
            route = scope.get("path_template") or "none"
            self._metrics.request_done(scope["method"], route, status, seconds, cache)
            REQUESTS.write(scope, status, cache, seconds)


def _given_id(scope: HTTPScope) -> str | None:
    """Return the caller's id of the request if it is fit for a log."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode("ascii") if _SANE_ID.fullmatch(given) else None


def _policy(headers: Mapping[bytes, bytes]) -> bytes:
    """Pages may load from this host; data may load nothing."""
    page = headers.get(b"content-type", b"").startswith(b"text/html")
    return _PAGE_POLICY if page else _API_POLICY
