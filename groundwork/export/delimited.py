"""CSV for spreadsheets, a row each statement and finding. A byte order mark tells Excel UTF-8."""

import csv
import io
from codecs import BOM_UTF8
from typing import Final

from groundwork.export.rows import claims, found, neutral, one_line, quotes, told, verdicts
from groundwork.export.words import Language, label, word
from schemas.result import Result

_COLUMNS: Final = (
    "report", "id", "kind", "status", "section", "text",
    "numbers", "evidence", "start", "end", "reason",
)  # fmt: skip


def as_csv(result: Result, source: str, language: Language = "zh") -> bytes:
    """Write items, refused claims and findings; positions are of the first and last evidence."""
    del source
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([label(column, language) for column in _COLUMNS])
    for entry in claims(result):
        claim, spans = entry.claim, entry.claim.evidence
        cells = (
            (entry.report.title if entry.report else None) or "",
            entry.id,
            word(claim.kind, language),
            word(claim.status, language),
            entry.section,
            one_line(claim.text),
            verdicts(claim.quantities, language),
            quotes(spans),
            str(min(span.start for span in spans)) if spans else "",
            str(max(span.end for span in spans)) if spans else "",
            entry.reason(language),
        )
        writer.writerow([neutral(cell) for cell in cells])
    for each in found(result):
        spans = each.finding.spans
        cells = (
            each.report.title or "",
            each.id,
            word(each.finding.kind, language),
            label("finding", language),
            "",
            told(each.finding.message, language),
            "",
            quotes(spans),
            str(min(span.start for span in spans)),
            str(max(span.end for span in spans)),
            each.finding.arithmetic,
        )
        writer.writerow([neutral(cell) for cell in cells])
    return BOM_UTF8 + sheet.getvalue().encode()
