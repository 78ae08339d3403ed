"""Handing lines out and taking answers, each step one script that nothing interrupts."""

import json
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from groundwork.errors import StoreError
from groundwork.store import keys
from groundwork.store.redis import RedisDoor
from schemas.job import JobState

_FEEDING_MS: Final = 5_000
_DUE_AT_ONCE: Final = 50
_PARTS: Final = ("", "lines", "todo", "open", "results")

# KEYS of all scripts: batch, lines, todo, open, results, active batches, due webhooks.

_END: Final = """
local function settle(now, member)
  local lines = tonumber(redis.call('HGET', KEYS[1], 'lines'))
  if redis.call('HLEN', KEYS[5]) < lines then return 0 end
  local failed = tonumber(redis.call('HGET', KEYS[1], 'failed') or 0)
  local state = 'succeeded'
  if failed >= lines then state = 'failed' elseif failed > 0 then state = 'partial' end
  redis.call('HSET', KEYS[1], 'state', state, 'finished_at', now)
  redis.call('ZREM', KEYS[6], member)
  if redis.call('HGET', KEYS[1], 'webhook') ~= '' then redis.call('ZADD', KEYS[7], now, member) end
  for at = 1, 5 do redis.call('EXPIRE', KEYS[at], redis.call('HGET', KEYS[1], 'ttl')) end
  return 1
end
"""
_OPEN: Final = """
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'queued' and state ~= 'running' then
  redis.call('ZREM', KEYS[6], ARGV[2])
  return {}
end
if state == 'queued' then redis.call('HSET', KEYS[1], 'state', 'running', 'ttl', ARGV[5]) end
local wanted = tonumber(ARGV[3]) - redis.call('ZCARD', KEYS[4])
local found = redis.call('ZRANGE', KEYS[4], '-inf', ARGV[4], 'BYSCORE', 'LIMIT', 0, ARGV[3])
for _, line in ipairs(found) do redis.call('ZADD', KEYS[4], ARGV[1], line) end
if wanted > 0 then
  local waiting = redis.call('LRANGE', KEYS[3], 0, wanted - 1)
  for _, line in ipairs(waiting) do found[#found + 1] = line end
end
return found
"""
_OPENED: Final = """
for at = 2, #ARGV do
  if redis.call('LREM', KEYS[3], 1, ARGV[at]) > 0 and redis.call('HEXISTS', KEYS[5], ARGV[at]) == 0
  then redis.call('ZADD', KEYS[4], ARGV[1], ARGV[at]) end
end
return 1
"""
_LOOK: Final = """
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'queued' and state ~= 'running' then return false end
if redis.call('HEXISTS', KEYS[5], ARGV[1]) == 1 then return false end
return redis.call('HGET', KEYS[2], ARGV[1]) or ''
"""
_ANSWER: Final = (
    _END
    + """
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= 'queued' and state ~= 'running' then return -1 end
if redis.call('HSETNX', KEYS[5], ARGV[3], ARGV[4]) == 0 then return -1 end
redis.call('ZREM', KEYS[4], ARGV[3])
redis.call('HINCRBY', KEYS[1], ARGV[5], 1)
if ARGV[5] == 'succeeded' then redis.call('HDEL', KEYS[2], ARGV[3]) end
if settle(ARGV[1], ARGV[2]) == 1 then return 0 end
return redis.call('LLEN', KEYS[3])
"""
)
_CANCEL: Final = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return '' end
if state ~= 'queued' and state ~= 'running' then return state end
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'finished_at', ARGV[1])
redis.call('DEL', KEYS[3], KEYS[4])
redis.call('ZREM', KEYS[6], ARGV[2])
if redis.call('HGET', KEYS[1], 'webhook') ~= '' then redis.call('ZADD', KEYS[7], ARGV[1], ARGV[2])
end
return false
"""
_RESUME: Final = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'queued' or state == 'running' then return -1 end
local again = redis.call('HKEYS', KEYS[2])
if #again == 0 then return 0 end
table.sort(again, function(a, b) return tonumber(a) < tonumber(b) end)
redis.call('DEL', KEYS[3], KEYS[4])
for _, line in ipairs(again) do
  redis.call('HDEL', KEYS[5], line)
  redis.call('RPUSH', KEYS[3], line)
end
redis.call('HSET', KEYS[1], 'state', 'queued', 'failed', 0, 'finished_at', '')
redis.call('ZADD', KEYS[6], ARGV[1], ARGV[2])
for at = 1, 5 do redis.call('EXPIRE', KEYS[at], ARGV[3]) end
return #again
"""


@dataclass(frozen=True, slots=True)
class LineState:
    """What became of an answer that was given."""

    counted: bool
    """False: the line had an answer before, or the batch is over."""
    left: int = 0
    """Lines that no worker has been asked to do yet."""


class BatchWork:
    """The batches that workers look after. Every method may raise StoreError."""

    def __init__(self, door: RedisDoor, ttl_s: int) -> None:
        self._door = door
        self._ttl_s = ttl_s

    async def active(self) -> list[tuple[str, str]]:
        """Return tenant and id of every batch with lines to do, oldest first."""
        found = await self._door.do("ZRANGE", keys.shared_key("active"), 0, -1)
        return [keys.which(member) for member in found]

    async def to_open(self, tenant: str, batch_id: str, window: int, stale_s: float) -> list[int]:
        """Return the lines that should go to the queue now: never more than ``window`` are out.

        Lines that went out ``stale_s`` seconds ago and came to nothing are among them again.
        """
        given = (window, time.time() - stale_s, self._ttl_s)
        found = await self._run(_OPEN, tenant, batch_id, *given)
        return [int(line) for line in found]

    async def opened(self, tenant: str, batch_id: str, lines: list[int]) -> None:
        """Remember that lines are in the queue now.

        Said after, not before: a worker that dies in between has them delivered twice, which
        costs a look; the other way round they would be missed until they are stale.
        """
        if lines:
            script_keys = self._keys(tenant, batch_id)
            await self._door.script(_OPENED, script_keys, [time.time(), *lines])

    @asynccontextmanager
    async def feeding(self, tenant: str, batch_id: str) -> AsyncIterator[bool]:
        """Keep others from feeding the batch meanwhile; yields whether it is ours to feed.

        Two who feed would deliver lines twice: harmless, but a waste.
        """
        key = keys.batch_key(tenant, batch_id, "feeding")
        ours = await self._door.do("SET", key, 1, "NX", "PX", _FEEDING_MS) is not None
        try:
            yield ours
        finally:
            if ours:
                with suppress(StoreError):
                    await self._door.do("DEL", key)

    async def due(self) -> list[tuple[str, str]]:
        """Return tenant and id of jobs and batches whose end is to be told."""
        found = await self._door.do("ZRANGE", keys.shared_key("webhooks"), 0, _DUE_AT_ONCE - 1)
        return [keys.which(member) for member in found]

    async def told(self, tenant: str, what: str) -> None:
        """Remember that telling the end of something is in the queue now."""
        await self._door.do("ZREM", keys.shared_key("webhooks"), f"{tenant}/{what}")

    async def tell_again(self, tenant: str, what: str) -> None:
        """Let the end of something be told once more."""
        await self._door.do("ZADD", keys.shared_key("webhooks"), time.time(), f"{tenant}/{what}")

    async def line(self, tenant: str, batch_id: str, number: int) -> bytes | None:
        """Return a line that is still to do, or None when nothing is to be done about it.

        Raises StoreError, not StoreUnavailableError, when what is kept in its place is no line.
        """
        packed = await self._door.script(_LOOK, self._keys(tenant, batch_id), [number])
        try:
            return None if packed is None else zlib.decompress(packed)
        except (zlib.error, TypeError) as error:
            raise StoreError("the line of the batch is not ours") from error

    async def answer(
        self, tenant: str, batch_id: str, number: int, outcome: dict[str, Any]
    ) -> LineState:
        """Write the answer to a line, unless it has one."""
        counter = "succeeded" if "result_id" in outcome else "failed"
        written = json.dumps(outcome, ensure_ascii=False)
        left = await self._run(_ANSWER, tenant, batch_id, number, written, counter)
        return LineState(left >= 0, max(0, left))

    async def is_over(self, tenant: str, batch_id: str) -> bool:
        """Tell whether nothing of the batch is to be done any more."""
        state = await self._door.do("HGET", keys.batch_key(tenant, batch_id), "state")
        return state not in (JobState.QUEUED.encode(), JobState.RUNNING.encode())

    async def cancel(self, tenant: str, batch_id: str) -> None:
        """End a batch; lines without an answer stay without. Nothing happens to one that ended."""
        await self._run(_CANCEL, tenant, batch_id)

    async def resume(self, tenant: str, batch_id: str) -> int:
        """Do again what was cancelled or failed; return how many lines, -1 if it still runs."""
        return int(await self._run(_RESUME, tenant, batch_id, self._ttl_s))

    async def _run(self, script: str, tenant: str, batch_id: str, *args: Any) -> Any:
        member = f"{tenant}/{batch_id}"
        return await self._door.script(
            script, self._keys(tenant, batch_id), [time.time(), member, *args]
        )

    def _keys(self, tenant: str, batch_id: str) -> list[str]:
        own = [keys.batch_key(tenant, batch_id, part) for part in _PARTS]
        return [*own, keys.shared_key("active"), keys.shared_key("webhooks")]
