"""Reports in the rows of a table: JSON Lines, CSV, or the first sheet of a workbook."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from groundwork.batch.entries import Columns, Entry, failed, read_file
from groundwork.batch.sheet import rows
from groundwork.errors import InputError, TooLargeError
from groundwork.text.decode.charset import read_bytes

MOST_BYTES: Final = 500_000_000
"""Of one table."""
_TEXTS: Final = ("text", "正文", "内容", "报告", "原文", "全文", "content", "report", "body")
_NAMES: Final = ("custom_id", "id", "编号", "序号", "名称", "标题", "name", "title", "file")
_LONGEST_CELL: Final = 10_000_000
_LONGEST_NAME: Final = 80
_LONGEST_HEAD: Final = 30
_MOST_SHOWN: Final = 12


def read_lines(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a line: ``{"id", "text"}``, or ``{"custom_id", "body": {"text"}}``.

    A line is read again when its turn comes, so that no more than a few are in memory.
    """
    _weigh(path)
    at = 0
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            start, at = at, at + len(line)
            if line.strip():
                yield _of_line(path, number, (start, line), columns)


def _of_line(path: Path, number: int, line: tuple[int, bytes], columns: Columns) -> Entry:
    shown, (start, raw) = f"{path}#{number}", line
    try:
        name, _ = _record(raw, columns)
    except InputError as error:
        return failed(shown, str(error))
    size = len(raw)

    def load() -> str:
        with _opened(path) as file:
            file.seek(start)
            return _record(file.read(size), columns)[1]

    return Entry(_named(shown, name), load)


def _record(line: bytes, columns: Columns) -> tuple[Any, str]:
    """Return name and text of a line. Raises InputError."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError("the line is not JSON in UTF-8") from None
    if not isinstance(record, dict):
        raise InputError("the line is not a JSON object")
    body = record.get("body")
    inner = body if isinstance(body, dict) else {}
    texts = (columns.text,) if columns.text else _TEXTS
    names = (columns.name,) if columns.name else _NAMES
    held = [*(record.get(key) for key in texts), *(inner.get(key) for key in texts)]
    text = next((value for value in held if isinstance(value, str)), None)
    if text is None:
        raise InputError(
            f"no text in {' or '.join(texts[:2])}; --text-column names another field"
            f" (there are: {_shown([*record, *inner])})"
        )
    return next(
        (record[key] for key in names if isinstance(record.get(key), str | int)), None
    ), text


def read_csv(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a row. The first row names the columns. Any encoding that reports come in."""
    text, _ = read_bytes(_bytes(path), None)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from _of_rows(path, reader, columns)
    except csv.Error:
        raise InputError(
            f"line {reader.line_num} is no CSV, or one of its cells is longer than"
            f" {_LONGEST_CELL} characters"
        ) from None


def read_workbook(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a row of the first sheet. The first row names the columns."""
    yield from _of_rows(path, rows(_bytes(path)), columns)


def _delimiter(text: str) -> str:
    """Return what separates the cells of the first line."""
    head = text.split("\n", maxsplit=1)[0]
    return max(",\t;", key=head.count)


def _of_rows(path: Path, table: Iterable[Sequence[str]], columns: Columns) -> Iterator[Entry]:
    rest = iter(table)
    head = [cell.strip() for cell in next(rest, ())]
    if not any(head):
        raise InputError("the table is empty, or its first row names no columns")
    text_at = _column(head, columns.text, _TEXTS)
    name_at = _column(head, columns.name, _NAMES)
    for wanted, place in ((columns.text, text_at), (columns.name, name_at)):
        if wanted and place is None:
            raise InputError(f"no column {wanted!r}; there are: {_shown(head)}")
    if text_at is None:
        raise InputError(f"name the column of the reports with --text-column: {_shown(head)}")
    alone = len(head) == 1 and len(head[0]) > _LONGEST_HEAD  # a report already, not its heading
    for number, row in enumerate([head, *rest] if alone else rest, 1 if alone else 2):
        text = row[text_at] if text_at < len(row) else ""
        name = row[name_at] if name_at is not None and name_at < len(row) else None
        if any(cell.strip() for cell in row):
            yield _row(f"{path}#{number}", text, name)


def _shown(names: Iterable[str]) -> str:
    """List the names of columns; what is long is no name, but perhaps a report."""
    shown = (" ".join(name.split()) for name in list(names)[:_MOST_SHOWN])
    return ", ".join(name if len(name) <= _LONGEST_HEAD else "…" for name in shown)


def _column(head: list[str], wanted: str | None, known: Sequence[str]) -> int | None:
    if wanted is not None:
        return head.index(wanted) if wanted in head else None
    folded = [cell.lower() for cell in head]
    found = next((folded.index(name) for name in known if name in folded), None)
    return 0 if found is None and len(head) == 1 and known is _TEXTS else found


def _row(shown: str, text: str, name: Any) -> Entry:
    return Entry(_named(shown, name), lambda: text)


def _named(shown: str, name: Any) -> str:
    label = " ".join(str(name).split())[:_LONGEST_NAME] if name not in {None, ""} else ""
    return f"{shown} {label}".rstrip()


def _weigh(path: Path) -> None:
    """Raise InputError for a table that is too large, or not there."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{error.strerror}") from None
    if size > MOST_BYTES:
        raise TooLargeError(f"{size} bytes; at most {MOST_BYTES} of one table are read")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise InputError(f"{error.strerror}") from None


def _bytes(path: Path) -> bytes:
    _weigh(path)
    return read_file(path)
