"""One result, made once, whoever asks; and what happens when the store is not as it should be."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from groundwork.errors import EngineError, StoreUnavailableError
from groundwork.jobs.desk import Wishes
from groundwork.store.embedded import EmbeddedServer
from groundwork.store.flights import HELD_MS
from groundwork.store.redis import RedisDoor
from groundwork.text.document import SourceText
from tests.fakes.background import CountingEngine, client_of, report, services_on, until

pytestmark = pytest.mark.anyio

SOURCE = SourceText(report())


async def test_a_hundred_identical_requests_make_one_run(url: str) -> None:
    """Over two processes' worth of services, which know of each other through the server only."""
    engine = CountingEngine(delay_s=0.3)
    async with services_on(url, engine) as one, services_on(url, engine) as two:
        asked = [each.desk.answer(SOURCE, "public") for _ in range(50) for each in (one, two)]
        answers = await asyncio.gather(*asked)
    assert engine.calls.total() == 1
    assert len({answer.body for answer in answers}) == 1
    assert all(answer.kept for answer in answers)


async def test_a_dead_leader_is_replaced(url: str, door: RedisDoor) -> None:
    engine = CountingEngine()
    async with services_on(url, engine) as services:
        key = f"gw:v1:public:flight:{services.content_address(SOURCE)}"
        await door.do("SET", key, "a process that was killed", "PX", HELD_MS)
        answer = await asyncio.wait_for(services.desk.answer(SOURCE, "public"), 3 * HELD_MS / 1000)
    assert answer.kept
    assert engine.calls.total() == 1


async def test_a_leader_that_lives_keeps_the_lock(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services:
        async with services.background.locks.lead("public", "r") as first:
            assert first
            await asyncio.sleep(1.2)
            assert await door.do("PTTL", "gw:v1:public:flight:r") > HELD_MS - 1_000
            async with services.background.locks.lead("public", "r") as second:
                assert not second
            async with services.background.locks.lead("other", "r") as elsewhere:
                assert elsewhere
        async with services.background.locks.lead("public", "r") as third:
            assert third


async def test_followers_of_a_leader_that_fails_try_themselves(url: str) -> None:
    engine = CountingEngine(delay_s=0.2, failures=[EngineError("the endpoint failed")])
    async with services_on(url, engine) as one, services_on(url, engine) as two:
        first = asyncio.create_task(one.desk.answer(SOURCE, "public"))
        await until(lambda: engine.calls.total() == 1)
        second = asyncio.create_task(two.desk.answer(SOURCE, "public"))
        with pytest.raises(EngineError):
            await first
        assert (await second).kept


async def test_a_run_ends_when_nobody_waits_for_it(url: str) -> None:
    engine = CountingEngine(delay_s=0.2)
    async with services_on(url, engine) as services:
        asked = [asyncio.create_task(services.desk.answer(SOURCE, "public")) for _ in range(3)]
        await until(lambda: engine.calls.total() == 1)
        asked[0].cancel()  # the others still have their answer
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(answers[0], asyncio.CancelledError)
        assert not any(isinstance(each, BaseException) for each in answers[1:])
        alone = asyncio.create_task(services.desk.answer(SOURCE, "b"))
        await until(lambda: engine.calls.total() == 2)
        alone.cancel()
        await asyncio.gather(alone, return_exceptions=True)
        assert not services.desk._running
        assert (await services.desk.answer(SOURCE, "b")).body


async def test_tenants_share_neither_runs_nor_results(url: str) -> None:
    """So how long an answer takes tells nothing of what another tenant has asked."""
    engine = CountingEngine(delay_s=0.1)
    async with services_on(url, engine) as services:
        await asyncio.gather(*(services.desk.answer(SOURCE, tenant) for tenant in "ab"))
        assert engine.calls.total() == 2
        answer = await services.desk.answer(SOURCE, "c", Wishes(only_kept=True))
        assert answer.body is None


async def test_what_an_endpoint_kept_from_being_done_is_done_again(url: str) -> None:
    async with services_on(url, CountingEngine()) as services:
        made = await services.desk.answer(SOURCE, "public")
        assert made.body is not None
        poor = made.body.replace(b'"degraded":false', b'"degraded":true')
        await services.results.save(made.result_id, poor, "0" * 64, SOURCE.text)
        again = await services.desk.answer(SOURCE, "public")
        assert (again.hit, again.body) == (False, made.body)
        assert (await services.desk.answer(SOURCE, "public")).hit


async def structure(client: Any, **headers: str) -> Any:
    return await client.post("/v1/reports", json={"text": report()}, headers=headers)


async def test_garbage_is_replaced_and_answered(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        made = await structure(client)
        key = f"gw:v1:public:result:{made.json()['id']}"
        for garbage in (("SET", key, "not ours"), ("LPUSH", key, "nor this")):
            await door.do("DEL", key)
            await door.do(*garbage)
            mended = await structure(client)
            assert (mended.status_code, mended.content) == (200, made.content)
            assert (await structure(client)).headers["cache-status"] == "groundwork; hit"


async def test_a_full_store_answers_uncached_and_takes_no_jobs(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        await door.do("CONFIG", "SET", "maxmemory", 1)
        try:
            answer = await structure(client)
            assert answer.status_code == 200
            assert answer.headers["cache-status"] == "groundwork; fwd=miss; detail=store-failed"
            for refused in (
                await structure(client, Prefer="respond-async"),
                await client.post(
                    "/v1/batches",
                    content=b'{"custom_id":"a","body":{"text":"b"}}',
                    headers={"content-type": "application/x-ndjson"},
                ),
            ):
                assert (refused.status_code, refused.json()["type"]) == (503, "/problems/store")
                assert int(refused.headers["retry-after"]) > 0
        finally:
            await door.do("CONFIG", "SET", "maxmemory", 0)


async def test_a_slow_store_is_not_waited_for_long(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        await door.do("CLIENT", "PAUSE", 4_000, "ALL")
        answer = await asyncio.wait_for(structure(client), 4)
        assert answer.status_code == 200
        assert "detail=store-unavailable" in answer.headers["cache-status"]


async def test_a_store_that_is_gone_and_back(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "store") as server:
        async with services_on(server.url) as services, client_of(services, server.url) as client:
            made = await structure(client)
            process = server._process
            assert process is not None
            server._stopping.set()  # so that nobody starts it anew yet
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            gone = await structure(client)
            assert (gone.status_code, gone.content) == (200, made.content)
            assert "detail=store-unavailable" in gone.headers["cache-status"]
            assert "location" not in gone.headers
            refused = await structure(client, Prefer="respond-async")
            assert refused.status_code == 503
            assert refused.json()["type"] == "/problems/store-unavailable"
            assert int(refused.headers["retry-after"]) > 0
            assert (await client.get("/readyz")).json()["status"] == "degraded"
            server.stop()
            server.start()
            assert (await structure(client)).headers["cache-status"] == "groundwork; hit"


async def test_jobs_need_a_server() -> None:
    from groundwork.engine.rules import RuleEngine
    from groundwork.services import Limits, Services
    from groundwork.store.memory import MemoryStore

    services = Services(RuleEngine(), MemoryStore(), Limits(1_000, 10, 10.0), 60)
    with pytest.raises(StoreUnavailableError):
        _ = services.background
    assert (await services.desk.answer(SOURCE, "public")).kept
    await services.stop()
