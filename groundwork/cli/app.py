"""The commands: each reads a file or standard input and prints a table, or JSON."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.console import Console

from groundwork import pipeline
from groundwork.cli import tables
from groundwork.cli.batch import batch_reports
from groundwork.cli.compare import compare_reports
from groundwork.cli.evaluate import evaluate_engine
from groundwork.cli.files import read_bytes, read_source
from groundwork.cli.jobs import jobs
from groundwork.cli.keys import keys
from groundwork.cli.lines import Record, copy_through, text_of
from groundwork.cli.work import work
from groundwork.errors import GroundworkError, InputError
from groundwork.settings import load
from groundwork.text.decode import decode
from schemas.quantity import Quantity
from schemas.requests import ClaimChecked, ClaimToVerify

app = typer.Typer(
    name="groundwork",
    help="Work reports to verified data: goals, achievements, problems and plans, every number "
    "checked against the exact characters it came from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"


FileArgument = Annotated[
    Path | None, typer.Argument(help="File to read; standard input when left out or -.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")]
LinesOption = Annotated[
    bool,
    typer.Option("--ndjson", help="Read one JSON object a line, write one a line, in order."),
]
_CLAIMS = TypeAdapter(list[ClaimToVerify])


@app.command()
def structure(
    file: FileArgument = None, output: FormatOption = Format.TABLE, ndjson: LinesOption = False
) -> None:
    """Structure a report into goals, achievements, problems and plans.

    By rules, or by the model that GROUNDWORK_LLM_BASE_URL and GROUNDWORK_LLM_MODEL name. With
    --ndjson each line is {"id", "text"} and becomes {"id", "result"}.
    """
    from groundwork.wiring import structurer  # noqa: PLC0415 - the engines and their libraries

    with structurer(load()) as structured:
        if ndjson:
            _each_line(
                file,
                lambda record: {
                    "result": structured(decode(text_of(record, "text"))).model_dump(mode="json")
                },
            )
            return
        result = structured(read_source(file))
    if output is Format.JSON:
        _print_json(result.model_dump_json(indent=2))
    else:
        tables.show_result(Console(), result)


@app.command()
def quantities(
    file: FileArgument = None, output: FormatOption = Format.TABLE, ndjson: LinesOption = False
) -> None:
    """List every number of a text: where it stands, how much it is, and of what.

    With --ndjson each line is {"id", "text"} and becomes {"id", "quantities"}.
    """
    if ndjson:
        _each_line(
            file,
            lambda record: {
                "quantities": [
                    _flat(quantity)
                    for quantity in pipeline.quantities(decode(text_of(record, "text")))
                ]
            },
        )
        return
    found = pipeline.quantities(read_source(file))
    if output is Format.JSON:
        _print_json(TypeAdapter(list[Quantity]).dump_json(found, indent=2).decode())
    else:
        tables.show_quantities(Console(), found)


@app.command()
def verify(
    file: FileArgument = None,
    claim: Annotated[
        list[str] | None, typer.Option(help="A claim to judge against the file; repeatable.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="File of claims to judge, one a line.")
    ] = None,
    output: FormatOption = Format.TABLE,
    ndjson: LinesOption = False,
) -> None:
    """Judge the numbers of claims against the source they were made from.

    With --ndjson each line is {"id", "source", "claims": [{"id", "text", "spans"?}]} and becomes
    {"id", "claims": [{"id", "verdict", "quantities"}]}. Exits with 1 when a claim is not supported.
    """
    if ndjson:
        _each_line(file, _verified)
        return
    texts = list(claim or [])
    if claims is not None:
        texts += [line for line in decode(read_bytes(claims)).text.splitlines() if line.strip()]
    if not texts:
        raise InputError("nothing to verify: give --claim TEXT or --claims FILE")
    source = read_source(file)
    asked = [ClaimToVerify(id=str(number), text=text) for number, text in enumerate(texts, 1)]
    checked = pipeline.verify(source.text, asked)
    if output is Format.JSON:
        _print_json(TypeAdapter(list[ClaimChecked]).dump_json(checked, indent=2).decode())
    else:
        for text, check in zip(texts, checked, strict=True):
            tables.show_checks(Console(), text, check.verdict, check.quantities)
    if any(check.verdict in ("unsupported", "contradicted") for check in checked):
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.")] = None,
) -> None:
    """Run the HTTP service until Ctrl-C."""
    from api.serve import run  # noqa: PLC0415 - the server costs half a second to import

    chosen = {"host": host, "port": port}
    run(load(**{name: value for name, value in chosen.items() if value is not None}))


@app.command()
def demo(
    file: Annotated[Path, typer.Argument(help="Report to structure.")],
) -> None:
    """Structure a report through the HTTP API of a server started for it, on embedded defaults."""
    from groundwork.cli.demo import run_demo  # noqa: PLC0415 - as above

    run_demo(Console(), read_bytes(file), file.name)


app.add_typer(keys, name="keys")
app.add_typer(jobs, name="jobs")
app.command("worker")(work)
app.command("eval")(evaluate_engine)
app.command("compare")(compare_reports)
app.command("batch")(batch_reports)


@app.command()
def doctor() -> None:
    """Check settings, store and model, and say what to fix; exit with 1 if something is."""
    from groundwork.cli.doctor import examine_all  # noqa: PLC0415 - a model's client is slow

    if not examine_all(Console(), load()):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; an error that the user can mend is one line, without a traceback."""
    try:
        app()
    except GroundworkError as error:
        told = f"groundwork: {error}"
        Console(stderr=True).print(told, markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


def _each_line(file: Path | None, answer: Any) -> None:
    if file is None or str(file) == "-":
        copy_through(sys.stdin.buffer, sys.stdout.buffer, answer)
        return
    try:
        with file.open("rb") as lines:
            copy_through(lines, sys.stdout.buffer, answer)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None


def _verified(record: Record) -> Record:
    source = text_of(record, "source")
    given = record.get("claims")
    if not isinstance(given, list):
        raise InputError("/claims must be a list")
    asked = _CLAIMS.validate_python(
        [
            {**claim, "id": str(claim.get("id"))} if isinstance(claim, dict) else claim
            for claim in given
        ]
    )
    checked = pipeline.verify(source, asked)
    return {
        "claims": [
            {**check.model_dump(mode="json"), "id": claim.get("id")}
            for claim, check in zip(given, checked, strict=True)
        ]
    }


def _flat(quantity: Quantity) -> dict[str, Any]:
    """Return a quantity with start and end beside its span, as scripts like it."""
    dumped = quantity.model_dump(mode="json")
    return {**dumped, "start": quantity.span.start, "end": quantity.span.end}


def _print_json(text: str) -> None:
    sys.stdout.write(text + "\n")
