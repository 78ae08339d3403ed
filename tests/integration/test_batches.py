"""Batches from end to end: lines in, answers out, each line exactly once."""

import asyncio
import json
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import pytest

from groundwork.errors import EngineError
from groundwork.store.redis import RedisDoor
from schemas.batch import BatchAnswer
from tests.fakes.background import (
    Client,
    CountingEngine,
    client_of,
    report,
    services_on,
    until,
    working,
)
from tests.fakes.openai_server import FakeOpenAI, Model, Reply, completion, items

pytestmark = pytest.mark.anyio

NDJSON = {"content-type": "application/x-ndjson"}


def line(name: str, text: str | None = None) -> bytes:
    body = {"text": report(name) if text is None else text}
    return json.dumps({"custom_id": name, "body": body}, ensure_ascii=False).encode() + b"\n"


async def send(client: Client, *lines: bytes, **query: str) -> Any:
    return await client.post("/v1/batches", content=b"".join(lines), headers=NDJSON, params=query)


async def ended(client: Client, batch_id: str) -> Any:
    async def look() -> Any:
        batch = (await client.get(f"/v1/batches/{batch_id}")).json()
        return batch if batch["finished_at"] else None

    return await until(look, 40)


async def answers(client: Client, batch_id: str) -> list[Any]:
    stream = await client.get(f"/v1/batches/{batch_id}/results")
    assert stream.headers["content-type"].startswith("application/x-ndjson")
    found = [json.loads(each) for each in stream.text.splitlines()]
    for each in found:
        BatchAnswer.model_validate(each)
    return found


async def test_every_line_has_its_answer(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        sent = await send(
            client,
            line("a"),
            b"no json at all\n",
            b"\n",
            line("b"),
            line("a", "again"),
            b'{"custom_id": "c"}\n',
            line("d", "  "),
            line("e").rstrip(b"\n"),
        )
        assert sent.status_code == 202
        batch = sent.json()
        assert sent.headers["location"] == f"/v1/batches/{batch['id']}"
        assert batch["counts"]["waiting"] == 4
        assert [bad["line"] for bad in batch["bad_lines"]] == [2, 5, 6]
        assert batch["bad_lines"][1]["detail"] == "/custom_id: line 1 has the same"
        async with working(services):
            done = await ended(client, batch["id"])
        assert done["state"] == "partial"
        assert done["counts"] == {
            "total": 7, "waiting": 0, "succeeded": 3, "failed": 1, "rejected": 3, "cancelled": 0,
        }  # fmt: skip
        found = await answers(client, batch["id"])
        assert [each["custom_id"] for each in found] == ["a", None, "b", None, None, "d", "e"]
        assert found[0]["response"]["status_code"] == 200
        quote = found[0]["response"]["body"]["reports"][0]["items"][0]["evidence"][0]["quote"]
        assert quote in report("a")
        assert found[1]["error"]["code"] == "invalid_line"
        assert found[5]["response"]["status_code"] == 422
        assert found[5]["response"]["body"]["type"] == "/problems/empty-text"


async def test_more_lines_than_are_in_the_queue_at_a_time(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwork.jobs.caretaker.WINDOW", 8)
    monkeypatch.setattr("groundwork.jobs.caretaker._TICK_S", 0.02)
    engine = CountingEngine()
    async with services_on(url, engine) as one, services_on(url, engine) as two:
        async with client_of(one, url) as client:
            sent = await send(client, *(line(str(number)) for number in range(60)))
            async with working(one), working(two):
                done = await ended(client, sent.json()["id"])
            assert (done["state"], done["counts"]["succeeded"]) == ("succeeded", 60)
            found = await answers(client, done["id"])
        assert [each["custom_id"] for each in found] == [str(number) for number in range(60)]
        assert set(engine.calls.values()) == {1}


async def test_a_cancelled_batch_stops_and_is_resumed(url: str) -> None:
    slow = Model(lambda request: Reply(body=completion(items()).body, delay_s=60))
    with FakeOpenAI(slow) as fake:
        model = {"llm_base_url": fake.url, "llm_model": "fake"}
        async with services_on(url, **model) as services, client_of(services, url) as client:
            async with working(services):
                sent = await send(client, line("a"), line("b"), line("c"))
                batch_id = sent.json()["id"]
                await until(lambda: fake.questions)
                cancelled = (await client.delete(f"/v1/batches/{batch_id}")).json()
                assert cancelled["state"] == "cancelled"
                assert cancelled["counts"]["cancelled"] == 3
                await until(fake.abandoned.is_set)
            found = await answers(client, batch_id)
            assert [each["custom_id"] for each in found] == ["a", "b", "c"]
            assert {each["error"]["code"] for each in found} == {"cancelled"}
    engine = CountingEngine()
    async with services_on(url, engine) as services, client_of(services, url) as client:
        async with working(services):
            resumed = await client.post(f"/v1/batches/{batch_id}/resume")
            assert (resumed.status_code, resumed.json()["counts"]["waiting"]) == (202, 3)
            done = await ended(client, batch_id)
            assert (done["state"], done["counts"]["succeeded"]) == ("succeeded", 3)
            again = await client.post(f"/v1/batches/{batch_id}/resume")  # nothing is left to do
            assert again.json()["state"] == "succeeded"
        assert engine.calls.total() == 3


@pytest.mark.usefixtures("quick_retries")
async def test_a_line_that_is_given_up_says_why(url: str) -> None:
    engine = CountingEngine(failures=[EngineError("the endpoint failed")] * 6)
    async with (
        services_on(url, engine) as services,
        client_of(services, url) as client,
        working(services),
    ):
        sent = await send(client, line("a"))
        done = await ended(client, sent.json()["id"])
        assert done["state"] == "failed"
        (only,) = await answers(client, done["id"])
        assert only["response"]["status_code"] == 502
        assert only["response"]["body"]["detail"] == "the endpoint failed"
        jobs = services.background.jobs
        (letter,) = await jobs.store.dead.newest("public", 9)
        assert letter.name == f"{done['id']}/1"
        assert letter.reason == "/problems/engine: the endpoint failed"
        await client.post(f"/v1/batches/{done['id']}/resume")
        assert await jobs.store.dead.newest("public", 9) == []
        assert (await ended(client, done["id"]))["state"] == "succeeded"


async def test_a_line_that_is_lost_or_garbage_is_answered_too(url: str, door: RedisDoor) -> None:
    """Or its batch would never end."""
    async with services_on(url) as services, client_of(services, url) as client:
        batch_id = (await send(client, line("a"), line("b"), line("c"))).json()["id"]
        key = f"gw:v1:public:batch:{batch_id}:lines"
        await door.do("HSET", key, 1, "garbage")
        await door.do("HDEL", key, 2)
        async with working(services):
            done = await ended(client, batch_id)
        assert (done["state"], done["counts"]["failed"]) == ("partial", 2)
        told = await answers(client, batch_id)
        assert [each["custom_id"] for each in told] == ["line 1", "line 2", "c"]
        assert told[0]["response"]["body"]["detail"] == "the line is not kept any more"


@pytest.mark.parametrize("part", ["lines", "todo", "open", "results", "bad"])
async def test_a_part_of_a_batch_is_no_batch(url: str, part: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        batch_id = (await send(client, line("a"), b"no request")).json()["id"]
        address = f"/v1/batches/{batch_id}:{part}"
        for answer in (
            await client.get(address),
            await client.get(f"{address}/results"),
            await client.post(f"{address}/resume"),
            await client.delete(address),
        ):
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_line_that_never_came_back_goes_out_again(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        sent = await send(client, line("a"), line("b"))
        batch_id = sent.json()["id"]
        work = services.background.batches.work
        assert await work.to_open("public", batch_id, 10, 100.0) == [1, 2]
        await work.opened("public", batch_id, [1, 2])  # and then the queue lost them
        assert await work.to_open("public", batch_id, 10, 100.0) == []
        assert await work.to_open("public", batch_id, 10, -1.0) == [1, 2]
        await door.do("ZADD", f"gw:v1:public:batch:{batch_id}:open", 0, 1, 0, 2)
        async with working(services):
            assert (await ended(client, batch_id))["state"] == "succeeded"


async def test_a_line_is_answered_once(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        batch_id = (await send(client, line("a"), line("b"))).json()["id"]
        work = services.background.batches.work
        await work.opened("public", batch_id, await work.to_open("public", batch_id, 10, 100.0))
        first = {"custom_id": "a", "type": "/problems/engine", "detail": "first"}
        assert (await work.answer("public", batch_id, 1, first)).counted
        second = {"custom_id": "a", "result_id": "0" * 64}
        assert not (await work.answer("public", batch_id, 1, second)).counted
        assert await work.line("public", batch_id, 1) is None
        (only,) = await answers(client, batch_id)  # of those that are there so far
        assert only["response"]["body"]["detail"] == "first"


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b"", 422, "/problems/input"),
        (b"\n \n", 422, "/problems/input"),
        (line("a") * 6, 413, "/problems/too-large"),
        (b'{"custom_id":"' + b"a" * 3_000, 413, "/problems/too-large"),
        (b"{}\n" * 5, 202, None),
    ],
)
async def test_batches_that_are_too_much_or_nothing(
    url: str, door: RedisDoor, content: bytes, status: int, kind: str | None
) -> None:
    limits = {"batch_max_lines": 5, "max_body_bytes": 2_000}
    async with services_on(url, **limits) as services, client_of(services, url) as client:
        answer = await send(client, content)
        assert (answer.status_code, answer.json().get("type")) == (status, kind)
        if kind:
            assert await door.do("KEYS", "gw:v1:public:batch:*") == []  # nothing stays behind
        else:
            assert answer.json()["state"] == "failed"


async def test_a_batch_of_another_kind_is_refused(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        answer = await client.post("/v1/batches", json={"custom_id": "a"})
        assert answer.status_code == 415
        webhook = await send(client, line("a"), webhook="https://example.org")
        assert (webhook.status_code, webhook.json()["type"]) == (400, "/problems/bad-request")


async def test_batches_of_one_tenant_are_unknown_to_another(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        batch_id = (await send(client, line("a"))).json()["id"]
        batches = services.background.batches
        assert await batches.find("b", batch_id) is None
        assert await batches.cancel("b", batch_id) is None
        assert await batches.resume("b", batch_id) is None
        assert [block async for block in batches.lines("b", batch_id)] == []
        assert await batches.find("public", batch_id) is not None


async def test_memory_stays_flat_while_lines_arrive(url: str) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for number in range(4_000):
            yield line(str(number), "新修村道12.5公里。" * 200)

    async with services_on(url) as services:
        batches = services.background.batches
        await batches.take_in("public", stream())
        tracemalloc.start()
        try:
            batch = await batches.take_in("public", stream())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert batch.counts.total == 4_000
    assert peak < 8_000_000  # of 22 MB that went through


async def test_a_sender_who_goes_away_leaves_nothing(url: str, door: RedisDoor) -> None:
    async def broken() -> AsyncIterator[bytes]:
        for number in range(500):
            yield line(str(number))
        raise asyncio.CancelledError

    async with services_on(url) as services:
        with pytest.raises(asyncio.CancelledError):
            await services.background.batches.take_in("public", broken())
    assert await door.do("KEYS", "gw:v1:public:batch:*") == []
