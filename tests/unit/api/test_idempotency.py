"""Idempotency-Key: the same request again, another one under its name, and too early."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from groundwork.errors import EngineError, StoreUnavailableError
from groundwork.store.keyring import KeyRing
from groundwork.store.shared import MemoryShared

pytestmark = pytest.mark.anyio

REPORT = "松原区水务局2023年工作总结\n\n一、主要成效\n治理河道12公里。\n"
KEY = {"idempotency-key": '"order-7"'}
FRESH = {**KEY, "cache-control": "no-cache"}  # so that only the key can save the work


async def test_the_same_request_is_answered_as_before(serve: Any, scripted: Any) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    first = await client.post("/v1/reports", json={"text": REPORT}, headers=FRESH)
    second = await client.post("/v1/reports", json={"text": REPORT}, headers=FRESH)
    bare = {"idempotency-key": "order-7", "cache-control": "no-cache"}
    third = await client.post("/v1/reports", json={"text": REPORT}, headers=bare)
    assert engine.calls == 1
    for again in (second, third):
        assert (again.status_code, again.content) == (200, first.content)
        assert again.headers["idempotency-replayed"] == "true"
        assert again.headers["location"] == first.headers["location"]
        assert again.headers["x-request-id"] != first.headers["x-request-id"]
        assert len(again.headers.get_list("x-request-id")) == 1
    assert "idempotency-replayed" not in first.headers


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/v1/reports", {"text": REPORT + "又"}),
        ("/v1/quantities", {"text": REPORT}),
        ("/v1/reports?offset_unit=utf16", {"text": REPORT}),
    ],
)
async def test_another_request_under_its_name_is_a_mistake(
    client: Any, address: str, body: Any
) -> None:
    await client.post("/v1/reports", json={"text": REPORT}, headers=KEY)
    answer = await client.post(address, json=body, headers=KEY)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-reused")


def side_by_side(client: Any) -> httpx.AsyncClient:
    """Return a client whose requests run at the same time, and whose bodies come in pieces."""
    transport = httpx.ASGITransport(app=client.app)
    return httpx.AsyncClient(transport=transport, base_url="http://testserver.local")


async def test_too_early_is_told_to_wait(serve: Any, scripted: Any) -> None:
    engine = scripted(delay_s=0.5)
    client = side_by_side(await serve(engine=engine))
    running = asyncio.create_task(client.post("/v1/reports", json={"text": REPORT}, headers=FRESH))
    while not engine.calls:
        await asyncio.sleep(0.01)
    early = await client.post("/v1/reports", json={"text": REPORT}, headers=FRESH)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/still-running")
    assert early.headers["retry-after"] == "1"
    assert (await running).status_code == 200
    late = await client.post("/v1/reports", json={"text": REPORT}, headers=FRESH)
    assert late.headers["idempotency-replayed"] == "true"


async def test_a_failure_of_ours_may_be_tried_again(serve: Any, scripted: Any) -> None:
    engine = scripted(failure=EngineError("down"))
    client = await serve(engine=engine)
    assert (await client.post("/v1/reports", json={"text": REPORT}, headers=KEY)).status_code == 502
    engine.failure = None
    assert (await client.post("/v1/reports", json={"text": REPORT}, headers=KEY)).status_code == 200


async def test_a_mistake_of_theirs_is_answered_the_same(client: Any) -> None:
    first = await client.post("/v1/reports", json={"text": ""}, headers=KEY)
    second = await client.post("/v1/reports", json={"text": ""}, headers=KEY)
    assert (first.status_code, second.content) == (422, first.content)


async def test_a_key_is_its_tenants(serve: Any, scripted: Any) -> None:
    shared, engine = MemoryShared(), scripted()
    tokens = [(await KeyRing(shared).add(name))[1] for name in ("a", "b")]
    client = await serve(shared=shared, engine=engine)
    for token in tokens:
        headers = {**KEY, "authorization": f"Bearer {token}"}
        answer = await client.post("/v1/reports", json={"text": REPORT}, headers=headers)
        assert "idempotency-replayed" not in answer.headers
    assert engine.calls == 2


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, '"open', "钥匙".encode()])
async def test_a_key_must_be_one(client: Any, key: str | bytes) -> None:
    answer = await client.post(
        "/v1/reports", json={"text": REPORT}, headers={"idempotency-key": key}
    )
    expected = 200 if key == '"open' else 400
    assert answer.status_code == expected


async def test_keeping_nothing_and_an_answer_contradict(client: Any) -> None:
    headers = {**KEY, "cache-control": "no-store"}
    answer = await client.post("/v1/reports", json={"text": REPORT}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")


async def test_a_form_is_the_same_under_another_boundary(serve: Any, scripted: Any) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    for _ in range(2):  # the client draws a boundary each time
        answer = await client.post("/v1/reports", files={"file": REPORT.encode()}, headers=FRESH)
        assert answer.status_code == 200, answer.text
    assert engine.calls == 1


async def test_too_much_is_too_much_with_a_key_as_well(client: Any) -> None:
    for _ in range(2):
        answer = await client.post(
            "/v1/reports",
            content=b"a" * 300_000,
            headers={**KEY, "content-type": "text/plain"},
        )
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_without_a_store_the_promise_cannot_be_given(serve: Any) -> None:
    class Gone(MemoryShared):
        async def claim(self, key: str, value: bytes, ttl_s: int) -> bool:
            raise StoreUnavailableError("gone")

    client = await serve(shared=Gone())
    answer = await client.post("/v1/reports", json={"text": REPORT}, headers=KEY)
    assert answer.status_code == 503
    assert (await client.post("/v1/reports", json={"text": REPORT})).status_code == 200


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def test_a_body_in_pieces_is_one_body(client: Any) -> None:
    headers = {**KEY, "content-type": "text/plain; charset=utf-8"}
    whole, client = REPORT.encode(), side_by_side(client)
    first = await client.post("/v1/reports", content=chunks(whole[:9], whole[9:]), headers=headers)
    second = await client.post("/v1/reports", content=whole, headers=headers)
    assert first.status_code == 200
    assert second.headers["idempotency-replayed"] == "true"
