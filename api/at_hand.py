"""Answers at hand: what was asked lately, by the bytes it was asked with, in this process.

A kept result then costs a digest of these bytes and a look at a dictionary: no parsing, no store.
Only what the application itself answered from the store is taken, and it stays for a few seconds,
so that a result renewed or dropped elsewhere is not given for long. Everything is the caller's
tenant's own.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from api.bodies import Answer, Body, BodyLimits, Headers, send_again
from api.caching import HIT
from api.errors import ProblemError, send_problem

FRESH_S: Final = 10.0
PATH: Final = "/v1/reports"

_STATUS: Final = (b"cache-status", HIT.encode())
_PLAIN_WISHES: Final = frozenset({b"cache-control", b"prefer"})
"""Who wishes something is answered by the application."""


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
        self._held: OrderedDict[tuple[str, bytes], Held] = OrderedDict()
        self._bytes = 0

    def find(self, tenant: str, mark: bytes) -> Held | None:
        """Return what ``tenant`` was answered lately to the request of this mark."""
        held = self._held.get((tenant, mark))
        if held is None:
            return None
        if self._clock_s() >= held.until_s:
            self._drop((tenant, mark))
            return None
        self._held.move_to_end((tenant, mark))
        return held

    def hold(self, tenant: str, mark: bytes, headers: Headers, body: bytes) -> None:
        """Keep an answer at hand, in place of older ones."""
        self._drop((tenant, mark))
        if len(body) > self._most_bytes:
            return
        self._held[tenant, mark] = Held(headers, body, self._clock_s() + FRESH_S)
        self._bytes += len(body)
        while self._bytes > self._most_bytes:
            self._drop(next(iter(self._held)))

    def _drop(self, key: tuple[str, bytes]) -> None:
        gone = self._held.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone.body)


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
        body = Body(receive, self._limits)
        try:
            data = await body.read()
        except ProblemError as error:
            await send_problem(error, scope, send)
            return
        if not body.whole:
            await self._app(scope, body.receive, send)
            return
        tenant, mark = scope["state"]["tenant"], _mark(scope, kind, data)
        held = self._shelf.find(tenant, mark)
        if held is not None:
            scope["path_template"] = PATH
            await send_again(200, held.headers, held.body, send)
            return
        answer = Answer(send)
        await self._app(scope, body.receive, answer.send)
        if answer.done and answer.status == 200 and _STATUS in answer.headers:
            self._shelf.hold(tenant, mark, answer.headers, answer.body)


def _mark(scope: HTTPScope, kind: bytes, body: bytes) -> bytes:
    """Return a digest of all that shapes the answer."""
    seen = hashlib.blake2b(body, digest_size=16)
    seen.update(b"\0%d\0%b\0%b" % (len(body), kind, scope["query_string"]))
    return seen.digest()
