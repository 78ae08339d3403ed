"""The queue: the one door to litestar-queues, which delivers, renews, retries and hands back.

Delivery is at least once. A worker that dies misses its heartbeat, and what it had in hand is
delivered again; whoever does the work must bear that. Of the engine's defaults three would lose
work and are changed here: no recovery of what a dead worker had, records that are kept for ever,
and a worker started by the web server.
"""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import structlog
from litestar_queues.backends.base import attempts_consumed
from litestar_queues.backends.redis.config import RedisBackendConfig
from litestar_queues.config import QueueConfig, WorkerConfig
from litestar_queues.models import QueuedTaskRecord, TaskRequest
from litestar_queues.service import QueueService
from litestar_queues.task import RetryBackoff, Task
from litestar_queues.worker import Worker

from groundwork.store.redis import answered, queue_client, within

RETRIES: Final = 5
"""How often work is delivered again, after a failure or the death of a worker."""
_BACKOFF: Final = RetryBackoff(initial_delay=0.5, multiplier=2.0, max_delay=60.0)
_SLOWLY: Final = RetryBackoff(initial_delay=2.0, multiplier=5.0, max_delay=3_600.0)
"""Tries after 2 s, 10 s, 50 s, 4 min and 21 min: what others have to mend takes them a while."""
_NAMESPACE: Final = "gw"
_HEARTBEAT_S: Final = 1.0
_STALE_S: Final = 6.0
_RETAINED_S: Final = 60
"""How long the queue's own record of finished work is kept; ours tells more, and longer."""
_SWEEP_S: Final = 10.0
_SWEEP_LIMIT: Final = 20_000
_PATIENCE_S: Final = 5.0


JOBS: Final = "jobs"
"""The lane of what somebody waits for."""
LINES: Final = "lines"
"""The lane of what nobody waits for. A queue apart: where two lanes share one, and one of them is
full, the engine looks at all that waits there again and again."""


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be done: which handler, with what, in which lane, how urgently."""

    name: str
    arguments: Mapping[str, str | int]
    lane: str = JOBS
    priority: int = 0
    patient: bool = False
    """Whether the tries after a failure are spread over half an hour instead of half a minute."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Work as a handler gets it."""

    arguments: Mapping[str, Any]
    attempt: int
    """Counted from 0; it has been delivered so often before."""

    @property
    def is_last(self) -> bool:
        """Whether there will be no other, if this one fails."""
        return self.attempt >= RETRIES


_T = TypeVar("_T")

Handler = Callable[[Delivery], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Crew:
    """How a worker process works."""

    places: Mapping[str, int]
    """How much of each lane it does at a time."""
    grace_s: float
    """Seconds that work in hand has to end when the worker is told to; then it is handed back."""


class JobQueue:
    """The queue of one server; used by those who ask for work and by those who do it."""

    def __init__(self, url: str, crew: Crew | None = None) -> None:
        self._crew = crew or Crew({JOBS: 1, LINES: 1}, 1.0)
        self._client = queue_client(url)
        self._services: dict[str, QueueService] = {}
        self._opening = asyncio.Lock()
        self._handlers: dict[str, _Handled] = {}

    async def put(self, work: Work) -> str:
        """Queue work; return the id of its delivery. Raises StoreError."""
        return (await self.put_all(work.lane, [work]))[0]

    async def put_all(self, lane: str, works: Sequence[Work]) -> list[str]:
        """Queue works of one lane, in order. Raises StoreError."""
        requests = [
            TaskRequest(
                f"{_NAMESPACE}.{work.name}",
                kwargs=dict(work.arguments),
                priority=work.priority,
                max_retries=RETRIES,
                metadata={
                    "retry_backoff": (_SLOWLY if work.patient else _BACKOFF).as_metadata(),
                    "requeue_on_stale": True,
                },
            )
            for work in works
        ]
        service = await self._open(lane)
        backend = service.get_queue_backend()
        records = await _patiently(backend.enqueue_many(requests))
        return [str(record.id) for record in records]

    async def cancel(self, delivery: str) -> None:
        """Take a job back, or stop whoever does it. Raises StoreError."""
        service = await self._open(JOBS)
        await _patiently(service.cancel_task(UUID(delivery), include_running=True))

    async def holds(self, delivery: str) -> bool:
        """Tell whether a job still waits in the queue, or is being done. Raises StoreError."""
        service = await self._open(JOBS)
        record = await _patiently(service.get_task(UUID(delivery)))
        return record is not None and not record.is_terminal

    def handle(self, name: str, handler: Handler, given_up: Handler) -> None:
        """Name who does the work called ``name``, and who is told when its workers kept dying."""
        full_name = f"{_NAMESPACE}.{name}"
        self._handlers[full_name] = _Handled(full_name, handler, given_up)

    async def work(self, stop: asyncio.Event, ready: Callable[[], None] = lambda: None) -> None:
        """Do what is queued until ``stop`` is set; end or hand back what is in hand then."""
        services = [await self._open(lane) for lane in self._crew.places]
        workers = [Worker(service, service.config.worker) for service in services]
        running = [asyncio.create_task(worker.start()) for worker in workers]
        sweeping = [asyncio.create_task(self._sweep(service)) for service in services]
        stopping = asyncio.create_task(stop.wait())
        ready()
        try:
            await asyncio.wait({*running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.gather(*(worker.stop() for worker in workers))
            await asyncio.gather(*running)
        finally:
            tasks = (*running, *sweeping, stopping)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Let go of the connections."""
        services, self._services = self._services, {}
        for service in services.values():
            await service.close()
        await self._client.aclose()

    async def _sweep(self, service: QueueService) -> None:
        """Forget what was finished long ago."""
        backend = service.get_queue_backend()
        while True:
            await asyncio.sleep(_SWEEP_S)
            before = datetime.now(UTC) - timedelta(seconds=_RETAINED_S)
            try:
                await backend.cleanup_terminal(before, limit=_SWEEP_LIMIT)
            except Exception as error:  # whatever it is, work goes on
                structlog.get_logger().warning("queue not swept", error=type(error).__name__)

    async def _open(self, lane: str) -> QueueService:
        async with self._opening:
            if lane not in self._services:
                service = _Service(self._config(lane), self._handlers)
                await _patiently(service.open())
                self._services[lane] = service
            return self._services[lane]

    def _config(self, lane: str) -> QueueConfig:
        places = self._crew.places[lane]
        namespace = f"{_NAMESPACE}_{lane}"
        return QueueConfig(
            namespace=namespace,
            queue_backend=RedisBackendConfig(client=self._client, key_prefix=f"gw:q1:{lane}"),
            error_sanitizer=lambda error, _: type(error).__name__,
            initialize_schedules=False,
            worker=WorkerConfig(
                placement="external",
                id=f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(3)}",
                max_concurrency=places,
                batch_size=places,
                poll_interval=0.05,
                poll_backoff_max=0.5,
                heartbeat_interval=_HEARTBEAT_S,
                stale_after=_STALE_S,
                stale_check_interval=1.0,
                requeue_on_shutdown=True,
                max_interruptions=100,
                graceful_shutdown_timeout=self._crew.grace_s,
            ),
        )


class _Handled(Task[Any, Any]):
    """Work of ours as the engine sees it."""

    def __init__(self, name: str, handler: Handler, given_up: Handler) -> None:
        async def stale(record: QueuedTaskRecord) -> None:
            await given_up(Delivery(record.kwargs, RETRIES))

        super().__init__(handler, name=name, on_stale_failure=stale)
        self._handler = handler

    async def execute_record(self, record: QueuedTaskRecord, **_: Any) -> None:
        """Do the work, knowing how often it was tried."""
        await self._handler(Delivery(record.kwargs, attempts_consumed(record)))


class _Service(QueueService):
    """The engine's service, with handlers of its own instead of those of the whole process."""

    def __init__(self, config: QueueConfig, handlers: Mapping[str, Task[Any, Any]]) -> None:
        super().__init__(config)
        self._ours = handlers

    def resolve_task(self, task: str | Task[Any, Any]) -> Task[Any, Any]:
        """Return the handler of that name. Raises KeyError."""
        return task if isinstance(task, Task) else self._ours[task]


async def _patiently(pending: Awaitable[_T]) -> _T:
    """Await the engine, for so long and no longer; what goes wrong is a StoreError."""
    return await answered(within(_PATIENCE_S, pending))
