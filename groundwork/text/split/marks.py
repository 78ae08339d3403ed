"""Where a point of the outline begins: 一、 (一) 1. (1) 一是 ① and Markdown headings.

At the start of a line a mark is taken as it stands. Inside a line it must follow the end of a
sentence, or the heading of the level above: converters drop line breaks, so ``…汇报如下。一、主要
工作(一)项目建设`` holds two marks, while ``8.5%`` and ``(一)期工程`` hold none.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """How deep a mark stands; Markdown headings count from -9 (``#``) to -4 (``######``)."""

    COLLECTION = -20
    """第一篇, 篇二: one report of several."""
    MARKDOWN = -10
    PART = 1
    CHAPTER = 2
    SECTION = 3
    NUMBER = 4
    SUBNUMBER = 5
    POINT = 6
    CIRCLED = 7
    BULLET = 8
    LOOSE = 9
    """A heading line without a mark."""


_HAN_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
_DIGITS: Final = "一二三四五六七八九"
_PATTERNS: Final = (
    (
        Level.COLLECTION,
        rf"[【\[]?(?:第 ?(?:{_HAN_NUMBER}|\d{{1,2}}) ?篇(?!章|幅)|(?:篇|范文)(?:{_HAN_NUMBER}|\d{{1,2}})(?=[】\]:： ]|\n|\Z))"
        r"[】\]]? ?[:：]? ?",
    ),
    (Level.PART, rf"第(?:{_HAN_NUMBER}|\d{{1,2}})(?:部分|章)[、:： ]?"),
    (Level.CHAPTER, rf"{_HAN_NUMBER} ?(?:、|[.．](?!\d))"),
    (Level.SECTION, rf"[(（] ?{_HAN_NUMBER} ?[)）][、.]?(?![期级类型次批])"),
    (Level.NUMBER, r"\d{1,2} ?(?:[.．](?!\d)|、)"),
    (Level.SUBNUMBER, r"[(（]\d{1,2}[)）][、.]?|\d{1,2}[)）]"),
    (
        Level.POINT,
        rf"{_HAN_NUMBER}(?:是[,，:：]?|(?=要))|第{_HAN_NUMBER}[,，、]|(?:首先|其次|再次|最后)(?:是|[,，])",
    ),
    (Level.CIRCLED, "[①-⑳⒈-⒛❶-❿] ?"),
)
_ANY: Final = "|".join(f"(?P<{level.name}>{pattern})" for level, pattern in _PATTERNS)
_LINE: Final = re.compile(
    rf"[ \t\u3000>]*(?P<MD>#{{1,6}} +)?(?:\*\*)?(?:(?P<BULLET>(?:[-*+•·●◆■▪▶]|—{{1,2}}|－) ?(?![\d.]))[ \u3000]*)?(?:\*\*)?(?:{_ANY})?"
)
_INLINE: Final = re.compile(rf"(?<=[^\s])[ \u3000]*(?:{_ANY})")
_ENDS: Final = frozenset("。；;！!？?：:”）)】…")
_TITLES: Final = frozenset({"总结", "计划", "思路", "打算", "安排", "要点", "汇报", "报告"})
_HEADING_ZONE: Final = 45
"""A heading runs on into the first mark below it within so many characters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at ``[start, end)``; what it marks begins at ``end``."""

    start: int
    end: int
    level: Level
    number: int
    """1 for 一、 and 1., 0 when it has none."""


def line_mark(text: str, start: int) -> Mark | None:
    """Return the mark that opens the line at ``start``, indentation and Markdown signs included.

    >>> mark = line_mark("## (二)企业培育", 0)
    >>> (mark.end, mark.level.name, mark.number)
    (6, 'SECTION', 2)
    """
    match = _LINE.match(text, start)
    if match is None or match.end() == start:
        return None
    level, label = _named(match)
    if level is None:
        if match["MD"]:
            return Mark(start, match.end(), Level.MARKDOWN + len(match["MD"].strip()), 0)
        if match["BULLET"]:
            return Mark(start, match.end(), Level.BULLET, 0)
        return None
    return Mark(start, match.end(), level, number_of(label))


def inline_marks(text: str, start: int, end: int, opened: Mark | None) -> list[Mark]:
    """Return the marks inside the line ``[start, end)``; ``opened`` is the one it begins with."""
    found: list[Mark] = []
    last = opened
    points = 0
    for match in _INLINE.finditer(text, start, end):
        level, label = _named(match)
        if level is None:
            continue
        at = match.end() - len(label)
        mark = Mark(at, match.end(), level, number_of(label))
        if (
            level == Level.POINT
            and mark.number == points + 1
            and text[match.start() - 1] in ",，、"
        ):
            accepted = mark.number > 1 or f"{_DIGITS[1]}是" in text[at : at + 300]
        else:
            accepted = _opens(text, match.start(), mark, last)
        if accepted:
            found.append(mark)
            last = mark
            points = mark.number if level == Level.POINT else points
    return found


def _opens(text: str, at: int, mark: Mark, last: Mark | None) -> bool:
    """Tell whether a mark may stand behind ``text[:at]``."""
    before = text[at - 1]
    if mark.level == Level.COLLECTION:
        return (
            before in "。！!；;:："
            and text[mark.end - 1] in ":： 】]"
            and mark.end - mark.start > 3
        )
    if before in "。；;！!？：:…":
        return True
    if before in _ENDS and mark.level in {Level.CHAPTER, Level.SECTION, Level.POINT}:
        return _after_heading(text, at, mark, last) or before in "？?"
    if mark.level == Level.CHAPTER:
        return text[at - 2 : at] in _TITLES
    return _after_heading(text, at, mark, last)


def _after_heading(text: str, at: int, mark: Mark, last: Mark | None) -> bool:
    if last is None or last.level >= mark.level or mark.level > Level.SUBNUMBER or mark.number != 1:
        return False
    between = text[last.end : at]
    return 1 < len(between) <= _HEADING_ZONE and not any(end in between for end in "。；;")


def _named(match: re.Match[str]) -> tuple[Level | None, str]:
    for level, _ in _PATTERNS:
        label = match[level.name]
        if label is not None:
            return level, label
    return None, ""


def number_of(label: str) -> int:
    """Return the number a mark counts, 0 when there is none.

    >>> [number_of(label) for label in ("十二、", "(三)", "4.", "第1篇:", "首先,", "②")]
    [12, 3, 4, 1, 1, 2]
    """
    digits = re.search(r"\d+", label)
    if digits:
        return int(digits[0])
    han = re.search(_HAN_NUMBER, label)
    if han:
        tens, _, ones = han[0].rpartition("十")
        if "十" not in han[0]:
            return _DIGITS.find(han[0][-1]) + 1
        return 10 * (_DIGITS.find(tens) + 1 if tens else 1) + (
            _DIGITS.find(ones) + 1 if ones else 0
        )
    if "①" <= label[0] <= "⑳":
        return ord(label[0]) - ord("①") + 1
    return 1 if label.startswith("首先") else 0
