"""A total against the parts listed for it: 平台143个,其中国家级6个、省级52个、市级95个."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.parts import between, finding, plain, sentences, shown
from schemas.finding import Finding, FindingKind
from schemas.quantity import QuantityType
from schemas.verdict import Explanation

_OPENS: Final = re.compile(
    "^[^。;；,，、]{0,8}[,，(（:：]?(?:其中|包括|分别是)[:：]?[^,，、。0-9]{1,16}$"
)
_GOES_ON: Final = re.compile("^[,，、和及][^,，、。；;:：]{1,16}$")
_LEVEL: Final = re.compile("国家级|省级|市级|区级|县级|男|女|博士|硕士|本科|一级|二级|三级")
_KINDS: Final = frozenset({QuantityType.COUNT, QuantityType.MONEY, QuantityType.AREA})
_FEWEST: Final = 3
_HAIR: Final = Decimal("0.02")


def sums(text: CheckedText, inside: Sequence[int]) -> Iterator[Finding]:
    """Yield the totals that their parts exceed, or miss by less than two per cent."""
    for group in sentences(text, inside):
        for at, total in enumerate(group[:-1]):
            parts = _parts(text, group, at)
            if len(parts) >= _FEWEST:
                yield from _judge(text, total, parts)


def _parts(text: CheckedText, group: Sequence[int], at: int) -> list[int]:
    """Return the numbers listed for ``group[at]``: each a disjoint level, all in one unit."""
    total = text.founds[group[at]]
    if not plain(total) or total.type not in _KINDS or total.change is not None:
        return []
    if not _OPENS.match(between(text, group[at], group[at + 1])):
        return []
    parts: list[int] = []
    last = group[at]
    for index in group[at + 1 :]:
        found, words = text.founds[index], between(text, last, index)
        if parts and not _GOES_ON.match(words):
            break
        alike = found.unit == total.unit and found.type == total.type
        if not (plain(found) and alike and _LEVEL.search(words)):
            return []
        parts.append(index)
        last = index
    levels = [
        _LEVEL.findall(between(text, one, other))
        for one, other in zip([group[at], *parts], parts, strict=False)
    ]
    named = [level for found in levels for level in found]
    return parts if len(named) == len(set(named)) == len(parts) else []


def _judge(text: CheckedText, total: int, parts: Sequence[int]) -> Iterator[Finding]:
    whole = text.founds[total].value or Decimal(0)
    values = [text.founds[index].value or Decimal(0) for index in parts]
    added = sum(values, Decimal(0))
    if added == whole or (added < whole and whole - added > max(whole * _HAIR, Decimal(1))):
        return
    terms = " + ".join(shown(value) for value in values)
    words = text.reading.words(text.founds[total])
    yield finding(
        text,
        FindingKind.SUM,
        (total, *parts),
        f"{terms} = {shown(added)}",
        Explanation(
            zh=f"各部分相加为{shown(added)},文中总数写为“{words}”。",
            en=f"The parts add up to {shown(added)}; the text gives the total as “{words}”.",
        ),
    )
