"""One sentence, in Chinese and in English, that says why a number was not supported."""

from collections.abc import Sequence
from typing import Final

from groundwork.grounding.dressed import trusted
from schemas.quantity import Quantity
from schemas.verdict import Explanation, Reason, Verdict

_WHY: Final = {
    Reason.VALUE: ("数值不同", "the value differs"),
    Reason.SCALE: ("数量级不同", "the order of magnitude differs"),
    Reason.UNIT: ("单位不同", "the unit differs"),
    Reason.TYPE: ("数量类型不同", "it is another kind of quantity"),
    Reason.CHANGE_DIRECTION: ("增减方向或“增至/增加”不同", "the direction of change differs"),
    Reason.BASIS: ("比较口径不同", "the basis of comparison differs"),
    Reason.BOUND: ("“约/超/以上”等限定不同", "the bound differs"),
    Reason.PRECISION: ("来源数值被取整", "the source's number was rounded"),
    Reason.INDICATOR: ("指标不同", "it is of another indicator"),
    Reason.PERIOD: ("时间不同", "the period differs"),
    Reason.MASKED_IN_SOURCE: ("来源隐去了该数", "the source hides the number"),
    Reason.NOT_IN_SPAN: ("引用范围内没有该数", "the cited spans do not state it"),
}


def explain(
    quantity: Quantity,
    verdict: Verdict,
    reasons: Sequence[Reason],
    source: Quantity | None,
    elsewhere: int,
) -> Explanation | None:
    """Return the sentence for one judged number; none when there is nothing to explain."""
    if verdict is Verdict.SUPPORTED or not reasons:
        return None
    zh = ";".join(_WHY[reason][0] for reason in reasons)
    en = "; ".join(_WHY[reason][1] for reason in reasons)
    claimed = quantity.span.quote
    if source is None:
        more = f",原文另有{elsewhere}处写到" if elsewhere else ""
        also = f", though it stands {elsewhere} time(s) elsewhere" if elsewhere else ""
        return _said(
            f"引用范围内找不到“{claimed}”{_of(quantity)}{more}({zh})。",
            f"The cited spans do not state “{claimed}”{_named(quantity)}{also} ({en}).",
        )
    stated = source.span.quote
    return _said(
        f"来源为“{stated}”{_of(source)},结论写为“{claimed}”{_of(quantity)}({zh})。",
        f"The source says “{stated}”{_named(source)}; the claim says “{claimed}”"
        f"{_named(quantity)} ({en}).",
    )


def _said(zh: str, en: str) -> Explanation:
    return trusted(Explanation, {"zh": zh, "en": en})


def _of(quantity: Quantity) -> str:
    return f"({quantity.label})" if quantity.label else ""


def _named(quantity: Quantity) -> str:
    return f" ({quantity.label})" if quantity.label else ""
