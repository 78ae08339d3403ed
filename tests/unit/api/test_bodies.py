"""Bodies on their way: whole, too large, broken off, or never coming."""

import asyncio
from typing import Any

import pytest

from api.bodies import Body, BodyLimits
from api.errors import SLOW_BODY, ProblemError

pytestmark = pytest.mark.anyio

LIMITS = BodyLimits(most_bytes=8, time_s=30.0)


def body(*messages: dict[str, Any], limits: BodyLimits = LIMITS, length: bytes = b"") -> Body:
    """Return a body of these messages, after which nothing comes any more."""
    coming = list(messages)

    async def receive() -> Any:
        return coming.pop(0) if coming else await asyncio.Event().wait()

    headers = [(b"content-length", length)] if length else []
    return Body({"headers": headers}, receive, limits)  # type: ignore[typeddict-item]


def part(data: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": data, "more_body": more}


async def test_a_body_is_read_once_and_handed_on() -> None:
    coming = body(part(b"abc", more=True), part(b"def"))
    assert await coming.read() == b"abcdef"
    assert coming.whole
    assert [(await coming.receive())["body"] for _ in range(2)] == [b"abc", b"def"]


async def test_nobody_waits_for_the_end_of_a_body_that_is_all_here() -> None:
    coming = body(part(b"abc", more=True), length=b"3")
    assert await coming.read() == b"abc"
    assert not (await coming.receive())["more_body"]


@pytest.mark.parametrize(
    ("messages", "length"),
    [
        ((part(b"123456789"),), b""),
        ((part(b"12345", more=True), part(b"6789", more=True)), b""),
        ((), b"9"),
    ],
)
async def test_what_is_too_large_is_left_to_the_application(messages: Any, length: bytes) -> None:
    coming = body(*messages, length=length)
    await coming.read()
    assert (coming.too_large, coming.whole) == (True, False)


async def test_a_body_that_is_broken_off_is_not_whole() -> None:
    coming = body(part(b"abc", more=True), {"type": "http.disconnect"})
    await coming.read()
    assert (coming.too_large, coming.whole) == (False, False)


async def test_bodies_that_do_not_come_are_given_up_each_in_its_time() -> None:
    limits = BodyLimits(most_bytes=8, time_s=0.05)
    never = [body(part(b"a", more=True), limits=limits), body(limits=limits)]
    for round_of_reads in range(2):  # the one timer is set again for those who come later
        ended = await asyncio.gather(*(each.read() for each in never), return_exceptions=True)
        for error in ended:
            assert isinstance(error, ProblemError), round_of_reads
            assert error.kind == SLOW_BODY
    assert await body(part(b"abc"), limits=limits).read() == b"abc"


async def test_who_is_cancelled_while_a_body_comes_is_cancelled() -> None:
    reading = asyncio.create_task(body().read())
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
