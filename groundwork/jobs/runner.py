"""What a worker does with what the queue delivers. Every piece of work bears being done twice.

A failure that another try may cure is raised again: the queue tries later, a few times. What is
given up becomes an answer with a reason, and goes to the dead letters.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from pydantic import ValidationError

from groundwork.errors import GroundworkError, InputError, StoreError, StoreUnavailableError
from groundwork.jobs.batches import LINE, Batches
from groundwork.jobs.desk import Answer, Desk
from groundwork.jobs.queue import Delivery, JobQueue
from groundwork.jobs.service import DIED, REPORT, Jobs, unpack
from groundwork.jobs.telling import TELL, Teller
from groundwork.store.results import ResultStore
from groundwork.text.document import SourceText
from schemas.batch import BatchLine
from schemas.job import JobError, JobState, Progress
from schemas.problem import type_of
from schemas.requests import TextRequest
from schemas.result import Item, Result

TOO_SLOW: Final = "/problems/timeout"


@dataclass(frozen=True, slots=True)
class Means:
    """What the work is done with."""

    desk: Desk
    jobs: Jobs
    batches: Batches
    results: Callable[[str], ResultStore]
    read: Callable[[TextRequest], Awaitable[SourceText]]
    """Reads the text of a line. Raises InputError."""
    teller: Teller
    timeout_s: float
    """Longest time of one try."""


class Runner:
    """Does what is delivered to one worker process."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._lines: defaultdict[tuple[str, str], set[asyncio.Task[None]]] = defaultdict(set)

    def register(self, queue: JobQueue) -> None:
        """Tell the queue who does what."""
        queue.handle(REPORT, self.report, self.report_lost)
        queue.handle(LINE, self.line, self.line_lost)
        queue.handle(TELL, self._means.teller.tell, self._means.teller.lost)

    async def report(self, delivery: Delivery) -> None:
        """Structure the report of a job."""
        tenant, job_id = delivery.arguments["tenant"], delivery.arguments["job_id"]
        store = self._means.jobs.store
        if not await store.begin(tenant, job_id):
            return  # cancelled meanwhile, or done by another
        try:
            packed = await store.source(tenant, job_id)
            if packed is None:
                raise InputError("the text of the job is not kept any more")  # noqa: TRY301
            progress = _Progress(self._means.jobs, tenant, job_id)
            answer = await self._answer(await asyncio.to_thread(unpack, packed), tenant, progress)
        except Exception as error:
            await self._failed(tenant, job_id, delivery, error)
            return
        await progress.complete(answer)
        state = JobState.PARTIAL if answer.is_partial else JobState.SUCCEEDED
        await store.finish(tenant, job_id, state, result_id=answer.result_id)

    async def report_lost(self, delivery: Delivery) -> None:
        """End a job whose workers kept dying."""
        tenant, job_id = delivery.arguments["tenant"], delivery.arguments["job_id"]
        await self._give_up(tenant, job_id, DIED)

    async def line(self, delivery: Delivery) -> None:
        """Answer a line of a batch, unless the batch is over or the line has an answer."""
        given = delivery.arguments
        which = given["tenant"], given["batch_id"]
        work = asyncio.ensure_future(self._line(delivery))
        self._lines[which].add(work)
        try:
            await work
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is None or current.cancelling() or not work.cancelled():
                work.cancel()
                raise
        finally:
            self._lines[which].discard(work)
            if not self._lines[which]:
                del self._lines[which]

    async def line_lost(self, delivery: Delivery) -> None:
        """Answer a line whose workers kept dying."""
        line = await self._asked(delivery)
        if line is not None:
            await self._give_up_line(delivery, line.custom_id, DIED)

    async def stop_what_is_over(self) -> None:
        """Stop lines of batches that were cancelled. Raises StoreError."""
        for tenant, batch_id in list(self._lines):
            if await self._means.batches.work.is_over(tenant, batch_id):
                for work in list(self._lines.get((tenant, batch_id), ())):
                    work.cancel()

    async def _line(self, delivery: Delivery) -> None:
        given = delivery.arguments
        tenant = given["tenant"]
        line = await self._asked(delivery)
        if line is None:
            return
        try:
            source = await self._means.read(line.body)
            answer = await self._answer(source, tenant)
        except InputError as error:
            told = explain(error).model_dump()
            await self._answer_line(delivery, {"custom_id": line.custom_id, **told})
        except Exception as error:
            _log(error, tenant, given["batch_id"])
            if not delivery.is_last:
                raise
            await self._give_up_line(delivery, line.custom_id, explain(error))
        else:
            outcome = {"custom_id": line.custom_id, "result_id": answer.result_id}
            await self._answer_line(delivery, outcome)

    async def _asked(self, delivery: Delivery) -> BatchLine | None:
        """Return the line to do; None if there is nothing to do, or no line in its place."""
        given = delivery.arguments
        try:
            raw = await self._means.batches.work.line(
                given["tenant"], given["batch_id"], given["number"]
            )
            if raw is None:
                return None
            return BatchLine.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
        except StoreUnavailableError:
            raise
        except (StoreError, ValidationError):
            # No try would read it, and without an answer the batch would never end.
            lost = JobError(type=type_of(StoreError), detail="the line is not kept any more")
            await self._give_up_line(delivery, f"line {given['number']}", lost)
            return None

    async def _give_up_line(self, delivery: Delivery, custom_id: str, error: JobError) -> None:
        given = delivery.arguments
        name = f"{given['batch_id']}/{given['number']}"
        await self._means.jobs.store.dead.bury(given["tenant"], name, _reason(error))
        await self._answer_line(delivery, {"custom_id": custom_id, **error.model_dump()})

    async def _answer_line(self, delivery: Delivery, outcome: dict[str, Any]) -> None:
        given = delivery.arguments
        await self._means.batches.work.answer(
            given["tenant"], given["batch_id"], given["number"], outcome
        )

    async def _answer(
        self, source: SourceText, tenant: str, progress: "_Progress | None" = None
    ) -> Answer:
        """Return a result that is kept for as long as any new one."""
        on_items = progress.on_items if progress else None
        async with asyncio.timeout(self._means.timeout_s):
            answer = await self._means.desk.answer(source, tenant, on_items=on_items)
        if not answer.kept:
            raise answer.failure or StoreError("the result was not kept")
        if answer.hit and answer.body is not None:
            await self._means.results(tenant).touch(answer.result_id, answer.body)
        return answer

    async def _failed(self, tenant: str, job_id: str, delivery: Delivery, error: Exception) -> None:
        """End the job if no other try would help, else let the queue try again."""
        if isinstance(error, InputError):
            store = self._means.jobs.store
            await store.finish(tenant, job_id, JobState.FAILED, error=explain(error))
            return
        _log(error, tenant, job_id)
        if not delivery.is_last:
            raise error
        await self._give_up(tenant, job_id, explain(error))

    async def _give_up(self, tenant: str, job_id: str, error: JobError) -> None:
        store = self._means.jobs.store
        await store.dead.bury(tenant, job_id, _reason(error))  # first: whoever sees the end sees it
        if not await store.finish(tenant, job_id, JobState.FAILED, error=error):
            await store.dead.remove(tenant, job_id)  # it was cancelled meanwhile


class _Progress:
    """Tells the listeners of a job how far it is."""

    def __init__(self, jobs: Jobs, tenant: str, job_id: str) -> None:
        self._jobs = jobs
        self._which = tenant, job_id
        self._done = 0
        self._total: int | None = None
        self._items: set[tuple[str, str, int]] = set()

    async def on_items(self, items: Sequence[Item], chunk: int, chunks: int) -> None:
        """Tell the verified items of a chunk."""
        self._done, self._total = self._done + 1, chunks
        self._items |= set(map(_known_by, items))
        told = {"chunk": chunk, "done": self._done, "total": chunks}
        events = [("chunk", told), *(("item", item.model_dump(mode="json")) for item in items)]
        await self._tell(events)

    async def complete(self, answer: Answer) -> None:
        """Tell what was not told on the way, as of a kept result, and the usage."""
        if answer.body is None:
            return
        result = answer.result
        if result is None:
            result = await asyncio.to_thread(Result.model_validate_json, answer.body)
        total = self._total or 1
        if self._done < total:  # rules tell nothing before the end, and a chunk may be missed
            items = [item for report in result.reports for item in report.items]
            missed = [item for item in items if _known_by(item) not in self._items]
            self._done = total - 1
            await self.on_items(missed, total - 1, total)
        await self._tell([("usage", result.usage.model_dump(mode="json"))])

    async def _tell(self, events: Sequence[tuple[str, dict[str, Any]]]) -> None:
        progress = Progress(done=self._done, total=self._total)
        try:
            await self._jobs.store.report(*self._which, progress, events)
        except StoreError as error:  # whoever listens misses something; the work goes on
            structlog.get_logger().warning("progress not told", reason=str(error))


def _known_by(item: Item) -> tuple[str, str, int]:
    """Return what an item is recognised by; on the way its id is preliminary."""
    return item.kind, item.text, item.evidence[0].start


def explain(error: Exception) -> JobError:
    """Return what is told of an error: our own words, or its kind; others might quote the report.

    >>> explain(InputError("too long")).type, explain(KeyError("secret")).detail
    ('/problems/input', 'unforeseen: KeyError')
    """
    if isinstance(error, TimeoutError):
        return JobError(type=TOO_SLOW, detail="not done in time")
    if isinstance(error, GroundworkError):
        return JobError(type=type_of(type(error)), detail=str(error))
    return JobError(type="/problems/internal", detail=f"unforeseen: {type(error).__name__}")


def _reason(error: JobError) -> str:
    return f"{error.type}: {error.detail}"


def _log(error: Exception, tenant: str, what: str) -> None:
    told = explain(error)
    structlog.get_logger().warning(
        "work failed", tenant=tenant, what=what, error=told.type, detail=told.detail
    )
