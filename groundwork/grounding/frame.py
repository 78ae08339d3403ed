"""What a whole report says of its numbers: whose they are, and of what part of the year."""

from bisect import bisect_left
from functools import cached_property
from typing import Final

from groundwork.grounding.words import PERIOD, SCOPE, SCOPES

_OPENING: Final = 100
"""Letters at the start of a report within which its author stands."""
_HEADING: Final = 60
_SENTENCE: Final = frozenset("。;；,，")


class Frame:
    """The words of a report that govern numbers far from them; read when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def scopes(self) -> frozenset[str]:
        """The levels whose numbers it tells (全县), and those that its opening names (某县某镇)."""
        told = {SCOPES[word] for word in SCOPE.findall(self._text)}
        return frozenset(told.union(set(SCOPES.values()) & set(self._text[:_OPENING])))

    def period(self, place: int) -> str | None:
        r"""Return the part of the year that the last heading before ``place`` names, if any does.

        >>> Frame("上半年工作总结\n建成公厕5座。").period(10)
        '上半年'
        """
        last = bisect_left(self._headed, (place, ""))
        return self._headed[last - 1][1] if last else None

    @cached_property
    def _headed(self) -> list[tuple[int, str]]:
        named: list[tuple[int, str]] = []
        text = self._text
        for found in PERIOD.finditer(text):
            start = text.rfind("\n", max(0, found.start() - _HEADING), found.start()) + 1
            end = text.find("\n", found.end(), found.end() + _HEADING)
            opened = start > 0 or found.start() <= _HEADING
            if opened and start < end <= start + _HEADING and not _SENTENCE & {*text[start:end]}:
                named.append((found.start(), found[0]))
        return named
