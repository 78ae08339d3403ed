"""Bodies and answers on their way: read once and handed on, sent and remembered."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from litestar.types import Message, Receive, Send

from api.errors import SLOW_BODY, ProblemError

Headers = list[tuple[bytes, bytes]]

_OF_ONE_EXCHANGE: Final = frozenset({b"x-request-id", b"date", b"ratelimit", b"ratelimit-policy"})


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How much is read, and how long it may take to come."""

    most_bytes: int
    time_s: float


class Body:
    """The body of a request, read here first and handed on afterwards."""

    def __init__(self, receive: Receive, limits: BodyLimits) -> None:
        self._receive = receive
        self._limits = limits
        self._pending: list[Any] = []
        self.whole = False
        """Whether it is all here: it is neither too large nor was it broken off."""

    async def read(self) -> bytes:
        """Take in the body as far as it may go. Raises ProblemError when it is slow."""
        first = await self._receive()
        self._pending.append(first)
        if first["type"] == "http.request" and not first.get("more_body", False):
            data = first.get("body", b"")
            self.whole = len(data) <= self._limits.most_bytes
            return data
        try:
            async with asyncio.timeout(self._limits.time_s):
                await self._read_on(first)
        except TimeoutError:
            raise ProblemError(SLOW_BODY, "the body did not arrive in time") from None
        return b"".join(message.get("body", b"") for message in self._pending)

    async def _read_on(self, message: Any) -> None:
        size = len(message.get("body", b""))
        while message["type"] == "http.request" and message.get("more_body", False):
            if size > self._limits.most_bytes:
                return
            message = await self._receive()
            self._pending.append(message)
            size += len(message.get("body", b""))
        self.whole = message["type"] == "http.request" and size <= self._limits.most_bytes

    async def receive(self) -> Any:
        """Return what was read, then what is still to come."""
        return self._pending.pop(0) if self._pending else await self._receive()


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
