"""Answers at hand: what was asked lately, by the bytes it was asked with, in this process.

A kept result then costs one look at a dictionary: no parsing, no digest, no store. The bytes are
the key themselves: Python hashes them with a secret of the process and compares them in full.
Only what the application itself answered from the store is taken, and it stays for a few seconds,
so that a result renewed or dropped elsewhere is not given for long. Everything is the caller's
tenant's own.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.bodies import Answer, Body, BodyLimits, Headers, send_again
from api.caching import HIT
from api.errors import ProblemError, send_problem

FRESH_S: Final = 10.0
PATH: Final = "/v1/reports"

_STATUS: Final = (b"cache-status", HIT.encode())
_PLAIN_WISHES: Final = frozenset({b"cache-control", b"prefer"})
"""Who wishes something is answered by the application."""


Asked = tuple[str, bytes, bytes, bytes]
"""All that shapes an answer: the tenant, the query, the kind of body, and the body."""


@dataclass(frozen=True, slots=True)
class Held:
    """An answer, and until when it is fresh."""

    headers: Headers
    body: bytes
    until_s: float


class Shelf:
    """The answers given last, as many as fit into ``most_bytes``."""

    def __init__(self, most_bytes: int, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes = most_bytes
        self._clock_s = clock_s
        self._held: OrderedDict[Asked, Held] = OrderedDict()
        self._bytes = 0

    def find(self, asked: Asked) -> Held | None:
        """Return what was answered lately to the same request."""
        held = self._held.get(asked)
        if held is None:
            return None
        if self._clock_s() >= held.until_s:
            self._drop(asked)
            return None
        self._held.move_to_end(asked)
        return held

    def hold(self, asked: Asked, headers: Headers, body: bytes) -> None:
        """Keep an answer at hand, in place of older ones."""
        self._drop(asked)
        size = len(asked[-1]) + len(body)
        if size > self._most_bytes:
            return
        self._held[asked] = Held(headers, body, self._clock_s() + FRESH_S)
        self._bytes += size
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._held)))

    def _drop(self, asked: Asked) -> None:
        gone = self._held.pop(asked, None)
        if gone is not None:
            self._bytes -= len(asked[-1]) + len(gone.body)


class AtHand:
    """Answers a report that was asked for lately without asking the application."""

    def __init__(self, app: ASGIApp, shelf: Shelf, limits: BodyLimits) -> None:
        self._app = app
        self._shelf = shelf
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the shelf, or pass the request on and watch its answer."""
        if scope["type"] != ScopeType.HTTP or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        kind = b""
        for name, value in scope["headers"]:
            if name == b"content-type":
                kind = value
            elif name in _PLAIN_WISHES:
                await self._app(scope, receive, send)
                return
        body = Body(scope, receive, self._limits)
        try:
            data = await body.read()
        except ProblemError as error:
            await send_problem(error, scope, send)
            return
        if not body.whole:
            await self._app(scope, body.receive, send)
            return
        asked = (scope["state"]["tenant"], scope["query_string"], kind, data)
        held = self._shelf.find(asked)
        if held is not None:
            scope["path_template"] = PATH
            await send_again(200, held.headers, held.body, send)
            return
        answer = Answer(send)
        await self._app(scope, body.receive, answer.send)
        if answer.done and answer.status == 200 and _STATUS in answer.headers:
            self._shelf.hold(asked, answer.headers, answer.body)
