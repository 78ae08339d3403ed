"""A share or rate against its own part and whole: 受理1840件,办结1782件,办结率97.3%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.parts import HUNDRED, between, finding, plain, sentences, shown
from groundwork.grounding.findings.parts import step as last_place
from schemas.finding import Finding, FindingKind
from schemas.quantity import Change, QuantityType
from schemas.verdict import Explanation

_SHARE: Final = re.compile(
    r"[,，、(（]?(?:占(?:比|总数的?|(?:全部|总)[\u4e00-\u9fff]{0,6}的)?|比重为|比例为|占比(?:为|达|达到)?)"
)
_RATE: Final = re.compile(
    r"[,，、]?(?:平均)?(?P<verb>[\u4e00-\u9fff]{2})(?:成功)?率(?:为|达|达到|高达)?"
)
_NEAR: Final = Decimal(2)
"""Percentage points: further off, the rate is most likely of something else."""


def shares(text: CheckedText, inside: Sequence[int]) -> Iterator[Finding]:
    """Yield the shares that the two numbers before them do not give."""
    for group in sentences(text, inside):
        for whole, part, share in zip(group, group[1:], group[2:], strict=False):
            if _belong(text, whole, part, share):
                yield from _judge(text, whole, part, share)


def _belong(text: CheckedText, whole: int, part: int, share: int) -> bool:
    one, other, rate = (text.founds[index] for index in (whole, part, share))
    if not (plain(one) and plain(other) and plain(rate)):
        return False
    same = one.unit == other.unit and one.type == other.type != QuantityType.PERCENT
    if not same or rate.type is not QuantityType.PERCENT or rate.change is not None:
        return False
    if Change.INCREASE in (one.change, other.change) or not one.value or not other.value:
        return False
    words = "".join(between(text, part, share).split())
    if _SHARE.fullmatch(words):
        return "其中" in between(text, whole, part) or "中" in between(text, whole, part)
    named = _RATE.fullmatch(words)
    return named is not None and named["verb"] in between(text, whole, part)


def _judge(text: CheckedText, whole: int, part: int, share: int) -> Iterator[Finding]:
    one, other, rate = (text.founds[index].value for index in (whole, part, share))
    if not one or not other or rate is None or other > one:
        return
    true = other / one * HUNDRED
    place = last_place(text, share)
    if abs(rate - true) < place or abs(rate - true) > _NEAR:
        return
    words = [text.reading.words(text.founds[index]) for index in (whole, part, share)]
    arithmetic = f"{shown(other)} / {shown(one)} = {shown(true)}%"
    yield finding(
        text,
        FindingKind.SHARE,
        (whole, part, share),
        arithmetic,
        Explanation(
            zh=f"“{words[1]}”是“{words[0]}”的{shown(true)}%,文中写为“{words[2]}”。",
            en=f"“{words[1]}” of “{words[0]}” is {shown(true)}%; the text says “{words[2]}”.",
        ),
    )
