"""A text cut into pieces: each up to the end of a sentence, of a line, or to the next mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from groundwork.text.split.marks import Level, Mark, inline_marks, line_mark
from groundwork.text.split.sentences import bracketed, terminals

_LINES: Final = re.compile(r"[^\n]*\S[^\n]*")
_BLANK: Final = " \t\u3000|"
_QUOTED: Final = "> \t\u3000"
"""What a quoted paragraph of Markdown begins with."""
_FINAL: Final = frozenset("。；;！!？?.")
_RUN_ON: Final = 200
"""A line with several headings and more characters than this lost its line breaks."""


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
    level: int = field(init=False)
    """The level of its mark, 0 for plain text."""

    def __post_init__(self) -> None:
        """Look the level up once; it is asked for many times."""
        object.__setattr__(self, "level", int(self.mark.level) if self.mark else 0)

    @property
    def begin(self) -> int:
        """Where the piece begins, mark included."""
        return self.mark.start if self.mark else self.start

    @property
    def open_ended(self) -> bool:
        """No punctuation ends it: a line or the next mark does."""
        return self.stop == self.end

    @property
    def whole_line(self) -> bool:
        """An unmarked line by itself, without final punctuation: a title or a heading."""
        return self.first and not self.mark and self.open_ended


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of ``text`` in order; together they hold all characters but blanks.

    >>> [("一、增收。新增5家;")[p.start:p.end] for p in pieces("一、增收。新增5家;")]
    ['增收', '新增5家']
    """
    for number, match in enumerate(_LINES.finditer(text)):
        yield from _line(text, match.start(), match.end(), number)


def _line(text: str, start: int, end: int, number: int) -> Iterator[Piece]:
    opening = line_mark(text, start)
    body = opening.end if opening else start
    while body < end and not opening and text[body] in _QUOTED:
        body += 1
    brackets = bracketed(text, body, end)
    marks = _outside(inline_marks(text, body, end, opening), brackets)
    heads = sum(mark.level in {Level.CHAPTER, Level.SECTION} for mark in marks)
    run_on = end - start > _RUN_ON and heads + bool(opening) >= 2
    first = True
    ends = list(terminals(text, body, end, brackets))
    for mark, begin, stop in _cuts(opening, marks, ends, (body, end)):
        finish = stop
        while finish > begin and text[finish - 1] in _FINAL:
            finish -= 1
        left, right = _trimmed(text, begin, finish)
        if left < right or mark:
            ended = stop if finish < stop else right
            yield Piece(left, right, ended, mark, number, first, run_on)
            first = False


def _outside(marks: list[Mark], pairs: list[tuple[int, int]]) -> list[Mark]:
    """Drop the marks inside quotes and brackets; a bracketed number is a mark all the same."""
    kept: list[Mark] = []
    index = 0
    for mark in marks:
        while index < len(pairs) and pairs[index][1] <= mark.start:
            index += 1
        if index == len(pairs) or mark.start <= pairs[index][0]:
            kept.append(mark)
    return kept


def _cuts(
    opening: Mark | None, inner: list[Mark], ends: list[tuple[int, int]], span: tuple[int, int]
) -> Iterator[tuple[Mark | None, int, int]]:
    """Yield (mark, begin, stop): the line cut at its marks and its sentence ends."""
    index = 0
    at = span[0]
    current = opening
    for mark in (*inner, None):
        bound = mark.start if mark else span[1]
        while index < len(ends) and ends[index][1] <= bound:
            yield current, at, ends[index][1]
            current, at = None, ends[index][1]
            index += 1
        if at < bound or current:
            yield current, at, bound
        if mark:
            current, at = mark, mark.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end
