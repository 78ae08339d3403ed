"""Dead letters: what was given up after every retry, and why.

A sorted set of names by the time they were given up, and a hash of the reasons. A name is a job's
id, ``batch/line`` for a line of a batch, or either's id and ``/webhook`` for an end nobody heard.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from groundwork.store import keys
from groundwork.store.redis import Argument, RedisDoor

_BURY: Final = """
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
for _, old in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', ARGV[4], 'BYSCORE', 'LIMIT', 0, 1000)) do
  redis.call('ZREM', KEYS[1], old)
  redis.call('HDEL', KEYS[2], old)
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end
return 1
"""
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Something that was given up."""

    name: str
    given_up_at: datetime
    reason: str


class DeadLetters:
    """The dead letters of all tenants, each kept for ``ttl_s``. Methods may raise StoreError."""

    def __init__(self, door: RedisDoor, ttl_s: int) -> None:
        self._door = door
        self._ttl_s = ttl_s

    async def bury(self, tenant: str, name: str, reason: str) -> None:
        """Put something that was given up into the list."""
        now_s = time.time()
        args: list[Argument] = [now_s, name, reason, now_s - self._ttl_s, self._ttl_s]
        await self._door.script(_BURY, _keys(tenant), args)

    async def newest(self, tenant: str, most: int) -> list[DeadLetter]:
        """Return so many of them, the newest first."""
        listed, reasons = _keys(tenant)
        names = await self._door.do("ZRANGE", listed, 0, max(0, most - 1), "REV")
        if not names:
            return []
        times, why = await self._door.do_all(
            [("ZMSCORE", listed, *names), ("HMGET", reasons, *names)]
        )
        return [
            DeadLetter(
                name.decode(),
                datetime.fromtimestamp(float(at_s or 0), UTC),
                (reason or b"").decode(),
            )
            for name, at_s, reason in zip(names, times, why, strict=True)
        ]

    async def remove(self, tenant: str, name: str) -> None:
        """Take something off the list, because it is tried again."""
        await self._remove(tenant, [name])

    async def remove_lines(self, tenant: str, batch_id: str) -> None:
        """Take every line of a batch off the list."""
        names = await self._door.do("ZRANGE", _keys(tenant)[0], 0, -1)
        prefix, webhook = f"{batch_id}/".encode(), f"{batch_id}/webhook".encode()
        lines = [name for name in names if name.startswith(prefix) and name != webhook]
        for at in range(0, len(lines), _AT_ONCE):
            await self._remove(tenant, lines[at : at + _AT_ONCE])

    async def _remove(self, tenant: str, names: Sequence[str | bytes]) -> None:
        listed, reasons = _keys(tenant)
        await self._door.do_all([("ZREM", listed, *names), ("HDEL", reasons, *names)])


def _keys(tenant: str) -> list[str]:
    return [keys.index_key(tenant, "dead"), keys.index_key(tenant, "reasons")]
