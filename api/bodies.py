"""Bodies and answers on their way: read once and handed on, sent and remembered."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from litestar.types import HTTPScope, Message, Receive, Send

from api.errors import SLOW_BODY, ProblemError

_MOST_DIGITS: Final = 16

Headers = list[tuple[bytes, bytes]]

_OF_ONE_EXCHANGE: Final = frozenset({b"x-request-id", b"date", b"ratelimit", b"ratelimit-policy"})


class BodyLimits:
    """How much is read, and how long it may take to come.

    One timer looks after all bodies under way: one for each would cost as much as reading it. So
    a body has up to a second more.
    """

    def __init__(self, most_bytes: int, time_s: float) -> None:
        self.most_bytes = most_bytes
        self.time_s = time_s
        self._look_s = min(1.0, time_s)
        self._looking = False
        self._late_s: dict[asyncio.Timeout, float] = {}
        """When each one that is waited for is late, the earliest first."""

    async def in_time(self, reading: Awaitable[list[bytes]]) -> list[bytes]:
        """Return what was read. Raises TimeoutError when it takes too long."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None) as limit:
            self._late_s[limit] = loop.time() + self.time_s
            if not self._looking:
                self._looking = True
                loop.call_later(self._look_s, self._look)
            try:
                return await reading
            finally:
                self._late_s.pop(limit, None)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        now_s = loop.time()
        for limit in [limit for limit, late_s in self._late_s.items() if late_s <= now_s]:
            del self._late_s[limit]
            limit.reschedule(now_s)
        self._looking = bool(self._late_s)
        if self._looking:
            loop.call_later(self._look_s, self._look)


class Body:
    """The body of a request, read here first and handed on afterwards."""

    def __init__(self, scope: HTTPScope, receive: Receive, limits: BodyLimits) -> None:
        self._receive = receive
        self._limits = limits
        self._length = _declared(scope)
        self._pending: list[Any] = []
        self.whole = False
        """Whether it is all here: it is neither too large nor was it broken off."""
        self.too_large = False

    async def read(self) -> bytes:
        """Take in the body as far as it may go. Raises ProblemError when it is slow."""
        if self._length > self._limits.most_bytes:
            self.too_large = True
            return b""
        try:
            parts = await self._limits.in_time(self._read_parts())
        except TimeoutError:
            raise ProblemError(SLOW_BODY, "the body did not arrive in time") from None
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def _read_parts(self) -> list[bytes]:
        parts: list[bytes] = []
        size, more = 0, True
        while more and size <= self._limits.most_bytes:
            message: Any = await self._receive()
            self._pending.append(message)
            if message["type"] != "http.request":
                return parts
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            # Waiting to be told that nothing follows costs as much as all the rest.
            more = message.get("more_body", False) and size != self._length
        self.too_large = size > self._limits.most_bytes
        self.whole = not self.too_large
        if self.whole:
            message["more_body"] = False
        return parts

    async def receive(self) -> Any:
        """Return what was read, then what is still to come."""
        return self._pending.pop(0) if self._pending else await self._receive()


def _declared(scope: HTTPScope) -> int:
    """Return the length of the body as its sender declared it; -1 if unknown."""
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(declared) if declared.isdigit() and len(declared) < _MOST_DIGITS else -1


class Answer:
    """An answer on its way out, remembered."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._parts: list[bytes] = []
        self.headers: Headers = []
        """Without those that belong to one exchange and no other."""
        self.status = 500
        self.done = False

    async def send(self, message: Message) -> None:
        """Send a part of it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [
                (name, value)
                for name, value in message["headers"]
                if name.lower() not in _OF_ONE_EXCHANGE
            ]
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            self.done = not message.get("more_body", False)
        await self._send(message)

    @property
    def body(self) -> bytes:
        """Its bytes."""
        return b"".join(self._parts)


async def send_again(status: int, headers: Headers, body: bytes, send: Send) -> None:
    """Send an answer that was remembered."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
