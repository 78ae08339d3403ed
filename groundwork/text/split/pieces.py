"""A text cut into pieces: each up to the end of a sentence, of a line, or to the next mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.text.split.marks import Level, Mark, inline_marks, line_mark
from groundwork.text.split.sentences import bracketed, terminals

_LINES: Final = re.compile(r"[^\n]*\S[^\n]*")
_BLANK: Final = " \t\u3000*"


@dataclass(frozen=True, slots=True)
class Piece:
    """``[start, end)`` without mark and final punctuation; ``stop`` is past the punctuation."""

    start: int
    end: int
    stop: int
    mark: Mark | None
    line: int
    """Number of the line it stands in."""
    first: bool
    """The first piece of its line."""
    run_on: bool
    """Its line holds several headings: a converter dropped the line breaks."""

    @property
    def level(self) -> int:
        """The level of its mark, 0 for plain text."""
        return self.mark.level if self.mark else 0

    @property
    def begin(self) -> int:
        """Where the piece begins, mark included."""
        return self.mark.start if self.mark else self.start


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of ``text`` in order; together they hold all of its characters but blanks."""
    for number, match in enumerate(_LINES.finditer(text)):
        yield from _line(text, match.start(), match.end(), number)


def _line(text: str, start: int, end: int, number: int) -> Iterator[Piece]:
    opening = line_mark(text, start)
    body = opening.end if opening else start
    inner = inline_marks(text, body, end, opening)
    if inner:
        pairs = bracketed(text, body, end)
        inner = _outside(inner, pairs)
    heads = sum(mark.level in {Level.CHAPTER, Level.SECTION} for mark in inner)
    run_on = end - start > 200 and heads + bool(opening) >= 2
    first = True
    for mark, begin, stop in _cuts(text, opening, inner, (body, end)):
        finish = stop
        while finish > begin and text[finish - 1] in "。；;！!？?.":
            finish -= 1
        left, right = _trimmed(text, begin, finish)
        if left < right or mark:
            yield Piece(left, right, max(stop, right), mark, number, first, run_on)
            first = False


def _outside(marks: list[Mark], pairs: list[tuple[int, int]]) -> list[Mark]:
    """Drop the marks inside quotes and brackets; a mark that is itself a bracket is none."""
    kept: list[Mark] = []
    index = 0
    for mark in marks:
        while index < len(pairs) and pairs[index][1] <= mark.start:
            index += 1
        if index == len(pairs) or mark.start <= pairs[index][0]:
            kept.append(mark)
    return kept


def _cuts(
    text: str, opening: Mark | None, inner: list[Mark], span: tuple[int, int]
) -> Iterator[tuple[Mark | None, int, int]]:
    """Yield (mark, begin, stop): the line cut at its marks and its sentence ends."""
    bounds = [*(mark.start for mark in inner), span[1]]
    marks = [opening, *inner]
    begins = [span[0], *(mark.end for mark in inner)]
    for mark, begin, bound in zip(marks, begins, bounds, strict=True):
        current: Mark | None = mark
        at = begin
        for _, stop in terminals(text, begin, bound):
            yield current, at, stop
            current, at = None, stop
        if at < bound or current:
            yield current, at, bound


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end
