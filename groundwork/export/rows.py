"""A result as flat rows: what CSV, XLSX and Markdown share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.export.words import Language, word
from schemas.base import plain_decimal
from schemas.finding import Finding
from schemas.quantity import Quantity
from schemas.result import Item, RefusedClaim, Report, Result
from schemas.span import Span
from schemas.verdict import Explanation, QuantityCheck

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The wide forms count too: spreadsheets set up for Chinese read them as the narrow ones."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item or a refused claim, with the report it belongs to when it has one."""

    id: str
    claim: Item | RefusedClaim
    report: Report | None

    @property
    def section(self) -> str:
        """Headings above the statement, outermost first."""
        return " › ".join(self.claim.section) if isinstance(self.claim, Item) else ""

    def reason(self, language: Language) -> str:
        """Why a claim was refused; empty for an item."""
        return "" if isinstance(self.claim, Item) else told(self.claim.reason, language)


def neutral(text: str) -> str:
    """Keep a spreadsheet from reading text as a formula.

    >>> neutral("=HYPERLINK(0)"), neutral("-3.5%"), neutral("42家")
    ("'=HYPERLINK(0)", "'-3.5%", '42家')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def one_line(text: str) -> str:
    r"""Join the lines that page breaks and converters cut.

    >>> one_line("增长\n 12%")
    '增长 12%'
    """
    return " ".join(text.split())


def claims(result: Result) -> Iterator[Claimed]:
    """Yield every item, then every refused claim: nothing that was claimed is left out."""
    yield from kept(result)
    for number, claim in enumerate(result.refused, 1):
        yield Claimed(f"x{number}", claim, None)


def kept(result: Result) -> Iterator[Claimed]:
    """Yield every item with its report."""
    for report in result.reports:
        for item in report.items:
            yield Claimed(item.id, item, report)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with an id of its own and the report it was made in."""

    id: str
    finding: Finding
    report: Report


def found(result: Result) -> Iterator[Found]:
    """Yield what each report says against itself."""
    for place, report in enumerate(result.reports, 1):
        for number, finding in enumerate(report.findings, 1):
            yield Found(f"r{place}f{number}", finding, report)


def unclaimed(report: Report) -> list[Quantity]:
    """List the numbers of the report that no item's evidence covers."""
    ids = set(report.unclaimed)
    return [quantity for quantity in report.quantities if quantity.id in ids]


def pieces(
    text: str, checks: Sequence[QuantityCheck]
) -> Iterator[tuple[str, QuantityCheck | None]]:
    """Cut a statement into its numbers and what stands between them."""
    position = 0
    for check in sorted(checks, key=lambda check: check.quantity.span.start):
        span = check.quantity.span
        if span.start < position or span.end > len(text):
            continue  # a number inside another one: the outer one is shown
        if span.start > position:
            yield text[position : span.start], None
        yield text[span.start : span.end], check
        position = span.end
    if position < len(text):
        yield text[position:], None


def amount(quantity: Quantity | None) -> str:
    """Write how much a quantity is, in its base unit.

    >>> from schemas.quantity import QuantityType
    >>> span = Span(start=0, end=5, quote="1.5亿元")
    >>> amount(Quantity(id="q1", span=span, type=QuantityType.MONEY, value=150000000, unit="元"))
    '150000000 元'
    """
    if quantity is None or quantity.value is None:
        return ""
    value = plain_decimal(quantity.value)
    if quantity.upper is not None:
        value += f"–{plain_decimal(quantity.upper)}"
    return f"{value} {quantity.unit}" if quantity.unit else value


def verdicts(checks: Sequence[QuantityCheck], language: Language) -> str:
    """Write each number with its verdict on one line."""
    return "; ".join(
        f"{one_line(check.quantity.span.quote)} {word(check.verdict, language)}" for check in checks
    )


def reasons(check: QuantityCheck, language: Language) -> str:
    """Write in what a claimed number differs from its source."""
    return "、".join(word(reason, language) for reason in check.reasons)


def explained(check: QuantityCheck, language: Language) -> str:
    """Write the sentence that quotes both sides, or nothing for a supported number."""
    return told(check.explanation, language) if check.explanation else ""


def told(explanation: Explanation, language: Language) -> str:
    """Return a sentence that exists in both languages in one of them."""
    return explanation.zh if language == "zh" else explanation.en


def quotes(spans: Sequence[Span]) -> str:
    """Write the evidence on one line, pieces apart."""
    return " ⋯ ".join(one_line(span.quote) for span in spans)
