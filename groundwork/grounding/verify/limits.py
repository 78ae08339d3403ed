"""Bounds that stand at no number: 县级以上, 超过设计年限. Turned round, they say the opposite."""

import re
from collections.abc import Iterator
from typing import Final

from groundwork.grounding.mention import LETTERS, Reading
from groundwork.grounding.verify.stated import Stated
from groundwork.grounding.words import BASIS, PERIOD, WHOLE_YEAR, YEAR, YEARS

_AFTER: Final = (("以上", "之上"), ("以下", "以内", "之下", "之内"))
_BEFORE: Final = (
    (
        "不超过",
        "不高于",
        "不多于",
        "不大于",
        "不足",
        "不到",
        "低于",
        "少于",
        "小于",
        "接近",
        "未达",
    ),
    ("不低于", "不少于", "不小于", "超过", "突破", "高于", "多于", "大于", "超出"),
)
_OPPOSITES: Final = {
    word: sides[1 - side] for sides in (_AFTER, _BEFORE) for side in (0, 1) for word in sides[side]
}
_FOLLOWS: Final = frozenset(word for side in _AFTER for word in side)
_LIMIT: Final = re.compile("|".join(sorted(_OPPOSITES, key=len, reverse=True)))
_NEAR: Final = 2
_REACH: Final = 6
_MOST: Final = 100
_DIGITS: Final = frozenset("0123456789")


def turned(claim: Reading, low: int, high: int, stated: Stated) -> Iterator[tuple[int, int]]:
    """Yield the bounds in a range of the claim, outside all numbers, that the evidence turns round.

    Their neighbours have only the opposite bound there.
    """
    at = 0
    for number, limit in enumerate(_LIMIT.finditer(claim.text, low, high)):
        start, end = limit.span()
        while at < len(claim.founds) and claim.founds[at].end <= start:
            at += 1
        if number >= _MOST or (at < len(claim.founds) and claim.founds[at].start < end):
            continue
        before = claim.text[max(0, start - _REACH) : start].translate(LETTERS)
        after = claim.text[end : end + _REACH].translate(LETTERS)[:_NEAR]
        if _turned(before, limit[0], after, stated.letters):
            yield start - min(_NEAR, start), end


def misdated(claim: Reading, low: int, high: int, stated: Stated) -> Iterator[tuple[int, int]]:
    """Yield the words for a past year, or for all of one, that the evidence does not know.

    去年 where it has 今年, 全年 where it has 上半年: whatever number they govern, if any.
    """
    for said in YEAR.finditer(claim.text, low, high) if "年" in claim.text else ():
        year = YEARS[said[0]]
        if (
            year < 0
            and not _compared(claim.text, *said.span())
            and year not in _years(stated.letters)
        ):
            yield said.span()
    at = claim.text.find(WHOLE_YEAR, low, high)
    if at < 0 or PERIOD.match(claim.text, at) is None or WHOLE_YEAR in stated.letters:
        return
    if any(part[0] not in _DIGITS for part in PERIOD.findall(stated.letters)):
        yield at, at + len(WHOLE_YEAR)


def _compared(text: str, start: int, end: int) -> bool:
    """Whether a word for a year is part of a comparison: 较上年, 比去年同期."""
    near = text[max(0, start - _NEAR) : end + _REACH]
    at = start - max(0, start - _NEAR)
    return any(basis.start() <= at < basis.end() for basis in BASIS.finditer(near))


def _years(stated: str) -> set[int]:
    return {YEARS[word] for word in YEAR.findall(stated)}


def _turned(before: str, word: str, after: str, stated: str) -> bool:
    """Whether the evidence has these neighbours with the opposite bound and never with this."""
    follows = word in _FOLLOWS
    left = (before.removesuffix("及") if follows else before)[-_NEAR:]
    links = ("及", "") if follows else ("",)
    alike = after if len(after) == _NEAR else ""
    if len(left) == _NEAR and any(left + link + word in stated for link in links):
        return False
    if alike and not follows and word + alike in stated:
        return False
    for other in _OPPOSITES[word]:
        if len(left) == _NEAR and any(_has(left + link + other, stated) for link in links):
            return True
        if alike and not follows and _has(other + alike, stated):
            return True
    return False


def _has(words: str, stated: str) -> bool:
    """Whether ``words`` stand in the evidence, not as the tail of 不超过 or 不低于."""
    at = stated.find(words)
    while at > 0 and stated[at - 1] == "不":
        at = stated.find(words, at + 1)
    return at >= 0
