"""Politeness towards a server: what is waited for, tried again, and given up."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from groundwork.batch.sending import (
    Answered,
    Gate,
    RefusedError,
    Server,
    ServerError,
    retry_after_s,
)
from groundwork.errors import InputError

DONE: dict[str, list[str]] = {"reports": []}
Handler = Callable[[httpx.Request], httpx.Response]


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now_s += seconds
        await asyncio.sleep(0)


def scripted(*answers: httpx.Response | Exception) -> tuple[Server, Clock, list[httpx.Request]]:
    """Return a server that gives ``answers`` in turn, the last one for ever."""
    clock, asked = Clock(), []
    waiting = list(answers)

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    gate = Gate(lambda: clock.now_s, clock.sleep)
    server = Server("http://test", transport=httpx.MockTransport(handle), gate=gate)
    return server, clock, asked


def problem(status: int, **headers: str) -> httpx.Response:
    body = {"type": "/problems/x", "detail": "why"}
    return httpx.Response(
        status, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def send(server: Server, data: bytes | str = b"x", filename: str | None = None) -> Answered:
    return asyncio.run(server.structure(data, filename))


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_out(status: int) -> None:
    server, clock, asked = scripted(
        problem(status, retry_after="7"),
        problem(status, retry_after="3"),
        httpx.Response(200, json=DONE),
    )
    assert send(server).body
    assert clock.slept == [7.0, 3.0]
    assert len(asked) == 3


def test_everybody_waits_when_one_is_told_to() -> None:
    server, clock, asked = scripted(problem(429, retry_after="9"), httpx.Response(200, json=DONE))

    async def two() -> None:
        await server.structure(b"a", None)
        asked.clear()
        server._gate.close_for(5.0)
        await asyncio.gather(server.structure(b"b", None), server.structure(b"c", None))

    asyncio.run(two())
    assert clock.slept[0] == 9.0
    assert clock.now_s >= 14.0


def test_a_broken_server_is_tried_again_and_given_up() -> None:
    server, clock, asked = scripted(problem(500))
    with pytest.raises(ServerError, match="500 /problems/x: why"):
        send(server)
    assert len(asked) == 5
    assert clock.slept == [0.5, 1.0, 2.0, 4.0]


def test_a_broken_connection_is_tried_again() -> None:
    server, _, asked = scripted(httpx.ConnectError("gone"), httpx.Response(200, json=DONE))
    assert send(server).body
    assert len(asked) == 2


def test_connections_cut_by_rejections_are_no_failures() -> None:
    """A server that rejects before it has read the body may close on us, again and again."""
    busy = (problem(429, retry_after="1"), httpx.ReadError("cut"))
    server, clock, _ = scripted(*busy * 6, httpx.Response(200, json=DONE))
    assert send(server).body
    assert set(clock.slept) == {1.0, 0.5}


def test_a_server_that_says_no_time_is_asked_less_and_less_often() -> None:
    server, clock, _ = scripted(*[problem(503)] * 3, httpx.Response(200, json=DONE))
    assert send(server).body
    assert clock.slept == [0.5, 1.0, 2.0]


def test_a_refusal_is_final() -> None:
    server, _, asked = scripted(problem(422))
    with pytest.raises(RefusedError, match="422 /problems/x: why"):
        send(server)
    assert len(asked) == 1


def test_a_refusal_without_words_is_told_too() -> None:
    server, _, _ = scripted(httpx.Response(404, text="<html>"))
    with pytest.raises(RefusedError, match="404 without an explanation"):
        send(server)


def test_text_goes_as_json_and_files_with_their_names() -> None:
    server, _, asked = scripted(
        httpx.Response(200, json=DONE, headers={"Cache-Status": "groundwork; hit"})
    )
    assert send(server, "一").cached
    assert asked[0].headers["content-type"] == "application/json"
    send(server, b"%PDF", "a.pdf")
    assert asked[1].headers["content-type"].startswith("multipart/form-data")
    assert b'filename="a.pdf"' in asked[1].read()


def test_a_key_is_sent_as_bearer_token() -> None:
    seen: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(200, json=DONE)

    server = Server("http://test", "secret", transport=httpx.MockTransport(handle))
    send(server)
    assert seen == ["Bearer secret"]


def test_no_server_is_an_error_that_helps() -> None:
    server, _, _ = scripted(httpx.ConnectError("gone"))
    with pytest.raises(InputError, match="--local"):
        asyncio.run(server.check())


@pytest.mark.parametrize(
    ("key", "reason"),
    [(None, "wants an API key: set GROUNDWORK_API_KEY"), ("gw_x", "does not know the API key")],
)
def test_a_server_that_knows_nobody_is_told_of_before_anything_is_sent(
    key: str | None, reason: str
) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path == "/livez" else 401)

    server = Server("http://test", key, transport=httpx.MockTransport(handle))
    with pytest.raises(InputError, match=reason):
        asyncio.run(server.check())


def test_a_server_that_is_there_will_do() -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200 if request.url.path == "/livez" else 404)

    server = Server("http://test", transport=httpx.MockTransport(handle))
    asyncio.run(server.check())
    assert asked == ["/livez", "/v1/jobs/none"]


def test_retry_after_may_be_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=60), usegmt=True)
    found = retry_after_s(soon)
    assert found is not None
    assert 50 < found <= 60
    assert retry_after_s(past) == 0.0
