"""``groundwork batch``: many reports by one command, on a server or right here."""

import asyncio
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from groundwork.batch import outputs
from groundwork.batch.archives import read_archive
from groundwork.batch.entries import Columns, Entry, Reader, gather
from groundwork.batch.journal import Journal
from groundwork.batch.runner import Outcome, Tally, run
from groundwork.batch.sending import Server, Structurer
from groundwork.batch.tables import read_csv, read_lines, read_workbook
from groundwork.cli.evaluate import EngineChoice, make_engine
from groundwork.engine.rules import RuleEngine
from groundwork.errors import InputError

_READERS: Final[dict[str, Reader]] = {
    ".zip": read_archive,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_workbook,
}
_MOST_SHOWN: Final = 50
_INTERRUPTED: Final = 130


class BatchFormat(StrEnum):
    """What the output file is."""

    AUTO = "auto"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MD = "md"


def batch_reports(  # noqa: PLR0913, PLR0917 - a command has as many as it has options
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, .zip archives; .jsonl, .csv and .xlsx with a report"
            " a row."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")],
    output: Annotated[
        BatchFormat, typer.Option("--format", help="auto takes the suffix of --out.")
    ] = BatchFormat.AUTO,
    server: Annotated[
        str, typer.Option(envvar="GROUNDWORK_URL", help="Server that does the work.")
    ] = "http://127.0.0.1:8000",
    local: Annotated[
        bool, typer.Option("--local", help="Do the work here, by the engine of the settings.")
    ] = False,
    at_once: Annotated[
        int | None,
        typer.Option("--at-once", min=1, max=1_000, help="Reports in flight; 8, or a core each."),
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(help="Column or field of the texts; text, 正文 … by itself.")
    ] = None,
    name_column: Annotated[
        str | None, typer.Option(help="Column or field of the names; id, 编号 … by itself.")
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Do everything again, whatever is done already.")
    ] = False,
) -> None:
    """Structure many reports; killed or interrupted, the same command goes on where it was.

    Failed reports are listed at the end and are tried again by the same command. Exits with 1
    when there are any, with 130 after Ctrl-C. An API key is read from GROUNDWORK_API_KEY.
    """
    form = _format(output, out)
    entries = gather(paths, Columns(text_column, name_column), _READERS)
    console = Console(stderr=True, soft_wrap=True)  # so that commands and names can be copied
    many = at_once or (os.cpu_count() or 1 if local else 8)
    try:
        outcomes = asyncio.run(
            _run(entries, out, console, _Choice(form, server, many, local, restart))
        )
    except KeyboardInterrupt:
        command = shlex.join(["groundwork", *sys.argv[1:]])
        console.print(f"interrupted; to go on: {command}", markup=False, highlight=False)
        raise typer.Exit(_INTERRUPTED) from None
    failures = [outcome for outcome in outcomes if outcome.settled.error is not None]
    _show_failures(console, failures)
    if failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Choice:
    """How the run was asked for."""

    form: str
    server: str
    at_once: int
    local: bool
    restart: bool


async def _run(
    entries: Sequence[Entry], out: Path, console: Console, choice: _Choice
) -> list[Outcome]:
    structurer, made_by = await _structurer(choice)
    try:
        journal = Journal.beside(out, made_by, restart=choice.restart)
        try:
            with _Bar(console) as bar:
                outcomes = await run(entries, structurer, journal, bar, choice.at_once)
            _write(out, choice.form, outcomes, journal, console)
        except OSError as error:  # the disk is full, or gone
            raise InputError(f"{out}: {error.strerror}") from None
        finally:
            journal.close()
    finally:
        await structurer.close()
    return outcomes


def _write(
    out: Path, form: str, outcomes: Sequence[Outcome], journal: Journal, console: Console
) -> None:
    good = sum(each.settled.error is None for each in outcomes)
    if not good and form != "jsonl":  # which has lines for failures, too
        told = f"no report succeeded, so {out} is not written"
    else:
        with console.status(f"writing {escape(str(out))}"):  # a workbook of thousands takes a while
            outputs.write(out, form, outcomes, journal)
        told = f"written: {out} ({good} of {len(outcomes)} reports)"
    console.print(told, markup=False, highlight=False)


async def _structurer(choice: _Choice) -> tuple[Structurer, str]:
    """Return who does the work, and a name for it in the journal."""
    if not choice.local:
        server = Server(choice.server, os.environ.get("GROUNDWORK_API_KEY"))
        await server.check()
        return server, f"server {choice.server}"
    from groundwork.batch.local import LocalEngine, LocalRules  # noqa: PLC0415 - the engines
    from groundwork.settings import load  # noqa: PLC0415

    settings, engine = load(), make_engine(EngineChoice.AUTO)
    made_by = f"local {engine.info.model_dump_json(exclude={'degraded', 'mode'})}"
    if isinstance(engine, RuleEngine):
        return LocalRules(choice.at_once, settings.max_characters), made_by
    return LocalEngine(engine, settings.max_characters), made_by


def _format(output: BatchFormat, out: Path) -> str:
    form = out.suffix.lower().lstrip(".") if output is BatchFormat.AUTO else output.value
    if form not in outputs.WRITERS:
        raise InputError(f"name a format with --format: {', '.join(outputs.WRITERS)}")
    if out.is_dir():
        raise InputError(f"{out} is a folder; --out names the file to write")
    return form


class _Rate(ProgressColumn):
    """Reports a second of this run."""

    def render(self, task: Task) -> Text:
        """Show it."""
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")


class _Bar:
    """Progress, rate and time left, and below what verification said, on standard error."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("reports"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TextColumn("eta"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._progress.add_task("reports", total=None)
        self._told = ""
        self._live = Live(console=console, get_renderable=self._shown)

    def __enter__(self) -> "_Bar":
        self._live.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._live.stop()

    def show(self, tally: Tally) -> None:
        """Show how the run goes."""
        self._progress.update(self._task, completed=tally.settled, total=tally.total)
        self._told = told(tally)

    def _shown(self) -> RenderableType:
        return Group(self._progress, Text(self._told)) if self._told else self._progress


def told(tally: Tally) -> str:
    """Return the counts beside the bar; what is nought is left out.

    >>> told(Tally(3, resumed=2, cached=1))
    '2 resumed · 1 cached'
    """
    signs = {"supported": "✓", "masked": "▨", "unsupported": "?", "contradicted": "✗"}
    parts = [
        f"{sign}{tally.verdicts[name]}" for name, sign in signs.items() if tally.verdicts[name]
    ]
    parts += [f"{tally.tokens} tokens"] if tally.tokens else []
    counts = {"resumed": tally.resumed, "cached": tally.cached, "failed": tally.failed}
    parts += [f"{count} {name}" for name, count in counts.items() if count]
    return " · ".join(parts)


def _show_failures(console: Console, failures: Sequence[Outcome]) -> None:
    if not failures:
        return
    console.print(f"[red]{len(failures)} failed[/]; the same command tries them again:")
    for outcome in failures[:_MOST_SHOWN]:
        console.print(f"  {escape(outcome.entry.name)}: {escape(outcome.settled.error or '')}")
    if len(failures) > _MOST_SHOWN:
        console.print(f"  … and {len(failures) - _MOST_SHOWN} more")
