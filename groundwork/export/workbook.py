"""XLSX: a sheet a kind, a sheet of numbers coloured by verdict, and the evidence word for word."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format as Style  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from groundwork.export.rows import (
    Claimed,
    claims,
    explained,
    found,
    neutral,
    one_line,
    quotes,
    reasons,
    told,
    unclaimed,
    verdicts,
)
from groundwork.export.said import said
from groundwork.export.words import Language, label, word
from schemas.quantity import Quantity
from schemas.result import Kind, Result
from schemas.verdict import QuantityCheck, Verdict

Cell = str | int | Decimal | None | Verdict

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
_CLAIM: Final = (
    ("report", 24), ("id", 8), ("status", 11), ("section", 28), ("text", 64),
    ("numbers", 36), ("evidence", 64), ("start", 8), ("end", 8), ("reason", 32),
)  # fmt: skip
_NUMBER: Final = (
    ("id", 8), ("kind", 8), ("number", 16), ("verdict", 12), ("reasons", 20), ("type_column", 10),
    ("value_column", 18), ("upper", 14), ("unit_column", 10), ("label", 24), ("period", 12),
    ("source_quote", 16), ("start", 8), ("end", 8), ("explanation", 64),
)  # fmt: skip
_UNCLAIMED: Final = (
    ("report", 24), ("id", 8), ("number", 16), ("type_column", 10), ("value_column", 18),
    ("upper", 14), ("unit_column", 10), ("label", 24), ("period", 12), ("start", 8), ("end", 8),
)  # fmt: skip
_FINDING: Final = (
    ("report", 24), ("id", 8), ("kind", 16), ("text", 64), ("arithmetic", 36), ("evidence", 48),
    ("start", 8), ("end", 8),
)  # fmt: skip
_EVIDENCE: Final = (("id", 8), ("kind", 8), ("start", 8), ("end", 8), ("evidence", 110))


class _Book:
    """A workbook with its styles, written sheet by sheet."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._file = io.BytesIO()
        self._book = Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties({"title": label("heading", language), "created": _EPOCH})
        body = {"valign": "top", "text_wrap": True, "font_size": 10.5}
        self._body: Style = self._book.add_format(body)
        self._head: Style = self._book.add_format(
            {"bold": True, "bg_color": "#EFEBE3", "bottom": 1, "valign": "vcenter"}
        )
        self._verdicts: dict[Verdict, Style] = {
            verdict: self._book.add_format(
                body | {"bg_color": fill, "font_color": ink, "bold": True}
            )
            for verdict, (fill, ink) in _FILLS.items()
        }

    def sheet(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for place, (column, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, label(column, self.language), self._head)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                self._write(sheet, (last, place), cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def _write(self, sheet: Worksheet, place: tuple[int, int], cell: Cell) -> None:
        row, column = place
        if isinstance(cell, Verdict):
            text = word(cell, self.language)
            sheet.write_string(row, column, text, self._verdicts[cell])
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self._body)
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _EXACT_DIGITS:
            sheet.write_number(row, column, float(cell), self._body)
        elif cell is not None and cell != "":
            sheet.write_string(row, column, _clipped(neutral(str(cell))), self._body)

    def close(self) -> bytes:
        self._book.close()
        return self._file.getvalue()


def as_xlsx(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write the workbook. Text goes in as text: no cell can become a formula or a link."""
    del source
    book = _Book(language)
    entries = list(claims(result))
    book.sheet(label("overview", language), (("title", 28), ("text", 80)), _facts(result, language))
    for kind in Kind:
        rows = [
            _claim(entry, language)
            for entry in entries
            if entry.claim.kind is kind and entry.report
        ]
        book.sheet(word(kind, language), _CLAIM, rows)
    book.sheet(label("findings", language), _FINDING, _findings(result, language))
    numbers = [
        _number(entry, check, language) for entry in entries for check in entry.claim.quantities
    ]
    book.sheet(label("numbers", language), _NUMBER, numbers)
    book.sheet(label("unclaimed", language), _UNCLAIMED, _left(result, language))
    refused = [_claim(entry, language) for entry in entries if not entry.report]
    book.sheet(label("refused", language), _CLAIM, refused)
    evidence = [
        (entry.id, word(entry.claim.kind, language), span.start, span.end, one_line(span.quote))
        for entry in entries
        for span in entry.claim.evidence
    ]
    evidence += [
        (each.id, word(each.finding.kind, language), span.start, span.end, one_line(span.quote))
        for each in found(result)
        for span in each.finding.spans
    ]
    book.sheet(label("evidence", language), _EVIDENCE, evidence)
    return book.close()


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _facts(result: Result, language: Language) -> list[tuple[Cell, ...]]:
    facts: list[tuple[Cell, ...]] = [
        (label("id", language), result.id),
        (label("sha256", language), result.source.sha256),
        (label("characters", language), result.source.characters),
        (
            label("engine", language),
            " · ".join(filter(None, (result.engine.name, result.engine.model))),
        ),
    ]
    for report in result.reports:
        words = (report.title, report.organisation, report.period)
        facts.append((label("report", language), " · ".join(filter(None, words))))
    checks = [check for entry in claims(result) for check in entry.claim.quantities]
    facts += [(verdict, sum(check.verdict is verdict for check in checks)) for verdict in Verdict]
    facts.append((label("findings", language), sum(1 for _ in found(result))))
    facts += [(label("warnings", language), said(text, language)) for text in result.warnings]
    facts += [
        (label("partial", language), f"[{part.start}, {part.end}) {said(part.error, language)}")
        for part in result.partial
    ]
    return facts


def _claim(entry: Claimed, language: Language) -> tuple[Cell, ...]:
    claim, spans = entry.claim, entry.claim.evidence
    return (
        entry.report.title if entry.report else None,
        entry.id,
        word(claim.status, language),
        entry.section,
        one_line(claim.text),
        verdicts(claim.quantities, language),
        quotes(spans),
        min((span.start for span in spans), default=None),
        max((span.end for span in spans), default=None),
        entry.reason(language),
    )


def _findings(result: Result, language: Language) -> list[tuple[Cell, ...]]:
    return [
        (
            each.report.title,
            each.id,
            word(each.finding.kind, language),
            told(each.finding.message, language),
            each.finding.arithmetic,
            quotes(each.finding.spans),
            min(span.start for span in each.finding.spans),
            max(span.end for span in each.finding.spans),
        )
        for each in found(result)
    ]


def _number(entry: Claimed, check: QuantityCheck, language: Language) -> tuple[Cell, ...]:
    said, found = check.quantity, check.source
    return (
        entry.id,
        word(entry.claim.kind, language),
        one_line(said.span.quote),
        check.verdict,
        reasons(check, language),
        *_measure(said, language),
        one_line(found.span.quote) if found else None,
        found.span.start if found else None,
        found.span.end if found else None,
        explained(check, language),
    )


def _measure(quantity: Quantity, language: Language) -> tuple[Cell, ...]:
    return (
        word(quantity.type, language),
        quantity.value,
        quantity.upper,
        quantity.unit,
        quantity.label,
        quantity.period,
    )


def _left(result: Result, language: Language) -> list[tuple[Cell, ...]]:
    return [
        (
            report.title,
            number.id,
            one_line(number.span.quote),
            *_measure(number, language),
            number.span.start,
            number.span.end,
        )
        for report in result.reports
        for number in unclaimed(report)
    ]
