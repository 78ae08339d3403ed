"""Putting jobs together: from a server's address to everything that submits and does work."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from groundwork.jobs.batches import Batches, BatchLimits
from groundwork.jobs.caretaker import Caretaker
from groundwork.jobs.desk import Desk
from groundwork.jobs.queue import JOBS, LINES, Crew, JobQueue
from groundwork.jobs.runner import Means, Runner
from groundwork.jobs.service import Jobs
from groundwork.jobs.telling import Teller
from groundwork.store.flights import Flights
from groundwork.store.jobs import JobStore
from groundwork.store.redis import RedisDoor
from groundwork.store.results import ResultStore
from groundwork.text.document import SourceText
from groundwork.webhooks import WebhookSender
from schemas.batch import Batch
from schemas.job import Job
from schemas.requests import TextRequest

_REDELIVERY_S = 120.0
"""Added to the longest time of a try until what came to nothing goes out again."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How jobs are kept and done."""

    ttl_s: int
    concurrency: int = 16
    lines: int = 16
    """Lines of batches that a worker takes at a time: no more than it can work on, or one worker
    would sit on lines while another has none."""
    timeout_s: float = 600.0
    grace_s: float = 8.0
    batch_limits: BatchLimits = field(default_factory=BatchLimits)


@dataclass(frozen=True, slots=True)
class Hands:
    """What the work itself needs, whoever does it."""

    desk: Desk
    results: Callable[[str], ResultStore]
    read: Callable[[TextRequest], Awaitable[SourceText]]


class Background:
    """Jobs and batches of one server: asked for by the API, done by workers."""

    def __init__(self, url: str, options: JobOptions, webhooks: WebhookSender | None) -> None:
        self._options = options
        self.door = RedisDoor(url)
        # Somebody waits for a job, so lines of batches never take its place.
        lines = min(options.lines, options.concurrency)
        crew = Crew({JOBS: options.concurrency, LINES: lines}, options.grace_s)
        self.queue = JobQueue(url, crew)
        self.locks = Flights(self.door)
        self.jobs = Jobs(JobStore(self.door, options.ttl_s), self.queue)
        self.batches = Batches(self.door, options.batch_limits, options.ttl_s)
        self.webhooks = webhooks

    async def find(self, tenant: str, what: str) -> Job | Batch | None:
        """Return a job or a batch, or None. ``what`` may be the name of a dead letter, too."""
        whole, _, _ = what.partition("/")
        if whole.startswith("batch_"):
            return await self.batches.find(tenant, whole)
        return await self.jobs.find(tenant, whole)

    async def retry(self, tenant: str, what: str) -> Job | Batch | None:
        """Begin anew what failed or was cancelled: a job, a batch, or a dead letter by its name.

        Of a batch the lines without a result are done again, whichever of them was named.
        """
        whole, _, part = what.partition("/")
        if part == "webhook":
            await self.batches.work.tell_again(tenant, whole)
            await self.jobs.store.dead.remove(tenant, what)
            return await self.find(tenant, whole)
        if whole.startswith("batch_"):
            return await self.batches.resume(tenant, whole)
        return await self.jobs.retry(tenant, whole)

    async def work(
        self, hands: Hands, stop: asyncio.Event, ready: Callable[[], None] = lambda: None
    ) -> None:
        """Do what is queued until ``stop`` is set. Raises StoreError if it cannot begin."""
        options = self._options
        teller = Teller(self.jobs, self.batches, self.webhooks)
        means = Means(
            desk=hands.desk,
            jobs=self.jobs,
            batches=self.batches,
            results=hands.results,
            read=hands.read,
            teller=teller,
            timeout_s=options.timeout_s,
        )
        runner = Runner(means)
        runner.register(self.queue)
        stale_s = options.timeout_s + _REDELIVERY_S
        caretaker = Caretaker(self.jobs, self.batches, runner, stale_s)
        caring = asyncio.create_task(caretaker.run())
        try:
            await self.queue.work(stop, ready)
        finally:
            caring.cancel()
            await asyncio.gather(caring, return_exceptions=True)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.queue.close()
        await self.door.close()
