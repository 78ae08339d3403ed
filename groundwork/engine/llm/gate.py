"""Through this gate goes every call to one endpoint: so many at a time, patiently, not for ever.

- Busy (429): everybody pauses until the time the endpoint named; that is waiting, not failing.
- Failing (5xx, timeout, dropped connection): tried again after an exponential backoff with jitter,
  so that many callers do not come back at the same moment.
- Too many failures in a row open the circuit: nothing is sent for a while, then one call at a time
  until one succeeds.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from groundwork.engine.llm.config import Turnstile
from groundwork.engine.llm.trouble import (
    Busy,
    CircuitOpen,
    Declined,
    Denied,
    Failing,
    Rejected,
    TooLong,
)

_T = TypeVar("_T")

_JITTER: Final = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient to be."""

    concurrency: int = 4
    attempts: int = 3
    """Tries of one call when the endpoint fails."""
    wait_limit_s: float = 300.0
    """Longest sum of pauses of one call."""
    backoff_s: float = 1.0
    """Longest first pause; doubled each time."""
    backoff_limit_s: float = 30.0
    opens_after: int = 5
    """Failures in a row, of any calls, that open the circuit."""
    rests_s: float = 30.0
    """How long the endpoint is left alone then."""


@dataclass(frozen=True, slots=True)
class Time:
    """Clock, sleep and chance, so that tests need not wait."""

    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = _JITTER.random


class Gate:
    """Shared by all callers of one endpoint within one event loop."""

    def __init__(
        self, policy: Policy, clock: Time | None = None, turnstile: Turnstile | None = None
    ) -> None:
        self._turnstile = turnstile
        self._policy = policy
        self._time = clock or Time()
        self._slots = asyncio.Semaphore(policy.concurrency)
        self._trial = asyncio.Lock()
        self._resume_s = 0.0
        self._failures = 0
        self._closed_until_s: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the circuit is open: nothing would be sent now."""
        return self._closed_until_s is not None and self._time.now_s() < self._closed_until_s

    async def run(self, call: Callable[[], Awaitable[_T]]) -> _T:
        """Return what ``call`` returns, after as many tries as the policy grants.

        Raises Failing or Busy when patience ends, CircuitOpen while the endpoint is left alone,
        and whatever else ``call`` raises at once.
        """
        waited_s, failed, asked_to_wait = 0.0, 0, 0
        while True:
            try:
                return await self._once(call)
            except Busy as busy:
                asked_to_wait += 1
                pause_s = busy.retry_after_s
                if pause_s is None:
                    pause_s = self._backoff_s(asked_to_wait)
                trouble: Busy | Failing = busy
                self._resume_s = max(self._resume_s, self._time.now_s() + pause_s)
                if self._turnstile is not None:
                    await self._turnstile.pause(pause_s)
            except Failing as failing:
                failed += 1
                pause_s = self._backoff_s(failed)
                trouble = failing
            waited_s += pause_s
            if failed >= self._policy.attempts or waited_s > self._policy.wait_limit_s:
                raise trouble
            if isinstance(trouble, Failing):
                await self._time.sleep(pause_s)

    async def _once(self, call: Callable[[], Awaitable[_T]]) -> _T:
        async with self._slots:
            await self._pause()
            if self._closed_until_s is None:
                return await self._watched(call)
            async with self._trial:  # Half open: one at a time, until one succeeds.
                return await self._watched(call)

    async def _pause(self) -> None:
        """Wait for as long as the endpoint asked anyone of us to."""
        while (left_s := self._resume_s - self._time.now_s()) > 0:
            if left_s > self._policy.wait_limit_s:
                raise Busy("the endpoint asked for a longer pause than we wait", left_s)
            await self._time.sleep(left_s)
        while self._turnstile is not None and (left_s := await self._turnstile.wait_s()) > 0:
            if left_s > self._policy.wait_limit_s:
                raise Busy("the endpoint asked for a longer pause than we wait", left_s)
            await self._time.sleep(left_s)

    async def _watched(self, call: Callable[[], Awaitable[_T]]) -> _T:
        if self.is_open:
            raise CircuitOpen("the endpoint failed repeatedly and is left alone for a while")
        try:
            result = await call()
        except Denied:
            self._open()
            raise
        except (Rejected, TooLong, Declined):
            self._alive()  # It answered, though not as we would like.
            raise
        except Failing:
            self._failures += 1
            if self._failures >= self._policy.opens_after or self._closed_until_s is not None:
                self._open()
            raise
        self._alive()
        return result

    def _alive(self) -> None:
        self._failures = 0
        self._closed_until_s = None

    def _open(self) -> None:
        self._closed_until_s = self._time.now_s() + self._policy.rests_s

    def _backoff_s(self, nth: int) -> float:
        """Return a random pause up to an exponentially growing limit ("full jitter")."""
        limit_s = min(self._policy.backoff_limit_s, self._policy.backoff_s * 2.0 ** (nth - 1))
        return limit_s * (0.5 + 0.5 * self._time.chance())
