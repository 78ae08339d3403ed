"""Spaces that a scanner or converter put inside words and numbers."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from groundwork.text.clean.gloss import HAN
from groundwork.text.clean.tape import Cut

_WIDE: Final = f"{HAN}，。；：、！？（）《》“”‘’【】"
_POINTS: Final = ",;:%％)"
_SPACE: Final = re.compile(
    rf"(?<=[{_WIDE}{_POINTS}(+]) (?=[{_WIDE}{_POINTS}\d(/])"
    rf"|(?<=[{_WIDE}{_POINTS}]) (?=[xX*×]{{1,4}}[\d.{_WIDE}%]|\.\d)"
    rf"|(?<=[xX*×]) (?=[xX*×.]{{1,3}}[\dxX{_WIDE}%])"
    rf"|(?<=[\dxX*×)]) (?=[{_WIDE}{_POINTS}/])"
    r"|(?<=\d) (?=[.．]\D)|(?<=\d\.) (?=\d)|(?<=\d) (?=\.\d)"
)
_HEADING: Final = re.compile(
    rf"(?:[(（][一二三四五六七八九十]{{1,3}}[)）]|(?<![{HAN}])[一二三四五六七八九十]{{1,3}}[、是]"
    rf"|(?<![\d.])\d{{1,2}}[.、] ?)[{HAN}“”、]{{4,24}} "
    rf"(?=(?:[{HAN}“《]|\d{{4}}年|\d{{1,2}}月)[^\n。]{{7}})"
)
"""A heading in the line of its body, and the space between them."""
_COUNTED: Final = re.compile(
    r"(?:^|[\n。；;])[ \u3000]{0,4}"
    rf"(?:[一二三四五六七八九十]{{1,3}} (?=[{HAN}]{{3,20}}(?:\n|\Z|1[、.．]|[(（]一))"
    rf"|\d{{1,2}} (?![个家名项万亿年月日元户次场件条位余多])(?=[{HAN}]{{4,20}}[\n。]))"
)
"""The number of a point without a sign (``二 存在问题``), before a heading that ends."""
_HAN_SPACE: Final = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_CELLS: Final = re.compile(r"[|\t]| {2}|\u3000\S")
_NUMBER_CELL: Final = re.compile(r"(?:^| )[\d.,]+%?(?= |$)")
_SENTENCE: Final = re.compile("[，。；：,;:、]")


def ocr_space(text: str) -> Iterator[Cut]:
    """Cut single spaces inside Chinese text; between Latin words, numbers or cells they stay.

    So does a space between a heading and its body, where a text has hardly any other, and one
    behind the number of a part.

    >>> text = "上级科技 部门,新增 34 个 R&D center"
    >>> [cut.start for cut in ocr_space(text)]
    [4, 10, 13]
    """
    tables = _table_ranges(text)
    borders: frozenset[int] | None = None
    for match in _SPACE.finditer(text):
        at = match.start()
        borders = _borders(text) if borders is None else borders
        index = bisect_right(tables, (at, len(text))) - 1
        if (index < 0 or at >= tables[index][1]) and not (at in borders or _counts(text, at)):
            yield Cut(at, at + 1)


def _borders(text: str) -> frozenset[int]:
    """Return the spaces between headings and their bodies, unless there are spaces everywhere."""
    found = frozenset(match.end() - 1 for match in _HEADING.finditer(text))
    others = sum(match.start() not in found for match in _HAN_SPACE.finditer(text))
    counted = frozenset(match.end() - 1 for match in _COUNTED.finditer(text))
    return counted | found if others <= len(found) + len(counted) else counted


def _counts(text: str, at: int) -> bool:
    """Tell whether the space parts the number of a point from a figure: ``1. 3个项目``."""
    if text[at - 1] != ".":
        return False
    digits = at - 1
    while digits and text[digits - 1].isdigit() and at - digits < 8:
        digits -= 1
    return not digits or not text[digits - 1].isalpha()


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
