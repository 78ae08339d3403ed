"""``groundwork doctor``: look at everything a run depends on, and say what to fix."""

import asyncio

from rich.console import Console
from rich.markup import escape

from groundwork.engine.llm.doctor import Check, examine
from groundwork.errors import StoreError
from groundwork.settings import Settings
from groundwork.wiring import build, llm_config


def examine_all(console: Console, settings: Settings) -> bool:
    """Print what was found, a line each; return whether nothing needs mending."""
    checks = asyncio.run(_checks(settings))
    for check in checks:
        mark = "[green]ok[/]  " if check.ok else "[red]fix[/] "
        console.print(
            f"{mark} {check.name:<10} {escape(check.found)}", highlight=False, soft_wrap=True
        )
        if check.advice:
            console.print(f"     {'':<10} {escape(check.advice)}", highlight=False, soft_wrap=True)
    return all(check.ok for check in checks)


async def _checks(settings: Settings) -> list[Check]:
    checks = [await _store(settings)]
    config = llm_config(settings)
    if config is None:
        found = "none configured: reports are structured by rules"
        return [*checks, Check("model", ok=True, found=found)]
    return [*checks, *await examine(config)]


async def _store(settings: Settings) -> Check:
    where = (
        "the Redis that GROUNDWORK_REDIS_URL names"
        if settings.redis_url
        else (f"an embedded server in {settings.data_dir}")
    )
    services = build(settings)
    try:
        await services.start()
        await services.ping_store()
    except StoreError as error:
        advice = "results cannot be kept until it answers; check the address and that it runs"
        return Check("store", ok=False, found=f"{where}: {error}", advice=advice)
    finally:
        await services.stop()
    return Check("store", ok=True, found=f"{where} answers")
