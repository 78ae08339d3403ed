"""The file that was asked for, written from the journal in the order of the input.

JSON Lines has a line for every report, failed ones included. The other formats are those of
``groundwork.export``: a workbook, a table or a page over all reports. A file is complete or not
there: it is written beside its place and moved into it.
"""

import gc
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from groundwork.batch.journal import Journal
from groundwork.batch.runner import Outcome
from groundwork.errors import InputError
from groundwork.export.delimited import as_csv
from groundwork.export.markdown import as_markdown
from groundwork.export.workbook import as_xlsx
from schemas.result import Item, Report, Result

Outcomes = Sequence[Outcome]

MOST_ROWS: Final = 1_048_575
"""Of a sheet, below its heading: Excel opens no more, and the rest would be missing silently."""


def write(out: Path, form: str, outcomes: Outcomes, journal: Journal) -> None:
    """Write ``outcomes`` to ``out`` as ``form``, one of WRITERS. Raises InputError."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            WRITERS[form](file, outcomes, journal)
        beside.replace(out)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)


def _jsonl(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    for outcome in outcomes:
        name = json.dumps(outcome.entry.name, ensure_ascii=False).encode("utf-8", "replace")
        if outcome.settled.error is None:
            body = journal.result(outcome.settled).replace(b"\n", b" ")
            file.write(b'{"id":' + name + b',"result":' + body + b"}\n")
        else:
            error = json.dumps({"detail": outcome.settled.error}, ensure_ascii=False)
            file.write(b'{"id":' + name + b',"error":' + error.encode() + b"}\n")


def _csv(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    head = True
    for result in _results(outcomes, journal):
        table = as_csv(result, "")
        file.write(table if head else table.partition(b"\r\n")[2])
        head = False


def _md(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    file.writelines(as_markdown(result, "") + b"\n" for result in _results(outcomes, journal))
    for outcome in outcomes:
        if outcome.settled.error is not None:
            file.write(f"- ✗ {outcome.entry.name}: {outcome.settled.error}\n".encode())


def _xlsx(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    with _without_collecting():
        results = list(_results(outcomes, journal))
    rows = max(_rows(results))
    if rows > MOST_ROWS:
        raise InputError(
            f"{rows} rows, and a sheet of a workbook holds {MOST_ROWS}:"
            " the same command with --format csv or jsonl writes what is done already"
        )
    failures = [
        f"{outcome.entry.name}: {outcome.settled.error}"
        for outcome in outcomes
        if outcome.settled.error is not None
    ]
    if results:
        file.write(as_xlsx(_together(results, failures), ""))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage while millions of objects are made that stay: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rows(results: Sequence[Result]) -> list[int]:
    """Return how many rows the longest sheets will have: numbers, evidence, numbers left over."""
    reports = [report for result in results for report in result.reports]
    items = [item for report in reports for item in report.items]
    return [
        sum(len(item.quantities) for item in items),
        sum(len(item.evidence) for item in items),
        sum(len(report.unclaimed) for report in reports),
        len(items),
    ]


WRITERS: Final[Mapping[str, Callable[[BinaryIO, Outcomes, Journal], None]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "md": _md,
}
"""Every format of a batch, by name, which is also the suffix."""


def _results(outcomes: Outcomes, journal: Journal) -> Iterator[Result]:
    """Yield the results, each report with the name of its file in its title."""
    for number, outcome in enumerate(outcomes, 1):
        if outcome.settled.error is None:
            result = Result.model_validate_json(journal.result(outcome.settled))
            yield _named(result, number, outcome.entry.name)


def _named(result: Result, number: int, name: str) -> Result:
    reports = [_report(report, number, name) for report in result.reports]
    return result.model_copy(
        update={
            "reports": reports,
            "warnings": [f"{name}: {warning}" for warning in result.warnings],
        }
    )


def _report(report: Report, number: int, name: str) -> Report:
    """Put the file's name into the title and its number before every id, so that they differ."""
    shown = Path(name).name

    def own(identity: str) -> str:
        return f"{number}.{identity}"

    def item(entry: Item) -> Item:
        return entry.model_copy(update={"id": own(entry.id)})

    numbers = [number.model_copy(update={"id": own(number.id)}) for number in report.quantities]
    changes: dict[str, Any] = {
        "title": f"{shown} · {report.title}" if report.title else shown,
        "items": list(map(item, report.items)),
        "quantities": numbers,
        "unclaimed": list(map(own, report.unclaimed)),
    }
    return report.model_copy(update=changes)


def _together(results: list[Result], failures: list[str]) -> Result:
    """Make one result of many, for a format that has one overview.

    Its id and digest are those of the list; positions count in each report's own file.
    """
    first = results[0]
    ids = hashlib.sha256("\n".join(result.id for result in results).encode()).hexdigest()
    texts = "\n".join(result.source.sha256 for result in results)
    source = first.source.model_copy(
        update={
            "sha256": hashlib.sha256(texts.encode()).hexdigest(),
            "characters": sum(result.source.characters for result in results),
        }
    )
    return first.model_copy(
        update={
            "id": ids,
            "source": source,
            "reports": [report for result in results for report in result.reports],
            "refused": [claim for result in results for claim in result.refused],
            "warnings": failures + [text for result in results for text in result.warnings],
            "partial": [],
        }
    )
