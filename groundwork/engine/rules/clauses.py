"""Cutting a sentence at its commas, brackets and quotation marks respected."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_OPEN: Final = {
    "(": ")",
    "（": "）",
    "《": "》",
    "“": "”",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
}
_CLOSE: Final = frozenset(_OPEN.values())
_MARK: Final = re.compile(r"[,，()（）《》“”「」『』【】\[\]]")
_EDGE: Final = frozenset(",， \n\t　|—")
"""What no statement begins or ends with: commas, blanks, the frame of a table row."""
_DIGIT: Final = re.compile(r"[0-9xX*]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence between commas, as a clean range; the comma is left out."""

    start: int
    end: int
    text: str


def split_clauses(reading: str, start: int, end: int) -> list[Clause]:
    """Cut ``reading[start:end]`` at commas outside brackets; empty pieces are left out.

    A comma between digits is a thousand separator. An unclosed bracket closes with the sentence,
    so that a typing slip does not swallow every comma behind it.

    >>> [c.text for c in split_clauses("建成(一期,二期),投资1,280万元", 0, 19)]
    ['建成(一期,二期)', '投资1,280万元']
    """
    cuts = _cuts(reading, start, end, respect_brackets=True)
    if cuts is None:
        cuts = _cuts(reading, start, end, respect_brackets=False) or []
    edges = [start, *cuts, end]
    found = []
    for left, right in pairwise(edges):
        a, b = _trim(reading, left, right)
        if a < b:
            found.append(Clause(a, b, reading[a:b]))
    return found


def _cuts(reading: str, start: int, end: int, *, respect_brackets: bool) -> list[int] | None:
    """Return the positions of cutting commas, or None when a bracket stays open."""
    depth = 0
    cuts = []
    for match in _MARK.finditer(reading, start, end):
        mark, at = match.group(), match.start()
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif (depth == 0 or not respect_brackets) and not _inside_number(reading, at, mark):
            cuts.append(at)
    return None if respect_brackets and depth else cuts


def _inside_number(reading: str, at: int, mark: str) -> bool:
    """Tell a thousand separator: ASCII comma, a digit before and exactly three behind."""
    if mark != "," or at == 0 or not _DIGIT.match(reading, at - 1):
        return False
    tail = reading[at + 1 : at + 5]
    return tail[:3].isdigit() and len(tail[:3]) == 3 and not tail[3:].isdigit()


def _trim(reading: str, start: int, end: int) -> tuple[int, int]:
    while start < end and reading[start] in _EDGE:
        start += 1
    while start < end and reading[end - 1] in _EDGE:
        end -= 1
    return start, end
