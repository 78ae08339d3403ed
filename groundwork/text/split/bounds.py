"""Where one report of an upload ends and the next begins.

A report opens at 第一篇: and its kin, at a title line, at a second 一、 once 二、 has passed, or at an
opening paragraph (20-年,我们按照…) between the last point of one list and a new (一).
"""

import re
from collections.abc import Sequence
from typing import Final

from groundwork.text.split.heads import is_plan, title_range
from groundwork.text.split.marks import Level
from groundwork.text.split.pieces import Piece

_OPENING: Final = re.compile(
    r"[ \u3000]*(?:今年|一年来|近年来|(?:19|20|xx|XX|\*\*)[\dxX_*×-]{0,4}(?:上半)?年|[一二][〇○零九][一二三四五六七八九〇零]{2}年)[^。\n]{0,12}[,，]"
)
_AHEAD: Final = re.compile("将|力争|主要目标|下一步|明年|计划|打算|来年|今后")
_BEHIND: Final = re.compile("汇报如下|报告如下|总结如下|各项工作|(?:领导|指导|支持|部署|帮助)下")
_BEFORE_FIRST: Final = 300
"""An introduction before 第一篇 is shorter than this."""


def report_starts(text: str, found: Sequence[Piece]) -> list[int]:
    """Return the index of the first piece of each report, in order, beginning with 0.

    A piece with the mark of a collection (第二篇) counts as the first of its report.
    """
    starts = [0]
    chapter = section = 0
    parted = False
    for index, piece in enumerate(found):
        level = piece.level
        begins = None
        if level == Level.COLLECTION:
            begins = index
        elif level == Level.CHAPTER and piece.mark and piece.mark.number == 1:
            if chapter >= 2 and not parted:
                begins = _preamble(text, found, starts[-1], index)
        elif level == Level.SECTION and piece.mark and piece.mark.number == 1 and section >= 3:
            begins = _opening_between(text, found, starts[-1], index)
        elif _is_title_line(text, piece, found[starts[-1]]) and index - starts[-1] > 3:
            begins = index
        if begins is not None and begins > starts[-1]:
            starts.append(begins)
            chapter = section = 0
            parted = False
        elif begins == 0:
            pass
        if level == Level.CHAPTER:
            chapter, section, parted = (piece.mark.number if piece.mark else 0), 0, False
        elif level == Level.SECTION:
            section = piece.mark.number if piece.mark else 0
        elif Level.MARKDOWN < level < 0 or level == Level.PART or _is_plan_line(text, piece):
            parted, section = True, 0
    return starts


def _line_text(text: str, piece: Piece) -> str:
    return text[piece.start : piece.end]


def _is_plan_line(text: str, piece: Piece) -> bool:
    """Tell whether the piece is a line that heads the plan half of a report (2023年工作计划)."""
    alone = not piece.level and piece.first and piece.stop == piece.end
    line = _line_text(text, piece) if alone and piece.end - piece.start <= 40 else ""
    return bool(line) and is_plan(line) and title_range(line, 0, len(line)) is not None


def _is_title_line(text: str, piece: Piece, head: Piece) -> bool:
    """Tell whether the piece is the title line of a further report."""
    if piece.level or not piece.first or piece.stop != piece.end or piece.end - piece.start > 60:
        return False
    line = _line_text(text, piece)
    span = title_range(line, 0, len(line))
    if span is None or span[0] or re.search("[,，:：]", line) or len(line) < 8:
        return False
    if line == _line_text(text, head):
        return True
    return not is_plan(line) and bool(re.search("总结|述职", line))


def _preamble(text: str, found: Sequence[Piece], low: int, index: int) -> int:
    """Go back from a second 一、 over the title and opening that belong to it."""
    begins = index
    at = index - 1
    while at > low and not found[at].level:
        piece = found[at]
        if piece.first and (
            _OPENING.match(text, piece.start)
            or title_range(text, piece.start, piece.end) is not None
        ):
            begins = at
        elif not piece.first and title_range(text, piece.start, piece.end) is not None:
            begins = at
        at -= 1
    return begins


def _opening_between(text: str, found: Sequence[Piece], low: int, index: int) -> int | None:
    """Return the opening paragraph before a new (一), unless it looks ahead: then it is the plan."""
    at = index - 1
    while at > low and not found[at].level:
        at -= 1
    for position in range(at + 1, index):
        piece = found[position]
        if piece.first and _OPENING.match(text, piece.start):
            between = text[piece.start : found[index].begin]
            if not _AHEAD.search(between) and _BEHIND.search(between):
                return position
            return None
    return None
