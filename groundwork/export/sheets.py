"""What stands on each sheet of a workbook: its columns, and the rows a result gives it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from groundwork.export.rows import (
    Claimed,
    claims,
    explained,
    found,
    one_line,
    quotes,
    reasons,
    told,
    unclaimed,
    verdicts,
)
from groundwork.export.words import Language, word
from schemas.quantity import Quantity
from schemas.result import Kind, Result
from schemas.verdict import QuantityCheck, Verdict

Cell = str | int | Decimal | None | Verdict
Row = tuple[Cell, ...]
Columns = tuple[tuple[str, int], ...]
"""Labels and widths in characters."""

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

SHEETS: Final[dict[str, Columns]] = {
    **{kind.value: _CLAIM for kind in Kind},
    "findings": _FINDING,
    "numbers": _NUMBER,
    "unclaimed": _UNCLAIMED,
    "refused": _CLAIM,
    "evidence": _EVIDENCE,
}
"""By the name that ``label`` or ``word`` translates, in the order of the book."""


def rows(result: Result, language: Language, before: str = "") -> Iterator[tuple[str, Row]]:
    """Yield every row of a result with its sheet, in order within each sheet.

    ``before`` stands before every id, so that results in one book can be told apart.
    """
    for entry in claims(result):
        name = before + entry.id
        yield (
            entry.claim.kind.value if entry.report else "refused",
            _claim(entry, name, language),
        )
        for check in entry.claim.quantities:
            yield "numbers", (name, *_number(entry, check, language))
        kind = word(entry.claim.kind, language)
        for span in entry.claim.evidence:
            yield "evidence", (name, kind, span.start, span.end, one_line(span.quote))
    for each in found(result):
        spans = each.finding.spans
        kind = word(each.finding.kind, language)
        yield (
            "findings",
            (
                each.report.title,
                before + each.id,
                kind,
                told(each.finding.message, language),
                each.finding.arithmetic,
                quotes(spans),
                min(span.start for span in spans),
                max(span.end for span in spans),
            ),
        )
        for span in spans:
            yield "evidence", (before + each.id, kind, span.start, span.end, one_line(span.quote))
    for report in result.reports:
        for number in unclaimed(report):
            place = number.span
            quote = one_line(place.quote)
            measured = _measure(number, language)
            yield (
                "unclaimed",
                (report.title, before + number.id, quote, *measured, place.start, place.end),
            )


def _claim(entry: Claimed, name: str, language: Language) -> Row:
    claim, spans = entry.claim, entry.claim.evidence
    return (
        entry.report.title if entry.report else None,
        name,
        word(claim.status, language),
        entry.section,
        one_line(claim.text),
        verdicts(claim.quantities, language),
        quotes(spans),
        min((span.start for span in spans), default=None),
        max((span.end for span in spans), default=None),
        entry.reason(language),
    )


def _number(entry: Claimed, check: QuantityCheck, language: Language) -> Row:
    claimed, source = check.quantity, check.source
    return (
        word(entry.claim.kind, language),
        one_line(claimed.span.quote),
        check.verdict,
        reasons(check, language),
        *_measure(claimed, language),
        one_line(source.span.quote) if source else None,
        source.span.start if source else None,
        source.span.end if source else None,
        explained(check, language),
    )


def _measure(quantity: Quantity, language: Language) -> Row:
    return (
        word(quantity.type, language),
        quantity.value,
        quantity.upper,
        quantity.unit,
        quantity.label,
        quantity.period,
    )
