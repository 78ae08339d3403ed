"""How surely two numbers speak of the same indicator, and what speaks against it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from groundwork.comparison.indicator import Aspect, Indicator
from groundwork.comparison.years import is_of_a_part
from schemas.comparison import Doubt
from schemas.quantity import Basis, QuantityType

SURE: Final = 0.75
"""From here on a pair counts."""
LIKELY: Final = 0.45
"""From here on it is shown, as unsure."""
CLOSE: Final = 0.08
"""Counterparts whose scores differ by less are rivals."""

_WEIGHTS: Final = {False: (0.6, 0.4), True: (0.3, 0.7)}
"""Of label and clause; a generic label weighs less."""
_ASPECTS: Final = {
    frozenset({Aspect.STOCK, Aspect.LEVEL}): 1.0,
    frozenset({Aspect.LEVEL, Aspect.PLAIN}): 0.95,
    frozenset({Aspect.STOCK, Aspect.PLAIN}): 0.7,
    frozenset({Aspect.INCREMENT, Aspect.PLAIN}): 0.7,
}
"""How far two aspects may be the same thing; what is not here cannot be compared at all."""
_SAME: Final = (frozenset({"人", "名", "位"}), frozenset({"场", "场次"}))
"""Measure words that count the same."""
_MEASURES: Final = (
    frozenset({"家", "户", "个", "所", "处", "座"}),
    frozenset({"人", "名", "位", "人次"}),
    frozenset({"项", "个", "件", "起", "宗"}),
    frozenset({"场", "场次", "次", "期", "批次"}),
    frozenset({"条", "件", "个"}),
)
"""Measure words that people swap; a pair that differs in them is never sure."""
_UNNAMED: Final = frozenset({QuantityType.COUNT, QuantityType.MONEY, QuantityType.OTHER})
_UNIT_DIFFERS: Final = 0.7
_PART_MISSING: Final = 0.7
_PART_DIFFERS: Final = 0.4
_STAGE_MISSING: Final = 0.88
_STAGE_DIFFERS: Final = 0.5
_BASIS_DIFFERS: Final = 0.7
_NET_ANSWERS: Final = 0.88
_ACT_DIFFERS: Final = 0.7
_WORKS: Final = frozenset({"build", "renew"})
_SAME_ACT: Final = 0.5
"""How alike names are of which one leaves out words, where the same is done."""
_TOLD: Final = 0.95
"""A factor from here on is no doubt worth telling."""
_EARLY: Final = 0.9
"""The figure of the whole year is preferred to one of a part of it."""
_STRICT: Final = frozenset({Basis.NET, Basis.SHARE, Basis.MOM})
_MASKED: Final = 0.95
"""A number that can be read is preferred to a masked one of the same name."""


@dataclass(frozen=True, slots=True)
class Score:
    """How surely, and the doubts."""

    value: float
    doubts: tuple[Doubt, ...] = ()


def score(target: Indicator, actual: Indicator) -> Score | None:
    """Score a pair; None when unit or type rule it out."""
    unit = _unit(target, actual)
    if not unit or _apart(target.sides, actual.sides):
        return None
    factors = (
        (Doubt.UNIT, unit),
        (Doubt.ASPECT, aspect_factor(target, actual)),
        (Doubt.PART, _part(target, actual)),
        (Doubt.NAME, _stage(target.stages, actual.stages)),
        (Doubt.NAME, _act(target.acts, actual.acts)),
        (Doubt.BASIS, _basis(target, actual)),
        (Doubt.PERIOD, _early(target, actual)),
        (Doubt.MASKED, _MASKED if actual.quantity.masked else 1.0),
    )
    value = named = alike(target, actual)
    doubts = [Doubt.NAME] if named < SURE else []
    for doubt, factor in factors:
        value *= factor
        if factor < _TOLD and doubt not in doubts:
            doubts.append(doubt)
    return Score(round(value, 4), tuple(doubts))


def alike(target: Indicator, actual: Indicator) -> float:
    """Return how alike two indicators are named, from 0 to 1."""
    if _only_verbs(target, actual):
        return 1.0 if target.verb == actual.verb else 0.0
    label, clause = _WEIGHTS[target.generic or actual.generic]
    found = label * target.name.alike(actual.name) + clause * target.clause.alike(actual.clause)
    shortened = target.name.ends_like(actual.name) or actual.name.words == actual.verb
    if found < _SAME_ACT and target.acts & actual.acts and shortened:
        return _SAME_ACT
    return found


def _only_verbs(target: Indicator, actual: Indicator) -> bool:
    """Whether both labels are verbs alone and nothing before one of them names it: 立案30件."""
    unnamed = target.name.words == target.verb or actual.name.words == actual.verb
    return bool(target.verb and actual.verb and unnamed)


def aspect_factor(target: Indicator, actual: Indicator) -> float:
    """Return how far the aspects of two numbers may be the same; 0 when they cannot."""
    if target.aspect is actual.aspect:
        return 1.0
    pair = frozenset({target.aspect, actual.aspect})
    factor = _ASPECTS.get(pair, 0.0)
    if pair == {Aspect.STOCK, Aspect.PLAIN} and target.quantity.type is not QuantityType.COUNT:
        return _ASPECTS[frozenset({Aspect.LEVEL, Aspect.PLAIN})]
    return factor


def _unit(target: Indicator, actual: Indicator) -> float:
    one, other = target.quantity.type, actual.quantity.type
    if target.unit == actual.unit:
        return 1.0 if one is other or {one, other} <= _UNNAMED else 0.0
    if one is other is QuantityType.RANK:
        return 1.0
    units = {target.unit, actual.unit}
    if one is other is QuantityType.MONEY and units == {None, "元"}:
        return 1.0
    if any(units <= words for words in _SAME):
        return 1.0
    if None in units and {one, other} <= _UNNAMED and _named_in(target, actual):
        return 1.0
    swapped = one is other and any(units <= measures for measures in _MEASURES)
    return _UNIT_DIFFERS if swapped else 0.0


def _named_in(target: Indicator, actual: Indicator) -> bool:
    """Whether one name ends with the other's measure word: 门急诊人次达到90万 is in 人次."""
    bare, unit = (target, actual.unit) if target.unit is None else (actual, target.unit)
    return unit is not None and any(name.words.endswith(unit) for name in (bare.name, bare.clause))


def _part(target: Indicator, actual: Indicator) -> float:
    if target.scopes and actual.scopes and target.scopes != actual.scopes:
        return _PART_DIFFERS
    if target.threshold != actual.threshold:
        return _PART_MISSING
    if target.parts == actual.parts:
        return 1.0
    nested = target.parts <= actual.parts or actual.parts <= target.parts
    return _PART_MISSING if nested else _PART_DIFFERS


def _stage(target: AbstractSet[str], actual: AbstractSet[str]) -> float:
    if target == actual:
        return 1.0
    return _STAGE_MISSING if target <= actual or actual <= target else _STAGE_DIFFERS


def _act(target: AbstractSet[str], actual: AbstractSet[str]) -> float:
    works = target & _WORKS, actual & _WORKS  # 新建改建20座 are not answered by 改建8座.
    differ = _apart(target, actual) or (all(works) and works[0] != works[1])
    return _ACT_DIFFERS if differ else 1.0


def _apart(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both have something and share nothing."""
    return bool(one and other and not one & other)


def _early(target: Indicator, actual: Indicator) -> float:
    early = is_of_a_part(actual.quantity) and actual.quantity.period != target.quantity.period
    return _EARLY if early else 1.0


def _basis(target: Indicator, actual: Indicator) -> float:
    one, other = ({each.quantity.basis} & _STRICT for each in (target, actual))
    if one == other:
        return 1.0
    # So many more, net of what was lost, are at least so many new ones; not the other way round.
    return _NET_ANSWERS if not one and other == {Basis.NET} else _BASIS_DIFFERS
