"""The only file that turns Settings into objects."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from groundwork import pipeline
from groundwork.engine.base import Engine
from groundwork.engine.rules import RuleEngine
from groundwork.errors import TooLargeError
from groundwork.grounding.verify import verify_source
from groundwork.settings import Settings
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
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
        return await self._compute(lambda: asyncio.run(pipeline.structure(source, self.engine)))

    async def quantities(self, source: SourceText) -> list[Quantity]:
        """Return every number of a text."""
        return await self._compute(lambda: pipeline.quantities(source))

    async def verify(self, source: str, claims: Sequence[ClaimToVerify]) -> list[ClaimChecked]:
        """Judge claims against their source."""
        return await self._compute(lambda: _verify(source, claims))

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


def _verify(source: str, claims: Sequence[ClaimToVerify]) -> list[ClaimChecked]:
    asked = [
        (claim.text, None if claim.spans is None else [(s.start, s.end) for s in claim.spans])
        for claim in claims
    ]
    return [
        ClaimChecked(id=claim.id, verdict=judged.verdict, quantities=list(judged.checks))
        for claim, judged in zip(claims, verify_source(source, asked), strict=True)
    ]


def build(settings: Settings) -> Services:
    """Make the services that ``settings`` describe; nothing is started yet."""
    embedded = None
    if settings.redis_url is None:
        embedded = embedded_server(settings)
        url = embedded.url
    else:
        url = settings.redis_url.get_secret_value()
    return Services(
        engine=RuleEngine(),
        store=RedisStore(url),
        limits=Limits(settings.max_characters, settings.max_claims, settings.request_timeout_s),
        result_ttl_s=settings.result_ttl_s,
        embedded=embedded,
    )


def embedded_server(settings: Settings) -> EmbeddedServer:
    """Make the server that keeps results when no Redis URL is set; not started yet."""
    return EmbeddedServer(settings.data_dir, settings.embedded_max_memory_mb)
