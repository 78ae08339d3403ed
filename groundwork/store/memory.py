"""A store in this process: for tests, and for the command line when it works alone."""

import time
from collections.abc import Callable


class MemoryStore:
    """Values in a dictionary. They die with the process, and nobody else sees them."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._values: dict[str, tuple[bytes, float]] = {}

    async def get(self, key: str) -> bytes | None:
        """Return the bytes kept under ``key``, unless their time is over."""
        value, expires_s = self._values.get(key, (None, 0.0))
        if value is not None and self._clock_s() >= expires_s:
            del self._values[key]
            return None
        return value

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` for ``ttl_s`` seconds."""
        self._values[key] = (value, self._clock_s() + ttl_s)

    async def touch(self, key: str, ttl_s: int) -> None:
        """Let the time of a value begin anew."""
        value = await self.get(key)
        if value is not None:
            await self.put(key, value, ttl_s)

    async def ping(self) -> None:
        """Return at once: a dictionary always answers."""

    async def close(self) -> None:
        """Forget everything."""
        self._values.clear()
