"""A service without a server: the real application over a scripted engine and a store in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from api.app import create_app
from groundwork.engine.base import Draft, Engine
from groundwork.engine.rules import RuleEngine
from groundwork.errors import StoreUnavailableError
from groundwork.services import Limits, Services
from groundwork.settings import Settings
from groundwork.store.base import Store
from groundwork.store.memory import MemoryStore
from groundwork.store.shared import MemoryShared, Shared
from schemas.result import EngineInfo

Client = AsyncTestClient[Litestar]
LIMITS = Limits(max_characters=20_000, max_claims=20, request_timeout_s=20.0)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class ScriptedEngine:
    """Drafts nothing, after ``delay_s``, or fails as told; counts how often it was asked."""

    delay_s: float = 0.0
    failure: Exception | None = None
    calls: int = 0

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="scripted")

    async def draft(self, *given: Any) -> Draft:
        self.calls += 1
        await asyncio.sleep(self.delay_s)
        if self.failure is not None:
            raise self.failure
        return Draft(claims=())


class BrokenStore:
    """Answers nothing, like a server that is gone; fails as told."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure or StoreUnavailableError("the store does not answer: gone")

    async def get(self, key: str) -> bytes | None:
        raise self.failure

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        raise self.failure

    async def ping(self) -> None:
        raise self.failure

    async def close(self) -> None:
        pass


@dataclass(frozen=True)
class Setup:
    """What a test wants otherwise than usual."""

    engine: Engine
    store: Store
    limits: Limits = LIMITS
    max_body_bytes: int = 200_000
    shared: Shared = field(default_factory=MemoryShared)
    settings: dict[str, Any] = field(default_factory=dict)


Serve = Callable[..., Awaitable[Client]]


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Return a function that starts the application; keyword arguments are fields of Setup."""
    async with AsyncExitStack() as stack:

        async def start(**wanted: Any) -> Client:
            setup = replace(Setup(RuleEngine(), MemoryStore()), **wanted)
            settings = Settings(
                _env_file=None,
                data_dir=tmp_path,
                max_body_bytes=setup.max_body_bytes,
                **setup.settings,
            )
            services = Services(
                setup.engine, setup.store, setup.limits, result_ttl_s=600, shared=setup.shared
            )
            client = AsyncTestClient(create_app(settings, services), raise_server_exceptions=False)
            return await stack.enter_async_context(client)

        yield start


@pytest.fixture
async def client(serve: Serve) -> Client:
    return await serve()


@pytest.fixture
def scripted() -> type[ScriptedEngine]:
    return ScriptedEngine


@pytest.fixture
def broken() -> type[BrokenStore]:
    return BrokenStore
