"""The file that was asked for, written from the journal in the order of the input.

JSON Lines has a line for every report, failed ones included. The other formats are those of
``groundwork.export``: a workbook, a table or a page over all reports. A file is complete or not
there: it is written beside its place and moved into it.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from groundwork.batch.journal import Journal
from groundwork.batch.runner import Outcome
from groundwork.errors import InputError
from groundwork.export.delimited import as_csv
from groundwork.export.markdown import as_markdown
from groundwork.export.said import said
from groundwork.export.workbook import Book
from schemas.result import Item, PartialRange, RefusedClaim, Report, Result
from schemas.verdict import Explanation

Outcomes = Sequence[Outcome]

LANGUAGE: Final = "zh"


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
    for number, result in _results(outcomes, journal):
        table = as_csv(_numbered(result, number), "")
        file.write(table if head else table.partition(b"\r\n")[2])
        head = False


def _md(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    for number, result in _results(outcomes, journal):
        page = as_markdown(_numbered(result, number), "")
        file.write(page + b"\n")
    for outcome in outcomes:
        if outcome.settled.error is not None:
            file.write(f"- ✗ {outcome.entry.name}: {outcome.settled.error}\n".encode())


def _xlsx(file: BinaryIO, outcomes: Outcomes, journal: Journal) -> None:
    book = Book(file, LANGUAGE, on_disk=True)
    try:
        for outcome in outcomes:
            if outcome.settled.error is not None:
                book.tell("warnings", f"{outcome.entry.name}: {outcome.settled.error}")
        for number, result in _results(outcomes, journal):
            book.add(result, before=f"{number}.")
        book.sum_up()
    except InputError as error:
        raise InputError(
            f"{error}: the same command with --format csv or jsonl writes what is done already"
        ) from None
    finally:
        book.close()  # what it wrote aside goes with it


WRITERS: Final[Mapping[str, Callable[[BinaryIO, Outcomes, Journal], None]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "md": _md,
}
"""Every format of a batch, by name, which is also the suffix."""


def _results(outcomes: Outcomes, journal: Journal) -> Iterator[tuple[int, Result]]:
    """Yield the results and their places in the input, from 1; all in them names its file."""
    for number, outcome in enumerate(outcomes, 1):
        if outcome.settled.error is None:
            result = Result.model_validate_json(journal.result(outcome.settled))
            yield number, _named(result, outcome.entry.name)


def _named(result: Result, name: str) -> Result:
    shown = Path(name).name

    def report(given: Report) -> Report:
        title = f"{shown} · {given.title}" if given.title else shown
        return given.model_copy(update={"title": title})

    def refused(claim: RefusedClaim) -> RefusedClaim:
        reason = Explanation(zh=f"{shown}: {claim.reason.zh}", en=f"{shown}: {claim.reason.en}")
        return claim.model_copy(update={"reason": reason})

    def part(given: PartialRange) -> PartialRange:
        return given.model_copy(update={"error": f"{shown}: {said(given.error, LANGUAGE)}"})

    return result.model_copy(
        update={
            "reports": list(map(report, result.reports)),
            "refused": list(map(refused, result.refused)),
            "warnings": [f"{shown}: {said(text, LANGUAGE)}" for text in result.warnings],
            "partial": list(map(part, result.partial)),
        }
    )


def _numbered(result: Result, number: int) -> Result:
    """Put the place of the file before the ids of its items, so that they differ."""

    def item(given: Item) -> Item:
        return given.model_copy(update={"id": f"{number}.{given.id}"})

    reports = [
        report.model_copy(update={"items": list(map(item, report.items))})
        for report in result.reports
    ]
    return result.model_copy(update={"reports": reports})
