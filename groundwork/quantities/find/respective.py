"""The things that a 分别 list belongs to: 甲、乙分别为3家和5家."""

import re

from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.labels import HEAD, LONGEST, TAIL
from groundwork.quantities.find.periods import ended
from schemas.quantity import QuantityType

_LIST = re.compile("[、和及与]|以及")
_RELATIVE = (QuantityType.PERCENT, QuantityType.PERCENTAGE_POINT, QuantityType.MULTIPLE)


def distribute(text: str, drafts: list[Draft]) -> None:
    """Give each number of a 分别 list the thing it belongs to: 甲、乙分别为3家和5家."""
    if "分别" not in text:
        return
    numbers = [draft for draft in drafts if draft.type is not QuantityType.DATE]
    at = 0
    while at < len(numbers):
        first = numbers[at]
        low = max(first.start - 2 * LONGEST, numbers[at - 1].end if at else 0)
        marker = text.rfind("分别", low, first.start)
        group = [first]
        if marker >= 0 and not ended(text, marker, first.start):
            while at + len(group) < len(numbers):
                draft = numbers[at + len(group)]
                if not (draft.listed or text[draft.start - 1] in "、和及与"):
                    between = text[group[-1].end : draft.start]
                    if between[:1] not in "、和及与" or len(between) > 6:
                        break
                group.append(draft)
            _assign(text, numbers, at, group, marker)
        at += len(group)


def _assign(text: str, numbers: list[Draft], at: int, group: list[Draft], marker: int) -> None:
    low = max(marker - 2 * LONGEST, numbers[at - 1].end if at else 0)
    low = max(low, *(text.rfind(mark, low, marker) + 1 for mark in "。；;!！?？\n，,：:"))
    end = marker
    for _ in range(4):
        found = TAIL.match(text, end, low)
        if found is None or text[found[0] - 1] in "、和及与":  # 总量、增速分别居
            break
        end = found[0]
    items = [part for part in _LIST.split(text[low:end]) if part]
    count = len(group)
    if count > 1 and len(items) >= count:
        for draft, label in zip(group, _whole(items[-count:]), strict=True):
            draft.label = label
    elif count > 1 and at >= count and not (items and _parted(text, numbers[at - 1].end, marker)):
        others = [n for n in numbers[max(at - 2 * count, 0) : at] if n.type not in _RELATIVE]
        others = others if len(others) >= count else numbers[at - count : at]
        for draft, other in zip(group, others[-count:], strict=True):
            draft.label = other.label


def _parted(text: str, low: int, high: int) -> bool:
    """Whether a semicolon parts a list with a name of its own from the numbers before it."""
    return ended(text, low, high) or any(text.find(mark, low, high) >= 0 for mark in ";；")


def _whole(items: list[str]) -> list[str]:
    """Write out what short items share with the last: 城镇、农村居民收入."""
    head = HEAD.match(items[0])
    items = [items[0][head.end() :] if head else items[0], *items[1:]]
    size, last = len(items[0]), items[-1]
    tail = last[size:]
    same = all(len(item) == size and item[-1] != last[-1] for item in items[:-1])
    alike = size <= 2 or all(item[-2:] == last[size - 2 : size] for item in items[:-1])
    if tail and same and alike:
        return [item + tail for item in items[:-1]] + [last]
    return items
