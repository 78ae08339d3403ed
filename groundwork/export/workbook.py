"""XLSX: a sheet a kind, a sheet of numbers coloured by verdict, and the evidence word for word."""

import io
from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format as Style  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from groundwork.errors import InputError
from groundwork.export.rows import claims, found, neutral
from groundwork.export.said import said
from groundwork.export.sheets import SHEETS, Cell, Columns, Row, rows
from groundwork.export.words import Language, label, word
from schemas.result import Kind, Result
from schemas.verdict import Verdict

MOST_ROWS: Final = 1_048_576
"""Of a sheet, its heading included: Excel opens no more, and the rest would be missing silently."""
_LONGEST: Final = 32_000
"""Characters of a cell; Excel's own limit is 32,767."""
_EXACT_DIGITS: Final = 15
"""Excel keeps no more; a longer number is written as text."""
_EPOCH: Final = datetime(2000, 1, 1)  # the same result gives the same bytes
_FILLS: Final = {
    Verdict.SUPPORTED: ("#E3F1EC", "#1B5E4B"),
    Verdict.MASKED: ("#E8E6E1", "#4A463F"),
    Verdict.UNSUPPORTED: ("#FBEBC8", "#6B4700"),
    Verdict.CONTRADICTED: ("#F6D5CF", "#8C1D12"),
}
_OVERVIEW: Final = (("title", 28), ("text", 80))


class _Sheet:
    """A sheet that is written row by row, from the top."""

    def __init__(self, sheet: Worksheet, styles: "_Styles", columns: Columns, heads: Row) -> None:
        self._sheet = sheet
        self._styles = styles
        self._width = len(columns)
        self._rows = 1
        for place, (_, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heads[place], styles.head)
        sheet.freeze_panes(1, 0)

    def append(self, row: Row) -> None:
        """Write the next row. Raises InputError when Excel would not open it."""
        if self._rows >= MOST_ROWS:
            raise InputError(f"a sheet of a workbook holds {MOST_ROWS} rows, and there are more")
        for place, cell in enumerate(row):
            self._write((self._rows, place), cell)
        self._rows += 1

    def end(self) -> None:
        """Let the columns be filtered."""
        self._sheet.autofilter(0, 0, max(self._rows - 1, 1), self._width - 1)

    def _write(self, place: tuple[int, int], cell: Cell) -> None:
        body = self._styles.body
        if isinstance(cell, Verdict):
            text = word(cell, self._styles.language)
            self._sheet.write_string(*place, text, self._styles.verdicts[cell])
        elif isinstance(cell, int):
            self._sheet.write_number(*place, cell, body)
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _EXACT_DIGITS:
            self._sheet.write_number(*place, float(cell), body)
        elif cell is not None and cell != "":
            self._sheet.write_string(*place, _clipped(neutral(str(cell))), body)


class _Styles:
    """How the cells of a book look."""

    def __init__(self, book: Workbook, language: Language) -> None:
        body = {"valign": "top", "text_wrap": True, "font_size": 10.5}
        self.language: Language = language
        self.body: Style = book.add_format(body)
        self.head: Style = book.add_format(
            {"bold": True, "bg_color": "#EFEBE3", "bottom": 1, "valign": "vcenter"}
        )
        self.verdicts: dict[Verdict, Style] = {
            verdict: book.add_format(body | {"bg_color": fill, "font_color": ink, "bold": True})
            for verdict, (fill, ink) in _FILLS.items()
        }


class Book:
    """A workbook over any number of results. Text goes in as text: no formula, no link.

    With ``on_disk`` rows wait in temporary files, and memory stays flat.
    """

    def __init__(self, file: BinaryIO, language: Language, *, on_disk: bool = False) -> None:
        plain = ("strings_to_formulas", "strings_to_numbers", "strings_to_urls")
        kept = {"constant_memory" if on_disk else "in_memory": True}
        self._book = Workbook(file, kept | dict.fromkeys(plain, False))
        self._book.set_properties({"title": label("heading", language), "created": _EPOCH})
        self._language: Language = language
        self._styles = _Styles(self._book, language)
        self._overview = self._sheet("overview", _OVERVIEW)
        self._sheets = {name: self._sheet(name, columns) for name, columns in SHEETS.items()}
        self._verdicts: Counter[Verdict] = Counter()
        self._findings = 0

    def _sheet(self, name: str, columns: Columns) -> _Sheet:
        of_kind = name in {kind.value for kind in Kind}
        title = word(Kind(name), self._language) if of_kind else label(name, self._language)
        heads = tuple(label(column, self._language) for column, _ in columns)
        return _Sheet(self._book.add_worksheet(title), self._styles, columns, heads)

    def add(self, result: Result, before: str = "") -> None:
        """Write a result, ``before`` before its ids. Raises InputError when a sheet is full."""
        for name, row in rows(result, self._language, before):
            self._sheets[name].append(row)
        checks = (check for entry in claims(result) for check in entry.claim.quantities)
        self._verdicts.update(check.verdict for check in checks)
        self._findings += sum(1 for _ in found(result))
        for report in result.reports:
            words = (report.title, report.organisation, report.period)
            self.tell("report", " · ".join(filter(None, words)))
        for text in result.warnings:
            self.tell("warnings", said(text, self._language))
        for part in result.partial:
            error = said(part.error, self._language)
            self.tell("partial", f"[{part.start}, {part.end}) {error}")

    def tell(self, name: str, fact: Cell) -> None:
        """Put a fact into the overview, under its label."""
        self._overview.append((label(name, self._language), fact))

    def sum_up(self) -> None:
        """Put the sums over all results into the overview."""
        for verdict in Verdict:
            self._overview.append((verdict, self._verdicts[verdict]))
        self.tell("findings", self._findings)

    def close(self) -> None:
        """Write the file."""
        for sheet in (self._overview, *self._sheets.values()):
            sheet.end()
        self._book.close()


def as_xlsx(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write the workbook of one result."""
    del source
    file = io.BytesIO()
    book = Book(file, language)
    book.tell("id", result.id)
    book.tell("sha256", result.source.sha256)
    book.tell("characters", result.source.characters)
    book.tell("engine", " · ".join(filter(None, (result.engine.name, result.engine.model))))
    book.add(result)
    book.sum_up()
    book.close()
    return file.getvalue()


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
