"""``groundwork compare``: last year's goals and plans against this year's achievements."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from groundwork import pipeline
from groundwork.cli.evaluate import EngineChoice, Shape, make_engine
from groundwork.cli.files import read_source
from groundwork.comparison import compare
from schemas.base import plain_decimal
from schemas.comparison import Comparison, Followed, Outcome, Side, Stated

_STYLES: Final = {
    Outcome.MET: "green",
    Outcome.MENTIONED: "green",
    Outcome.MISSED: "bold red",
    Outcome.UNSURE: "yellow",
    Outcome.NOT_COMPARABLE: "yellow",
    Outcome.NOT_MENTIONED: "red",
}


def compare_reports(
    last: Annotated[Path, typer.Argument(help="Last year's report, with its goals and plans.")],
    this: Annotated[Path, typer.Argument(help="This year's report, with its achievements.")],
    engine: Annotated[
        EngineChoice, typer.Option(help="auto takes the model when GROUNDWORK_LLM_BASE_URL is set.")
    ] = EngineChoice.AUTO,
    output: Annotated[Shape, typer.Option("--format", help="A table to read, or JSON.")] = (
        Shape.TABLE
    ),
) -> None:
    """Tell which of last year's targets were met, by how much, and which nobody mentions.

    Indicators are paired by name and unit, with a score. A pair that is not certain is shown as
    unsure, with its doubts, and judged by nobody. Exits with 0 whatever became of the targets.
    """
    found = asyncio.run(_compared(last, this, engine))
    if output is Shape.JSON:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        show_comparison(Console(), found)


async def _compared(last: Path, this: Path, choice: EngineChoice) -> Comparison:
    engine = make_engine(choice)
    try:
        before = await pipeline.structure(read_source(last), engine)
        after = await pipeline.structure(read_source(this), engine)
        return compare(before, after)
    finally:
        close = getattr(engine, "close", None)
        if close is not None:
            await close()


def show_comparison(console: Console, found: Comparison) -> None:
    """Print every target with its counterpart, both places, and what came of it."""
    console.print(f"last: {escape(_named(found.last))}\nthis: {escape(_named(found.this))}")
    table = Table(expand=True, show_lines=True)
    table.add_column("target", ratio=3, overflow="fold")
    table.add_column("counterpart", ratio=3, overflow="fold")
    table.add_column("outcome", ratio=2, overflow="fold")
    table.add_column("score", no_wrap=True)
    for entry in found.followed:
        style = _STYLES[entry.outcome]
        table.add_row(
            _cell(entry.target),
            "\n".join(_cell(stated) for stated in _counterparts(entry)),
            f"[{style}]{entry.outcome}[/]{_extent(entry)}\n{escape(entry.explanation.zh)}",
            "" if entry.score is None else f"{entry.score:.2f}",
        )
    console.print(table)
    told = (f"{count} {outcome}" for outcome, count in found.counts.items() if count)
    console.print(" · ".join(told))
    for warning in found.warnings:
        console.print(f"[yellow]warning[/] {escape(warning)}")


def _named(side: Side) -> str:
    return " · ".join(filter(None, (side.title or "(no title)", side.period)))


def _counterparts(entry: Followed) -> list[Stated]:
    chosen = [entry.achieved] if entry.achieved else []
    return chosen + [rival.stated for rival in entry.rivals]


def _extent(entry: Followed) -> str:
    return "" if entry.completion is None else f" {plain_decimal(entry.completion)} %"


def _cell(stated: Stated) -> str:
    place = stated.quantity.span if stated.quantity else stated.evidence[0]
    text = escape(" ".join(stated.text.split()))
    if stated.quantity:
        number = escape("".join(stated.quantity.span.quote.split()))
        text = text.replace(number, f"[bold]{number}[/]", 1)
    return f"{text} [dim]{place.start}-{place.end}[/]"
