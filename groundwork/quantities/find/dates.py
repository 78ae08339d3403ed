"""Dates and periods: 2022年, 20-年5月, 1-10月, 上半年."""

import re

from groundwork.quantities.find.draft import Draft
from schemas.quantity import QuantityType

_HIDDEN = re.compile(r"[xX×*○_]|20-|(?<=20\d)-")
_LASTS = re.compile(r"(?:连续|近|为期|用时|历时|满|每|干了|工作)$")
_NAME = re.compile("一月(?=一[^日号至到—-])|(?<=“)[一二三四五六七八九十]{1,2}月(?=”)")
"""每 in other words (一月一调度), and what bears the name of a month."""
_GLUED = re.compile(r"1(?=20[-_xX×*○])")


def read(text: str, match: re.Match[str]) -> Draft | None:
    """Make a date of a match of the scan, unless it is a stretch of time or part of a code."""
    start, end = match.span()
    if text[start - 1 : start].isascii() and text[start - 1 : start].isalnum():
        return None
    if _NAME.match(text, start):
        return None
    if glued := _GLUED.match(text, start):
        start = glued.end()
    written = text[start:end]
    masked = bool(_HIDDEN.search(written))
    short = masked and len(written) <= 3 and "年" in written
    if short and _LASTS.search(text[max(start - 2, 0) : start]):
        return Draft(
            start, end, QuantityType.DURATION, (start, end - 1), unit="年", masked=True,
            unit_at=(end - 1, end),
        )  # fmt: skip
    return Draft(start, end, QuantityType.DATE, (start, end), masked=masked)
