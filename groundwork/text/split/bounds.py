"""Where one report of an upload ends and the next begins.

A report opens at 第一篇: and its kin, at a title line, at a second 一、 once 二、 has passed, or
at an opening paragraph (20-年,我们按照…) between the last point of one list and a new (一).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.text.split.heads import SERIES, is_notice, is_plan, title_range
from groundwork.text.split.marks import Level
from groundwork.text.split.pieces import Piece

_OPENING: Final = re.compile(
    r"[ \u3000]*(?:今年|一年来|近年来|(?:19|20|xx|XX|\*\*)[\dxX_*×-]{0,4}(?:上半)?年"
    r"|[一二][〇○零九][一二三四五六七八九〇零]{2}年)[^。\n]{0,12}[,，]"
)
_AHEAD: Final = re.compile("将|力争|主要目标|下一步|明年|计划|打算|来年|今后")
_BEHIND: Final = re.compile("汇报如下|报告如下|总结如下|各项工作|(?:领导|指导|支持|部署|帮助)下")
_PUNCTUATED: Final = re.compile("[,，:：]")
_SUMMARY_LINE: Final = re.compile("总结|述职")
_SHORTEST: Final = 8
_LETTER: Final = 300
"""Characters of the letter that a report came with."""
_LONGEST: Final = 60
"""Characters of a title line that opens a further report."""


@dataclass(slots=True)
class _State:
    """How far the outline of the current report has come."""

    first: int = 0
    chapter: int = 0
    section: int = 0
    parted: bool = False
    """A heading above 一、 has opened since, under which 一、 may begin again."""

    def follow(self, text: str, piece: Piece) -> None:
        """Take note of a piece."""
        number = piece.mark.number if piece.mark else 0
        if piece.level == Level.CHAPTER:
            self.chapter, self.section, self.parted = number, 0, False
        elif piece.level == Level.SECTION:
            self.section = number
        elif _is_part(text, piece):
            self.parted, self.section = True, 0


def report_starts(text: str, found: Sequence[Piece]) -> list[int]:
    """Return the index of the first piece of each report, in order, beginning with 0.

    A piece with the mark of a collection (第二篇) counts as the first of its report.
    """
    starts = [0]
    state = _State()
    for index, piece in enumerate(found):
        begins = _begins(text, found, index, state)
        if begins is not None and begins > starts[-1]:
            starts.append(begins)
            state = _State(first=begins)
        state.follow(text, piece)
    return starts


def _begins(text: str, found: Sequence[Piece], index: int, state: _State) -> int | None:
    """Return where a report begins that the piece at ``index`` gives away."""
    piece = found[index]
    if piece.level == Level.COLLECTION:
        return index
    if piece.mark and piece.mark.number == 1:
        if piece.level == Level.CHAPTER and state.chapter >= 2 and not state.parted:
            return _preamble(text, found, state.first, index)
        if piece.level == Level.SECTION and state.section >= 3:
            return _opening_before(text, found, state.first, index)
    elif piece.whole_line and index > state.first:
        if introduces(text, found[state.first].begin, piece.begin) and _title_fills(text, piece):
            return index
        series = SERIES.search(text[piece.start : piece.end])
        if series or index - state.first > 3:
            return index if _is_title_line(text, piece, found[state.first]) else None
    return None


def introduces(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is the letter that the report behind it came with."""
    return 0 < end - start < _LETTER and is_notice(text[start:end])


def _title_fills(text: str, piece: Piece) -> bool:
    line = text[piece.start : piece.end]
    return _SHORTEST <= len(line) <= _LONGEST and title_range(line, 0, len(line)) == (0, len(line))


def _is_part(text: str, piece: Piece) -> bool:
    """Tell whether the piece heads a part of the report that may count from 一、 again."""
    marked = Level.MARKDOWN < piece.level < 0 or piece.level == Level.PART
    return marked or _is_plan_line(text, piece)


def _is_plan_line(text: str, piece: Piece) -> bool:
    """Tell whether the piece is a line that heads the plan half of a report (2023年工作计划)."""
    if not piece.whole_line or piece.end - piece.start > 40:
        return False
    line = text[piece.start : piece.end]
    return is_plan(line) and title_range(line, 0, len(line)) is not None


def _is_title_line(text: str, piece: Piece, head: Piece) -> bool:
    """Tell whether the piece is the title line of a further report."""
    line = text[piece.start : piece.end]
    if len(line) > _LONGEST or (len(line) < _SHORTEST and not SERIES.search(line)):
        return False
    if title_range(line, 0, len(line)) is None or _PUNCTUATED.search(line):
        return False
    return line == text[head.start : head.end] or (
        not is_plan(line) and bool(_SUMMARY_LINE.search(line))
    )


def _preamble(text: str, found: Sequence[Piece], low: int, index: int) -> int | None:
    """Go back from a second 一、 over the title and opening that belong to it.

    An opening without a title that only looks ahead (明年,我将做好:) is the same report's plan.
    """
    begins, titled = index, False
    for at in range(index - 1, low, -1):
        piece = found[at]
        if piece.level:
            break
        opening = piece.first and _OPENING.match(text, piece.start, piece.end)
        heads = title_range(text, piece.start, piece.end) is not None
        titled = titled or heads
        if opening or heads:
            begins = at
    between = text[found[begins].begin : found[index].begin]
    same = not titled and _AHEAD.search(between) and not _BEHIND.search(between)
    return None if same else begins


def _opening_before(text: str, found: Sequence[Piece], low: int, index: int) -> int | None:
    """Return the opening paragraph before a new (一), unless it is the plan's: it looks ahead."""
    at = index
    while at - 1 > low and not found[at - 1].level:
        at -= 1
    for position in range(at, index):
        piece = found[position]
        if piece.first and _OPENING.match(text, piece.start, piece.end):
            between = text[piece.start : found[index].begin]
            behind = _BEHIND.search(between) and not _AHEAD.search(between)
            return position if behind else None
    return None
