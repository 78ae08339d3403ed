"""Jobs from the command line: listed with their reasons, shown, tried again."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from groundwork.cli.app import app
from groundwork.errors import InputError, SettingsError
from groundwork.jobs.assembly import Background
from groundwork.jobs.service import DIED
from groundwork.store.embedded import EmbeddedServer
from groundwork.text.document import SourceText
from schemas.batch import BatchLine
from schemas.job import JobState
from schemas.requests import TextRequest
from tests.fakes.background import services_on


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
def url(server: EmbeddedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROUNDWORK_REDIS_URL", server.url)
    monkeypatch.setenv("COLUMNS", "200")
    return server.url


def on(url: str, act: Callable[[Background], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with services_on(url) as services:
            return await act(services.background)

    return asyncio.run(run())


def run(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["jobs", *arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def test_a_job_that_failed_is_listed_with_its_reason_and_tried_again(url: str) -> None:
    async def fail(background: Background) -> str:
        job = await background.jobs.submit("failing", SourceText("新建公厕14座。"))
        store = background.jobs.store
        await store.finish("failing", job.id, JobState.FAILED, error=DIED)
        await store.dead.bury("failing", job.id, "/problems/engine: [every] worker died")
        return job.id

    job_id = on(url, fail)
    assert run("list", "--tenant", "other").stdout == ""
    listed = run("list", "--tenant", "failing").stdout
    assert job_id in listed
    assert DIED.detail in listed
    dead = run("list", "--dead", "--tenant", "failing").stdout
    assert job_id in dead
    assert "/problems/engine: [every] worker died" in dead
    assert json.loads(run("show", job_id, "--tenant", "failing").stdout)["state"] == "failed"
    assert run("retry", job_id, "--tenant", "failing").stdout == f"{job_id} queued\n"
    assert "no dead letters" in run("list", "--dead", "--tenant", "failing").stderr


def test_of_a_batch_the_lines_without_a_result_are_tried_again(url: str) -> None:
    async def fail(background: Background) -> str:
        line = BatchLine(custom_id="a", body=TextRequest(text="新建公厕14座。"))

        async def stream() -> Any:
            yield line.model_dump_json(exclude_none=True).encode()

        batches = background.batches
        batch = await batches.take_in("many", stream())
        await batches.work.to_open("many", batch.id, 9, 60.0)
        await batches.work.answer("many", batch.id, 1, {"custom_id": "a", **DIED.model_dump()})
        await background.jobs.store.dead.bury("many", f"{batch.id}/1", DIED.detail)
        return batch.id

    batch_id = on(url, fail)
    assert "1/1" in run("list", "--tenant", "many").stdout
    assert f"{batch_id}/1" in run("list", "--dead", "--tenant", "many").stdout
    shown = json.loads(run("show", f"{batch_id}/1", "--tenant", "many").stdout)
    assert (shown["id"], shown["state"]) == (batch_id, "failed")
    assert run("retry", f"{batch_id}/1", "--tenant", "many").stdout == f"{batch_id} queued\n"
    assert "no dead letters" in run("list", "--dead", "--tenant", "many").stderr


@pytest.mark.parametrize("command", ["show", "retry"])
def test_what_is_not_there_says_where_to_look(url: str, command: str) -> None:
    with pytest.raises(InputError, match=r"tenant public has no such job.*--tenant"):
        run(command, "job_nobody")


def test_an_address_that_is_none_is_told_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_REDIS_URL", "http://:secret@host")
    with pytest.raises(SettingsError, match="GROUNDWORK_REDIS_URL") as error:
        run("list")
    assert "secret" not in str(error.value)
