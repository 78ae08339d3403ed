"""Numbers that site software has rewritten: 62023.6万亩 where the neighbours say 620.

Such sites replace "20" by the current year in names of reports, and hit numbers with it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.parts import finding, plain, shown
from schemas.finding import Finding, FindingKind
from schemas.quantity import QuantityType
from schemas.verdict import Explanation

_YEAR: Final = re.compile("(20[12][0-9])年")
_NUMERAL: Final = re.compile(r"\d+(?:\.\d+)?")
_NEIGHBOURS: Final = 12
_OUTLIER: Final = 15
_ALIKE: Final = 5


def rewrites(text: CheckedText, inside: Sequence[int]) -> Iterator[Finding]:
    """Yield numbers that hold the report's year and fit their neighbours without it."""
    years = set(_YEAR.findall(text.reading.text))
    for at, index in enumerate(inside):
        found = text.founds[index]
        numeral = _NUMERAL.search(text.reading.words(found))
        if numeral is None or not plain(found) or found.type is QuantityType.DATE:
            continue
        for year in years & {numeral[0][place : place + 4] for place in range(len(numeral[0]))}:
            whole = numeral[0].replace(year, "20", 1)
            near = inside[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
            if numeral[0] != year and _fits(text, index, near, Decimal(numeral[0]), Decimal(whole)):
                yield _told(text, index, whole)
                break


def _fits(
    text: CheckedText, index: int, near: Sequence[int], written: Decimal, meant: Decimal
) -> bool:
    """Whether no neighbour of the same unit is as large, and one is as large as what was meant."""
    found = text.founds[index]
    if not found.value or not written or not meant:
        return False
    likely = found.value / written * meant
    others = [
        text.founds[other].value
        for other in near
        if other != index and text.founds[other].unit == found.unit
    ]
    values = [value for value in others if value]
    if not values or max(values) * _OUTLIER > found.value:
        return False
    return any(likely / _ALIKE <= value <= likely * _ALIKE for value in values)


def _told(text: CheckedText, index: int, meant: str) -> Finding:
    words = text.reading.words(text.founds[index])
    value = text.founds[index].value or Decimal(0)
    return finding(
        text,
        FindingKind.REWRITTEN,
        (index,),
        f"{shown(value)}: {meant}?",
        Explanation(
            zh=f"“{words}”含有年份且远大于前后同类数,疑为网站改写,原数可能是{meant}。",
            en=f"“{words}” holds a year and is far above its neighbours; site software may have "
            f"rewritten {meant}.",
        ),
    )
