"""One rate for an endpoint, whoever calls it."""

import asyncio
import time

import pytest

from groundwork.store.redis import RedisDoor
from groundwork.store.turnstile import SharedTurnstile
from tests.fakes.background import report, services_on, until
from tests.fakes.openai_server import FakeOpenAI, Model, error, is_probe, items

pytestmark = pytest.mark.anyio


async def test_two_processes_share_one_bucket(door: RedisDoor) -> None:
    one, two = (SharedTurnstile(door, "endpoint", 24) for _ in range(2))  # two, then 0.4 a second
    assert [await one.wait_s(), await two.wait_s()] == [0, 0]
    assert 0 < await one.wait_s() <= 2.5
    assert 0 < await two.wait_s() <= 2.5
    assert await SharedTurnstile(door, "another endpoint", 24).wait_s() == 0


async def test_without_a_limit_only_pauses_count(door: RedisDoor) -> None:
    one, two = (SharedTurnstile(door, "endpoint", None) for _ in range(2))
    assert [await one.wait_s() for _ in range(50)] == [0] * 50
    await one.pause(30)
    await one.pause(1)  # a shorter one does not end it
    assert 20 < await two.wait_s() <= 30


async def test_a_turnstile_without_a_store_stands_open() -> None:
    alone = RedisDoor("unix:///nonexistent/store.sock")
    turnstile = SharedTurnstile(alone, "endpoint", 1)
    await turnstile.pause(30)
    assert [await turnstile.wait_s(), await turnstile.wait_s()] == [0, 0]
    await alone.close()


async def test_when_one_process_is_told_to_wait_the_other_waits(url: str, door: RedisDoor) -> None:
    told: list[float] = []

    def refuse(request: object) -> object:
        if is_probe(request) or told:  # type: ignore[arg-type]
            return None
        told.append(time.monotonic())
        return error(429, "slow down", Retry_After="1")

    answered: list[float] = []

    def answer(request: object) -> str:
        answered.append(time.monotonic())
        return items({"kind": "achievement", "sentences": [1]})

    with FakeOpenAI(Model(answer, refuses=refuse)) as fake:  # type: ignore[arg-type]
        model = {"llm_base_url": fake.url, "llm_model": "fake"}
        async with services_on(url, **model) as one, services_on(url, **model) as two:
            from groundwork.text.document import SourceText

            first = asyncio.create_task(one.desk.answer(SourceText(report("东")), "public"))
            await until(lambda: door.do("KEYS", "*pause:*"))
            await two.desk.answer(SourceText(report("西")), "public")
            await first
    assert min(answered) - told[0] > 0.9
