"""The same indicator with two values in one report."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.parts import finding, plain, shown
from groundwork.grounding.mention import Mention
from schemas.finding import Finding, FindingKind
from schemas.quantity import QuantityType
from schemas.verdict import Explanation

_LEVELS: Final = frozenset({QuantityType.MONEY, QuantityType.PERCENT, QuantityType.AREA})
_AHEAD: Final = re.compile(
    "力争|争取|确保|目标|计划|预计|拟|将|明年|达到|突破|完成|左右|以上|不低于|原|去年|上年|其中|前三|季度|月|截至|截止"
)
_TOTAL: Final = re.compile("总量|总额|总产值|总收入|总值|营业收入|产值|总面积|利润总额|总投资")
_SHORTEST: Final = 4
_FACTOR: Final = Decimal("1.2")


def conflicts(text: CheckedText, inside: Sequence[int]) -> Iterator[Finding]:
    """Yield totals of one name that the report gives twice, a little apart.

    Only totals, named by the same words alone, in clauses that speak of no other time and no
    target: anything looser would report every pair of years.
    """
    named: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for index in inside:
        mention = text.mention(index)
        if _is_level(mention):
            named[mention.tail, mention.found.unit].append(index)
    for indexes in named.values():
        first = indexes[0]
        for other in indexes[1:]:
            if _apart(text.founds[first].value, text.founds[other].value):
                yield _told(text, first, other)
                break


def _is_level(mention: Mention) -> bool:
    found = mention.found
    return (
        plain(found)
        and found.type in _LEVELS
        and found.change is None
        and found.basis is None
        and len(mention.tail) >= _SHORTEST
        and _TOTAL.search(mention.tail) is not None
        and _AHEAD.search(mention.left[mention.left.rfind("。") + 1 :]) is None
    )


def _apart(one: Decimal | None, other: Decimal | None) -> bool:
    if not one or not other or one == other:
        return False
    return max(one, other) / min(one, other) <= _FACTOR


def _told(text: CheckedText, first: int, other: int) -> Finding:
    words = [text.reading.words(text.founds[index]) for index in (first, other)]
    values = [shown(text.founds[index].value or Decimal(0)) for index in (first, other)]
    name = text.mention(first).own
    return finding(
        text,
        FindingKind.CONFLICT,
        (first, other),
        f"{values[0]} ≠ {values[1]}",
        Explanation(
            zh=f"“{name}”一处写为“{words[0]}”,另一处写为“{words[1]}”。",
            en=f"“{name}” is “{words[0]}” in one place and “{words[1]}” in another.",
        ),
    )
