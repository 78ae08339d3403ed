"""A growth rate against its own two values: 由5.2亿元增加到6.1亿元,增长17.3%."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.parts import HUNDRED, between, finding, plain, sentences, shown
from groundwork.grounding.findings.parts import step as last_place
from schemas.finding import Finding, FindingKind
from schemas.quantity import Change, QuantityType
from schemas.verdict import Explanation

_TO: Final = re.compile("^(?:[\u4e00-\u9fff]{0,4})(?:到|至|为)$")
_RATE: Final = re.compile(
    "^[,，、](?:同比|比上年|较上年|年均)?(?P<verb>增长|增加|提高|提升|上升|下降|减少|降低|降幅|增幅)(?:了|达|为)?$"
)
_FROM: Final = re.compile("[由从][^,，。;；由从]{0,12}$")


def changes(text: CheckedText, inside: Sequence[int]) -> Iterator[Finding]:
    """Yield the rates that 由A到B before them cannot give, however A and B were rounded."""
    for group in sentences(text, inside):
        for first, second, rate in zip(group, group[1:], group[2:], strict=False):
            if _belong(text, first, second, rate):
                yield from _judge(text, first, second, rate)


def _belong(text: CheckedText, first: int, second: int, rate: int) -> bool:
    one, other, told = (text.founds[index] for index in (first, second, rate))
    if not (plain(one) and plain(other) and plain(told)) or not one.value or not other.value:
        return False
    if told.type is not QuantityType.PERCENT or one.type is QuantityType.PERCENT:
        return False
    alike = one.unit == other.unit and one.type == other.type
    led = _FROM.search(text.reading.text[max(0, one.start - 20) : one.start]) is not None
    verb = _RATE.match(between(text, second, rate))
    return (
        alike and led and verb is not None and _TO.match(between(text, first, second)) is not None
    )


def _judge(text: CheckedText, first: int, second: int, rate: int) -> Iterator[Finding]:
    one, other, told = (text.founds[index].value for index in (first, second, rate))
    if not one or not other or told is None:
        return
    if text.founds[rate].change is Change.DECREASE:
        told = -told
    half_one, half_other = last_place(text, first) / 2, last_place(text, second) / 2
    least = ((other - half_other) / (one + half_one) - 1) * HUNDRED
    most = ((other + half_other) / (one - half_one) - 1) * HUNDRED
    slack = last_place(text, rate)
    if least - slack <= told <= most + slack:
        return
    true = (other / one - 1) * HUNDRED
    words = [text.reading.words(text.founds[index]) for index in (first, second, rate)]
    yield finding(
        text,
        FindingKind.CHANGE,
        (first, second, rate),
        f"{shown(other)} / {shown(one)} - 1 = {shown(true)}%",
        Explanation(
            zh=f"由“{words[0]}”到“{words[1]}”变化{shown(true)}%,文中写为“{words[2]}”。",
            en=f"From “{words[0]}” to “{words[1]}” is a change of {shown(true)}%; "
            f"the text says “{words[2]}”.",
        ),
    )
