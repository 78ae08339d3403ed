"""The only file that turns Settings into objects."""

import asyncio
import copy
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from groundwork import pipeline
from groundwork.engine.base import Engine
from groundwork.engine.llm import (
    CAPABILITY,
    Estimate,
    LLMConfig,
    LLMEngine,
    Mode,
    Prices,
    estimate,
)
from groundwork.engine.rules import RuleEngine
from groundwork.errors import StoreUnavailableError, TooLargeError
from groundwork.jobs.assembly import Background, Hands, JobOptions
from groundwork.jobs.batches import BatchLimits
from groundwork.jobs.desk import Desk
from groundwork.pipeline import OnItems
from groundwork.settings import Settings
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.keyring import KeyRing
from groundwork.store.keys import PUBLIC, model_key
from groundwork.store.redis import RedisDoor, RedisStore
from groundwork.store.results import ResultStore
from groundwork.store.shared import MemoryShared, RedisShared, Shared
from groundwork.store.turnstile import SharedTurnstile
from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.document import SourceText
from groundwork.text.split import split
from groundwork.webhooks import WebhookSender
from schemas.quantity import Quantity
from schemas.requests import ClaimChecked, ClaimToVerify, TextRequest
from schemas.result import Result

_T = TypeVar("_T")

_WORKING_FOR: ContextVar[str] = ContextVar("tenant", default=PUBLIC)
_THREADS: Final = min(8, os.cpu_count() or 1)
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
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="read")

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


def build(settings: Settings) -> Services:
    """Make the services that ``settings`` describe; nothing is started yet."""
    embedded = None
    if settings.redis_url is None:
        embedded = embedded_server(settings)
        url = embedded.url
    else:
        url = settings.redis_url.get_secret_value()
    store, background = RedisStore(url), _background(settings, url)
    return Services(
        engine=engine(settings, store, background.door),
        store=store,
        limits=Limits(settings.max_characters, settings.max_claims, settings.request_timeout_s),
        result_ttl_s=settings.result_ttl_s,
        shared=RedisShared(RedisDoor(url)),
        server=Server(embedded, background),
    )


def _background(settings: Settings, url: str) -> Background:
    options = JobOptions(
        ttl_s=settings.result_ttl_s,
        concurrency=settings.job_concurrency,
        lines=(settings.llm_concurrency if settings.llm_base_url else 2 * _THREADS) + 1,
        timeout_s=settings.job_timeout_s,
        grace_s=settings.job_grace_s,
        batch_limits=BatchLimits(
            settings.batch_max_lines, settings.batch_max_bytes, settings.max_body_bytes
        ),
    )
    secret = settings.webhook_key
    sender = secret and WebhookSender(
        secret.get_secret_value(), allow_private=settings.webhook_allow_private
    )
    return Background(url, options, sender or None)


@asynccontextmanager
async def key_ring(settings: Settings) -> AsyncIterator[KeyRing]:
    """Yield the API keys that the store keeps; the embedded server is started if it is down."""
    with ExitStack() as stack:
        if settings.redis_url is None:
            url = (await asyncio.to_thread(stack.enter_context, embedded_server(settings))).url
        else:
            url = settings.redis_url.get_secret_value()
        shared = RedisShared(RedisDoor(url))
        try:
            yield KeyRing(shared)
        finally:
            await shared.close()


def embedded_server(settings: Settings) -> EmbeddedServer:
    """Make the server that keeps results when no Redis URL is set; not started yet."""
    return EmbeddedServer(settings.data_dir, settings.embedded_max_memory_mb)


def engine(settings: Settings, store: Store | None = None, door: RedisDoor | None = None) -> Engine:
    """Make the engine that ``settings`` name: a model when there is an endpoint, else the rules.

    With a store the model's answers and abilities are remembered between runs; with a door to
    Redis all processes call the endpoint at one rate.
    """
    config = llm_config(settings)
    if config is None:
        return RuleEngine()
    turnstile = door and SharedTurnstile(
        door, f"{config.base_url}\n{config.api_key}", settings.llm_calls_per_min
    )
    return LLMEngine(
        config, None if store is None else ModelMemory(store), turnstile=turnstile or None
    )


@contextmanager
def structurer(settings: Settings) -> Iterator[Callable[[SourceText], Result]]:
    """Yield a function that structures texts one after another, without a server or a store."""
    made = engine(settings)
    with asyncio.Runner() as runner:
        try:
            yield lambda source: runner.run(pipeline.structure(source, made))
        finally:
            if isinstance(made, LLMEngine):
                runner.run(made.close())


def llm_config(settings: Settings) -> LLMConfig | None:
    """Return what the LLM engine is told, or None when no endpoint is set."""
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    return LLMConfig(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else "",
        mode=None if settings.llm_mode == "auto" else Mode(settings.llm_mode),
        temperature=settings.llm_temperature,
        timeout_s=settings.llm_timeout_s,
        concurrency=settings.llm_concurrency,
        attempts=settings.llm_attempts,
        chunk_tokens=settings.llm_chunk_tokens,
        answer_tokens=settings.llm_answer_tokens,
        repair_rounds=settings.llm_repair_rounds,
        token_cap=settings.llm_token_cap,
        cost_cap=settings.llm_cost_cap,
        prices=Prices(settings.llm_price_prompt, settings.llm_price_completion),
    )
