"""Jobs from end to end: the application, a worker, and a real server between them."""

import asyncio
import json
from typing import Any

import pytest
from litestar_queues.task import RetryBackoff

from groundwork.errors import EngineError, StoreError
from groundwork.jobs.service import REPORT
from groundwork.store.jobs import JobStore
from groundwork.store.redis import RedisDoor
from groundwork.text.document import SourceText
from schemas.job import JobState
from tests.fakes.background import (
    Client,
    CountingEngine,
    client_of,
    report,
    services_on,
    until,
    working,
)
from tests.fakes.openai_server import FakeOpenAI, Model, Reply, completion, items

pytestmark = pytest.mark.anyio

ASYNC = {"Prefer": "respond-async"}


async def ask(client: Client, text: str, **headers: str) -> Any:
    return await client.post("/v1/reports", json={"text": text}, headers=headers)


async def submit(client: Client, text: str) -> str:
    answer = await ask(client, text, **ASYNC)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def events_of(stream: str) -> list[tuple[str, str, Any]]:
    """Read a stream of server-sent events: (id, type, data)."""
    found = []
    for block in stream.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return found


async def test_a_job_is_accepted_done_and_read_again(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        accepted = await ask(client, report(), **ASYNC)
        assert accepted.status_code == 202
        assert accepted.headers["preference-applied"] == "respond-async"
        assert int(accepted.headers["retry-after"]) > 0
        where = accepted.headers["location"]
        waiting = (await client.get(where)).json()
        assert (waiting["state"], waiting["attempts"]) == ("queued", 0)
        async with working(services):
            done = await client.get(where, params={"wait": 20})
        job = done.json()
        assert (done.status_code, job["state"], job["attempts"]) == (200, "succeeded", 1)
        assert job["progress"] == {"done": 1, "total": 1}
        assert "retry-after" not in done.headers
        result = await client.get(job["result"])
        assert result.json()["id"] == job["result_id"]
        again = await ask(client, report(), **ASYNC)
        assert (again.status_code, again.content) == (200, result.content)
        assert again.headers["cache-status"] == "groundwork; hit"


async def test_a_sender_who_waits_gets_the_result_itself(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        async with working(services):
            answer = await ask(client, report(), Prefer="wait=20")
        assert answer.status_code == 200
        assert answer.headers["preference-applied"] == "wait=20"
        assert answer.json()["reports"][0]["items"]
        late = await ask(client, report("北屏镇"), Prefer="wait=1")  # nobody works any more
        assert (late.status_code, late.json()["state"]) == (202, "queued")


async def test_events_are_replayed_from_any_place(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        job_id = await submit(client, report())
        async with working(services):
            first = await client.get(f"/v1/jobs/{job_id}/events")
        assert first.headers["content-type"].startswith("text/event-stream")
        told = events_of(first.text)
        kinds = [kind for _, kind, _ in told]
        assert kinds == ["queued", "running", "chunk", "item", "usage", "done"]
        assert told[3][2]["evidence"][0]["quote"] in report()
        assert told[-1][2]["state"] == "succeeded"
        late = await client.get(f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": told[2][0]})
        assert events_of(late.text) == told[3:]
        odd = await client.get(f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": "nonsense"})
        assert events_of(odd.text) == told


async def test_events_and_answers_count_utf16_units_if_asked_to(url: str) -> None:
    text = report("𠮷𠮷镇") + "𠮷𠮷田村新修水渠12公里。\n"
    asked = {"offset_unit": "utf16"}
    async with services_on(url) as services, client_of(services, url) as client, working(services):
        job_id = await submit(client, text)
        told = await client.get(f"/v1/jobs/{job_id}/events", params=asked)
        line = json.dumps({"custom_id": "a", "body": {"text": text}})
        headers = {"content-type": "application/x-ndjson"}
        sent = await client.post("/v1/batches", content=line, headers=headers)
        address = sent.json()["results"]

        async def answer() -> Any:
            lines = (await client.get(address, params=asked)).text.splitlines()
            return json.loads(lines[0])["response"] if lines else None

        result = (await until(answer))["body"]
        wrong = await client.get(f"/v1/jobs/{job_id}/events", params={"offset_unit": "bytes"})
    assert wrong.status_code == 400
    streamed = [data for _, kind, data in events_of(told.text) if kind == "item"]
    units = text.encode("utf-16-le")
    for given in (streamed, result["reports"][0]["items"]):
        assert len(given) >= 2
        for span in (span for item in given for span in item["evidence"]):
            assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["quote"]


async def test_a_quiet_job_sends_heartbeats(url: str) -> None:
    async with services_on(url) as services:
        jobs = services.background.jobs
        job = await jobs.submit("public", SourceText(report()))
        heard = jobs.follow("public", job.id, "0-0", 0.05)
        assert [(await anext(heard)).type] == ["queued"]  # type: ignore[union-attr]
        assert await anext(heard) is None


async def test_a_queued_job_is_cancelled_and_never_done(url: str) -> None:
    engine = CountingEngine()
    async with services_on(url, engine) as services, client_of(services, url) as client:
        job_id = await submit(client, report())
        cancelled = await client.delete(f"/v1/jobs/{job_id}")
        assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
        async with working(services):
            other = await submit(client, report("北屏镇"))
            await client.get(f"/v1/jobs/{other}", params={"wait": 20})
        assert set(engine.calls) == {report("北屏镇")}
        again = await client.delete(f"/v1/jobs/{job_id}")
        assert again.json() == cancelled.json()


async def test_a_running_job_is_cancelled_in_the_middle_of_a_call(url: str) -> None:
    slow = Model(lambda request: Reply(body=completion(items()).body, delay_s=60))
    with FakeOpenAI(slow) as fake:
        model = {"llm_base_url": fake.url, "llm_model": "fake"}
        async with services_on(url, **model) as services, client_of(services, url) as client:
            async with working(services):
                job_id = await submit(client, report())
                await until(lambda: fake.questions)
                cancelled = await client.delete(f"/v1/jobs/{job_id}")
                assert cancelled.json()["state"] == "cancelled"
                await until(fake.abandoned.is_set)
            job = (await client.get(f"/v1/jobs/{job_id}")).json()
            assert (job["state"], job["result"]) == ("cancelled", None)


@pytest.mark.usefixtures("quick_retries")
async def test_a_failure_is_tried_again(url: str) -> None:
    engine = CountingEngine(failures=[EngineError("the endpoint failed")])
    async with services_on(url, engine) as services, client_of(services, url) as client:
        async with working(services):
            job_id = await submit(client, report())
            job = (await client.get(f"/v1/jobs/{job_id}", params={"wait": 20})).json()
        assert (job["state"], job["attempts"], job["error"]) == ("succeeded", 2, None)


@pytest.mark.usefixtures("quick_retries")
async def test_what_is_given_up_lies_with_the_dead_letters_until_retried(url: str) -> None:
    engine = CountingEngine(failures=[EngineError("the endpoint failed")] * 6)
    async with services_on(url, engine) as services, client_of(services, url) as client:
        async with working(services):
            job_id = await submit(client, report())
            job = (await client.get(f"/v1/jobs/{job_id}", params={"wait": 20})).json()
            assert (job["state"], job["attempts"]) == ("failed", 6)
            assert job["error"] == {"type": "/problems/engine", "detail": "the endpoint failed"}
            jobs = services.background.jobs
            (letter,) = await jobs.store.dead.newest("public", 9)
            assert (letter.name, letter.reason) == (
                job_id,
                "/problems/engine: the endpoint failed",
            )
            await jobs.retry("public", job_id)
            job = (await client.get(f"/v1/jobs/{job_id}", params={"wait": 20})).json()
        assert job["state"] == "succeeded"
        assert await jobs.store.dead.newest("public", 9) == []


async def test_errors_tell_no_report_text(url: str) -> None:
    engine = CountingEngine(failures=[KeyError(report())] * 6)
    async with services_on(url, engine) as services:
        jobs = services.background.jobs
        made = await jobs.submit("public", SourceText(report()))
        await jobs.store.begin("public", made.id)
        from groundwork.jobs.runner import explain

        assert explain(KeyError(report())).detail == "unforeseen: KeyError"


async def test_a_job_that_was_done_is_not_done_again(url: str) -> None:
    engine = CountingEngine()
    async with services_on(url, engine) as services:
        jobs = services.background.jobs
        async with working(services):
            job = await jobs.submit("public", SourceText(report()))
            done = await jobs.wait("public", job.id, 20)
            assert done is not None
            assert done.state is JobState.SUCCEEDED
            from groundwork.jobs.queue import Work

            await jobs.queue.put(Work(REPORT, {"tenant": "public", "job_id": job.id}))
            await asyncio.sleep(0.3)
        assert engine.calls.total() == 1
        assert await jobs.find("public", job.id) == done


async def test_jobs_of_one_tenant_are_unknown_to_another(url: str) -> None:
    async with services_on(url) as services:
        jobs = services.background.jobs
        async with working(services):
            job = await jobs.submit("a", SourceText(report()))
            done = await jobs.wait("a", job.id, 20)
        assert done is not None
        assert done.result_id is not None
        assert await jobs.find("b", job.id) is None
        assert await jobs.cancel("b", job.id) is None
        assert await jobs.retry("b", job.id) is None
        assert await jobs.store.newest("b", "jobs", 9) == []
        assert await jobs.store.events("b", job.id).after("0-0") == []
        assert await services.for_tenant("a").results.find(done.result_id)
        assert await services.for_tenant("b").results.find(done.result_id) is None
        assert await services.results.find(done.result_id) is None


@pytest.mark.parametrize("path", ["", "/events"])
async def test_an_unknown_job_is_not_found(url: str, path: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        answer = await client.get(f"/v1/jobs/job_nobody{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize("wait", ["-1", "61", "soon", "٣", "1e9"])
async def test_a_wait_that_is_none_is_a_bad_request(url: str, wait: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        answer = await client.get("/v1/jobs/job_nobody", params={"wait": wait})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")


async def test_garbage_under_the_keys_of_a_job_is_said_so(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        await door.do("SET", "gw:v1:public:job:job_a", "garbage")
        await door.do("HSET", "gw:v1:public:job:job_b", "state", "flying")
        for job_id in ("job_a", "job_b"):
            answer = await client.get(f"/v1/jobs/{job_id}")
            assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store")
            assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("part", ["source", "events"])
async def test_a_part_of_a_job_is_no_job(url: str, part: str) -> None:
    """Ids become parts of keys, and another part of the same job is no hash."""
    async with services_on(url) as services, client_of(services, url) as client:
        address = f"/v1/jobs/{await submit(client, report())}:{part}"
        for answer in (
            await client.get(address),
            await client.get(address, params={"wait": 1}),
            await client.get(f"{address}/events"),
            await client.delete(address),
        ):
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_job_that_the_queue_lost_is_delivered_again(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        jobs = services.background.jobs
        job_id = await submit(client, report())
        assert await jobs.store.overdue(60.0) == []
        assert await jobs.store.overdue(0.0) == [("public", job_id)]
        assert not await jobs.revive("public", job_id)  # it waits its turn
        lost = [key for key in await door.do("KEYS", "*") if key.startswith(b"gw:q1:")]
        await door.do("DEL", *lost)
        assert await jobs.revive("public", job_id)
        async with working(services):
            done = await jobs.wait("public", job_id, 20)
        assert done is not None
        assert done.state is JobState.SUCCEEDED
        assert await jobs.store.overdue(0.0) == []


async def test_a_job_that_is_gone_is_not_expected_any_more(url: str, door: RedisDoor) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        jobs = services.background.jobs
        job_id = await submit(client, report())
        await door.do("DEL", f"gw:v1:public:job:{job_id}")
        assert not await jobs.revive("public", job_id)
        assert await jobs.store.overdue(0.0) == []


async def test_a_job_whose_end_could_not_be_written_is_ended_later(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue gives work up after some tries, and then nobody else would ever look."""
    monkeypatch.setattr("groundwork.jobs.queue._BACKOFF", RetryBackoff(0.01))
    monkeypatch.setattr("groundwork.jobs.assembly._REDELIVERY_S", 0.0)
    async with services_on(url, job_timeout_s=1.0) as services, client_of(services, url) as client:
        jobs = services.background.jobs
        job_id = await submit(client, report())
        fails, finish = iter(range(6)), JobStore.finish

        async def refuse(*given: Any, **more: Any) -> bool:
            if next(fails, None) is not None:
                raise StoreError("full")
            return await finish(*given, **more)

        monkeypatch.setattr(JobStore, "finish", refuse)
        async with working(services):
            done = await jobs.wait("public", job_id, 20)
        assert done is not None
        assert (done.state, done.attempts) == (JobState.SUCCEEDED, 7)


async def test_by_api_keys_tenants_see_their_own_jobs_and_batches_only(url: str) -> None:
    async with services_on(url) as services, client_of(services, url) as client:
        keys = {}
        for tenant in ("ours", "theirs"):
            _, token = await services.keys.add(tenant, "")
            keys[tenant] = {"Authorization": f"Bearer {token}"}
        job = await ask(client, report(), **ASYNC, **keys["ours"])
        lines = json.dumps({"custom_id": "a", "body": {"text": report()}}).encode()
        kind = {"content-type": "application/x-ndjson"}
        batch = await client.post("/v1/batches", content=lines, headers=kind | keys["ours"])
        async with working(services):
            for made in (job, batch):
                assert made.status_code == 202
                await until(lambda made=made: _is_done(client, made, keys["ours"]))  # type: ignore[misc]
        result = (await client.get(job.headers["location"], headers=keys["ours"])).json()["result"]
        theirs = [
            result,
            job.headers["location"],
            f"{job.headers['location']}/events",
            batch.headers["location"],
            f"{batch.headers['location']}/results",
        ]
        for path in theirs:
            assert (await client.get(path, headers=keys["ours"])).status_code == 200, path
            assert (await client.get(path, headers=keys["theirs"])).status_code == 404, path
            assert (await client.get(path)).status_code == 401, path
        for path in (job.headers["location"], batch.headers["location"]):
            assert (await client.delete(path, headers=keys["theirs"])).status_code == 404
        again = await ask(client, report(), **keys["theirs"])
        assert again.headers["cache-status"] == "groundwork; fwd=miss; stored"


async def _is_done(client: Client, made: Any, headers: dict[str, str]) -> bool:
    found = (await client.get(made.headers["location"], headers=headers)).json()
    return bool(found["finished_at"])
