"""What workers look after besides their work: batches to feed, due webhooks, jobs that got lost.

Every worker does it, and any one is enough. Lines go to the queue some hundreds at a time, so
that a batch of any size leaves the queue short and other batches get their turn.
"""

import asyncio
from typing import Final

import structlog

from groundwork.errors import StoreError
from groundwork.jobs.batches import LINE, Batches
from groundwork.jobs.queue import LINES, Work
from groundwork.jobs.runner import Runner
from groundwork.jobs.service import Jobs
from groundwork.jobs.telling import TELL

WINDOW: Final = 500
"""Lines of one batch that are in the queue at a time."""
_AT_ONCE: Final = 100
_TICK_S: Final = 0.25
_IDLE_TICK_S: Final = 0.5


class Caretaker:
    """Looks after batches and jobs for as long as the worker runs."""

    def __init__(self, jobs: Jobs, batches: Batches, runner: Runner, stale_s: float) -> None:
        self._jobs = jobs
        self._batches = batches
        self._queue = jobs.queue
        self._runner = runner
        self._stale_s = stale_s

    async def run(self) -> None:
        """Look after everything, again and again; a store that fails is asked again later."""
        while True:
            busy = False
            try:
                busy = await self.look()
            except StoreError as error:
                structlog.get_logger().warning("caretaker", reason=str(error))
            await asyncio.sleep(_TICK_S if busy else _IDLE_TICK_S)

    async def look(self) -> bool:
        """Look once; return whether there are batches. Raises StoreError."""
        active = await self._batches.work.active()
        for tenant, batch_id in active:
            try:
                await self._feed(tenant, batch_id)
            except StoreError as error:  # the next batch may be fine
                structlog.get_logger().warning("batch", batch=batch_id, reason=str(error))
        await self._runner.stop_what_is_over()
        for tenant, what in await self._batches.work.due():
            await self._queue.put(Work(TELL, {"tenant": tenant, "what": what}, patient=True))
            await self._batches.work.told(tenant, what)
        for tenant, job_id in await self._jobs.store.overdue(self._stale_s):
            await self._revive(tenant, job_id)
        return bool(active)

    async def _revive(self, tenant: str, job_id: str) -> None:
        try:
            if await self._jobs.revive(tenant, job_id):
                structlog.get_logger().warning("job delivered again", tenant=tenant, job=job_id)
        except StoreError as error:  # the next job may be fine
            structlog.get_logger().warning("job", tenant=tenant, job=job_id, reason=str(error))

    async def _feed(self, tenant: str, batch_id: str) -> None:
        async with self._batches.work.feeding(tenant, batch_id) as ours:
            if not ours:
                return
            lines = await self._batches.work.to_open(tenant, batch_id, WINDOW, self._stale_s)
            for at in range(0, len(lines), _AT_ONCE):
                some = lines[at : at + _AT_ONCE]
                given = {"tenant": tenant, "batch_id": batch_id}
                works = [Work(LINE, {**given, "number": number}, LINES) for number in some]
                await self._queue.put_all(LINES, works)
                await self._batches.work.opened(tenant, batch_id, some)
