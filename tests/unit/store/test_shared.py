"""One behaviour, shared by processes or not: tables, claims and buckets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from groundwork.errors import InputError, StoreError, StoreUnavailableError
from groundwork.store.keyring import KeyRing
from groundwork.store.redis import RedisDoor
from groundwork.store.shared import MemoryShared, RedisShared, Shared

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["memory", "redis"])
async def shared(request: pytest.FixtureRequest) -> AsyncIterator[Shared]:
    made: Shared
    if request.param == "memory":
        made = MemoryShared()
    else:
        door = RedisDoor(request.getfixturevalue("server").url)
        await door.do("FLUSHALL")
        made = RedisShared(door)
    yield made
    await made.close()


async def test_a_table_has_rows(shared: Shared) -> None:
    assert (await shared.rows("t"), await shared.row("t", "a"), await shared.count("t")) == (
        {},
        None,
        0,
    )
    await shared.write_row("t", "a", b"1")
    await shared.write_row("t", "b", b"2")
    await shared.write_row("t", "a", b"3")
    assert await shared.rows("t") == {"a": b"3", "b": b"2"}
    assert await shared.row("t", "a") == b"3"
    assert await shared.count("t") == 2


async def test_only_the_first_claims(shared: Shared) -> None:
    outcomes = await asyncio.gather(*(shared.claim("c", b"%d" % n, 60) for n in range(20)))
    assert sum(outcomes) == 1
    assert await shared.see("c") == b"%d" % outcomes.index(True)
    await shared.settle("c", b"done", 60)
    assert not await shared.claim("c", b"late", 60)
    assert await shared.see("c") == b"done"
    await shared.release("c")
    assert await shared.see("c") is None
    assert await shared.claim("c", b"again", 60)


async def test_a_claim_ends_with_its_time(shared: Shared) -> None:
    assert await shared.claim("c", b"", 1)
    await asyncio.sleep(1.1)
    assert await shared.claim("c", b"", 1)


async def test_a_bucket_gives_what_it_holds(shared: Shared) -> None:
    taken = await asyncio.gather(*(shared.take("b", 5, 0.001) for _ in range(9)))
    assert sum(each.granted for each in taken) == 5
    assert min(each.left for each in taken) < 0.1
    assert (await shared.take("other", 5, 0.001)).granted


async def test_a_bucket_fills_again(shared: Shared) -> None:
    assert (await shared.take("b", 1, 4.0)).granted
    assert not (await shared.take("b", 1, 4.0)).granted
    await asyncio.sleep(0.3)
    assert (await shared.take("b", 1, 4.0)).granted


async def test_keys_are_made_found_and_revoked(shared: Shared) -> None:
    ring = KeyRing(shared, clock_s=lambda: 1_700_000_000.9)
    assert not await ring.in_use()
    made, token = await ring.add("acme", "接口")
    other, _ = await ring.add("acme")
    assert (made.tenant, made.made_at_s, made.note) == ("acme", 1_700_000_000, "接口")
    assert await ring.find(token) == made
    assert {each.id for each in await ring.all()} == {made.id, other.id}
    gone = await ring.revoke(made.id)
    assert gone.revoked_at_s == 1_700_000_000
    assert await ring.revoke(made.id) == gone
    assert await ring.find(token) is None
    assert await ring.in_use()


async def test_what_is_kept_does_not_open_the_door(shared: Shared) -> None:
    ring = KeyRing(shared)
    made, token = await ring.add("acme")
    kept = b"".join((await shared.rows("gw:v1:@:keys")).values()).decode()
    assert token not in kept
    assert token.split("_", 2)[2] not in kept  # the secret itself may hold underscores
    assert made.digest in kept
    assert await ring.find(made.digest) is None
    assert await ring.find(f"gw_{made.id}_{made.digest[:43]}") is None


async def test_near_misses_find_nothing(shared: Shared) -> None:
    ring = KeyRing(shared)
    _, token = await ring.add("acme")
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in ("", token[:-1], token + "A", flipped, token.upper(), "钥匙", "gw_*_" + "A" * 43):
        assert await ring.find(wrong) is None


@pytest.mark.parametrize("tenant", ["", "A", "a b", "-a", "a:b", "@", "a" * 64, "租户"])
async def test_names_that_would_break_a_key_are_refused(tenant: str) -> None:
    with pytest.raises(InputError):
        await KeyRing(MemoryShared()).add(tenant)


async def test_unknown_keys_cannot_be_revoked() -> None:
    with pytest.raises(InputError, match="no key"):
        await KeyRing(MemoryShared()).revoke("0" * 12)


async def test_a_foreign_table_of_keys_is_a_store_error() -> None:
    shared = MemoryShared()
    await shared.write_row("gw:v1:@:keys", "a" * 12, b"{}")
    with pytest.raises(StoreError):
        await KeyRing(shared).all()


async def test_no_server_is_said_so_at_once(tmp_path: Path) -> None:
    shared = RedisShared(RedisDoor(f"unix://{tmp_path / 'nobody.sock'}"))
    for attempt in (shared.row("t", "a"), shared.claim("c", b"", 1), shared.take("b", 1, 1.0)):
        with pytest.raises(StoreUnavailableError):
            await attempt
    await shared.close()


async def test_a_server_that_hangs_is_given_up(tmp_path: Path) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    path = tmp_path / "deaf.sock"
    async with await asyncio.start_unix_server(say_nothing, path):
        shared = RedisShared(RedisDoor(f"unix://{path}"))
        with pytest.raises(StoreUnavailableError):
            await shared.see("c")
        await shared.close()


async def test_buckets_in_memory_do_not_pile_up() -> None:
    now_s = 0.0
    shared = MemoryShared(clock_s=lambda: now_s)
    for number in range(25_000):
        now_s += 0.001
        await shared.take(f"address:{number}", 2, 1.0)
    assert len(shared._buckets) <= 10_001
