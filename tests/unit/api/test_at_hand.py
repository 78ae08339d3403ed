"""Answers at hand: the same bytes without asking the store, for the same tenant, for a while."""

from typing import Any

import pytest

from api.at_hand import FRESH_S, Asked, Shelf
from groundwork.store.keyring import KeyRing
from groundwork.store.memory import MemoryStore
from groundwork.store.shared import MemoryShared

pytestmark = pytest.mark.anyio

REPORT = "青石乡2023年工作总结\n\n一、主要成效\n植树3.6万株,成活率92%。\n"


class CountingStore(MemoryStore):
    """Counts what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def get(self, key: str) -> bytes | None:
        self.asked += 1
        return await super().get(key)


async def test_what_was_asked_lately_is_answered_without_the_store(serve: Any) -> None:
    store = CountingStore()
    client = await serve(store=store)
    first, second = [await client.post("/v1/reports", json={"text": REPORT}) for _ in range(2)]
    asked = store.asked
    third = await client.post("/v1/reports", json={"text": REPORT})
    assert store.asked == asked
    assert third.content == second.content == first.content
    assert third.headers["cache-status"] == "groundwork; hit"
    for name in ("etag", "location", "content-location", "content-type", "cache-control"):
        assert third.headers[name] == second.headers[name]
    assert third.headers["x-request-id"] != second.headers["x-request-id"]
    assert len(third.headers.get_list("x-request-id")) == 1
    assert third.headers.get_list("x-content-type-options") == ["nosniff"]


@pytest.mark.parametrize("wish", ["no-cache", "no-store", "max-age=0"])
async def test_wishes_are_heard(serve: Any, scripted: Any, wish: str) -> None:
    engine = scripted()
    client = await serve(engine=engine)
    for _ in range(3):
        await client.post("/v1/reports", json={"text": REPORT})
    answer = await client.post(
        "/v1/reports", json={"text": REPORT}, headers={"cache-control": wish}
    )
    expected = "groundwork; hit" if wish == "max-age=0" else "groundwork; fwd=request"
    assert answer.headers["cache-status"].startswith(expected)
    assert engine.calls == (1 if wish == "max-age=0" else 2)


async def test_nothing_at_hand_reaches_another_tenant(serve: Any, scripted: Any) -> None:
    shared, engine = MemoryShared(), scripted()
    ours, theirs = [(await KeyRing(shared).add(name))[1] for name in ("a", "b")]
    client = await serve(shared=shared, engine=engine)

    async def send(token: str) -> str:
        headers = {"authorization": f"Bearer {token}"}
        answer = await client.post("/v1/reports", json={"text": REPORT}, headers=headers)
        return str(answer.headers["cache-status"])

    assert [await send(ours) for _ in range(3)][1:] == ["groundwork; hit"] * 2
    assert await send(theirs) == "groundwork; fwd=miss; stored"
    assert (await client.post("/v1/reports", json={"text": REPORT})).status_code == 401


async def test_other_bytes_are_another_request(client: Any) -> None:
    for _ in range(3):
        await client.post("/v1/reports", json={"text": REPORT})
    for sent in (
        {"content": REPORT.encode(), "headers": {"content-type": "text/plain"}},
        {"json": {"text": REPORT + " "}},
    ):
        answer = await client.post("/v1/reports", **sent)
        assert answer.headers["cache-status"] != "groundwork; hit"


async def test_an_error_is_never_at_hand(client: Any) -> None:
    for _ in range(3):
        assert (await client.post("/v1/reports", json={"text": " "})).status_code == 422


def asked(body: bytes) -> Asked:
    return ("a", b"", b"text/plain", body)


def test_an_answer_is_fresh_for_seconds() -> None:
    now_s = 0.0
    shelf = Shelf(100, clock_s=lambda: now_s)
    shelf.hold(asked(b"1"), [], b"x" * 60)
    now_s = FRESH_S - 0.1
    assert shelf.find(asked(b"1")) is not None
    now_s = FRESH_S
    assert shelf.find(asked(b"1")) is None
    assert shelf._bytes == 0


def test_the_oldest_makes_room() -> None:
    shelf = Shelf(100)
    for body in (b"1", b"2"):
        shelf.hold(asked(body), [], b"x" * 40)
    shelf.find(asked(b"1"))
    shelf.hold(asked(b"3"), [], b"x" * 40)
    assert shelf.find(asked(b"2")) is None
    assert shelf.find(asked(b"1")) is not None
    shelf.hold(asked(b"4"), [], b"x" * 100)
    assert shelf.find(asked(b"4")) is None
    shelf.hold(asked(b"3"), [], b"x" * 10)
    assert shelf._bytes == 52


async def test_it_can_be_turned_off(serve: Any) -> None:
    store = CountingStore()
    client = await serve(store=store, settings={"memory_cache_mb": 0})
    for _ in range(3):
        before = store.asked
        answer = await client.post("/v1/reports", json={"text": REPORT})
        assert store.asked > before
    assert answer.headers["cache-status"] == "groundwork; hit"
