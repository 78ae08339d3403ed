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
    """How deep a mark stands, outermost first."""

    COLLECTION = -20
    """第一篇, 篇二: one report of several."""
    MARKDOWN = -10
    """Not a level itself: ``#`` is one deeper, ``######`` six."""
    MARKDOWN_1 = -9
    MARKDOWN_2 = -8
    MARKDOWN_3 = -7
    MARKDOWN_4 = -6
    MARKDOWN_5 = -5
    MARKDOWN_6 = -4
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
    TABLE = 10
    """The first row of a table, which heads the others."""


_HAN_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
_DIGITS: Final = "一二三四五六七八九"
_PATTERNS: Final = (
    (
        Level.COLLECTION,
        rf"[【\[]?(?:第 ?(?:{_HAN_NUMBER}|\d{{1,2}}) ?篇(?![章幅])"
        rf"|(?:篇|范文)(?:{_HAN_NUMBER}|\d{{1,2}})(?=[】\]:： ]|\n|\Z))[】\]]? ?[:：]? ?",
    ),
    (
        Level.PART,
        rf"第(?:{_HAN_NUMBER}|\d{{1,2}})(?:部分|章)[、:： ]?|第{_HAN_NUMBER}[、,，]"
        r"(?=[^,，。;；:：\n]{0,14}(?:[总小]结|问题|不足|计划|打算|安排|思路|目标|成效|情况)"
        rf"(?:[ \u3000\n]|{_HAN_NUMBER}[、是]|[(（]一))",
    ),
    (
        Level.CHAPTER,
        rf"{_HAN_NUMBER}(?: ?(?:、|[.．](?!\d))"
        r"|[ \u3000](?=[^,，。;；:：\n\d(（]{3,20}(?:\n|\Z|1[、.．]|[(（]一)))",
    ),
    (Level.SECTION, rf"[(（] ?{_HAN_NUMBER} ?[)）][、.]?(?![期级类型次批])"),
    (
        Level.NUMBER,
        r"\d{1,2} ?(?:[.．](?!\d)|、)"
        r"|\d{1,2}[ \u3000](?![个家名项万亿年月日元户次场件条位余多])"
        r"(?=[\u4e00-\u9fff]{4,20}[\n。])",
    ),
    (Level.SUBNUMBER, r"[(（]\d{1,2}[)）][、.]?|\d{1,2}[)）]"),
    (
        Level.POINT,
        rf"{_HAN_NUMBER}(?:是[,，:：]?|(?=要))|第{_HAN_NUMBER}[,，、](?!{_HAN_NUMBER})"
        r"|(?:首先|其次|再次|最后)(?:是|[,，])",
    ),
    (Level.CIRCLED, "[①-⑳] ?"),
)
_ANY: Final = "|".join(f"(?P<{level.name}>{pattern})" for level, pattern in _PATTERNS)
_BULLET: Final = (
    r"(?P<BULLET>[-*+•·●◆■▪▶] +(?![\d.,%％ -]{0,20}(?:\n|\Z))|[•·●◆■▪▶]|—{1,2}(?!\d)"
    r"|-(?=[\u4e00-\u9fff“《]))[ \u3000]*"
)
_LINE: Final = re.compile(rf"[ \t\u3000>]*(?P<MD>#{{1,6}} +)?(?:{_BULLET})?(?:{_ANY})?")
_INLINE: Final = re.compile(rf"(?=[第篇范【\[一二三四五六七八九十(（0-9首其再最①-⑳])(?:{_ANY})")
"""The lookahead says nothing new; it makes the search three times as fast."""
_TITLES: Final = frozenset({"总结", "小结", "计划", "思路", "打算", "安排", "要点", "汇报", "报告"})
_BARE_NAME: Final = re.compile(
    r"[。；;！](?:(?:下一?[步年]|明年|来年|今后|下半年|目前)的?)?(?:(?:还?存在|面临)的?)?(?:主要|重点)?(?:工作)?的?"
    r"(?:问题|不足|困难|计划|打算|思路|安排|措施|设想)(?:和(?:不足|困难|措施))?\Z"
)
"""The name of a part between a full stop and the first of its points."""
_NAME_ENDS: Final = frozenset("题足难划算路排施想")
_NAME: Final = 18
"""Characters of the longest such name."""
_SENTENCE_ENDS: Final = frozenset("。；;！!？：:…")
_CLOSERS: Final = frozenset("”）)】?")
_MAY_PRECEDE: Final = _SENTENCE_ENDS | _CLOSERS | frozenset(",，、")
_LEVELS: Final = {level.name: level for level, _ in _PATTERNS}
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
    level = _LEVELS.get(match.lastgroup or "")
    if level is not None:
        return Mark(start, match.end(), level, number_of(match[level.name]))
    if match["MD"]:
        return Mark(start, match.end(), Level(Level.MARKDOWN + len(match["MD"].strip())), 0)
    if match["BULLET"]:
        return Mark(start, match.end(), Level.BULLET, 0)
    return None


def inline_marks(text: str, start: int, end: int, opened: Mark | None) -> list[Mark]:
    """Return the marks inside the line ``[start, end)``; ``opened`` is the one it begins with."""
    found: list[Mark] = []
    last = opened
    counted = {opened.level: opened.number} if opened else {}
    points = opened.number if opened and opened.level == Level.POINT else 0
    for match in _INLINE.finditer(text, start, end):
        at = match.start()
        while at > start and text[at - 1] in " \u3000":
            at -= 1
        level = _LEVELS[match.lastgroup or ""]
        if at == start or not _may_open(text[at - 1], level, last):
            continue
        mark = Mark(match.start(), match.end(), level, number_of(match[0]))
        next_one = mark.number in {1, counted.get(level, 0) + 1}
        if (next_one and _after_heading(text, at, mark, last)) or (
            _opens(text, at, mark) or _continues(text, at, mark, points)
        ):
            found.append(mark)
            last = mark
            counted[level] = mark.number
            points = mark.number if level == Level.POINT else points
    return found


def _may_open(before: str, level: Level, last: Mark | None) -> bool:
    """Rule out most candidates at a glance: behind a word, a mark needs a heading above it."""
    if before in _MAY_PRECEDE or before in _NAME_ENDS:
        return True
    return level <= Level.CHAPTER or (last is not None and last.level < level)


def _opens(text: str, at: int, mark: Mark) -> bool:
    """Tell whether a mark may stand behind ``text[:at]``."""
    before = text[at - 1]
    if mark.level == Level.COLLECTION:
        closed = text[mark.end - 1] in ":： 】]"
        return closed and (before in "。！!；;:：…篇" or text[at - 2 : at] in _TITLES)
    if before in _SENTENCE_ENDS:
        return True
    if mark.level in (Level.PART, Level.CHAPTER):
        return text[at - 2 : at] in _TITLES or before in "?”"
    if mark.number == 1 and mark.level in (Level.SECTION, Level.NUMBER):
        named = _BARE_NAME.search(text, max(0, at - _NAME), at)
        return named is not None or (mark.level == Level.SECTION and before in _CLOSERS)
    return mark.level == Level.SECTION and before in _CLOSERS


def _continues(text: str, at: int, mark: Mark, points: int) -> bool:
    """Tell whether 二是 behind a comma goes on with a row of points that 一是 began."""
    if mark.level != Level.POINT or mark.number != points + 1 or text[at - 1] not in ",，、":
        return False
    if text[mark.end - 1] != "是":
        return False
    return points > 0 or f"{_DIGITS[1]}是" in text[at : at + 300]


def _after_heading(text: str, at: int, mark: Mark, last: Mark | None) -> bool:
    """Tell whether a mark follows the heading above it at once, without a full stop."""
    if last is None or not last.level < mark.level <= Level.POINT:
        return False
    between = text[last.end : at]
    if not 1 < len(between) <= _HEADING_ZONE or any(end in between for end in "。；;"):
        return False
    if mark.level == Level.POINT:
        listed = text[mark.end - 1] == "是" and f"{_DIGITS[1]}是" in text[at : at + 400]
        return listed and (_paired(between) or not any(comma in between for comma in ",，"))
    return True


def _paired(slogan: str) -> bool:
    """Tell a heading of two halves, equally long: 聚焦中心大局,展现青春作为."""
    halves = re.split("[,，]", slogan.strip())
    return len(halves) == 2 and len(halves[0]) == len(halves[1]) > 3


def number_of(label: str) -> int:
    """Return the number a mark counts, 0 when there is none.

    >>> [number_of(label) for label in ("十二、", "(三)", "4.", "第1篇:", "首先,", "②")]
    [12, 3, 4, 1, 1, 2]
    """
    digits = re.search(r"[0-9]+", label)
    if digits:
        return int(digits[0])
    han = re.search(_HAN_NUMBER, label)
    if han:
        tens, ten, ones = han[0].rpartition("十")
        first = _DIGITS.find(tens[-1:]) + 1 if tens else 1
        return (10 * first if ten else 0) + (_DIGITS.find(ones[-1:]) + 1 if ones else 0)
    if "①" <= label[0] <= "⑳":
        return ord(label[0]) - ord("①") + 1
    return 1 if label.startswith("首先") else 0
