"""Rate limits: a bucket for each key, or each address without one (IETF draft RateLimit fields)."""

import math
import time
from collections.abc import Callable
from typing import Final

import structlog

from api.errors import RATE_LIMITED, ProblemError
from groundwork.errors import StoreError
from groundwork.store.keys import shared_key
from groundwork.store.shared import MemoryShared, Shared, Taken

_WINDOW_S: Final = 60
_PAUSE_S: Final = 1.0
"""How long a store that failed is not asked: each request would wait for it in vain."""


class Limiter:
    """Lets everybody send ``per_min`` requests a minute, all at once or evenly."""

    def __init__(
        self, shared: Shared, per_min: int, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._shared = shared
        self._local = MemoryShared(clock_s)
        self._most = per_min
        self._per_s = per_min / _WINDOW_S
        self._clock_s = clock_s
        self._ask_again_s = 0.0

    async def take(self, who: str) -> dict[str, str]:
        """Count a request of ``who`` and return what to tell; raise ProblemError if it is too many.

        While the store cannot be asked, each process counts for itself.
        """
        taken = await self._take(shared_key(f"bucket:{who}"))
        left = max(0, math.floor(taken.left))
        full_s = math.ceil((self._most - taken.left) / self._per_s)
        headers = {
            "RateLimit-Policy": f'"default";q={self._most};w={_WINDOW_S}',
            "RateLimit": f'"default";r={left};t={full_s}',
        }
        if taken.granted:
            return headers
        wait_s = max(1, math.ceil((1 - taken.left) / self._per_s))
        raise ProblemError(
            RATE_LIMITED,
            f"at most {self._most} requests in {_WINDOW_S} s",
            headers={**headers, "Retry-After": str(wait_s)},
        )

    async def _take(self, key: str) -> Taken:
        if self._clock_s() >= self._ask_again_s:
            try:
                return await self._shared.take(key, self._most, self._per_s)
            except StoreError as error:
                structlog.get_logger().warning("limits are local", reason=str(error))
                self._ask_again_s = self._clock_s() + _PAUSE_S
        return await self._local.take(key, self._most, self._per_s)
