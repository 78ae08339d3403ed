"""What every store is: bytes under a key, for a while."""

from typing import Protocol


class Store(Protocol):
    """Keeps values until their time is over. Every method may raise StoreError."""

    async def get(self, key: str) -> bytes | None:
        """Return the bytes kept under ``key``, or None when there are none (any more)."""

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` under ``key`` for ``ttl_s`` seconds, in place of what was there."""

    async def touch(self, key: str, ttl_s: int) -> None:
        """Keep what is under ``key``, if anything, for ``ttl_s`` seconds from now."""

    async def ping(self) -> None:
        """Return when the store answers."""

    async def close(self) -> None:
        """Let go of connections; values stay."""
