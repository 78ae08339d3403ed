"""A result made by hand: every verdict, a refused claim, two reports, hostile and astral text."""

import hashlib
from decimal import Decimal
from typing import Any

from schemas.finding import Finding, FindingKind
from schemas.quantity import Quantity, QuantityType
from schemas.result import (
    EngineInfo,
    Item,
    ItemStatus,
    Kind,
    PartialRange,
    RefusedClaim,
    Report,
    Result,
    SourceInfo,
)
from schemas.span import Span
from schemas.verdict import Explanation, QuantityCheck, Reason, Verdict

SOURCE = """下载本文档  返回首页
临川县𠮷安镇农业农村办2023年工作总结
一、主要成效
=新建高标准农田3.2万亩,同比增长12.5%,惠及农户xx户。
粮食总产量
3、达到8.6万吨,<script>alert(1)</script>培训农民1,280人次。
二、存在问题
@冷链仓储不足,损耗率仍有8%。
三、下步计划
2024年计划建成冷库5座。力争农产品加工产值达到12亿元。
𬭎新村卫生室2023年小结
接诊600人次。
版权所有"""


def at(quote: str, after: int = 0) -> Span:
    start = SOURCE.index(quote, after)
    return Span(start=start, end=start + len(quote), quote=quote)


def number(name: str, span: Span, value: str | None, **more: Any) -> Quantity:
    kind = more.pop("type", QuantityType.COUNT)
    return Quantity(
        id=name,
        span=span,
        type=kind,
        value=None if value is None else Decimal(value),
        masked=value is None,
        **more,
    )


def check(text: str, source: Quantity, verdict: Verdict, said: str = "", **more: Any) -> Any:
    said = said or source.span.quote
    start = text.index(said)
    claimed = source.model_copy(
        update={"id": "c", "span": Span(start=start, end=start + len(said), quote=said)}
    )
    if verdict is not Verdict.SUPPORTED and "reasons" not in more:
        more["reasons"] = [Reason.MASKED_IN_SOURCE]
    return QuantityCheck(quantity=claimed, verdict=verdict, source=source, **more)


def sample_numbers() -> dict[str, Quantity]:
    percent = QuantityType.PERCENT
    return {
        "q1": number("q1", at("3.2万亩"), "32000", type=QuantityType.AREA, unit="亩",
                     label="高标准农田"),
        "q2": number("q2", at("12.5%"), "12.5", type=percent, unit="%", label="高标准农田"),
        "q3": number("q3", at("xx户"), None, unit="户"),
        "q4": number("q4", at("8.6万吨"), "86000", type=QuantityType.WEIGHT, unit="吨"),
        "q5": number("q5", at("1,280人次"), "1280", unit="人次", label="=培训"),
        "q6": number("q6", at("8%"), "8", type=percent, unit="%", label="损耗率"),
        "q7": number("q7", at("5座"), "5", unit="座", label="冷库"),
        "q8": number("q8", at("12亿元"), "1200000000", type=QuantityType.MONEY, unit="元"),
        "q9": number("q9", at("600人次"), "600", unit="人次", label="接诊"),
    }  # fmt: skip


def sample_items(n: dict[str, Quantity]) -> list[Item]:
    first = "=新建高标准农田3.2万亩,同比增长12.5%,惠及农户xx户"
    grain = "粮食总产量达到8.6万吨"
    grain_source = at("粮食总产量\n3、达到8.6万吨")
    verified, supported = ItemStatus.VERIFIED, Verdict.SUPPORTED
    problem, plan, goal = (
        "@冷链仓储不足,损耗率仍有8%",
        "2024年计划建成冷库5座",
        "力争农产品加工产值达到12亿元",
    )
    return [
        Item(
            id="r1i1", kind=Kind.ACHIEVEMENT, text=first, section=["一、主要成效"],
            evidence=[at(first)], status=verified,
            quantities=[check(first, n["q1"], supported), check(first, n["q2"], supported),
                        check(first, n["q3"], Verdict.MASKED)],
        ),
        Item(
            id="r1i2", kind=Kind.ACHIEVEMENT, text=grain, section=["一、主要成效"],
            evidence=[grain_source], status=ItemStatus.REPAIRED,
            quantities=[check(grain, n["q4"], supported)],
        ),
        Item(
            id="r1i3", kind=Kind.PROBLEM, text=problem, section=["二、存在问题"],
            evidence=[at(problem)], status=verified,
            quantities=[check(problem, n["q6"], supported)],
        ),
        Item(
            id="r1i4", kind=Kind.PLAN, text=plan, section=["三、下步计划"], evidence=[at(plan)],
            status=verified, quantities=[check(plan, n["q7"], supported)],
        ),
        Item(
            id="r1i5", kind=Kind.GOAL, text=goal, section=["三、下步计划"], evidence=[at(goal)],
            status=verified, quantities=[check(goal, n["q8"], supported)],
        ),
    ]  # fmt: skip


def sample_refused(n: dict[str, Quantity]) -> RefusedClaim:
    text = "培训农民1,820人次,建成冷库6座"
    last = Span(start=text.index("6座"), end=len(text), quote="6座")
    told = Explanation(
        zh="来源为“1,280人次”,结论写为“1,820人次”。",
        en="The source says “1,280人次”; the claim says “1,820人次”.",
    )
    return RefusedClaim(
        kind=Kind.ACHIEVEMENT, text=text,
        reason=Explanation(zh="1 个数字与原文矛盾", en="1 number contradicted"),
        evidence=[at("培训农民1,280人次")],
        quantities=[
            check(text, n["q5"], Verdict.CONTRADICTED, "1,820人次",
                  reasons=[Reason.VALUE], explanation=told),
            QuantityCheck(
                quantity=number("c", last, "6", unit="座"),
                verdict=Verdict.UNSUPPORTED, reasons=[Reason.NOT_IN_SPAN],
                found_elsewhere=[at("5座")],
            ),
        ],
    )  # fmt: skip


def sample_finding() -> Finding:
    return Finding(
        kind=FindingKind.CHANGE,
        message=Explanation(
            zh="=增幅写为“12.5%”,由“3.2万亩”算出的是14.29%。",
            en="=The growth is given as “12.5%”; “3.2万亩” makes it 14.29 %.",
        ),
        spans=[at("3.2万亩"), at("12.5%")],
        arithmetic="-1 + 3.2 / 2.8 = 14.29%",
    )


def make_result() -> Result:
    n = sample_numbers()
    first = at(SOURCE[SOURCE.index("临川县") : SOURCE.index("\n𬭎")])
    second = at("𬭎新村卫生室2023年小结\n接诊600人次。")
    return Result(
        id="ab" * 32,
        source=SourceInfo(
            sha256=hashlib.sha256(SOURCE.encode()).hexdigest(), characters=len(SOURCE),
            media_type="text/plain", encoding=None, cleaning={"page_break": 1},
        ),
        engine=EngineInfo(name="rules", versions={"schema": "2", "rules": "1"}),
        reports=[
            Report(
                title="临川县𠮷安镇农业农村办2023年工作总结", organisation="农业农村办",
                period="2023", span=first, items=sample_items(n), unclaimed=["q5"],
                quantities=[q for name, q in n.items() if name != "q9"],
                findings=[sample_finding()],
            ),
            Report(title=None, period=None, span=second, items=[], quantities=[n["q9"]],
                   unclaimed=["q9"]),
        ],
        refused=[sample_refused(n)],
        warnings=["-one chunk was done by rules"],
        partial=[PartialRange(start=3, end=5, error="timeout")],
    )  # fmt: skip
