"""A real server for each module of tests, started as in production."""

from collections.abc import AsyncIterator, Iterator

import pytest

from groundwork.store.embedded import EmbeddedServer
from groundwork.store.redis import RedisDoor


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
async def door(server: EmbeddedServer) -> AsyncIterator[RedisDoor]:
    """An empty server, by the commands it takes."""
    made = RedisDoor(server.url)
    await made.do("FLUSHALL")
    yield made
    await made.close()


@pytest.fixture
def url(server: EmbeddedServer, door: RedisDoor) -> str:
    """Where the empty server is."""
    return server.url


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the queue retry at once."""
    from litestar_queues.task import RetryBackoff

    for name in ("_BACKOFF", "_SLOWLY"):
        monkeypatch.setattr(f"groundwork.jobs.queue.{name}", RetryBackoff(0.01))
