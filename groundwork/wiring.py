"""The only file that turns Settings into objects."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from groundwork import pipeline
from groundwork.engine.base import Engine
from groundwork.engine.llm import LLMConfig, LLMEngine, Mode, Prices
from groundwork.engine.rules import RuleEngine
from groundwork.errors import TooLargeError
from groundwork.settings import Settings
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.keys import PUBLIC, model_key
from groundwork.store.redis import RedisStore
from groundwork.store.results import ResultStore
from groundwork.text.decode import decode
from groundwork.text.document import SourceText
from schemas.quantity import Quantity
from schemas.requests import ClaimChecked, ClaimToVerify
from schemas.result import Result

_T = TypeVar("_T")

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
    """What the LLM engine remembers, kept in a store under the tenant's keys."""

    def __init__(self, store: Store, tenant: str = PUBLIC) -> None:
        self._store = store
        self._tenant = tenant

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None."""
        return await self._store.get(model_key(self._tenant, key))

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        """Keep ``value`` for ``ttl_s`` seconds."""
        await self._store.put(model_key(self._tenant, key), value, ttl_s)


class Services:
    """Everything the edges may ask for. Computing runs in threads, so that the loop stays free."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        limits: Limits,
        result_ttl_s: int,
        embedded: EmbeddedServer | None = None,
    ) -> None:
        self.engine = engine
        self.limits = limits
        self.results = ResultStore(store, result_ttl_s)
        self._store = store
        self._embedded = embedded
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="read")

    async def start(self) -> None:
        """Make ready to answer. Raises StoreUnavailableError if there is no server to embed."""
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.start)

    async def stop(self) -> None:
        """Let go of everything; what is kept stays kept."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if isinstance(self.engine, LLMEngine):
            await self.engine.close()
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

    async def structure(self, source: SourceText) -> Result:
        """Return the verified structure of a text."""
        if isinstance(self.engine, LLMEngine):  # It waits, in this loop, where its limits are.
            return await pipeline.structure(source, self.engine)
        return await self._compute(lambda: asyncio.run(pipeline.structure(source, self.engine)))

    async def quantities(self, source: SourceText) -> list[Quantity]:
        """Return every number of a text."""
        return await self._compute(lambda: pipeline.quantities(source))

    async def verify(self, source: str, claims: Sequence[ClaimToVerify]) -> list[ClaimChecked]:
        """Judge claims against their source."""
        return await self._compute(lambda: pipeline.verify(source, claims))

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
    store = RedisStore(url)
    return Services(
        engine=engine(settings, store),
        store=store,
        limits=Limits(settings.max_characters, settings.max_claims, settings.request_timeout_s),
        result_ttl_s=settings.result_ttl_s,
        embedded=embedded,
    )


def embedded_server(settings: Settings) -> EmbeddedServer:
    """Make the server that keeps results when no Redis URL is set; not started yet."""
    return EmbeddedServer(settings.data_dir, settings.embedded_max_memory_mb)


def engine(settings: Settings, store: Store | None = None) -> Engine:
    """Make the engine that ``settings`` name: a model when there is an endpoint, else the rules.

    With a store the model's answers and abilities are remembered between runs.
    """
    config = llm_config(settings)
    if config is None:
        return RuleEngine()
    return LLMEngine(config, None if store is None else ModelMemory(store))


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
