"""Told to end while something hangs, the service ends in its time and loses nothing."""

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.fakes.processes import House, SlowModel, report, wait_for

NEVER_S = 600.0
ENDED_S = 20.0
"""Far more than a second of grace and what follows it, far less than any that hangs would take."""


@pytest.fixture
def model() -> Iterator[SlowModel]:
    with SlowModel(NEVER_S) as model:
        yield model


@pytest.fixture
def house(tmp_path: Path, model: SlowModel) -> Iterator[House]:
    house = House(tmp_path, model.url, {"JOB_WORKERS": 1, "STOP_GRACE_S": 1, "LLM_ATTEMPTS": 1})
    yield house
    house.end()


def begin(house: House, name: str) -> None:
    house.start(name, "serve")
    with house.client() as client:
        wait_for(lambda: client.get("/livez").is_success, "the service does not start")
    wait_for(lambda: house.ready(name), "its worker does not start")


def listen(house: House, address: str, heard: threading.Event) -> None:
    with (
        suppress(httpx.TransportError),
        house.client() as client,
        client.stream("GET", address) as answer,
    ):
        for _ in answer.iter_lines():
            heard.set()


def ask(house: House, number: int) -> None:
    with suppress(httpx.TransportError), house.client() as client:
        client.post("/v1/reports", json={"text": report(number)})


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_model_that_never_answers_holds_up_no_end(
    house: House, model: SlowModel, sign: signal.Signals
) -> None:
    begin(house, "first")
    with house.client() as client:
        asked = {"text": report(1)}
        job = client.post("/v1/reports", json=asked, headers={"prefer": "respond-async"}).json()
    address, heard = f"/v1/jobs/{job['id']}", threading.Event()
    others = [
        threading.Thread(target=listen, args=(house, f"{address}/events", heard)),
        threading.Thread(target=ask, args=(house, 2)),
    ]
    for other in others:
        other.start()
    wait_for(lambda: heard.is_set() and model.asked[1] and model.asked[2], "nothing hangs yet")
    house.running["first"].send_signal(sign)
    assert house.running.pop("first").wait(ENDED_S) == 0
    for other in others:
        other.join(ENDED_S)
        assert not other.is_alive()
    # It said so itself, so it was not killed: what it had in hand waits for the next.
    assert "worker ended" in (house.folder / "first.log").read_text()

    model.delay_s = 0.0
    begin(house, "second")
    with house.client() as client:
        done = client.get(address, params={"wait": 30}).json()
    assert (done["state"], done["attempts"]) == ("succeeded", 2)
