"""What of a text a number is read by: never more than a window around it.

A reading is a function of its window alone, so equal windows need to be read only once. That is
what makes claims cheap: most of what a claim says, its source says, too, and ``Known`` holds it.
"""

import re
from typing import Final

from groundwork.quantities.find import context, labels, measure, single
from groundwork.quantities.find.draft import Draft, Said

_LEFT: Final = 24
_RIGHT: Final = 40
_LONGEST: Final = 40
"""A run of more digits than this is an identifier."""
_CLAUSE_END: Final = re.compile(r"[。；;]|[，,](?!\d{3})")
_STOP: Final = "。"
"""What a window ends in where its clause does, whatever the mark."""
_SENTENCE: Final = re.compile("(?s:.*)[。!！?？\n；;]")
_QUOTES: Final = re.compile('[“‘「『"]')
_TELLING: Final = re.compile(r"\s?[:：∶/成]|[^至到\-–—―－~～]*[至到\-–—―－~～]")
"""What follows digits that say more than how much: a ratio, a fraction, a range."""
_LEADS: Final = frozenset("第前-负")
_YEARS: Final = ("19", "20")
_ALIKE: Final = str.maketrans("012346789", "555555555")
_AFTER: Final = re.compile("[^。；;，,\n!！?？]{0,24}")
_MOST: Final = 8192


class Known:
    """The windows that have been read, forgotten when they are too many."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str, str, int], Draft | None] = {}
        self._words: dict[tuple[Said | None, str, bool, int, str, str, str], Said] = {}
        self._said: dict[tuple[object, ...], Said] = {}

    def number(self, text: str, place: tuple[int, int], kind: str, floor: int) -> Draft | None:
        """Read one match of the scan by what stands around it in its sentence.

        Digits that only say how much are read as any others of the same length.
        """
        start, end = place
        if end - start > _LONGEST:
            return None
        low = max(start - _LEFT, floor - 1, 0)
        sentence = _SENTENCE.match(text, low, start)
        low = sentence.end() if sentence else low
        left, number = text[low:start], text[start:end]
        high = end + _RIGHT
        stop = _CLAUSE_END.search(text, end, high)
        if stop is not None and not _QUOTES.search(left):
            high = stop.start()
        right = text[end:high] + _STOP
        written = shape(left, number, right) if kind == "arabic" else number
        edge = floor - low if floor > low else 0
        key = kind, left, written, right, edge
        try:
            known = self._numbers[key]
        except KeyError:
            at = len(left)
            known = single.read(left + written + right, at, at + end - start, edge, kind)
            if known is not None:
                known.kind()
            self._numbers[key] = known
            if len(self._numbers) > _MOST:
                self._numbers.clear()
        if known is None:
            return None
        draft = known.moved(low)
        if written is not number and draft.value is not None:
            draft.value = measure.worth(number, draft.scale)
        return draft

    def words(
        self, text: str, draft: Draft, before: Said | None, low: int, dated: int, high: int
    ) -> Said:
        """Read what the words from ``low`` to a number, and those up to ``high``, say of it."""
        between = text[low : draft.start]
        after = _AFTER.match(text, draft.end, high)
        beyond = after.end() if after else draft.end
        right = text[draft.end : beyond]
        if beyond < high or high == len(text):
            right += _STOP
        dated, called = max(dated - low, 0), labels.called(text, draft.start)
        key = before, draft.kind(), draft.listed, dated, called, between, right
        said = self._words.get(key)
        if said is None:
            at = len(between)
            copy = draft.moved(at - draft.start)
            copy.end = at + 1
            said = context.read(f"{between}#{right}", copy, before, dated, called)
            said = self._said.setdefault(said.parts(), said)
            self._words[key] = said
            if len(self._words) > _MOST:
                self._words.clear()
                self._said.clear()
        return said


def shape(left: str, number: str, right: str) -> str:
    """Return the digits that stand for all of their length, or those that say more.

    >>> shape("新增", "1,280", "家。"), shape("", "2022", "家。"), shape("由", "36", "至40家。")
    ('5,555', '2022', '36')
    """
    year = len(number) == 4 and number.startswith(_YEARS)
    if year or left[-1:] in _LEADS or _TELLING.match(right):
        return number
    return "5" * len(number) if number.isdigit() else number.translate(_ALIKE)
