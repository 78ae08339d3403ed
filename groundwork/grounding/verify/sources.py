"""Claims against a source given as text, for those who have no pipeline: HTTP and command line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groundwork.errors import SpanError
from groundwork.grounding.checked import CheckedText
from groundwork.grounding.verify.judging import judge, worst
from groundwork.text.document import CleanText
from schemas.verdict import ClaimVerdict, QuantityCheck


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """The verdict on one claim and on each of its numbers."""

    verdict: ClaimVerdict
    checks: tuple[QuantityCheck, ...]


def verify_source(
    source: str | CheckedText,
    claims: Iterable[tuple[str, Sequence[tuple[int, int]] | None]],
) -> list[ClaimCheck]:
    """Judge each claim against its ranges of ``source`` (source offsets); None cites all of it.

    >>> verify_source("新增高新技术企业66家。", [("高新技术企业新增68家", None)])[0].verdict.value
    'contradicted'
    """
    text = source if isinstance(source, CheckedText) else CheckedText.of(source)
    whole = [(0, len(text.clean.text))]
    checked: list[ClaimCheck] = []
    for claim, spans in claims:
        ranges = whole if spans is None else [to_clean(text.clean, *span) for span in spans]
        checks = judge(claim, [(start, end) for start, end in ranges if start < end], text)
        checked.append(ClaimCheck(worst(checks), tuple(checks)))
    return checked


def to_clean(clean: CleanText, start: int, end: int) -> tuple[int, int]:
    """Return the clean range of the characters that were read from source ``[start, end)``."""
    if not 0 <= start < end <= len(clean.source.text):
        raise SpanError(f"[{start}, {end}) is not a range of {len(clean.source.text)} characters")
    first = bisect_left(clean.starts, start)
    return first, max(first, bisect_right(clean.ends, end))
