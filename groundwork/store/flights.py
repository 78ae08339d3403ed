"""Locks that die with their holder: who makes a result, while the others wait for it.

A lock is a key with a short time to live that its holder keeps renewing. A holder that is killed
renews no more, and within seconds the next one takes over. Beside the lock lies what the holder
has told those who wait; it goes when the lock is given back.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from groundwork.errors import StoreError
from groundwork.store.keys import flight_key
from groundwork.store.redis import RedisDoor

HELD_MS: Final = 4_000
"""How long a dead holder is missed."""
_RENEW_S: Final = 1.0

_RENEW: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
"""
_RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1], KEYS[2]) end
return 0
"""
_TOLD_S: Final = 600
"""How long what was told outlives its last piece, if its holder is killed."""


class Flights:
    """The locks on results that are being made, by tenant and result."""

    def __init__(self, door: RedisDoor) -> None:
        self._door = door

    @asynccontextmanager
    async def lead(self, tenant: str, result_id: str) -> AsyncIterator[bool]:
        """Try to become the one who makes the result; yields whether that succeeded.

        The lock is renewed inside the block and given back after it. Raises StoreError when the
        store does not answer the question.
        """
        key, token = flight_key(tenant, result_id), secrets.token_hex(8)
        told = flight_key(tenant, result_id, "told")
        if await self._door.do("SET", key, token, "NX", "PX", HELD_MS) is None:
            yield False
            return
        renewing = asyncio.create_task(self._renew(key, token))
        try:
            yield True
        finally:
            renewing.cancel()
            with suppress(StoreError):  # then it ends by itself
                await self._door.script(_RELEASE, [key, told], [token])

    async def tell(self, tenant: str, result_id: str, what: bytes) -> None:
        """Tell those who wait for a result something about it."""
        key = flight_key(tenant, result_id, "told")
        await self._door.do_all([("RPUSH", key, what), ("EXPIRE", key, _TOLD_S)])

    async def told(self, tenant: str, result_id: str, after: int) -> list[bytes]:
        """Return what was told about a result, but for the first ``after`` of it."""
        found = await self._door.do("LRANGE", flight_key(tenant, result_id, "told"), after, -1)
        return list(found)

    async def _renew(self, key: str, token: str) -> None:
        while True:
            await asyncio.sleep(_RENEW_S)
            try:
                await self._door.script(_RENEW, [key], [token, HELD_MS])
            except StoreError as error:
                structlog.get_logger().warning("lock not renewed", reason=str(error))
