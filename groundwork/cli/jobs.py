"""``groundwork jobs``: what waits, what failed and why, and trying it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from groundwork.errors import InputError
from groundwork.settings import load
from groundwork.store.keys import PUBLIC
from schemas.batch import Batch
from schemas.job import Job

if TYPE_CHECKING:
    from groundwork.jobs.assembly import Background

_T = TypeVar("_T")

jobs = typer.Typer(name="jobs", help="Jobs and batches: list, show, retry.", no_args_is_help=True)
TenantOption = Annotated[str, typer.Option(help="Whose jobs; public as long as there are no keys.")]
JobArgument = Annotated[str, typer.Argument(help="The id, as list shows it.")]
_LISTS: Final = ("jobs", "batches")


@jobs.command("list")
def list_jobs(
    tenant: TenantOption = PUBLIC,
    dead: Annotated[
        bool, typer.Option("--dead", help="Only what was given up after every retry, and why.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, max=1_000, help="How many, newest first.")] = 20,
) -> None:
    """List jobs and batches, newest first."""
    table = _with_background(
        lambda background: (_dead_letters if dead else _listed)(background, tenant, most)
    )
    if table.row_count:
        Console().print(table)
        return
    what = "dead letters" if dead else "jobs or batches"
    told = f"no {what} of tenant {tenant}; --tenant names another"
    Console(stderr=True).print(told, markup=False, highlight=False)


@jobs.command("show")
def show_job(job_id: JobArgument, tenant: TenantOption = PUBLIC) -> None:
    """Show a job or a batch as JSON."""
    found = _with_background(lambda background: background.find(tenant, job_id))
    typer.echo(_known(found, tenant).model_dump_json(indent=2))


@jobs.command("retry")
def retry_job(job_id: JobArgument, tenant: TenantOption = PUBLIC) -> None:
    """Begin a failed or cancelled job anew; of a batch, the lines without a result."""
    retried = _with_background(lambda background: background.retry(tenant, job_id))
    found = _known(retried, tenant)
    typer.echo(f"{found.id} {found.state}")


async def _listed(background: "Background", tenant: str, most: int) -> Table:
    names = [await background.jobs.store.newest(tenant, name, most) for name in _LISTS]
    found = [await background.find(tenant, each) for name in names for each in name]
    kept = sorted((each for each in found if each), key=lambda each: each.created_at, reverse=True)
    table = _table("id", "state", "done", "created")
    for each in kept[:most]:
        table.add_row(each.id, *_row(each))
    return table


async def _dead_letters(background: "Background", tenant: str, most: int) -> Table:
    table = _table("id", "given up")
    for letter in await background.jobs.store.dead.newest(tenant, most):
        at = letter.given_up_at.isoformat(timespec="seconds")
        table.add_row(letter.name, at, escape(letter.reason))
    return table


def _table(*names: str) -> Table:
    columns = (Column(name, no_wrap=True) for name in names)
    return Table(*columns, Column("reason", overflow="fold"), box=None)


def _known(found: Job | Batch | None, tenant: str) -> Job | Batch:
    if found is None:
        raise InputError(
            f"tenant {tenant} has no such job or batch, or it is not kept any more;"
            " `groundwork jobs list` shows them, --tenant names another"
        )
    return found


def _row(found: Job | Batch) -> tuple[str, str, str, str]:
    created = found.created_at.isoformat(timespec="seconds")
    if isinstance(found, Batch):
        done = found.counts.total - found.counts.waiting
        return found.state, f"{done}/{found.counts.total}", created, ""
    progress = f"{found.progress.done}/{found.progress.total or '?'}"
    reason = f"{found.error.type}: {found.error.detail}" if found.error else ""
    return found.state, progress, created, escape(reason)


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
