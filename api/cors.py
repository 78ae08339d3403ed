"""CORS, closed unless an operator names origins: pages of other hosts may not read our answers."""

from collections.abc import Sequence
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

_METHODS: Final = b"GET, POST, DELETE"
_REQUEST_HEADERS: Final = (
    b"Authorization, Cache-Control, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID,"
    b" Prefer, X-Request-Id"
)
_ANSWER_HEADERS: Final = (
    b"Cache-Status, Content-Disposition, ETag, Idempotency-Replayed, Location, Preference-Applied,"
    b" RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id"
)
_A_DAY_S: Final = b"86400"


class Cors:
    """Tells browsers that pages of ``origins`` may call; ``*`` is any page.

    Credentials are never allowed: a key is sent by the page itself, not by the browser.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._any = "*" in origins
        self._origins = frozenset(origin.encode() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a browser that asks beforehand; add what it wants to read to other answers."""
        if scope["type"] != ScopeType.HTTP or not self._origins:
            await self._app(scope, receive, send)
            return
        origin = _header(scope, b"origin")
        allowed = origin is not None and (self._any or origin in self._origins)
        headers = [(b"vary", b"Origin")]
        if allowed:
            headers += [
                (b"access-control-allow-origin", b"*" if self._any else origin or b""),
                (b"access-control-expose-headers", _ANSWER_HEADERS),
            ]
        asked = _header(scope, b"access-control-request-method")
        if allowed and scope["method"] == "OPTIONS" and asked is not None:
            headers += [
                (b"access-control-allow-methods", _METHODS),
                (b"access-control-allow-headers", _REQUEST_HEADERS),
                (b"access-control-max-age", _A_DAY_S),
            ]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _header(scope: HTTPScope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)
