"""The services that the edges call: the core with its store, its threads and its limits."""

import asyncio
import copy
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from groundwork import pipeline
from groundwork.engine.base import Engine
from groundwork.engine.llm import (
    CAPABILITY,
    Estimate,
    LLMEngine,
    estimate,
)
from groundwork.errors import StoreUnavailableError, TooLargeError
from groundwork.jobs.assembly import Background, Hands
from groundwork.jobs.desk import Desk
from groundwork.pipeline import OnItems
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.keyring import KeyRing
from groundwork.store.keys import PUBLIC, model_key
from groundwork.store.results import ResultStore
from groundwork.store.shared import MemoryShared, Shared
from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.document import SourceText
from groundwork.text.split import split
from schemas.quantity import Quantity
from schemas.requests import ClaimChecked, ClaimToVerify, TextRequest
from schemas.result import Result

_T = TypeVar("_T")

_WORKING_FOR: ContextVar[str] = ContextVar("tenant", default=PUBLIC)
THREADS: Final = min(8, os.cpu_count() or 1)
"""Texts read at a time by one process. Reading is pure computing: more would only queue."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may ask for; a thread cannot be ended, so its input is bounded."""

    max_characters: int
    max_claims: int
    request_timeout_s: float


@dataclass(frozen=True, slots=True)
class Upload:
    """What a sender gave: the bytes or the text, and what was said about them."""

    data: bytes | str
    media_type: str | None = None
    charset: str | None = None
    filename: str | None = None


class ModelMemory:
    """What the LLM engine remembers: answers for the tenant it works for, abilities for all.

    One engine works for every tenant, so whose work it is travels with the task.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""
        return await self._store.get(self._scoped(key))

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` for ``ttl_s`` seconds."""
        await self._store.put(self._scoped(key), value, ttl_s)

    def _scoped(self, key: str) -> str:
        return model_key(PUBLIC if key.startswith(CAPABILITY) else _WORKING_FOR.get(), key)


@dataclass(frozen=True, slots=True)
class Server:
    """The Redis server: where it runs, if it is ours, and the jobs it keeps, if there is one."""

    embedded: EmbeddedServer | None = None
    background: Background | None = None


class Services:
    """Everything the edges may ask for. Computing runs in threads, so that the loop stays free.

    What is kept belongs to ``tenant``; ``for_tenant`` gives the same services to another one.
    """

    def __init__(
        self,
        engine: Engine,
        store: Store,
        limits: Limits,
        result_ttl_s: int,
        shared: Shared | None = None,
        server: "Server | None" = None,
    ) -> None:
        server = server or Server()
        self.engine = engine
        self.limits = limits
        self.tenant = PUBLIC
        self.results = ResultStore(store, result_ttl_s)
        self.shared = shared or MemoryShared()
        self.keys = KeyRing(self.shared)
        self.on_result: list[Callable[[Result], None]] = []
        """Called with each result that was worked out, not with kept ones."""
        self._result_ttl_s = result_ttl_s
        self._store = store
        self._embedded = server.embedded
        self._background = server.background
        self.desk = Desk(
            self._structure_for,
            self.content_address,
            self._results_of,
            server.background.locks if server.background else None,
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="read")

    def for_tenant(self, tenant: str) -> "Services":
        """Return these services with the results of ``tenant`` in place of everybody's."""
        if tenant == self.tenant:
            return self
        view = copy.copy(self)
        view.tenant = tenant
        view.results = ResultStore(self._store, self._result_ttl_s, tenant)
        return view

    @property
    def background(self) -> Background:
        """Jobs and batches. Raises StoreUnavailableError where there is no server to keep them."""
        if self._background is None:
            raise StoreUnavailableError("jobs need a Redis server")
        return self._background

    async def work(self, stop: asyncio.Event, ready: Callable[[], None] = lambda: None) -> None:
        """Do jobs and lines of batches until ``stop`` is set. Raises StoreError."""
        hands = Hands(self.desk, self._results_of, self._read_line)
        await self.background.work(hands, stop, ready)

    async def start(self) -> None:
        """Make ready to answer. Raises StoreUnavailableError if there is no server to embed."""
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.start)

    async def stop(self) -> None:
        """Let go of everything; what is kept stays kept."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if isinstance(self.engine, LLMEngine):
            await self.engine.close()
        if self._background is not None:
            await self._background.close()
        await self.shared.close()
        await self._store.close()
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.stop)

    async def ping_store(self) -> None:
        """Return when the store answers. Raises StoreError."""
        await self._store.ping()

    async def read(self, upload: Upload) -> SourceText:
        """Return the text of an upload. Raises InputError."""
        return await self._compute(lambda: self._read(upload))

    def content_address(self, source: SourceText) -> str:
        """Return the id that the result of ``source`` has."""
        return pipeline.content_address(source, self.engine.info)

    async def structure(self, source: SourceText, on_items: OnItems | None = None) -> Result:
        """Return the verified structure of a text.

        ``on_items`` hears of items as a model finds them; rules find them all at once.
        """
        if isinstance(self.engine, LLMEngine):  # It waits, in this loop, where its limits are.
            working_for = _WORKING_FOR.set(self.tenant)
            try:
                result = await pipeline.structure(source, self.engine, on_items)
            finally:
                _WORKING_FOR.reset(working_for)
        else:
            result = await self._compute(
                lambda: asyncio.run(pipeline.structure(source, self.engine))
            )
        for tell in self.on_result:
            tell(result)
        return result

    async def estimate(self, source: SourceText) -> Estimate:
        """Return what structuring a text will probably cost; by rules that is nothing."""
        if not isinstance(self.engine, LLMEngine):
            return Estimate(calls=0, prompt_tokens=0, completion_tokens=0, cost=Decimal(0))
        config = self.engine.config
        return await self._compute(lambda: estimate(split(clean(source)), config))

    async def quantities(self, source: SourceText) -> list[Quantity]:
        """Return every number of a text."""
        return await self._compute(lambda: pipeline.quantities(source))

    async def verify(self, source: str, claims: Sequence[ClaimToVerify]) -> list[ClaimChecked]:
        """Judge claims against their source."""
        return await self._compute(lambda: pipeline.verify(source, claims))

    async def _structure_for(
        self, source: SourceText, tenant: str, on_items: OnItems | None
    ) -> Result:
        return await self.for_tenant(tenant).structure(source, on_items)

    def _results_of(self, tenant: str) -> ResultStore:
        return self.for_tenant(tenant).results

    async def _read_line(self, line: TextRequest) -> SourceText:
        return await self.read(Upload(line.text, filename=line.filename))

    async def _compute(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _read(self, upload: Upload) -> SourceText:
        source = decode(
            upload.data,
            media_type=upload.media_type,
            charset=upload.charset,
            filename=upload.filename,
        )
        if len(source.text) > self.limits.max_characters:
            raise TooLargeError(
                f"{len(source.text)} characters; at most {self.limits.max_characters} are read"
            )
        return source
