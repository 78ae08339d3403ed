"""When a number holds: the date or the words of time that govern it."""

import re

from groundwork.quantities.find.draft import Draft
from schemas.quantity import QuantityType

ENDS = "。!！?？\n"
"""What ends a sentence."""
_WORDS_OF_TIME = re.compile(
    "(?<![比较是为于超与同占由从自])(?:今年以来|今年|去年|上年度?|全年|明年|年内|本年度|本年|当年|前年|本月|上月)"
    "|(?<=[为于超与同占由从自])(?:今年以来|全年|年内)"
)
_EVENT = re.compile(f"[{ENDS}；;]|{_WORDS_OF_TIME.pattern}")
_COMPARED = re.compile(r"(?:全年|同期)?(?:水平)?的\s?[\dxX×]")
"""After a date that a number is measured against: 恢复到2019年的112%."""
_LAST = re.compile(f"(?s:.*)[{ENDS}]")
_FAR = 400
_AGAINST = frozenset("比较与同跟超")


class Period:
    """The date words that govern the numbers after them, within the sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.period: str | None = None
        self.local = False
        """The date stands inside a clause, so it governs nothing past the next semicolon."""

    def advance(self, low: int, draft: Draft) -> None:
        """Read the words between the number before and this one, and this one if it is a date."""
        text, start = self.text, draft.start
        for event in _EVENT.finditer(text, max(low, start - _FAR), start):
            if event[0] in ENDS or (self.local and event[0] in ";；"):
                self.period = None
            elif event[0] not in ";；":
                self.period, self.local = event[0], False
        if draft.type is QuantityType.DATE:
            before = text[start - 1 : start]
            against = before in _AGAINST or _COMPARED.match(text, draft.end)
            if not against and not _titled(text, draft):
                self.period = text[start : draft.end]
                self.local = bool(before) and before.isalpha() and before not in "至止到在，自从年"


def since_sentence(text: str, low: int, high: int) -> int:
    """Return where the last sentence of the range begins, ``low`` if it holds no end of one.

    >>> since_sentence("一。二。三", 1, 5), since_sentence("一。二", 2, 3)
    (4, 2)
    """
    mark = _LAST.match(text, low, high)
    return mark.end() if mark else low


def ended(text: str, low: int, high: int) -> bool:
    """Tell whether a sentence ends in the range."""
    return any(text.find(mark, low, high) >= 0 for mark in ENDS)


def _titled(text: str, draft: Draft) -> bool:
    low = max(draft.start - 40, 0)
    return text.rfind("《", low, draft.start) > text.rfind("》", low, draft.start)
