"""Reports in the rows of a table: JSON Lines, CSV, or the first sheet of a workbook."""

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, Final

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


def read_lines(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a line: ``{"id", "text"}``, or ``{"custom_id", "body": {"text"}}``."""
    for number, line in enumerate(_bytes(path).split(b"\n"), 1):
        if not line.strip():
            continue
        shown = f"{path}#{number}"
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield failed(shown, "the line is not JSON in UTF-8")
            continue
        yield _of_record(shown, record, columns)


def _of_record(shown: str, record: Any, columns: Columns) -> Entry:
    if not isinstance(record, dict):
        return failed(shown, "the line is not a JSON object")
    body = record.get("body")
    inner = body if isinstance(body, dict) else {}
    texts = (columns.text,) if columns.text else _TEXTS
    names = (columns.name,) if columns.name else _NAMES
    held = [*(record.get(key) for key in texts), *(inner.get(key) for key in texts)]
    text = next((value for value in held if isinstance(value, str)), None)
    if text is None:
        return failed(shown, f"no text in {' or '.join(texts[:2])}")
    name = next((record[key] for key in names if isinstance(record.get(key), str | int)), None)
    return _row(shown, text, name)


def read_csv(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a row. The first row names the columns. Any encoding that reports come in."""
    text, _ = read_bytes(_bytes(path), None)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from _of_rows(path, list(reader), columns)
    except csv.Error:
        raise InputError("the table is no CSV, or a cell is too long") from None


def read_workbook(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield a report a row of the first sheet. The first row names the columns."""
    yield from _of_rows(path, rows(_bytes(path)), columns)


def _delimiter(text: str) -> str:
    """Return what separates the cells of the first line."""
    head = text.split("\n", maxsplit=1)[0]
    return max(",\t;", key=head.count)


def _of_rows(path: Path, table: Sequence[Sequence[str]], columns: Columns) -> Iterator[Entry]:
    if not table:
        raise InputError("the table is empty")
    head = [cell.strip() for cell in table[0]]
    text_at = _column(head, columns.text, _TEXTS)
    if text_at is None:
        raise InputError(
            f"no column {columns.text!r}" if columns.text else "name the column of the reports"
        )
    name_at = _column(head, columns.name, _NAMES)
    if columns.name and name_at is None:
        raise InputError(f"no column {columns.name!r}")
    for number, row in enumerate(table[1:], 2):
        text = row[text_at] if text_at < len(row) else ""
        name = row[name_at] if name_at is not None and name_at < len(row) else None
        if any(cell.strip() for cell in row):
            yield _row(f"{path}#{number}", text, name)


def _column(head: list[str], wanted: str | None, known: Sequence[str]) -> int | None:
    if wanted is not None:
        return head.index(wanted) if wanted in head else None
    folded = [cell.lower() for cell in head]
    found = next((folded.index(name) for name in known if name in folded), None)
    return 0 if found is None and len(head) == 1 and known is _TEXTS else found


def _row(shown: str, text: str, name: Any) -> Entry:
    label = " ".join(str(name).split())[:_LONGEST_NAME] if name not in {None, ""} else ""
    return Entry(f"{shown} {label}".rstrip(), lambda: text)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{error.strerror}") from None
    if size > MOST_BYTES:
        raise TooLargeError(f"{size} bytes; at most {MOST_BYTES} of one table are read")
    return read_file(path)
