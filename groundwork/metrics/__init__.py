"""Figures for Prometheus: requests, time, cache, verdicts and tokens; never whose, never of what.

One service is several processes. When ``PROMETHEUS_MULTIPROC_DIR`` is set they count in files of
that folder, and whoever is asked adds them up; the library looks at the variable when it is first
imported, so it is imported here and only when figures are wanted.
"""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from schemas.result import Result

if TYPE_CHECKING:
    from prometheus_client import Counter

    from groundwork.metrics.tally import Tally

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_TOGETHER_S: Final = 0.25
"""How long requests may wait to be written into the figures, together."""
_MOST_MET: Final = 1_000
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
_OUTCOME: Final = re.compile(rb"groundwork; (hit|fwd=[a-z-]+)")


@contextmanager
def shared_folder() -> Iterator[None]:
    """Let all processes that are started inside the block count in one folder."""
    if os.environ.get(_FOLDER):
        yield
        return
    folder = tempfile.mkdtemp(prefix="groundwork-figures-")
    os.environ[_FOLDER] = folder
    try:
        yield
    finally:
        del os.environ[_FOLDER]
        shutil.rmtree(folder, ignore_errors=True)


class Metrics:
    """The counters of one process. All but ``text`` belong to the thread of its event loop."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter  # noqa: PLC0415 - see above

        from groundwork.metrics.tally import BUCKETS_S, Durations  # noqa: PLC0415

        self._registry = CollectorRegistry()
        self._met: dict[tuple[str, str, int, bytes | None], Tally] = {}
        self._waiting = False
        self._requests = Counter(
            "groundwork_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Durations(
            "groundwork_request_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ["method", "route"],
            registry=self._registry,
            buckets=BUCKETS_S,
        )

        def counter(name: str, told: str, label: str) -> "Counter":
            return Counter(f"groundwork_{name}", told, [label], registry=self._registry)

        self._cache = counter("cache", "Answers by where they came from.", "outcome")
        self._results = counter("results", "Results worked out, by engine.", "engine")
        self._items = counter("items", "Items of these results, by kind.", "kind")
        self._verdicts = counter("verdicts", "Numbers of their claims, by verdict.", "verdict")
        self._refused = counter("refused_claims", "Claims refused, by engine.", "engine")
        self._tokens = counter("tokens", "Tokens a model took and gave, by use.", "use")

    def request_done(
        self, method: str, route: str, status: int, seconds: float, cache: bytes | None
    ) -> None:
        """Count a request; ``route`` is a template, so that ids make no series of their own.

        It shows in the figures a moment later: see ``settle``.
        """
        known = method if method in _METHODS else "other"
        tally = self._met.get((known, route, status, cache))
        if tally is None:
            tally = self._tally(known, route, status, cache)
            if len(self._met) >= _MOST_MET:  # more kinds than routes could make: look back at none
                self.settle()
                self._met.clear()
            self._met[known, route, status, cache] = tally
        tally.count(seconds)
        if not self._waiting:
            self._settle_soon()

    def settle(self) -> None:
        """Write what was counted into the figures; call it before the process ends."""
        self._waiting = False
        for tally in self._met.values():
            tally.settle()

    def _settle_soon(self) -> None:
        try:
            asyncio.get_running_loop().call_later(_TOGETHER_S, self.settle)
        except RuntimeError:  # without an event loop there is no later
            self.settle()
        else:
            self._waiting = True

    def _tally(self, method: str, route: str, status: int, cache: bytes | None) -> "Tally":
        from groundwork.metrics.tally import Tally  # noqa: PLC0415

        found = _OUTCOME.match(cache or b"")
        outcome = found and self._cache.labels(found[1].removeprefix(b"fwd=").decode())
        requests = self._requests.labels(method, route, str(status))
        return Tally(requests, self._seconds.labels(method, route), outcome)

    def result_made(self, result: Result) -> None:
        """Count what a result holds and cost."""
        engine = result.engine.name
        self._results.labels(engine).inc()
        self._refused.labels(engine).inc(len(result.refused))
        for report in result.reports:
            for item in report.items:
                self._items.labels(item.kind.value).inc()
                for check in item.quantities:
                    self._verdicts.labels(check.verdict.value).inc()
        self._tokens.labels("prompt").inc(result.usage.prompt_tokens)
        self._tokens.labels("completion").inc(result.usage.completion_tokens)
        self._tokens.labels("repair").inc(result.usage.repair_tokens)

    def text(self) -> bytes:
        """Return the figures of all processes in Prometheus' text format."""
        from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        registry = self._registry
        if os.environ.get(_FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
