"""Keys over HTTP: who comes in, what a tenant sees, and how soon a revoked key is out."""

from pathlib import Path
from typing import Any

import pytest

from api import auth
from api.auth import FRESH_S, GRACE_S, KnownKeys
from groundwork.errors import StoreUnavailableError
from groundwork.store.keyring import KeyRing
from groundwork.store.shared import MemoryShared

pytestmark = pytest.mark.anyio

REPORT = "石门县交通局2023年工作总结\n\n一、主要成效\n改建农村公路85公里,新开客运线路6条。\n"
OPEN = ["/", "/livez", "/readyz", "/schema", "/schema/openapi.json", "/problems/timeout"]
CLOSED = [
    ("POST", "/v1/reports"),
    ("POST", "/v1/quantities"),
    ("POST", "/v1/verifications"),
    ("GET", f"/v1/reports/{'0' * 64}"),
    ("GET", f"/v1/reports/{'0' * 64}/source"),
    ("GET", f"/v1/reports/{'0' * 64}/export"),
    ("GET", "/none-such"),
    ("GET", "//v1/reports"),
    ("GET", "/schemas"),
    ("GET", "/viewer/../v1/reports/x"),
]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


class Gone(MemoryShared):
    """Fails while told to."""

    gone = False

    async def row(self, key: str, name: str) -> bytes | None:
        if self.gone:
            raise StoreUnavailableError("gone")
        return await super().row(key, name)

    async def count(self, key: str) -> int:
        if self.gone:
            raise StoreUnavailableError("gone")
        return await super().count(key)


@pytest.fixture
def shared() -> Gone:
    return Gone()


@pytest.mark.parametrize("address", OPEN)
async def test_pages_and_health_need_no_key(serve: Any, address: str) -> None:
    client = await serve(settings={"require_keys": True})
    assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize(("method", "address"), CLOSED)
async def test_everything_else_does(serve: Any, method: str, address: str) -> None:
    client = await serve(settings={"require_keys": True})
    answer = await client.request(method, f"http://testserver.local{address}")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == 'Bearer realm="groundwork"'
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ("Bearer nonsense", "invalid_token"),
        ("Bearer ", "invalid_token"),
        ("Bearer gw_000000000000_" + "A" * 43, "invalid_token"),
        ("Basic YTpi", "invalid_request"),
        ("nonsense", "invalid_request"),
        ("Bearer \xff\xfe", "invalid_token"),
    ],
)
@pytest.mark.parametrize("required", [True, False])
async def test_a_wrong_key_is_refused_even_where_none_is_needed(
    serve: Any, header: str, error: str, required: bool
) -> None:
    client = await serve(settings={"require_keys": required})
    answer = await client.post(
        "/v1/reports",
        json={"text": REPORT},
        headers={"authorization": header.encode("latin-1")},
    )
    assert answer.status_code == 401
    assert f'error="{error}"' in answer.headers["www-authenticate"]
    assert "gw_" not in answer.text


async def test_a_key_opens_the_door(serve: Any, shared: Gone) -> None:
    _, token = await KeyRing(shared).add("acme")
    client = await serve(shared=shared, settings={"require_keys": True})
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"authorization": f"{scheme} {token}"}
        answer = await client.post("/v1/reports", json={"text": REPORT}, headers=headers)
        assert answer.status_code == 200, answer.text


async def test_once_a_key_was_made_everybody_needs_one(serve: Any, shared: Gone) -> None:
    made, _ = await KeyRing(shared).add("acme")
    client = await serve(shared=shared)
    assert (await client.post("/v1/reports", json={"text": REPORT})).status_code == 401
    await KeyRing(shared).revoke(made.id)
    client = await serve(shared=shared)
    assert (await client.post("/v1/reports", json={"text": REPORT})).status_code == 401


async def test_a_tenant_sees_nothing_of_another(serve: Any, shared: Gone, scripted: Any) -> None:
    ring = KeyRing(shared)
    (_, ours), (_, second), (_, theirs) = [await ring.add(name) for name in ("a", "a", "b")]
    engine = scripted()
    client = await serve(shared=shared, engine=engine)

    async def send(token: str, **more: str) -> Any:
        return await client.post(
            "/v1/reports", json={"text": REPORT}, headers={**bearer(token), **more}
        )

    made = await send(ours)
    address = made.headers["location"]
    assert (await send(second)).headers["cache-status"] == "groundwork; hit"  # the same tenant
    for part in ("", "/source", "/export"):
        assert (await client.get(address + part, headers=bearer(second))).status_code == 200
        assert (await client.get(address + part, headers=bearer(theirs))).status_code == 404
    probe = await send(theirs, **{"cache-control": "only-if-cached"})
    assert probe.status_code == 504  # nor may they ask whether we had it
    first = await send(theirs)
    assert first.headers["cache-status"] == "groundwork; fwd=miss; stored"
    assert first.json()["id"] == made.json()["id"]  # the same text has the same address
    assert engine.calls == 2


async def test_what_nobody_owned_is_no_tenants(serve: Any, shared: Gone) -> None:
    client = await serve(shared=shared)
    made = await client.post("/v1/reports", json={"text": REPORT})
    _, token = await KeyRing(shared).add("acme")
    answer = await client.get(made.headers["location"], headers=bearer(token))
    assert answer.status_code == 404


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


async def test_a_revoked_key_is_out_within_seconds(shared: Gone) -> None:
    ring, clock = KeyRing(shared), Clock()
    known = KnownKeys(ring, clock)
    made, token = await ring.add("acme")
    assert await known.find(token) == made
    await ring.revoke(made.id)
    clock.now_s += FRESH_S - 0.1
    assert await known.find(token) == made
    clock.now_s += 0.2
    assert await known.find(token) is None


async def test_a_new_key_is_in_at_once(shared: Gone) -> None:
    known = KnownKeys(KeyRing(shared), Clock())
    assert not await known.in_use()
    _, token = await KeyRing(shared).add("acme")
    assert await known.find(token) is not None


async def test_a_known_key_outlasts_the_store_for_a_while(shared: Gone) -> None:
    ring, clock = KeyRing(shared), Clock()
    known = KnownKeys(ring, clock)
    made, token = await ring.add("acme")
    _, stranger = await ring.add("acme")
    await known.find(token)
    shared.gone = True
    clock.now_s += GRACE_S - 1
    assert await known.find(token) == made
    with pytest.raises(StoreUnavailableError):
        await known.find(stranger)
    clock.now_s += 2
    with pytest.raises(StoreUnavailableError):
        await known.find(token)


async def test_an_unknown_key_without_a_store_is_our_failure(serve: Any, shared: Gone) -> None:
    _, token = await KeyRing(shared).add("acme")
    shared.gone = True
    client = await serve(shared=shared, settings={"require_keys": True})
    answer = await client.post("/v1/reports", json={"text": REPORT}, headers=bearer(token))
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-unavailable")
    assert "retry-after" in answer.headers


async def test_keys_are_remembered_only_so_many(
    shared: Gone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "_MOST_KNOWN", 3)
    known = KnownKeys(KeyRing(shared), Clock())
    for _ in range(5):
        _, token = await KeyRing(shared).add("acme")
        await known.find(token)
    assert len(known._known) == 3


def test_the_decision_is_written_down() -> None:
    decisions = Path(__file__).parents[3] / "docs" / "decisions"
    assert (decisions / "0006-keys-are-random-so-a-fast-hash-will-do.md").exists()
