"""Line breaks that a converter, scanner or printer put inside sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from groundwork.text.clean.tape import Cut

_LINE: Final = re.compile(r"[^\n]+")
_ENDS: Final = frozenset("。；;！!？?：:”")
_STOP: Final = re.compile("[。；;！]")
_POINT: Final = (
    r"[一二三四五六七八九十]{1,3}(?:[、.．是]|要)|第[一二三四五六七八九十\d]{1,3}"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[①-⑳]"
    r"|篇[一二三四五\d]|【|#{1,6} "
)
_MARKED: Final = re.compile(_POINT)
_NO_START: Final = re.compile(rf"[ \t\u3000>|*•·●◆■—-]|今年|近年|下一步|现将|{_POINT}")
_UNITS: Final = frozenset("%％个家项亿万元余名人户件亩年月日.")
_NEVER_FIRST: Final = frozenset("的了等和或、，,。；;：:）)》”%％")
_NEVER_LAST: Final = frozenset("的在对把将被向从由和与及或第（(“《、，,")
_CARRIED: Final = frozenset("及和与暨")
_TITLES: Final = frozenset({"总结", "计划", "情况", "打算", "思路", "安排", "要点", "汇报", "报告"})
_PAUSE: Final = re.compile(r"[,，](?!\d)")
_OPENERS: Final = frozenset(
    ("今年", "去年", "目前", "当前", "同时", "此外", "其中", "首先", "其次", "再次", "总之")
)
"""Words that a paragraph opens with before a comma."""
_PARTS: Final = frozenset({"问题", "不足", "困难", "目标", "措施", "成效", "任务", "原因"})
_NARROW: Final = 36
"""Columns; narrower lines are headings and cells, never the wrapped lines of a paragraph."""
_WIDEST: Final = 200
_NUMERALS: Final = re.compile("[一二三四五六七八九十]+")
_DIGITS: Final = re.compile(r"\d+")
_QUOTED: Final = 40
"""Characters within which a quotation that a break cut in two is closed."""
_HEADING: Final = 24
"""Characters; a line that is longer may be no heading: when it holds a comma, or is marked."""


class _Line(NamedTuple):
    start: int
    end: int
    columns: int


def line_break(text: str) -> Iterator[Cut]:
    r"""Cut line breaks inside a sentence; the end of a paragraph stays.

    A sentence is broken when its line stops where no line of a report can end, or begins where
    none can begin; or when all of the text is set to one width and this line fills it.

    >>> text = "一、成效\n今年以来,我局开拓进取。完成投资34\n个项目,新增企\n业5家。\n二、问题"
    >>> [cut.start for cut in line_break(text)]
    [23, 31]
    """
    lines = [
        _Line(match.start(), match.end(), _columns(match[0])) for match in _LINE.finditer(text)
    ]
    wrapped = _measure(lines)
    run_in = _run_in_marks(text, lines)
    goes_on = False
    for line, follower in pairwise(lines):
        goes_on = _may_break(text, line, follower) and (
            _cannot_part(text, line, follower)
            or _breaks_off(text, line, follower, carried=goes_on, run_in=run_in)
            or _fills(line, follower, wrapped, text)
        )
        if goes_on:
            yield Cut(line.end, line.end + 1)


def _columns(line: str) -> int:
    """Return how wide a line is set: a Han character takes two columns, a Latin one takes one."""
    return len(line) if line.isascii() else (len(line) + len(line.encode("utf-8", "replace"))) // 2


def _measure(lines: list[_Line]) -> int:
    """Return the width all of the text is set to, 0 when paragraphs have a line each."""
    widths = sorted(line.columns for line in lines)
    if len(widths) < 4:
        return 0
    width = widths[len(widths) * 9 // 10]
    if not _NARROW < width < _WIDEST or widths[-1] > width * 5 // 4:
        return 0
    full = sum(column >= width * 17 // 20 for column in widths)
    return width if full * 10 >= len(widths) * 3 else 0


def _may_break(text: str, line: _Line, follower: _Line) -> bool:
    if line.end + 1 != follower.start or text[line.end - 1] in _ENDS:
        return False
    return not _NO_START.match(text, follower.start)


def _cannot_part(text: str, line: _Line, follower: _Line) -> bool:
    """Tell whether the characters around the break belong together, whatever the lines are."""
    before, after = text[line.end - 1], text[follower.start]
    if before in _NEVER_LAST or after in _NEVER_FIRST or (before.isdigit() and after in _UNITS):
        return True
    if after in _CARRIED and text[line.end - 2 : line.end] in _TITLES:
        return True
    opened = text.rfind("“", line.start, line.end), text.rfind("《", line.start, line.end)
    at = max(opened)
    if at < line.start:
        return False
    closing = "”" if text[at] == "“" else "》"
    return closing not in text[at : line.end] and closing in text[follower.start :][:_QUOTED]


def _breaks_off(
    text: str, line: _Line, follower: _Line, *, carried: bool, run_in: frozenset[str]
) -> bool:
    """Tell whether the line, itself ``carried`` on or not, ends like no heading or paragraph."""
    words = text[line.start : line.end]
    if words[-2:] in _TITLES or "|" in words or "\t" in words or _closes_with_heading(words):
        return False
    if _stub(text, line, follower):
        return words[-2:] not in _PARTS
    said = _STOP.search(words) is not None
    if not _STOP.search(text, follower.start, follower.end):
        return said and not _names(text, follower)
    return carried or said or _no_heading(words, run_in)


def _no_heading(words: str, run_in: frozenset[str]) -> bool:
    """Tell a line that is too long for a heading, or counts something behind a comma."""
    mark = _MARKED.match(words)
    pauses = _PAUSE.search(words) is not None
    if not mark and pauses and _DIGITS.search(words):
        return True
    if len(words) <= _HEADING:
        return False
    return _shape(mark[0]) in run_in if mark else pauses


def _names(text: str, line: _Line) -> bool:
    """Tell whether the line may be a heading: short, without a comma inside."""
    words = text[line.start : line.end]
    return len(words) <= _HEADING and not _PAUSE.search(words)


def _stub(text: str, line: _Line, follower: _Line) -> bool:
    """Tell whether a comma stands so close to the break that a word or two were cut off."""
    if _PAUSE.search(text, max(line.start, line.end - 3), line.end):
        return True
    first = text[follower.start : min(follower.end, follower.start + 4)]
    after = _PAUSE.search(first)
    return after is not None and after.start() < 3 and first[: after.start()] not in _OPENERS


def _closes_with_heading(words: str) -> bool:
    """Tell whether the name of a part follows the line's last full stop: …稳定。二、存在的问题."""
    stops = [match.end() for match in _STOP.finditer(words)]
    tail = words[stops[-1] :] if stops else ""
    return tail[-2:] in _PARTS and len(tail) <= _HEADING and _MARKED.match(tail) is not None


def _run_in_marks(text: str, lines: list[_Line]) -> frozenset[str]:
    """Return the kinds of marks behind which this text goes on to a full stop in the same line."""
    full: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    for line in lines:
        mark = _MARKED.match(text, line.start)
        if mark:
            stops = _STOP.search(text, line.start, line.end)
            (full if stops else bare)[_shape(mark[0])] += 1
    return frozenset(shape for shape in full if full[shape] >= max(2, 2 * bare[shape]))


def _shape(mark: str) -> str:
    return _DIGITS.sub("1", _NUMERALS.sub("一", mark))


def _fills(line: _Line, follower: _Line, wrapped: int, text: str) -> bool:
    """Tell whether the line is as wide as the text is set, and the next one goes on with it."""
    if not wrapped or line.columns < wrapped * 17 // 20:
        return False
    return text[line.end - 2 : line.end] not in _TITLES or follower.columns >= wrapped * 17 // 20
