"""What a number is a number of, as far as its statement tells: the features pairs are scored by.

Aspect
    新增60家 and 累计310家 name the same thing and can both be true: one tells an increase, one a
    stock. A number's aspect says which it is, read from its own fields and the words before it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from groundwork.comparison.naming import (
    BREAK,
    STOCK,
    Name,
    bare_verb,
    letters,
    named,
    named_or_verb,
)
from groundwork.grounding.words import OPPOSITE, RESTRICTOR, SCOPE, SCOPES, STAGE, VERB
from groundwork.quantities.compare import in_base
from schemas.quantity import Basis, Qualifier, Quantity, QuantityType
from schemas.result import Item, Result
from schemas.verdict import Verdict

Threshold = tuple[Decimal | None, str | None]
"""Amount and unit, in base units."""


class Aspect(StrEnum):
    """How a number speaks of its indicator."""

    RATE = "rate"
    """How fast it changed: 增长12%."""
    INCREMENT = "increment"
    """By how much: 新增60家."""
    STOCK = "stock"
    """How much there is by now: 累计325家, 总数达到310家."""
    LEVEL = "level"
    """What it came to: 达到42亿元."""
    PLAIN = "plain"
    """Nothing says: 建成充电桩200个."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number of a statement, with what names it."""

    item: Item
    quantity: Quantity
    """Where it stands in the source."""
    name: Name
    """Of the finder's label; where that holds none, of the number before it."""
    clause: Name
    """Of the words before it in its clause."""
    verb: str
    """The label, where it is a verb alone: 立案32件."""
    generic: bool
    """The label alone says little: 项目, 企业."""
    aspect: Aspect
    unit: str | None
    factor: Decimal
    """From the unit as written to the base unit of its kind."""
    parts: frozenset[str]
    """Words that cut a part out of a whole: 省级, 发明."""
    sides: frozenset[str]
    """Words that have an opposite: 进口, 贷款."""
    scopes: frozenset[str]
    """Whose figure it is: 全市, 全省."""
    stages: frozenset[str]
    """Words that tell how far a thing had come: 签约, 开工."""
    acts: frozenset[str]
    """What was done with the thing: built, hired, settled."""
    threshold: Threshold | None
    """Which of the things are counted: 亿元以上项目, 收入超50万元的村."""
    lower_is_better: bool
    near: bool
    """近 and the like: a little less than the number."""

    @property
    def amount(self) -> Decimal | None:
        """Return the value in the base unit."""
        value = self.quantity.value
        return None if value is None else value * self.factor


_RATES: Final = frozenset(
    {QuantityType.PERCENT, QuantityType.PERCENTAGE_POINT, QuantityType.MULTIPLE}
)
_LEVEL: Final = re.compile(
    "(?:达到?|[增升降减缩][至到]|(?:提[高升]|增[加长]|扩大|上升|下降|降低|减少|压缩|压减|缩短)[至到]"
    "|控制在|稳定在|保持在|突破|超过)$"
)
_LOWER: Final = re.compile(
    "控制在|(?:下?降|减|低|压缩|压减|压降|缩短|收窄|下降|减少|回落)[至到]|不超过|不高于|低于"
)
_OLD: Final = re.compile("(?:由|从)$")
"""The value that was left behind: 由5.2亿元增加到6.1亿元."""
_ACTS: Final = {
    "take in": "受理|接收|收到|接到|接报|登记|排查|摸排|发现|申请|申报|立案|征集",
    "deal with": "办结|办理|化解|整改|处置|处理|解决|结案|调解|销号|查处",
    "be granted": "授权|获批|获评|认定|入选|评选|通过",
    "build": "[新扩续]建|建成|建设|修建|竣工|投产",
    "renew": "改造|改建|修复|整治",
    "hold": "开展|举办|举行|召开|组织",
    "hire": "招聘|录用|选聘|引进|招引",
    "teach": "培训|参训|培养|培育",
    "visit": "走访|慰问|接待|帮扶",
    "pay": "发放|投入|拨付",
    "write": "出台|制定|发布|印发",
    "tear down": "拆除|清理|关停|淘汰",
    "sign": "签约|签订",
    "begin": "开工|动工",
}
_ACT: Final = {act: re.compile(verbs) for act, verbs in _ACTS.items()}
"""What was done with the thing: teachers trained are no teachers hired."""
_DESCRIBES: Final = re.compile(
    "的(?![^,，。；;\n]{0,8}(?:目标|任务|要求|水平|增速|速度|幅度|成绩))"
)
"""投资5亿元的项目 has a size; 15亿元的年度目标 is one, and 95%的村 are a share."""
_THRESHOLD_OF: Final = re.compile(
    "[^0-9,，。；;：:\n!！?？、（）()同较比占高低位居列其并增降]{2,12}[0-9xX]"
)
"""亿元以上项目10个, 收入50万元以上的村18个: the first number says which, not how many."""
_SPELT: Final = re.compile("以[上下内外]$")
_NOT_STAGES: Final = frozenset(
    {"新建", "计划", "重点", "重大", "首次", "净", "发现", "储备", "续建", "考核"}
)
"""Stages that a target and its fulfilment may name differently or not at all."""
_NEAR: Final = re.compile("^(?:近|将近|接近)")
_SHORTER: Final = re.compile("压|缩|短|控制|降|减|不超过|以内")
_TIMED: Final = re.compile("平均|时[限间长]|用时|耗时|周期|工期|[天日]数?$|天气$")
"""Words before a duration that measures something: 平均住院日7.2天."""
_LONGEST_CLAUSE: Final = 40
_GENERIC_LENGTH: Final = 2


def indicators(result: Result, kinds: frozenset[str]) -> list[Indicator]:
    """Return the numbers of the items of ``kinds``, in text order; dates are left out."""
    found = []
    for report in result.reports:
        for item in report.items:
            if item.kind in kinds:
                found += _of_item(item)
    return found


def _of_item(item: Item) -> list[Indicator]:
    made: list[Indicator] = []
    end = 0
    name = led_by = ""
    threshold: Threshold | None = None
    for check in sorted(item.quantities, key=lambda check: check.quantity.span.start):
        start = check.quantity.span.start
        before = led_by + item.text[max(end, start - _LONGEST_CLAUSE) : start]
        if "。" in before or "\n" in before:
            name = ""
        end = check.quantity.span.end
        # 由9天压缩至5天 is one clause: the words before the old value name the new one.
        left = _OLD.search(before.strip())
        led_by = before.strip()[: left.start()] if left else ""
        source = check.source
        if source is None or check.verdict not in {Verdict.SUPPORTED, Verdict.MASKED}:
            continue
        if _only_tells_which(item.text, check.quantity):
            led_by = before.strip()  # 收入50万元以上的村18个: the village is one of that income.
            threshold = _threshold(source)
            continue
        if _counts(source, before):
            name = named(source.label or "") or name or named_or_verb(source.label or "")
            made.append(replace(_indicator(item, source, before, name), threshold=threshold))
        threshold = None
    return made


def _counts(quantity: Quantity, before: str) -> bool:
    if quantity.type is QuantityType.DATE or _OLD.search(before.strip()):
        return False
    if quantity.type is QuantityType.DURATION:
        words = BREAK.split(before.strip())[-1]
        told = _SHORTER.search(before) or _SHORTER.search(quantity.span.quote)
        return bool(told or _TIMED.search(words))
    return True


def parts_of(words: str) -> frozenset[str]:
    """Return the words that cut a part out of a whole; 农民 are 农村居民."""
    found = frozenset(RESTRICTOR.findall(words))
    return found | {"农村"} if "农民" in words else found


def _threshold(quantity: Quantity) -> Threshold:
    unit, factor = in_base(quantity.unit)
    return (None if quantity.value is None else quantity.value * factor), unit


def _only_tells_which(text: str, quantity: Quantity) -> bool:
    """Whether a number describes what is counted, and is no target by itself."""
    end = quantity.span.end
    if _SPELT.search(quantity.span.quote) and _THRESHOLD_OF.match(text, end):
        return True
    return quantity.type is not QuantityType.PERCENT and bool(_DESCRIBES.match(text, end))


def _indicator(item: Item, quantity: Quantity, before: str, name: str) -> Indicator:
    clause = BREAK.split(before)[-1]
    words = letters(f"{quantity.label or ''} {clause}")
    unit, factor = in_base(quantity.unit)
    return Indicator(
        item=item,
        quantity=quantity,
        name=Name.of(name),
        clause=Name.of(named(clause) or name),
        verb=bare_verb(quantity.label or ""),
        generic=len(name) <= _GENERIC_LENGTH,
        aspect=_aspect(quantity, clause),
        unit=unit,
        factor=factor,
        parts=parts_of(words),
        sides=frozenset(OPPOSITE.findall(words)),
        scopes=frozenset(SCOPES[scope] for scope in SCOPE.findall(words)),
        stages=frozenset(STAGE.findall(words)) - _NOT_STAGES,
        acts=frozenset(act for act, verb in _ACT.items() if verb.search(words)),
        threshold=None,
        lower_is_better=_lower_is_better(quantity, clause),
        near=bool(_NEAR.match(quantity.span.quote)),
    )


def _aspect(quantity: Quantity, clause: str) -> Aspect:
    if quantity.change is not None:
        return Aspect.RATE if quantity.type in _RATES else Aspect.INCREMENT
    words = f"{quantity.label or ''} {clause}"
    counted = quantity.type is QuantityType.COUNT
    if (quantity.basis is Basis.CUMULATIVE or STOCK.search(words)) and (
        counted or not VERB.search(clause)
    ):
        return Aspect.STOCK
    return Aspect.LEVEL if _LEVEL.search(clause.strip()) else Aspect.PLAIN


def _lower_is_better(quantity: Quantity, clause: str) -> bool:
    if quantity.type in {QuantityType.RANK, QuantityType.DURATION}:
        return True
    if quantity.change is not None:  # 下降3% is a change, and signed
        return False
    bounded = quantity.qualifier in {Qualifier.AT_MOST, Qualifier.LESS_THAN}
    return bounded or bool(_LOWER.search(clause))
