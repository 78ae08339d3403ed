"""Patience, with a clock that only sleeping moves."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from groundwork.engine.llm.gate import Gate, Policy
from groundwork.engine.llm.trouble import (
    Busy,
    CircuitOpen,
    Declined,
    Denied,
    Failing,
    Rejected,
    TooLong,
)
from tests.fakes.llm_setting import FastTime, run


def failing(times: int, error: Exception | None = None) -> Callable[[], Awaitable[str]]:
    """A call that fails so many times, then answers."""
    left = times

    async def call() -> str:
        nonlocal left
        await asyncio.sleep(0)
        if left > 0:
            left -= 1
            raise error or Failing("HTTP 500")
        return "answer"

    return call


def test_backoff_doubles_up_to_its_limit_and_is_jittered() -> None:
    for chance, first in ((1.0, 1.0), (0.0, 0.5)):
        clock = FastTime(chance)
        policy = Policy(attempts=8, opens_after=99, backoff_limit_s=8.0)
        assert run(Gate(policy, clock.time()).run(failing(6))) == "answer"
        assert clock.slept == [first * factor for factor in (1, 2, 4, 8, 8, 8)]


def test_attempts_end() -> None:
    with pytest.raises(Failing):
        run(Gate(Policy(attempts=2), FastTime().time()).run(failing(2)))


def test_waiting_has_a_limit_though_it_is_no_failure() -> None:
    clock = FastTime()
    gate = Gate(Policy(wait_limit_s=100.0), clock.time())
    with pytest.raises(Busy):
        run(gate.run(failing(99, Busy("HTTP 429", 30.0))))
    assert clock.now <= 100.0


def test_one_long_pause_does_not_hold_the_others() -> None:
    clock = FastTime()
    gate = Gate(Policy(wait_limit_s=100.0), clock.time())

    async def both() -> None:
        with pytest.raises(Busy):
            await gate.run(failing(1, Busy("HTTP 429", 5_000.0)))
        with pytest.raises(Busy):
            await gate.run(failing(0))

    run(both())
    assert clock.now == 0.0


def test_what_another_try_cannot_cure_is_raised_at_once() -> None:
    clock = FastTime()
    with pytest.raises(Declined):
        run(Gate(Policy(), clock.time()).run(failing(1, Declined("no"))))
    assert clock.slept == []


def test_the_circuit_opens_rests_tries_once_and_closes() -> None:
    clock = FastTime()
    policy = Policy(attempts=1, opens_after=3, rests_s=30.0)

    async def story() -> None:
        gate = Gate(policy, clock.time())
        for _ in range(3):
            with pytest.raises(Failing):
                await gate.run(failing(1))
        with pytest.raises(CircuitOpen):
            await gate.run(failing(0))
        clock.now += 31.0
        with pytest.raises(Failing):
            await gate.run(failing(1))  # The one trial failed: it rests again.
        with pytest.raises(CircuitOpen):
            await gate.run(failing(0))
        clock.now += 31.0
        assert await gate.run(failing(0)) == "answer"
        assert await gate.run(failing(0)) == "answer"

    run(story())


def test_half_open_lets_one_call_through_at_a_time() -> None:
    clock = FastTime()
    running = most = 0

    async def call() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        raise Failing("HTTP 500")

    async def story() -> None:
        gate = Gate(Policy(concurrency=8, attempts=1), clock.time())
        with pytest.raises(Denied):
            await gate.run(failing(1, Denied("HTTP 401")))
        clock.now += 31.0
        results = await asyncio.gather(*(gate.run(call) for _ in range(8)), return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["CircuitOpen"] * 7 + [
            "Failing"
        ]

    run(story())
    assert most == 1


def test_a_success_forgives_failures() -> None:
    gate_policy = Policy(attempts=1, opens_after=2)

    async def story() -> None:
        gate = Gate(gate_policy, FastTime().time())
        for _ in range(5):
            with pytest.raises(Failing):
                await gate.run(failing(1))
            assert await gate.run(failing(0)) == "answer"
        assert not gate.is_open

    run(story())


def test_an_answer_that_is_none_of_ours_still_shows_a_living_endpoint() -> None:
    async def story() -> None:
        gate = Gate(Policy(attempts=1, opens_after=2), FastTime().time())
        for trouble in (Rejected("400"), TooLong("length"), Declined("filter")):
            with pytest.raises(Failing):
                await gate.run(failing(1))
            with pytest.raises(type(trouble)):
                await gate.run(failing(1, trouble))
        assert not gate.is_open

    run(story())


def test_no_more_than_the_concurrency_are_inside() -> None:
    running = most = 0

    async def call() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    async def story() -> None:
        gate = Gate(Policy(concurrency=3), FastTime().time())
        await asyncio.gather(*(gate.run(call) for _ in range(20)))

    run(story())
    assert most == 3
