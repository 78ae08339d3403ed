"""One rate for an endpoint, however many processes call it, on however many machines.

A bucket that all share lets so many calls a minute through; and when the endpoint tells one
process to wait, all wait. Without an answer from the store each process is on its own, as it
would be without a turnstile.
"""

import hashlib
from typing import Final

import structlog

from groundwork.errors import StoreError
from groundwork.store.keys import shared_key
from groundwork.store.redis import RedisDoor

_BURST_S: Final = 5
"""Seconds' worth of calls that may go out at once after a quiet time."""

# KEYS: the pause, the bucket. ARGV: most at once, calls a second (0: any number).
_ADMIT: Final = """
local pause = redis.call('PTTL', KEYS[1])
if pause > 0 then return pause end
local most, per_s = tonumber(ARGV[1]), tonumber(ARGV[2])
if per_s <= 0 then return 0 end
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local bucket = redis.call('HMGET', KEYS[2], 'left', 'at')
local left, at = tonumber(bucket[1]) or most, tonumber(bucket[2]) or now
left = math.min(most, left + math.max(0, now - at) * per_s)
local wait = 0
if left >= 1 then left = left - 1 else wait = math.ceil((1 - left) / per_s * 1000) end
redis.call('HSET', KEYS[2], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[2], math.ceil(most / per_s * 1000) + 1000)
return wait
"""
_PAUSE: Final = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
end
return 1
"""


class SharedTurnstile:
    """The turnstile of one endpoint and key, in a store."""

    def __init__(self, door: RedisDoor, endpoint: str, calls_per_min: int | None) -> None:
        name = hashlib.sha256(endpoint.encode()).hexdigest()[:16]
        self._door = door
        self._keys = [shared_key(f"pause:{name}"), shared_key(f"calls:{name}")]
        self._per_s = (calls_per_min or 0) / 60
        self._most = max(1.0, self._per_s * _BURST_S)

    async def wait_s(self) -> float:
        """Take a turn: 0 when it is granted, else the seconds after which to ask again."""
        try:
            wait_ms = await self._door.script(_ADMIT, self._keys, [self._most, self._per_s])
        except StoreError as error:
            structlog.get_logger().warning("turnstile open", reason=str(error))
            return 0.0
        return int(wait_ms) / 1000

    async def pause(self, pause_s: float) -> None:
        """Let everybody wait, because the endpoint asked one of us to."""
        try:
            await self._door.script(_PAUSE, self._keys, [max(1, round(pause_s * 1000))])
        except StoreError as error:
            structlog.get_logger().warning("pause not shared", reason=str(error))
