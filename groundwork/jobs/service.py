"""Jobs: submit, find, wait for, cancel, retry. What is done with them, the runner knows.

The record and its state are kept here, the queue delivers. A job is first kept, then queued; one
that the queue has lost, or that could not be ended because the store failed, is found after a
while by the workers' caretaker and delivered once more.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Final

from groundwork.errors import EngineError, StoreError
from groundwork.jobs.queue import JobQueue, Work
from groundwork.store.events import FIRST, Event
from groundwork.store.jobs import JobStore, NewJob
from groundwork.text.document import SourceText
from schemas.job import Job, JobError, JobState
from schemas.problem import type_of

REPORT: Final = "report"
"""The work of structuring one report, by its name in the queue."""
URGENT: Final = 10
"""Somebody waits for a job; nobody for one line of a batch."""
_LOOK_S: Final = 5.0
DIED: Final = JobError(
    type=type_of(EngineError), detail="every worker that took it died or was lost"
)
"""Why something was given up that no worker ever came to the end of."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of all tenants. Every method may raise StoreError."""

    store: JobStore
    queue: JobQueue

    async def submit(self, tenant: str, source: SourceText, webhook: str = "") -> Job:
        """Queue the structuring of a report."""
        packed = await asyncio.to_thread(pack, source)  # ten megabytes would hold all others up
        new = NewJob(f"job_{secrets.token_hex(12)}", packed, webhook)
        await self.store.create(tenant, new)
        try:
            await self._deliver(tenant, new.id)
        except StoreError:
            # Nobody will hear of it, so it must not stay behind as queued.
            await self.store.forget(tenant, new.id)
            raise
        return await self._known(tenant, new.id)

    async def find(self, tenant: str, job_id: str) -> Job | None:
        """Return a job, or None."""
        return await self.store.find(tenant, job_id)

    async def wait(self, tenant: str, job_id: str, wait_s: float) -> Job | None:
        """Return a job once it is final, or as it is when time is over."""
        job = await self.store.find(tenant, job_id)
        try:
            async with asyncio.timeout(wait_s):
                event_id = FIRST
                while job is not None and not job.state.is_final:
                    events = self.store.events(tenant, job_id)
                    for event in await events.after(event_id):
                        event_id = event.id
                    job = await self.store.find(tenant, job_id)
                    if job is not None and not job.state.is_final:
                        await events.wait(event_id, _LOOK_S)
                        job = await self.store.find(tenant, job_id)
        except TimeoutError:
            job = await self.store.find(tenant, job_id)
        return job

    def follow(
        self, tenant: str, job_id: str, event_id: str, heartbeat_s: float
    ) -> AsyncIterator[Event | None]:
        """Yield what happens to a job after ``event_id``; None when nothing did for a while."""
        return self.store.events(tenant, job_id).follow(event_id, heartbeat_s)

    async def cancel(self, tenant: str, job_id: str) -> Job | None:
        """Stop a job, if it is not done; return it, or None when there is none."""
        if await self.store.finish(tenant, job_id, JobState.CANCELLED):
            delivery, _ = await self.store.private(tenant, job_id)
            if delivery:
                await self.queue.cancel(delivery)
        return await self.store.find(tenant, job_id)

    async def retry(self, tenant: str, job_id: str) -> Job | None:
        """Begin a failed or cancelled job anew; return it, or None when there is none.

        A job that waits is queued once more, in case the queue lost it; that does no harm.
        """
        job = await self.store.find(tenant, job_id)
        if job is None:
            return None
        if await self.store.again(tenant, job_id) or job.state is JobState.QUEUED:
            await self._deliver(tenant, job_id)
        return await self.store.find(tenant, job_id)

    async def revive(self, tenant: str, job_id: str) -> bool:
        """Deliver a job once more that has not ended, unless the queue has it; tell whether."""
        job = await self.store.find(tenant, job_id)
        if job is None or job.state.is_final:
            await self.store.close(tenant, job_id)
            return False
        delivery, _ = await self.store.private(tenant, job_id)
        if delivery and await self.queue.holds(delivery):
            return False
        await self._deliver(tenant, job_id)
        return True

    async def _deliver(self, tenant: str, job_id: str) -> None:
        work = Work(REPORT, {"tenant": tenant, "job_id": job_id}, priority=URGENT)
        await self.store.delivered_as(tenant, job_id, await self.queue.put(work))

    async def _known(self, tenant: str, job_id: str) -> Job:
        job = await self.store.find(tenant, job_id)
        if job is None:
            raise StoreError("the job that was just kept is gone")
        return job


def pack(source: SourceText) -> bytes:
    """Return a source as bytes, for the store."""
    return json.dumps(asdict(source)).encode()


def unpack(packed: bytes) -> SourceText:
    """Return a source that was packed. Raises StoreError."""
    try:
        return SourceText(**json.loads(packed))
    except (ValueError, TypeError) as error:
        raise StoreError("the source of the job is not ours") from error
