"""What a number is a number of, as far as its statement tells: the features pairs are scored by.

Aspect
    新增60家 and 累计310家 name the same thing and can both be true: one tells an increase, one a
    stock. A number's aspect says which it is, read from its own fields and the words before it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from groundwork.grounding.mention import LETTERS, content
from groundwork.grounding.words import RESTRICTOR, SCOPE, SCOPES, STAGE, VERB
from groundwork.quantities.compare import in_base
from schemas.quantity import Basis, Qualifier, Quantity, QuantityType
from schemas.result import Item, Result
from schemas.verdict import Verdict


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
    name: frozenset[str]
    """Pairs of letters of the finder's label."""
    clause: frozenset[str]
    """Pairs of letters of the words before it in its clause."""
    generic: bool
    """The label alone says little: 项目, 企业."""
    aspect: Aspect
    unit: str | None
    factor: Decimal
    """From the unit as written to the base unit of its kind."""
    parts: frozenset[str]
    """Words that cut a part out of a whole: 省级, 发明."""
    scopes: frozenset[str]
    """Whose figure it is: 全市, 全省."""
    stages: frozenset[str]
    """Words that tell how far a thing had come: 签约, 开工."""
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
_BREAK: Final = re.compile("[,，。；;：:\n!！?？、（）()]")
_STOCK: Final = re.compile("总数|总量|总人数|总户数|存量|保有量?|累计|共有|现有|在册|在库")
_LEVEL: Final = re.compile(
    "(?:达到?|[增升降减缩][至到]|(?:提[高升]|增[加长]|扩大|上升|下降|降低|减少|压缩|压减|缩短)[至到]"
    "|控制在|稳定在|保持在|突破|超过)$"
)
_LOWER: Final = re.compile(
    "控制在|(?:下?降|减|低|压缩|压减|压降|缩短|收窄|下降|减少|回落)[至到]|不超过|不高于|低于"
)
_OLD: Final = re.compile("(?:由|从)$")
"""The value that was left behind: 由5.2亿元增加到6.1亿元."""
_STANDING: Final = re.compile("(?:进入|跻身|位居|位列|名列|排名|保持|居|列)(?=[全我本第前]|$)")
"""Words between what is ranked and its rank."""
_NOT_STAGES: Final = frozenset(
    {"新建", "计划", "重点", "重大", "首次", "净", "发现", "储备", "续建", "考核"}
)
"""Stages that a target and its fulfilment may name differently or not at all."""
_NEAR: Final = re.compile("^(?:近|将近|接近)")
_SHORTER: Final = re.compile("压|缩|短|控制|降|减|不超过|以内")
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
        if _counts(source, before):
            own = _name_of(source)
            name = own or name
            made.append(_indicator(item, source, before, name))
    return made


def _counts(quantity: Quantity, before: str) -> bool:
    if quantity.type is QuantityType.DATE or _OLD.search(before.strip()):
        return False
    if quantity.type is QuantityType.DURATION:
        return bool(_SHORTER.search(before) or _SHORTER.search(quantity.span.quote))
    return True


def _indicator(item: Item, quantity: Quantity, before: str, name: str) -> Indicator:
    clause = _BREAK.split(before)[-1]
    words = _letters(f"{quantity.label or ''} {clause}")
    named = _named(clause)
    unit, factor = in_base(quantity.unit)
    return Indicator(
        item=item,
        quantity=quantity,
        name=_pairs(name),
        clause=_pairs(named or name),
        generic=len(name) <= _GENERIC_LENGTH,
        aspect=_aspect(quantity, clause),
        unit=unit,
        factor=factor,
        parts=frozenset(RESTRICTOR.findall(words)),
        scopes=frozenset(SCOPES[scope] for scope in SCOPE.findall(words)),
        stages=frozenset(STAGE.findall(words)) - _NOT_STAGES,
        lower_is_better=_lower_is_better(quantity, clause),
        near=bool(_NEAR.match(quantity.span.quote)),
    )


def _aspect(quantity: Quantity, clause: str) -> Aspect:
    if quantity.change is not None:
        return Aspect.RATE if quantity.type in _RATES else Aspect.INCREMENT
    words = f"{quantity.label or ''} {clause}"
    counted = quantity.type is QuantityType.COUNT
    if (quantity.basis is Basis.CUMULATIVE or _STOCK.search(words)) and (
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


def _name_of(quantity: Quantity) -> str:
    return _named(quantity.label or "")


def _named(words: str) -> str:
    """Return the words that name something, verbs and what only tells the aspect left out."""
    letters = _STANDING.sub("", _STOCK.sub("", _letters(words)))
    return content(VERB.sub("", letters)) or content(letters)


def name_pairs(text: str) -> frozenset[str]:
    """Return the pairs of letters of all words of a text that name something."""
    return frozenset().union(*(_pairs(_named(clause)) for clause in _BREAK.split(text)))


def _letters(words: str) -> str:
    return words.translate(LETTERS)


def _pairs(words: str) -> frozenset[str]:
    """Cut words into pairs of neighbouring letters; a single letter stands for itself.

    >>> sorted(_pairs("高企")), sorted(_pairs("税"))
    (['高企'], ['税'])
    """
    return frozenset(map("".join, pairwise(words))) or frozenset(words)
