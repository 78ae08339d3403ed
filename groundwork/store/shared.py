"""What all processes of a service must agree on: named fields, first claims, and buckets.

Three things that plain values cannot do: a table whose rows are changed one by one, "mine, unless
it is somebody's already", and counting without a race. Each is one command or one script, so no
process ever sees half of it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from groundwork.errors import StoreUnavailableError

_PATIENCE_S: Final = 0.5
"""As long as a cached value is waited for: these are asked before the work begins."""

_TAKE: Final = """
local most, per_s = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local bucket = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(bucket[1]) or most
local at = tonumber(bucket[2]) or now
left = math.min(most, left + math.max(0, now - at) * per_s)
local taken = 0
if left >= 1 then
  left = left - 1
  taken = 1
end
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(most / per_s * 1000) + 1000)
return {taken, string.format('%.6f', left)}
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a bucket says: whether one could be taken, and how many are left."""

    granted: bool
    left: float


class Shared(Protocol):
    """Small things under keys. Every method may raise StoreError."""

    async def rows(self, key: str) -> dict[str, bytes]:
        """Return every row of a table by its name."""

    async def row(self, key: str, name: str) -> bytes | None:
        """Return one row of a table, or None."""

    async def write_row(self, key: str, name: str, value: bytes) -> None:
        """Write one row; a table has no time to live."""

    async def count(self, key: str) -> int:
        """Return how many rows a table has."""

    async def claim(self, key: str, value: bytes, ttl_s: int) -> bool:
        """Keep ``value`` unless something is kept there already; tell whether it was kept."""

    async def see(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""

    async def settle(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` in place of what was claimed."""

    async def release(self, key: str) -> None:
        """Keep nothing under ``key`` any more."""

    async def take(self, key: str, most: int, per_s: float) -> Taken:
        """Take one from a bucket that holds ``most`` and fills again by ``per_s`` a second."""

    async def close(self) -> None:
        """Let go of connections."""


class Commands(Protocol):
    """What the door to Redis offers."""

    async def do(self, *command: str | bytes | float) -> Any:
        """Return the reply to a command."""

    async def script(self, text: str, keys: list[str], args: list[str | bytes | float]) -> Any:
        """Run a Lua script."""

    async def close(self) -> None:
        """Close the connections."""


class RedisShared:
    """Shared by everyone who uses the same server."""

    def __init__(self, door: Commands) -> None:
        self._door = door

    async def rows(self, key: str) -> dict[str, bytes]:
        """Return every row of a table."""
        async with _patience():
            found = await self._door.do("HGETALL", key)
        return {name.decode(): value for name, value in found.items()}

    async def row(self, key: str, name: str) -> bytes | None:
        """Return one row."""
        async with _patience():
            found: bytes | None = await self._door.do("HGET", key, name)
        return found

    async def write_row(self, key: str, name: str, value: bytes) -> None:
        """Write one row."""
        async with _patience():
            await self._door.do("HSET", key, name, value)

    async def count(self, key: str) -> int:
        """Return how many rows there are."""
        async with _patience():
            return int(await self._door.do("HLEN", key))

    async def claim(self, key: str, value: bytes, ttl_s: int) -> bool:
        """Keep ``value`` if it is the first."""
        async with _patience():
            return bool(await self._door.do("SET", key, value, "NX", "EX", ttl_s))

    async def see(self, key: str) -> bytes | None:
        """Return what is kept."""
        async with _patience():
            found: bytes | None = await self._door.do("GET", key)
        return found

    async def settle(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value``."""
        async with _patience():
            await self._door.do("SET", key, value, "EX", ttl_s)

    async def release(self, key: str) -> None:
        """Keep nothing."""
        async with _patience():
            await self._door.do("DEL", key)

    async def take(self, key: str, most: int, per_s: float) -> Taken:
        """Take one, in one script."""
        async with _patience():
            granted, left = await self._door.script(_TAKE, [key], [most, per_s])
        return Taken(bool(granted), float(left))

    async def close(self) -> None:
        """Close the connections."""
        await self._door.close()


class MemoryShared:
    """Shared by nobody: for tests, and for limits while the server is gone."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._tables: dict[str, dict[str, bytes]] = {}
        self._values: dict[str, tuple[bytes, float]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    async def rows(self, key: str) -> dict[str, bytes]:
        """Return every row of a table."""
        return dict(self._tables.get(key, {}))

    async def row(self, key: str, name: str) -> bytes | None:
        """Return one row."""
        return self._tables.get(key, {}).get(name)

    async def write_row(self, key: str, name: str, value: bytes) -> None:
        """Write one row."""
        self._tables.setdefault(key, {})[name] = value

    async def count(self, key: str) -> int:
        """Return how many rows there are."""
        return len(self._tables.get(key, {}))

    async def claim(self, key: str, value: bytes, ttl_s: int) -> bool:
        """Keep ``value`` if it is the first."""
        if await self.see(key) is not None:
            return False
        await self.settle(key, value, ttl_s)
        return True

    async def see(self, key: str) -> bytes | None:
        """Return what is kept, unless its time is over."""
        value, expires_s = self._values.get(key, (b"", 0.0))
        if self._clock_s() < expires_s:
            return value
        self._values.pop(key, None)
        return None

    async def settle(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value``."""
        self._values[key] = (value, self._clock_s() + ttl_s)

    async def release(self, key: str) -> None:
        """Keep nothing."""
        self._values.pop(key, None)

    async def take(self, key: str, most: int, per_s: float) -> Taken:
        """Take one; buckets that have filled up again are forgotten now and then."""
        now_s = self._clock_s()
        if len(self._buckets) > _MOST_BUCKETS:
            self._forget_full(now_s, most, per_s)
        left, at_s = self._buckets.pop(key, (float(most), now_s))
        left = min(most, left + (now_s - at_s) * per_s)
        granted = left >= 1
        left -= granted
        self._buckets[key] = (left, now_s)
        return Taken(granted, left)

    async def close(self) -> None:
        """Forget everything."""
        self._values.clear()

    def _forget_full(self, now_s: float, most: int, per_s: float) -> None:
        full = [key for key, (n, at) in self._buckets.items() if n + (now_s - at) * per_s >= most]
        for key in full or list(self._buckets)[: _MOST_BUCKETS // 2]:
            del self._buckets[key]


_MOST_BUCKETS: Final = 10_000


@asynccontextmanager
async def _patience() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            yield
    except TimeoutError:
        raise StoreUnavailableError("the store does not answer: TimeoutError") from None
