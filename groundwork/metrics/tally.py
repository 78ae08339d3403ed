"""Counting in plain numbers first, into the figures a few times a second.

A figure is kept in a mapped file under a lock. Four writes to it for each request cost a quarter
of what finding a kept answer does, so requests that are alike are written together.

Import this as ``groundwork.metrics`` says: not before figures are wanted.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from prometheus_client import Counter, Histogram

BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Durations(Histogram):
    """A histogram that takes many observations at once."""

    def add(self, counts: Sequence[int], total_s: float) -> None:
        """Count as many observations as ``counts`` says, bucket by bucket."""
        self._sum.inc(total_s)
        for bucket, count in zip(self._buckets, counts, strict=True):
            if count:
                bucket.inc(count)


class Tally:
    """Requests that are alike: counted here, and from here into the figures."""

    def __init__(self, requests: Counter, durations: Durations, outcome: Counter | None) -> None:
        self._requests = requests
        self._durations = durations
        self._outcome = outcome
        self._clear()

    def count(self, seconds: float) -> None:
        """Count a request; no figure changes yet."""
        self._counts[bisect_left(BUCKETS_S, seconds)] += 1
        self._total_s += seconds

    def settle(self) -> None:
        """Write what was counted into the figures."""
        number = sum(self._counts)
        if not number:
            return
        self._requests.inc(number)
        self._durations.add(self._counts, self._total_s)
        if self._outcome is not None:
            self._outcome.inc(number)
        self._clear()

    def _clear(self) -> None:
        self._counts = [0] * (len(BUCKETS_S) + 1)
        self._total_s = 0.0
