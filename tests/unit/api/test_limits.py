"""Rate limits: buckets, what is told of them, and going on without a store."""

from typing import Any

import pytest

from api.errors import ProblemError
from api.limits import Limiter
from groundwork.errors import StoreUnavailableError
from groundwork.store.keyring import KeyRing
from groundwork.store.shared import MemoryShared, Taken

pytestmark = pytest.mark.anyio

LIMITED = {"rate_limit_per_min": 3}


async def test_without_a_setting_loopback_has_no_limit(client: Any) -> None:
    answers = [await client.post("/v1/quantities", json={"text": "3家"}) for _ in range(5)]
    assert all("ratelimit" not in answer.headers for answer in answers)


async def test_too_many_requests_are_told_when_to_come_again(serve: Any) -> None:
    client = await serve(settings=LIMITED)
    answers = [await client.post("/v1/quantities", json={"text": "3家"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [a.headers["ratelimit"].split(";")[1] for a in answers] == ["r=2", "r=1", "r=0", "r=0"]
    last = answers[-1]
    assert last.headers["ratelimit-policy"] == '"default";q=3;w=60'
    assert 1 <= int(last.headers["retry-after"]) <= 20
    assert last.json()["type"] == "/problems/rate-limited"
    assert (await client.get("/livez")).status_code == 200  # health is never limited


async def test_each_key_has_its_own_bucket(serve: Any) -> None:
    shared = MemoryShared()
    tokens = [(await KeyRing(shared).add("acme"))[1] for _ in range(2)]
    client = await serve(settings=LIMITED, shared=shared)
    for token in tokens:
        headers = {"authorization": f"Bearer {token}"}
        statuses = [
            (await client.get("/v1/reports/x", headers=headers)).status_code for _ in range(4)
        ]
        assert statuses == [404, 404, 404, 429]


async def test_guessing_at_keys_is_limited_as_well(serve: Any) -> None:
    client = await serve(settings={**LIMITED, "require_keys": True})
    headers = {"authorization": "Bearer guess"}
    statuses = [(await client.get("/v1/reports/x", headers=headers)).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]


async def test_without_a_store_each_process_counts_for_itself() -> None:
    class Gone(MemoryShared):
        asked = 0

        async def take(self, key: str, most: int, per_s: float) -> Taken:
            self.asked += 1
            raise StoreUnavailableError("gone")

    gone, now_s = Gone(), 0.0
    limiter = Limiter(gone, 2, clock_s=lambda: now_s)
    await limiter.take("a")
    await limiter.take("a")
    with pytest.raises(ProblemError):
        await limiter.take("a")
    assert gone.asked == 1  # and it is not waited for each time
    now_s = 31.0
    await limiter.take("a")
    assert gone.asked == 2
