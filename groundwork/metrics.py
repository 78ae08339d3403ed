"""Figures for Prometheus: requests, time, cache, verdicts and tokens; never whose, never of what.

One service is several processes. When ``PROMETHEUS_MULTIPROC_DIR`` is set they count in files of
that folder, and whoever is asked adds them up; the library looks at the variable when it is first
imported, so it is imported here and only when figures are wanted.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from schemas.result import Result

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
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
    """The counters of one process."""

    def __init__(self) -> None:
        from prometheus_client import (  # noqa: PLC0415 - see above
            CollectorRegistry,
            Counter,
            Histogram,
        )

        self._registry = CollectorRegistry()
        self._met: dict[
            tuple[str, str, int, bytes | None], tuple[Counter, Histogram, Counter | None]
        ] = {}
        self._requests = Counter(
            "groundwork_requests",
            "Requests by method, route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "groundwork_request_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ["method", "route"],
            registry=self._registry,
            buckets=_BUCKETS_S,
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
        """Count a request; ``route`` is a template, so that ids make no series of their own."""
        known = method if method in _METHODS else "other"
        # Looking a series up by its labels costs more than counting, so those met are kept.
        series = self._met.get((known, route, status, cache))
        if series is None:
            series = self._series(known, route, status, cache)
            if len(self._met) < _MOST_MET:
                self._met[known, route, status, cache] = series
        requests, durations, outcome = series
        requests.inc()
        durations.observe(seconds)
        if outcome is not None:
            outcome.inc()

    def _series(
        self, method: str, route: str, status: int, cache: bytes | None
    ) -> "tuple[Counter, Histogram, Counter | None]":
        found = _OUTCOME.match(cache or b"")
        outcome = found and self._cache.labels(found[1].removeprefix(b"fwd=").decode())
        requests = self._requests.labels(method, route, str(status))
        return requests, self._seconds.labels(method, route), outcome

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
