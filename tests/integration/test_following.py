"""Whoever follows a run of somebody else hears what it finds, in any process."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from groundwork.jobs.desk import Desk
from groundwork.pipeline import OnItems
from groundwork.store.flights import HELD_MS, Flights
from groundwork.store.redis import RedisDoor, RedisStore
from groundwork.store.results import ResultStore
from groundwork.text.document import SourceText
from schemas.result import Item, Result
from tests.fakes.background import report, services_on, until, working
from tests.fakes.openai_server import FakeOpenAI, Model, Reply, completion, items

pytestmark = pytest.mark.anyio

SOURCE = SourceText(report())


class Maker:
    """Finds nothing in two chunks, the second one when it may."""

    def __init__(self, result: Result) -> None:
        self.runs = 0
        self.go_on = asyncio.Event()
        self._result = result

    async def __call__(self, _: SourceText, __: str, on_items: OnItems | None) -> Result:
        self.runs += 1
        if on_items is not None:
            await on_items([], 0, 2)
        await self.go_on.wait()
        if on_items is not None:
            await on_items([], 1, 2)
        return self._result


class Ear:
    """Remembers the chunks it hears of."""

    def __init__(self) -> None:
        self.chunks: list[int] = []

    async def __call__(self, items: Sequence[Item], chunk: int, chunks: int) -> None:
        self.chunks.append(chunk)


@pytest.fixture
async def maker(url: str) -> Maker:
    async with services_on(url) as services:
        return Maker(await services.structure(SOURCE))


@pytest.fixture
async def desks(url: str, maker: Maker) -> AsyncIterator[list[Desk]]:
    """The desks of two processes."""
    open_ones = [(RedisStore(url), RedisDoor(url)) for _ in range(2)]
    yield [_desk(maker, store, Flights(door)) for store, door in open_ones]
    for each in (part for pair in open_ones for part in pair):
        await each.close()


def _desk(maker: Maker, store: RedisStore, flights: Flights) -> Desk:
    return Desk(maker, lambda _: "r", lambda tenant: ResultStore(store, 60, tenant), flights)


async def test_followers_in_both_processes_hear_the_leader(desks: list[Desk], maker: Maker) -> None:
    one, two = desks
    ears = [Ear() for _ in range(3)]
    asked = [asyncio.create_task(one.answer(SOURCE, "t", on_items=ears[0]))]
    await until(lambda: ears[0].chunks == [0])
    asked += [
        asyncio.create_task(desk.answer(SOURCE, "t", on_items=ear))
        for desk, ear in ((one, ears[1]), (two, ears[2]))
    ]
    await until(lambda: all(ear.chunks == [0] for ear in ears))
    maker.go_on.set()
    answers = await asyncio.gather(*asked)
    assert maker.runs == 1
    assert len({answer.body for answer in answers}) == 1
    assert ears[0].chunks == ears[1].chunks == [0, 1]
    assert ears[2].chunks[0] == 0  # the rest may come with the result


async def test_a_follower_that_takes_over_is_told_nothing_twice(
    desks: list[Desk], maker: Maker, door: RedisDoor
) -> None:
    flights, key = Flights(door), "gw:v1:t:flight:r"
    await door.do("SET", key, "a process that was killed", "PX", HELD_MS)
    await flights.tell("t", "r", b"[0,2,[]]")
    ear = Ear()
    asked = asyncio.create_task(desks[0].answer(SOURCE, "t", on_items=ear))
    await until(lambda: ear.chunks == [0])
    assert maker.runs == 0
    maker.go_on.set()
    await asked
    assert (maker.runs, ear.chunks) == (1, [0, 1])
    assert await door.do("EXISTS", key, f"{key}:told") == 0


async def test_tenants_do_not_hear_each_other(desks: list[Desk], maker: Maker) -> None:
    desk, ears = desks[0], [Ear(), Ear()]
    asked = [
        asyncio.create_task(desk.answer(SOURCE, tenant, on_items=ear))
        for tenant, ear in zip("ab", ears, strict=True)
    ]
    await until(lambda: all(ear.chunks == [0] for ear in ears))
    assert maker.runs == 2
    maker.go_on.set()
    await asyncio.gather(*asked)


async def test_identical_jobs_all_tell_their_listeners_the_items(url: str) -> None:
    found = items({"kind": "achievement", "sentences": [1]})

    def answer(request: Any) -> Reply:
        return Reply(body=completion(found, request=request).body, delay_s=1.0)

    with FakeOpenAI(Model(answer)) as fake:
        model = {"llm_base_url": fake.url, "llm_model": "fake"}
        async with services_on(url, **model) as one, services_on(url, **model) as two:
            jobs = one.background.jobs
            async with working(one), working(two):
                made = [await jobs.submit("public", SOURCE) for _ in range(4)]
                for job in made:
                    done = await jobs.wait("public", job.id, 30)
                    assert done is not None
                    assert (done.state, done.progress.done) == ("succeeded", 1)
            for job in made:
                events = await jobs.store.events("public", job.id).after("0-0")
                told = [event.type for event in events]
                assert told == ["queued", "running", "chunk", "item", "usage", "done"]
        assert len(fake.questions) == 1


async def test_many_who_listen_keep_nobody_from_being_served(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwork.store.redis._WAITING", 2)
    async with services_on(url) as services:
        jobs = services.background.jobs
        job = await jobs.submit("public", SOURCE)
        waiting = [asyncio.create_task(jobs.wait("public", job.id, 30)) for _ in range(20)]
        await asyncio.sleep(0.2)
        door = services.background.door
        assert door._places.locked()
        assert await door.do("PING")
        async with working(services):
            done = await asyncio.gather(*waiting)
    assert {each.state for each in done if each} == {"succeeded"}
