"""One behaviour, every store: memory, and a real server started as in production."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from groundwork.errors import StoreError, StoreUnavailableError
from groundwork.store.base import Store
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.keys import result_key, source_key
from groundwork.store.memory import MemoryStore
from groundwork.store.redis import RedisStore
from groundwork.store.results import ResultStore

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["memory", "redis"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    made: Store
    if request.param == "memory":
        made = MemoryStore()
    else:
        made = RedisStore(request.getfixturevalue("server").url)
    yield made
    await made.close()


async def test_returns_what_was_put(store: Store) -> None:
    await store.put("k:text", "新增企业42家".encode(), 60)
    assert await store.get("k:text") == "新增企业42家".encode()


async def test_knows_nothing_of_other_keys(store: Store) -> None:
    assert await store.get("k:never") is None


async def test_the_last_value_stays(store: Store) -> None:
    await store.put("k:twice", b"first", 60)
    await store.put("k:twice", b"second", 60)
    assert await store.get("k:twice") == b"second"


@pytest.mark.parametrize("value", [b"", bytes(range(256)), b"{}" * 200_000])
async def test_any_bytes_come_back(store: Store, value: bytes) -> None:
    await store.put("k:bytes", value, 60)
    assert await store.get("k:bytes") == value


async def test_a_value_ends_with_its_time(store: Store) -> None:
    await store.put("k:short", b"value", 1)
    await asyncio.sleep(1.2)
    assert await store.get("k:short") is None


async def test_answers_a_ping(store: Store) -> None:
    await store.ping()


async def test_results_of_one_tenant_are_unknown_to_another(store: Store) -> None:
    ours, theirs = ResultStore(store, 60, "a"), ResultStore(store, 60, "b")
    await ours.save("id1", b"{}", "sha1", "文本")
    assert await ours.find("id1") == b"{}"
    assert await ours.find_source("sha1") == "文本".encode()
    assert await theirs.find("id1") is None
    assert await theirs.find_source("sha1") is None


async def test_garbage_under_our_key_is_a_store_error(server: EmbeddedServer) -> None:
    store = RedisStore(server.url)
    await store._redis.set("k:garbage", b"not compressed")
    with pytest.raises(StoreError, match="k:garbage"):
        await store.get("k:garbage")
    await store._redis.lpush("k:list", b"1")
    with pytest.raises(StoreError):
        await store.get("k:list")
    await store.close()


async def test_no_server_is_said_so_at_once(tmp_path: Path) -> None:
    store = RedisStore(f"unix://{tmp_path / 'nobody.sock'}")
    for attempt in (store.get("k"), store.put("k", b"v", 1), store.ping()):
        with pytest.raises(StoreUnavailableError):
            await attempt
    await store.close()


async def test_a_server_that_hangs_is_given_up(tmp_path: Path) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    path = tmp_path / "deaf.sock"
    async with await asyncio.start_unix_server(say_nothing, path):
        store = RedisStore(f"unix://{path}")
        with pytest.raises(StoreUnavailableError):
            await store.get("k")
        await store.close()


async def test_memory_forgets_by_its_own_clock() -> None:
    now_s = 100.0
    store = MemoryStore(clock_s=lambda: now_s)
    await store.put("k", b"v", 10)
    now_s = 109.9
    assert await store.get("k") == b"v"
    now_s = 110.0
    assert await store.get("k") is None


def test_keys_are_prefixed_versioned_and_scoped() -> None:
    assert result_key("t", "i") == "gw:v1:t:result:i"
    assert source_key("t", "s") == "gw:v1:t:source:s"
