"""API keys from the command line: who may ask the service, and whose results are whose."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from groundwork.store.keyring import ApiKey, KeyRing

keys = typer.Typer(
    help="Make, list and revoke API keys. A tenant's keys see the tenant's results, and no others.",
    no_args_is_help=True,
)

_T = TypeVar("_T")
_HIDDEN: Final = {"digest"}


class Format(StrEnum):
    """How the list is printed."""

    TABLE = "table"
    JSON = "json"


@keys.command()
def add(
    tenant: Annotated[str, typer.Argument(help="Whose key it is: a-z, 0-9, - and _.")],
    note: Annotated[str, typer.Option(help="What it is for; shown by list.")] = "",
) -> None:
    """Make a key and print it. It is shown this once: only its digest is kept."""
    made, token = _with_ring(lambda ring: ring.add(tenant, note))
    told = f"key {made.id} of tenant {made.tenant}; keep it now, it is not shown again:"
    Console(stderr=True).print(told, markup=False, highlight=False, soft_wrap=True)
    sys.stdout.write(f"{token}\n")


@keys.command("list")
def list_keys(
    output: Annotated[Format, typer.Option("--format", help="A table, or JSON.")] = Format.TABLE,
) -> None:
    """List every key that was made, without the keys themselves."""
    found = _with_ring(lambda ring: ring.all())
    if output is Format.JSON:
        plain = [{k: v for k, v in asdict(each).items() if k not in _HIDDEN} for each in found]
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
        return
    if not found:
        told = "there are no keys yet; `groundwork keys add TENANT` makes one"
        Console(stderr=True).print(told, markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("id", "tenant", "made", "revoked", "note", box=None)
    for each in found:
        table.add_row(each.id, each.tenant, *_times(each), escape(each.note))
    Console().print(table)


@keys.command()
def revoke(key_id: Annotated[str, typer.Argument(help="The id, as list shows it.")]) -> None:
    """Let a key open nothing any more; running services notice within seconds."""
    gone = _with_ring(lambda ring: ring.revoke(key_id))
    sys.stdout.write(f"key {gone.id} of tenant {gone.tenant} is revoked\n")


def _with_ring(work: Callable[[KeyRing], Awaitable[_T]]) -> _T:
    from groundwork.settings import load  # noqa: PLC0415 - only where a store is wanted
    from groundwork.wiring import key_ring  # noqa: PLC0415

    async def do() -> _T:
        async with key_ring(load()) as ring:
            return await work(ring)

    return asyncio.run(do())


def _times(key: ApiKey) -> tuple[str, str]:
    made, gone = (
        "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
        for at in (key.made_at_s, key.revoked_at_s)
    )
    return made, gone
