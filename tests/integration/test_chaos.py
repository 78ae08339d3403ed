"""Kill -9 of workers, of Redis and of the API while a batch runs: each line ends with one answer.

What dies takes along what it had in hand, and only that is paid for twice.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from groundwork.store.embedded import EmbeddedServer
from tests.fakes.processes import House, SlowModel, report, wait_for

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends children with their parent"
)

LINES = 300
IN_HAND = 8
"""Jobs that a worker has in hand at a time."""
PAUSE_S = 1.0
WORKERS = ("worker-1", "worker-2")


@pytest.fixture
def model() -> Iterator[SlowModel]:
    with SlowModel(delay_s=0.6) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path / "store") as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, model: SlowModel, store: EmbeddedServer) -> Iterator[House]:
    wanted = {"JOB_CONCURRENCY": IN_HAND, "LLM_CONCURRENCY": 4, "LLM_MODE": "json_schema"}
    made = House(tmp_path, model.url, {**wanted, "REDIS_URL": store.url})
    yield made
    made.end()


def batch_of(numbers: range) -> bytes:
    lines = ({"custom_id": str(each), "body": {"text": report(each)}} for each in numbers)
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def start_batch(house: House) -> str:
    with house.client() as client:
        sent = client.post(
            "/v1/batches",
            content=batch_of(range(LINES)),
            headers={"content-type": "application/x-ndjson"},
        )
    assert sent.status_code == 202, sent.text
    return str(sent.json()["id"])


def ask(house: House, path: str) -> Any:
    with house.client() as client:
        answer = client.get(path)
    return answer if answer.status_code == 200 else None


def test_whatever_is_killed_each_line_ends_with_one_answer(
    house: House, model: SlowModel, store: EmbeddedServer
) -> None:
    house.start("serve", "serve")
    for name in WORKERS:
        house.start(name, "worker")
    wait_for(lambda: ask(house, "/readyz"), "the service does not start")
    wait_for(lambda: all(map(house.ready, WORKERS)), "no workers")
    batch_id = start_batch(house)

    def kill_worker(name: str, other: str) -> None:
        wait_for(lambda: house.ready(other), "the other worker is still away")
        house.kill(name)
        house.start(name, "worker")

    def kill_store() -> None:
        assert store._process is not None
        store._process.kill()

    def kill_service() -> None:
        house.kill("serve")
        house.start("serve", "serve")

    blows = [
        lambda: kill_worker(*WORKERS),
        kill_store,
        kill_service,
        lambda: kill_worker(*reversed(WORKERS)),
        kill_store,
    ]
    for blow in blows:
        time.sleep(PAUSE_S)
        blow()
    assert len(model.asked) < LINES, "it was over before the last blow; send more lines"
    model.delay_s = 0.05

    def ended() -> Any:
        found = ask(house, f"/v1/batches/{batch_id}")
        return found if found and found.json()["finished_at"] else None

    batch = wait_for(ended, "the batch does not end").json()
    assert (batch["state"], batch["counts"]["succeeded"]) == ("succeeded", LINES)
    stream = wait_for(lambda: ask(house, f"/v1/batches/{batch_id}/results"), "no results")
    answers = [json.loads(line) for line in stream.text.splitlines()]
    assert [answer["custom_id"] for answer in answers] == [str(each) for each in range(LINES)]
    for number, answer in enumerate(answers):
        result = answer["response"]["body"]
        assert (answer["response"]["status_code"], result["partial"]) == (200, [])
        assert not result["engine"]["degraded"]
        title = result["reports"][0]["title"]
        assert title.startswith(f"第{number}村")
    twice = sum(times - 1 for times in model.asked.values())
    assert set(model.asked) == set(range(LINES))
    assert twice <= len(blows) * 2 * IN_HAND, f"{twice} of {LINES} were paid for again"


def test_the_api_is_killed_in_mid_request(house: House, model: SlowModel) -> None:
    house.start("serve", "serve")
    wait_for(lambda: ask(house, "/readyz"), "the service does not start")
    model.delay_s = 0.5

    def structure() -> Any:
        with house.client() as client:
            return client.post("/v1/reports", json={"text": report(1)})

    lost: list[object] = []

    def expect_nothing() -> None:
        try:
            lost.append(structure())
        except httpx.TransportError as error:
            lost.append(error)

    asking = threading.Thread(target=expect_nothing)
    asking.start()
    wait_for(lambda: model.in_flight, "the model is not asked")
    house.kill("serve")
    asking.join()
    assert isinstance(lost[0], httpx.TransportError)
    house.start("serve", "serve")
    answer = wait_for(structure, "it does not come back")
    assert (answer.status_code, answer.json()["engine"]["degraded"]) == (200, False)
    assert model.asked[1] <= 2
