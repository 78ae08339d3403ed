"""What happened to a job, in order, for those who listen now and those who come late.

A Redis stream each: an event's id says where a reader was, so that it can go on from there.
"""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from groundwork.errors import StoreError
from groundwork.store.redis import RedisDoor

FIRST: Final = "0-0"
"""Before every event."""
_ID: Final = re.compile(r"\d{1,15}-\d{1,10}")
_MOST_AT_ONCE: Final = 200
KEPT: Final = 20_000
"""Events of a job; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: str
    type: str
    data: dict[str, Any]


class EventLog:
    """The events under one key. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, key: str) -> None:
        self._door = door
        self._key = key

    async def after(self, event_id: str) -> list[Event]:
        """Return what happened after ``event_id``, as far as one answer may hold."""
        place = event_id if _ID.fullmatch(event_id) else FIRST
        found = await self._door.do("XRANGE", self._key, f"({place}", "+", "COUNT", _MOST_AT_ONCE)
        return [_read(entry) for entry in found or ()]

    async def wait(self, event_id: str, wait_s: float) -> None:
        """Return when something happens after ``event_id``, or when time is over, or earlier."""
        place = event_id if _ID.fullmatch(event_id) else FIRST
        wait_ms = max(1, round(wait_s * 1000))
        command = ("XREAD", "COUNT", 1, "BLOCK", wait_ms, "STREAMS", self._key, place)
        await self._door.listen(*command, wait_s=wait_s)

    async def follow(self, event_id: str, wait_s: float) -> AsyncIterator[Event | None]:
        """Yield every event after ``event_id``; None when nothing happened for a while."""
        while True:
            found = await self.after(event_id)
            if not found:
                await self.wait(event_id, wait_s)
                found = await self.after(event_id)
                if not found:
                    yield None
            for event in found:
                event_id = event.id
                yield event


def _read(entry: Any) -> Event:
    try:
        event_id, fields = entry
        return Event(event_id.decode(), fields[b"type"].decode(), json.loads(fields[b"data"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError("an event of the job is not ours") from error
