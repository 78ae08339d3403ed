"""The ends of jobs and batches are told to webhooks, again until they are heard."""

import json

import pytest

from tests.fakes.background import CountingEngine, client_of, report, services_on, until, working
from tests.fakes.receiver import listening

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick_retries")]

HOOKS = {"webhook_key": "whsec_c2VjcmV0", "webhook_allow_private": True}


async def test_ends_are_told_until_they_are_heard(url: str) -> None:
    refusal = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"
    async with listening(answer=refusal) as receiver:
        async with (
            services_on(url, CountingEngine(), **HOOKS) as services,
            client_of(services, url) as client,
            working(services),
        ):
            job = await client.post(
                "/v1/reports",
                params={"webhook": receiver.url},
                json={"text": report()},
                headers={"Prefer": "respond-async"},
            )
            assert job.status_code == 202
            await until(lambda: len(receiver.told) >= 2)
            receiver.answer = b"HTTP/1.1 204 No Content\r\n\r\n"
            batch = await client.post(
                "/v1/batches",
                params={"webhook": receiver.url},
                content=json.dumps({"custom_id": "a", "body": {"text": report()}}).encode(),
                headers={"content-type": "application/x-ndjson"},
            )
            told = await until(
                lambda: [body for _, body in receiver.told if b"batch.succeeded" in body]
            )
        first = json.loads(receiver.told[0][1])
        assert first["type"] == "job.succeeded"
        assert first["data"]["id"] == job.json()["id"]
        assert json.loads(told[0])["data"]["id"] == batch.json()["id"]
        ids = {headers["webhook-id"].rpartition("_")[0] for headers, _ in receiver.told}
        assert ids == {f"msg_{job.json()['id']}", f"msg_{batch.json()['id']}"}
        assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 2  # the same again
