"""Idempotency-Key on POST (IETF draft): sent again, a request is answered as the first time.

The first request claims its key and leaves a print of itself; whoever comes with the same key and
another print made a mistake (422), with the same print too early waits (409), later gets the same
answer. Failures of ours and refusals to serve are not kept: the same request may fare better.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from api.bodies import Answer, Body, BodyLimits, send_again
from api.caching import wishes
from api.errors import (
    BAD_REQUEST,
    KEY_REUSED,
    STILL_RUNNING,
    ProblemError,
    send_problem,
)
from groundwork.errors import StoreError, TooLargeError
from groundwork.store.keys import claim_key
from groundwork.store.shared import Shared

_HEADER: Final = b"idempotency-key"
_KEY: Final = re.compile(r'"?[\x21\x23-\x7e]{1,200}"?')
_BOUNDARY: Final = re.compile(rb'boundary="?([^\s";,]+)')
_NOT_KEPT: Final = frozenset({401, 408, 409, 429})


class Idempotency:
    """Answers a POST with a key that was answered before as it was answered then."""

    def __init__(self, app: ASGIApp, shared: Shared, limits: BodyLimits, kept_s: int) -> None:
        self._app = app
        self._shared = shared
        self._limits = limits
        self._kept_s = kept_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it asks for what was done already."""
        if scope["type"] != ScopeType.HTTP or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        if all(name != _HEADER for name, _ in scope["headers"]):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            await self._once(scope, receive, send, headers)
        except (ProblemError, StoreError, TooLargeError) as error:
            await send_problem(error, scope, send)

    async def _once(
        self, scope: HTTPScope, receive: Receive, send: Send, headers: Mapping[bytes, bytes]
    ) -> None:
        name = _sane(headers)
        body = Body(scope, receive, self._limits)
        data = await body.read()
        if body.too_large:
            raise TooLargeError(
                f"a request with an Idempotency-Key has at most {self._limits.most_bytes} bytes"
            )
        if not body.whole:  # broken off; nobody hears the answer
            await self._app(scope, body.receive, send)
            return
        key = claim_key(scope["state"]["tenant"], hashlib.sha256(name.encode()).hexdigest())
        print_ = _print(scope, headers, data)
        running = json.dumps({"print": print_}).encode()
        if not await self._shared.claim(key, running, self._running_s):
            kept = await self._shared.see(key)
            await _replay(kept, print_, send)
            return
        answer = Answer(send)
        try:
            await self._app(scope, body.receive, answer.send)
        finally:
            await self._settle(key, print_, answer)

    @property
    def _running_s(self) -> int:
        """How long a claim stands when its process was killed and could not give it back."""
        return int(self._limits.time_s * 2) + 60

    async def _settle(self, key: str, print_: str, answer: Answer) -> None:
        try:
            if answer.done and answer.status < 500 and answer.status not in _NOT_KEPT:
                await self._shared.settle(key, _record(answer, print_), self._kept_s)
            else:
                await self._shared.release(key)
        except StoreError as error:  # the answer is out; a claim left behind ends by itself
            structlog.get_logger().warning("idempotency not kept", reason=str(error))


async def _replay(kept: bytes | None, print_: str, send: Send) -> None:
    """Give the kept answer, or say why not."""
    head_line, _, body = (kept or b"{}").partition(b"\n")
    head = json.loads(head_line)
    if kept is not None and head["print"] != print_:
        raise ProblemError(KEY_REUSED, "this Idempotency-Key came with another request before")
    if "status" not in head:
        raise ProblemError(STILL_RUNNING, "a request with this Idempotency-Key is being answered")
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in head["headers"]]
    await send_again(head["status"], [*headers, (b"idempotency-replayed", b"true")], body, send)


def _record(answer: Answer, print_: str) -> bytes:
    """Return an answer as it is kept: a line of JSON, then the body."""
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    head = {"print": print_, "status": answer.status, "headers": headers}
    return json.dumps(head).encode() + b"\n" + answer.body


def _sane(headers: Mapping[bytes, bytes]) -> str:
    name = headers[_HEADER].decode("latin-1").strip()
    if not _KEY.fullmatch(name):
        raise ProblemError(BAD_REQUEST, "an Idempotency-Key has 1 to 200 visible ASCII characters")
    if wishes(headers.get(b"cache-control", b"").decode("latin-1")).untouched:
        raise ProblemError(BAD_REQUEST, "no-store and an Idempotency-Key contradict each other")
    return name.strip('"')


def _print(scope: HTTPScope, headers: Mapping[bytes, bytes], body: bytes) -> str:
    """Return what tells two requests apart: address, kind and bytes.

    The boundary of a form is drawn anew each time it is sent, so it is left out.
    """
    kind = headers.get(b"content-type", b"")
    if boundary := _BOUNDARY.search(kind):
        kind, body = kind.replace(boundary[1], b""), body.replace(boundary[1], b"")
    seen = hashlib.blake2b(digest_size=32)
    for part in (scope["path"].encode(), scope["query_string"], kind):
        seen.update(len(part).to_bytes(4, "big") + part)
    seen.update(body)
    return seen.hexdigest()
