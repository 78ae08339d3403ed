"""Which year a number of a report is of, where its own sentence names none.

A year in a heading governs its section, one that opens a paragraph governs that.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from groundwork.quantities.compare import moment
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

_YEAR: Final = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?=年|-)")
_HEADING: Final = 60
_PLAIN: Final = "。;；"
_LEAD: Final = 12
_MARKER: Final = re.compile(r"[\s(（一二三四五六七八九十0-9.、)）是#*-]*(?:截至|截止|到|在)?")
"""What may stand before the date that opens a paragraph."""


def years(date: str | None) -> frozenset[str]:
    """Return the years that a date names.

    >>> sorted(years("2021-2023年")), years("10月") == years(None) == frozenset()
    (['2021', '2023'], True)
    """
    return frozenset(_YEAR.findall(moment(date))) if date else frozenset()


class Years:
    """The years of a text that govern what follows them."""

    def __init__(self, text: str, founds: Sequence[Found]) -> None:
        self._text = text
        self._places: list[int] = []
        self._named: list[frozenset[str]] = []
        self._headed: list[bool] = []
        for found in founds:
            if found.type is not QuantityType.DATE:
                continue
            named = years(text[found.start : found.end])
            headed = bool(named) and self._in_heading(found)
            if headed or (named and self._opens(found)):
                self._places.append(found.start)
                self._named.append(named)
                self._headed.append(headed)

    def at(self, place: int) -> frozenset[str]:
        """Return the years that what stands at ``place`` may be of; none if none governs it."""
        last = bisect_left(self._places, place)
        line = self._text.rfind("\n", 0, place) + 1
        governing: set[str] = set()
        for mark in range(last - 1, -1, -1):
            here = self._places[mark]
            if here >= line:
                governing |= self._named[mark]
            elif self._headed[mark]:
                start = self._text.rfind("\n", 0, here) + 1
                return frozenset(governing.union(*self._since(start, mark)))
        if not governing and last:
            governing |= self._named[last - 1]
        return frozenset(governing)

    def _since(self, start: int, mark: int) -> Sequence[frozenset[str]]:
        return self._named[bisect_left(self._places, start) : mark + 1]

    def _in_heading(self, found: Found) -> bool:
        start = self._text.rfind("\n", max(0, found.start - _HEADING), found.start) + 1
        if start == 0 and found.start > _HEADING:
            return False
        end = self._text.find("\n", found.end, found.end + _HEADING)
        end = len(self._text) if end < 0 and len(self._text) - found.end < _HEADING else end
        if end < 0 or end - start > _HEADING:
            return False
        return not any(mark in self._text[start:end] for mark in _PLAIN)

    def _opens(self, found: Found) -> bool:
        """Whether the date opens its paragraph; elsewhere it governs its own sentence alone."""
        line = self._text.rfind("\n", 0, found.start) + 1
        near = found.start - line <= _LEAD
        return near and _MARKER.fullmatch(self._text, line, found.start) is not None
