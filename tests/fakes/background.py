"""What tests of jobs stand on: an engine that does as told, and services on a real server."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from api.app import create_app
from groundwork.engine.base import Draft
from groundwork.services import Services
from groundwork.settings import Settings
from groundwork.text.document import Document
from groundwork.wiring import build
from schemas.result import EngineInfo

Client = httpx.AsyncClient


def report(name: str = "南屏镇") -> str:
    """A short report, another for each name."""
    return f"{name}2023年工作总结\n\n一、主要成效\n新修村道12.5公里,同比增长8%。\n"


@dataclass
class CountingEngine:
    """Drafts nothing, after ``delay_s``; fails for as long as ``failures`` lasts."""

    delay_s: float = 0.0
    failures: list[Exception] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    """How often each text was asked for."""

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="counting")

    async def draft(self, document: Document, *_: Any) -> Draft:
        self.calls[document.clean.source.text] += 1
        await asyncio.sleep(self.delay_s)
        if self.failures:
            raise self.failures.pop(0)
        return Draft(claims=())


def settings(url: str, **wanted: Any) -> Settings:
    return Settings(
        _env_file=None, redis_url=SecretStr(url), data_dir=Path("/nonexistent"), **wanted
    )


@asynccontextmanager
async def services_on(url: str, engine: Any = None, **wanted: Any) -> AsyncIterator[Services]:
    """The services of one process on the server at ``url``."""
    made = build(settings(url, **wanted))
    if engine is not None:
        made.engine = engine
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def working(services: Services) -> AsyncIterator[None]:
    """A worker of ``services``, ended in good order."""
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(services.work(stop, ready.set))
    waiting = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        yield
    finally:
        waiting.cancel()
        stop.set()
        await task


@asynccontextmanager
async def client_of(services: Services, url: str, **wanted: Any) -> AsyncIterator[Client]:
    """A client of the application, in this very event loop."""
    app = create_app(settings(url, **wanted), services)
    served: Any = app  # typed more narrowly than a transport asks for
    transport = httpx.ASGITransport(served, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://groundwork.test", timeout=60
    ) as client:
        yield client


async def until(condition: Callable[[], Any], limit_s: float = 20.0) -> Any:
    """Wait until ``condition``, which may be awaitable, is true; return what it was."""
    async with asyncio.timeout(limit_s):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.02)
