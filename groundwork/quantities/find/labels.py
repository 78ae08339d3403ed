"""Whose number it is, the indicator's words nearby; and when, the date that governs it."""

import re

from groundwork.quantities.find import cues
from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.tails import Tails
from groundwork.quantities.find.words import WORDS, either
from schemas.quantity import QuantityType

_LONGEST = 30
_MARKS = '。；;!！?？\n，,：:、（(）)《》“”"'
_ENDS = "。!！?？\n"
_TAIL = Tails(
    dict.fromkeys(
        [*WORDS["connectives"], *(w for w in (*cues.UP_WORDS, *cues.DOWN_WORDS) if len(w) > 1)],
        True,
    )
)
"""Words between an indicator and its number."""
_PART_OF_NOUN = {
    "有": "国所私自公",
    "均": "人年月户日平亩",
    "为": "行作",
    "等": "平",
    "居": "民宜安",
    "达": "通发",
    "在": "现存",
}
_HEAD = re.compile(rf"(?:(?:{either('heads')})(?!率)){{1,12}}")
_CUT = re.compile(either("cuts"))
_NOUN = re.compile(r"[一-鿿A-Za-z“][一-鿿A-Za-z·“”]{0,17}")
_NOUN_STOP = re.compile(
    rf"{cues.VERBS.pattern}|{cues.ESTIMATE.pattern}|[，,。；;、：:）)占达在被为与和及已均正以获的]"
    "|同比|申请|入围|通过|得到|全部|纳入|列入"
)
_AFTER_NOT = frozenset("的，,。；;、：:）)以左上下和及与或同比较占达为，在是目标任增")
_LIST = re.compile("[、和及与]|以及")
_SPEAKS = re.compile(r"[一-鿿]+")
_WORDS_OF_TIME = re.compile(
    "(?<![比较])(?:今年以来|今年|去年|上年度?|全年|明年|年内|本年度|本年|当年|前年|本月|上月|同期)"
)
_FAR = 400
_AGAINST = frozenset("比较与同跟超")


def name(text: str, drafts: list[Draft]) -> None:
    """Fill in label and period of all drafts."""
    numbers: list[Draft] = []
    governs = _Period(text)
    last_end = 0
    for at, draft in enumerate(drafts):
        governs.advance(last_end, draft)
        if draft.type is not QuantityType.DATE:
            draft.period = governs.period
            follows = drafts[at + 1].start if at + 1 < len(drafts) else len(text)
            draft.label = _label(text, draft, numbers, last_end, follows)
            numbers.append(draft)
        last_end = draft.end
    _distribute(text, numbers)


class _Period:
    """The date words that govern the numbers after them, within the sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.period: str | None = None
        self.local = False
        """The date stands inside a clause, so it governs nothing past the next semicolon."""

    def advance(self, low: int, draft: Draft) -> None:
        """Read the words between the number before and this one, and this one if it is a date."""
        text, start = self.text, draft.start
        low = max(low, start - _FAR)
        ended = max(text.rfind(mark, low, start) for mark in _ENDS) + 1
        if ended or (self.local and max(text.find(mark, low, start) for mark in "；;") >= 0):
            self.period = None
        words = _WORDS_OF_TIME.findall(text, max(low, ended), start)
        if words:
            self.period, self.local = words[-1], False
        if draft.type is QuantityType.DATE:
            before = text[start - 1 : start]
            if before not in _AGAINST and not _titled(text, draft):
                self.period = text[start : draft.end]
                self.local = bool(before) and before.isalpha() and before not in "至止到在，自从年"


def _ended(text: str, low: int, high: int) -> bool:
    return any(text.find(mark, low, high) >= 0 for mark in _ENDS)


def _titled(text: str, draft: Draft) -> bool:
    low = max(draft.start - 40, 0)
    return text.rfind("《", low, draft.start) > text.rfind("》", low, draft.start)


def _label(
    text: str, draft: Draft, numbers: list[Draft], last_end: int, follows: int
) -> str | None:
    low = max(last_end, draft.start - _LONGEST)
    low = max(low, *(text.rfind(mark, low, draft.start) + 1 for mark in _MARKS))
    left, acted = _strip(text, low, draft.start)
    right = _right(text, draft, follows)
    if right and (acted or not left or len(right) > 1) and draft.type is QuantityType.COUNT:
        return right
    if left:
        return left
    before = numbers[-1] if numbers else None
    near = before and draft.start - before.end < 12 and not _ended(text, before.end, draft.start)
    if before and near and (draft.type is not QuantityType.COUNT or draft.listed):
        return before.label
    if not right and text.startswith("的", draft.end):
        found = _NOUN.match(text, draft.end + 1)
        right = found[0] if found else None
    return right or _verb(text, low, draft.start) or _farther(text, draft, last_end)


def _verb(text: str, low: int, high: int) -> str | None:
    """Return a verb that stands alone before the number: 整改 in 排查隐患388处,整改381处."""
    words = text[low:high].strip()
    return words if 1 < len(words) <= 6 and _SPEAKS.fullmatch(words) else None


def _farther(text: str, draft: Draft, last_end: int) -> str | None:
    """Return the words of the clause before, where the number's own clause has none."""
    low = max(last_end, draft.start - 2 * _LONGEST)
    low = max(low, *(text.rfind(mark, low, draft.start) + 1 for mark in _ENDS + "；;"))
    comma = max(text.rfind(mark, low, draft.start) for mark in "，,：:")
    if comma < low:
        return None
    low = max(low, *(text.rfind(mark, low, comma) + 1 for mark in _MARKS))
    return _strip(text, low, comma)[0] or None


def _strip(text: str, low: int, high: int) -> tuple[str, bool]:
    """Return the words of ``[low, high)`` without verbs at their ends, and whether one ended it."""
    acted = False
    for _ in range(8):
        while high > low and text[high - 1].isspace():
            high -= 1
        found = _TAIL.match(text, high, low)
        if found is None or text[found[0] - 1] in _PART_OF_NOUN.get(text[found[0] : high], ""):
            break
        high, acted = found[0], True
    head = _HEAD.match(text, low, high)
    words = text[head.end() if head else low : high]
    words = "".join(words.split()).strip("-—·*#>。.0123456789）)】]")
    cuts = [cut.end() for cut in _CUT.finditer(words) if cut.end() < len(words) - 1]
    words = words[cuts[-1] :] if cuts else words
    etc = words.rfind("等")
    words = words[etc + 1 :] if 0 <= etc < len(words) - 2 else words
    return words, acted or (head is not None and not words)


def _right(text: str, draft: Draft, follows: int) -> str | None:
    """Return the noun that follows the unit: 企业 in 216家企业申报."""
    at = draft.end
    if text[at : at + 1] in _AFTER_NOT:
        return None
    found = _NOUN.match(text, at, follows)
    if found is None:
        return None
    stop = _NOUN_STOP.search(text, at, found.end())
    words = text[at : stop.start() if stop else found.end()]
    return words or None


def _distribute(text: str, numbers: list[Draft]) -> None:
    """Give each number of a 分别 list the thing it belongs to: 甲、乙分别为3家和5家."""
    at = 0
    while at < len(numbers):
        first = numbers[at]
        low = max(first.start - 2 * _LONGEST, numbers[at - 1].end if at else 0)
        marker = text.rfind("分别", low, first.start)
        group = [first]
        if marker >= 0 and not _ended(text, marker, first.start):
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
    low = max(marker - 2 * _LONGEST, numbers[at - 1].end if at else 0)
    low = max(low, *(text.rfind(mark, low, marker) + 1 for mark in "。；;!！?？\n，,：:"))
    end = marker
    for _ in range(4):
        found = _TAIL.match(text, end, low)
        if found is None:
            break
        end = found[0]
    items = [part for part in _LIST.split(text[low:end]) if part]
    count = len(group)
    if count > 1 and len(items) >= count:
        for draft, label in zip(group, _whole(items[-count:]), strict=True):
            draft.label = label
    elif count > 1 and at >= count:
        for draft, other in zip(group, numbers[at - count : at], strict=True):
            draft.label = other.label


def _whole(items: list[str]) -> list[str]:
    """Write out what short items share with the last: 城镇、农村居民收入."""
    head = _HEAD.match(items[0])
    items = [items[0][head.end() :] if head else items[0], *items[1:]]
    size, last = len(items[0]), items[-1]
    tail = last[size:]
    same = all(len(item) == size for item in items[:-1])
    alike = size <= 2 or all(item[-2:] == last[size - 2 : size] for item in items[:-1])
    if tail and same and alike:
        return [item + tail for item in items[:-1]] + [last]
    return items
