"""What came of a target in one sentence that holds both numbers, in two languages."""

from decimal import Decimal
from typing import Final

from groundwork.comparison.indicator import Indicator
from groundwork.comparison.judging import Judgement, written
from schemas.base import plain_decimal
from schemas.comparison import Doubt, Outcome
from schemas.quantity import Change, QuantityType
from schemas.verdict import Explanation

_DOUBTS: Final = {
    Doubt.MASKED: ("原文隐去了数字", "a source hides the number"),
    Doubt.NO_VALUE: ("没有确定的数字", "a side has no single number"),
    Doubt.ASPECT: ("一为增量,一为总量", "one is an increase, the other a level"),
    Doubt.BOUND: ("上下限不足以判定", "the bound leaves it open"),
    Doubt.APPROXIMATE: ("数字为约数,差距在5%以内", "approximate, and within 5 %"),
    Doubt.NAME: ("指标名称不尽相同", "the names differ"),
    Doubt.UNIT: ("量词不同", "the measure words differ"),
    Doubt.PART: ("范围限定不同", "one names a part that the other does not"),
    Doubt.BASIS: ("口径不同", "net or share on one side only"),
    Doubt.PERIOD: ("时期不同", "the periods differ"),
    Doubt.RIVALS: ("另有相近的对应", "others are about as likely"),
}
_OUTCOMES: Final = {
    Outcome.MET: ("已完成", "met"),
    Outcome.MISSED: ("未完成", "missed"),
    Outcome.MENTIONED: ("本年报告提及", "this year's report speaks of it"),
    Outcome.UNSURE: ("待核", "unsure"),
    Outcome.NOT_COMPARABLE: ("不可比", "not comparable"),
    Outcome.NOT_MENTIONED: ("本年报告未提及", "this year's report does not mention it"),
}
_POINTS: Final = frozenset({QuantityType.PERCENT, QuantityType.PERCENTAGE_POINT})


def explain(
    target: Indicator, actual: Indicator, judgement: Judgement, doubts: tuple[Doubt, ...]
) -> Explanation:
    """Tell of a pair."""
    zh, en = _OUTCOMES[judgement.outcome]
    extent_zh, extent_en = _extent(target, judgement)
    why_zh = "、".join(_DOUBTS[doubt][0] for doubt in doubts)
    why_en = "; ".join(_DOUBTS[doubt][1] for doubt in doubts)
    goal, reached = _said(target), _said(actual)
    return Explanation(
        zh=f"目标{goal},实际{reached}{extent_zh}:{zh}{f'({why_zh})' if why_zh else ''}。",
        en=f"Target {goal}, actual {reached}{extent_en}: {en}{f' ({why_en})' if why_en else ''}.",
    )


def explain_alone(target: Indicator | None) -> Explanation:
    """Tell of a target that nothing answers."""
    zh, en = _OUTCOMES[Outcome.NOT_MENTIONED]
    if target is None:
        return Explanation(zh=f"{zh}。", en=f"{en[0].upper()}{en[1:]}.")
    return Explanation(zh=f"目标{_said(target)}:{zh}。", en=f"Target {_said(target)}: {en}.")


def explain_words(target: Indicator) -> Explanation:
    """Tell of a target that a statement answers in words, without a number to compare."""
    return Explanation(
        zh=f"目标{_said(target)}:本年报告有相近内容,但没有可比的数字,待核。",
        en=f"Target {_said(target)}: something like it is there, with no number to match: unsure.",
    )


def explain_statement(outcome: Outcome) -> Explanation:
    """Tell of a statement without a number that a statement answers."""
    zh, en = _OUTCOMES[outcome]
    if outcome is Outcome.UNSURE:
        return Explanation(zh="本年报告有相近内容,待核。", en="Something like it is there: unsure.")
    return Explanation(zh=f"{zh},无数字可比。", en=f"No number to compare: {en}.")


def _said(indicator: Indicator) -> str:
    change = indicator.quantity.change
    word = {Change.INCREASE: "增加", Change.DECREASE: "减少", None: ""}[change]
    return word + written(indicator.quantity)


def _extent(target: Indicator, judgement: Judgement) -> tuple[str, str]:
    if judgement.completion is not None:
        share = plain_decimal(judgement.completion)
        return f",完成{share}%", f", {share} % of it"
    if judgement.difference is None:
        return "", ""
    return _apart(target, judgement.difference)


def _apart(target: Indicator, difference: Decimal) -> tuple[str, str]:
    size = plain_decimal(abs(difference))
    if not difference:
        return ",持平", ", level with it"
    if target.quantity.type is QuantityType.RANK:
        zh, en = ("后", "behind") if difference > 0 else ("前", "ahead of")
        return f",靠{zh}{size}位", f", {size} {en} it"
    unit = "个百分点" if target.quantity.type in _POINTS else target.quantity.unit or ""
    if target.quantity.change is Change.DECREASE:
        zh, en = ("少降", "less far down") if difference > 0 else ("多降", "further down")
        return f",{zh}{size}{unit}", f", {size}{unit} {en}"
    zh, en = ("高", "above") if difference > 0 else ("低", "below")
    return f",{zh}{size}{unit}", f", {size}{unit} {en} it"
