"""Spaces and line breaks that a scanner or converter put inside words, numbers and sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from groundwork.text.clean.gloss import HAN
from groundwork.text.clean.tape import Cut

_WIDE: Final = f"{HAN}，。；：、！？（）《》“”‘’【】"
_POINTS: Final = ",;:%％"
_SPACE: Final = re.compile(
    rf"(?<=[{_WIDE}{_POINTS}]) (?=[{_WIDE}{_POINTS}\d(])"
    rf"|(?<=[\dxX*)]) (?=[{_WIDE}{_POINTS}])"
    r"|(?<=\d) (?=[.．]\D)"
)
_CELLS: Final = re.compile(r"[|\t]| {2}|\u3000\S")
_NUMBER_CELL: Final = re.compile(r"(?:^| )[\d.,]+%?(?= |$)")
_SENTENCE: Final = re.compile("[，。；：,;:、]")

_BREAK: Final = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_ENDS: Final = frozenset("。；;！!？?：:”")
_NO_START: Final = re.compile(
    r"[ \t\u3000#>|*•·●◆■-]|[一二三四五六七八九十]{1,3}[、.．是要]|第[一二三四五六七八九十\d]{1,3}|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[①-⑳]|篇[一二三四五\d]|【"
)
_UNITS: Final = frozenset("%％个家项亿万元余名人户件亩")
_CARRIED: Final = frozenset("及和与暨")
_TITLES: Final = frozenset({"总结", "计划", "情况", "打算", "思路", "安排", "要点", "汇报", "报告"})
_WIDEST: Final = 80
_NARROW: Final = 18
"""Lines shorter than this are headings and cells, never the wrapped lines of a paragraph."""


def ocr_space(text: str) -> Iterator[Cut]:
    """Cut single spaces inside Chinese text; between Latin words, numbers or cells they stay.

    >>> text = "上级科技 部门,新增 34 个 R&D center"
    >>> [cut.start for cut in ocr_space(text)]
    [4, 10, 13]
    """
    tables = _table_ranges(text)
    for match in _SPACE.finditer(text):
        at = match.start()
        index = bisect_right(tables, (at, len(text))) - 1
        if index < 0 or at >= tables[index][1]:
            yield Cut(at, at + 1)


def _table_ranges(text: str) -> list[tuple[int, int]]:
    """Return the lines that are rows of a table drawn with spaces, tabs or bars."""
    return [
        match.span()
        for match in re.finditer(r"[^\n]+", text)
        if len(match[0]) < 200 and _is_row(match[0].strip())
    ]


def _is_row(line: str) -> bool:
    if _CELLS.search(line):
        return not _SENTENCE.search(line) or "|" in line or "\t" in line
    return not _SENTENCE.search(line) and len(_NUMBER_CELL.findall(line)) >= 2


def line_break(text: str) -> Iterator[Cut]:
    r"""Cut line breaks inside a wrapped paragraph; the end of a paragraph stays.

    A line is wrapped when it is as wide as its neighbours, does not end a sentence, and what
    follows opens no new point; or when it breaks off after a comma or inside a number.

    >>> text = "今年以来,我局在市委的坚强领导和上级部门的\n大力支持下,完成投资34\n个项目"
    >>> [cut.start for cut in line_break(text)]
    [34]
    """
    breaks = [match.start() for match in _BREAK.finditer(text)]
    for index, at in enumerate(breaks):
        begins = text.rfind("\n", 0, at) + 1
        ends = breaks[index + 1] if index + 1 < len(breaks) else len(text)
        stop = text.find("\n", at + 1, ends + 1)
        if _wraps(text, at, at - begins, (ends if stop < 0 else stop) - at - 1):
            yield Cut(at, at + 1)


def _wraps(text: str, at: int, length: int, following: int) -> bool:
    before, after = text[at - 1], text[at + 1]
    if before in _ENDS or _NO_START.match(text, at + 1):
        return False
    if before in ",，、" or (before.isdigit() and after in _UNITS):
        return True
    if after in _CARRIED and text[at - 2 : at] in _TITLES:
        return True
    if text[at - 2 : at] in _TITLES or not _NARROW < length < _WIDEST:
        return False
    if following > length * 11 // 10 + 1:
        return False
    return following * 10 >= length * 9 or text[at + following] in "。；;！"
