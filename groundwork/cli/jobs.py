"""``groundwork jobs``: what waits, what failed and why, and trying it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Column, Table

from groundwork.errors import InputError
from groundwork.settings import load
from schemas.batch import Batch
from schemas.job import Job

if TYPE_CHECKING:
    from groundwork.jobs.assembly import Background

_T = TypeVar("_T")

jobs = typer.Typer(name="jobs", help="Jobs and batches: list, show, retry.", no_args_is_help=True)
TenantOption = Annotated[str, typer.Option(help="Whose jobs.")]


@jobs.command("list")
def list_jobs(
    tenant: TenantOption = "public",
    dead: Annotated[
        bool, typer.Option("--dead", help="Only what was given up after every retry.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, max=1_000, help="How many, newest first.")] = 20,
) -> None:
    """List jobs and batches, newest first."""

    async def find(background: "Background") -> list[tuple[str, Job | Batch | None]]:
        names = ["dead"] if dead else ["jobs", "batches"]
        ids = [
            each
            for name in names
            for each in await background.jobs.store.newest(tenant, name, most)
        ]
        return [(each, await _find(background, tenant, each)) for each in ids]

    columns = (Column(name, no_wrap=True) for name in ("id", "state", "done", "created"))
    table = Table(*columns, "reason", box=None)
    for job_id, found in _with_background(find):
        table.add_row(job_id, *_row(found))
    Console().print(table)


@jobs.command("show")
def show_job(job_id: str, tenant: TenantOption = "public") -> None:
    """Show a job or a batch as JSON."""

    async def find(background: "Background") -> Job | Batch | None:
        return await _find(background, tenant, job_id)

    typer.echo(_known(_with_background(find)).model_dump_json(indent=2))


@jobs.command("retry")
def retry_job(job_id: str, tenant: TenantOption = "public") -> None:
    """Begin a failed or cancelled job anew; of a batch, the lines without a result."""

    async def retry(background: "Background") -> Job | Batch | None:
        batch_id, _, _ = job_id.partition("/")
        if batch_id.startswith("batch_"):
            return await background.batches.resume(tenant, batch_id)
        return await background.jobs.retry(tenant, job_id)

    found = _known(_with_background(retry))
    typer.echo(f"{found.id} {found.state}")


async def _find(background: "Background", tenant: str, job_id: str) -> Job | Batch | None:
    whole, _, _ = job_id.partition("/")  # dead lines of a batch are listed as batch/line
    if whole.startswith("batch_"):
        return await background.batches.find(tenant, whole)
    return await background.jobs.find(tenant, whole)


def _known(found: Job | Batch | None) -> Job | Batch:
    if found is None:
        raise InputError("there is no such job or batch")
    return found


def _row(found: Job | Batch | None) -> tuple[str, str, str, str]:
    if found is None:
        return "gone", "", "", ""
    created = found.created_at.isoformat(timespec="seconds")
    if isinstance(found, Batch):
        done = found.counts.total - found.counts.waiting
        return found.state, f"{done}/{found.counts.total}", created, ""
    progress = f"{found.progress.done}/{found.progress.total or '?'}"
    reason = f"{found.error.type}: {found.error.detail}" if found.error else ""
    return found.state, progress, created, reason


def _with_background(act: "Callable[[Background], Awaitable[_T]]") -> _T:
    """Run ``act`` on the jobs of the configured server, which is started if it is ours."""

    async def run() -> _T:
        from groundwork.wiring import build  # noqa: PLC0415 - the engines cost a second to import

        services = build(load())
        await services.start()
        try:
            return await act(services.background)
        finally:
            await services.stop()

    return asyncio.run(run())
