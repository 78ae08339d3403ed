"""The ends of jobs and batches are told to webhooks, again until they are heard."""

import json

import pytest

from groundwork.errors import EngineError
from groundwork.text.document import SourceText
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


async def test_a_second_end_is_another_message(url: str) -> None:
    """Receivers throw away what they have seen, by its id."""
    engine = CountingEngine(failures=[EngineError("the endpoint failed")] * 6)
    async with (
        listening() as receiver,
        services_on(url, engine, **HOOKS) as services,
        working(services),
    ):
        jobs = services.background.jobs
        job = await jobs.submit("public", SourceText(report()), receiver.url)
        await until(lambda: len(receiver.told) == 1)
        await services.background.retry("public", job.id)
        await until(lambda: len(receiver.told) == 2)
    (first, said), (second, corrected) = receiver.told
    assert first["webhook-id"] != second["webhook-id"]
    types = [json.loads(body)["type"] for body in (said, corrected)]
    assert types == ["job.failed", "job.succeeded"]


async def test_a_batch_without_a_good_line_has_ended_too(url: str) -> None:
    async with (
        listening() as receiver,
        services_on(url, CountingEngine(), **HOOKS) as services,
        client_of(services, url) as client,
        working(services),
    ):
        await client.post(
            "/v1/batches",
            params={"webhook": receiver.url},
            content=b"no request\n",
            headers={"content-type": "application/x-ndjson"},
        )
        await until(lambda: receiver.told)
    assert json.loads(receiver.told[0][1])["type"] == "batch.failed"


async def test_what_nobody_takes_lies_with_the_dead_letters_until_retried(url: str) -> None:
    refusal = b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"
    async with (
        listening(answer=refusal) as receiver,
        services_on(url, CountingEngine(), **HOOKS) as services,
        working(services),
    ):
        background = services.background
        job = await background.jobs.submit("public", SourceText(report()), receiver.url)
        dead = background.jobs.store.dead
        (letter,) = await until(lambda: dead.newest("public", 9))
        assert letter.name == f"{job.id}/webhook"
        assert letter.reason == "not accepted: status 410"
        assert len(receiver.told) == 6
        receiver.answer = b"HTTP/1.1 204 No Content\r\n\r\n"
        found = await background.retry("public", letter.name)
        assert found is not None
        assert found.state == "succeeded"
        await until(lambda: len(receiver.told) == 7)
        assert await dead.newest("public", 9) == []
    assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 1
