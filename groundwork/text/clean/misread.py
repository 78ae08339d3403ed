"""OCR confusions, mapped only where the characters around them leave one reading."""

import re
from collections.abc import Iterator
from typing import Final

from groundwork.text.clean.tape import Cut

_CONFUSIONS: Final = (
    # 划 falls apart into 戈 and two strokes; the character before it makes the word.
    (re.compile(r"(?<=[计規规策谋筹区企])戈(?:IJ|lJ|lj|Ij|ij|1J|I」|U|刂)"), "划"),
    # 问 loses its mouth; 间 stands in front of 题 in no word but 时间题 and its like.
    (re.compile(r"(?<=[的在要出类难])间(?=题(?!材))"), "问"),
    # 训 grows a stroke; no word of Chinese goes on with a Latin I.
    (re.compile(r"(?<=[培集实轮])训[Il](?=[,，。；;、和与班等])"), "训"),
    # 几 falls apart into two strokes, in front of a measure word.
    (re.compile(r"(?<=[有了这近十])[丿J]L(?=[个项家年次名])"), "几"),
    # A letter O or l inside a number is a digit.
    (re.compile(r"(?<=\d)[Oo](?=[\d%％万亿])"), "0"),
    (re.compile(r"(?<=\d\.)[lI](?=[\d%％万亿])"), "1"),
)


def ocr_error(text: str) -> Iterator[Cut]:
    """Read known confusions as the character they stand for.

    >>> [(cut.start, cut.replacement) for cut in ocr_error("工作计戈IJ和培训I,R&D")]
    [(3, '划'), (8, '训')]
    """
    found = sorted(
        (match.start(), match.end(), reading)
        for pattern, reading in _CONFUSIONS
        for match in pattern.finditer(text)
    )
    reached = 0
    for start, end, reading in found:
        if start >= reached:
            yield Cut(start, end, reading)
            reached = end
