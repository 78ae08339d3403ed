"""Whether a number satisfies a target, as far as the two numbers themselves decide it.

A bound leaves part of the line open: 超300家 may or may not be 310家. Each side is read as the
interval in which its value lies, and a target is met or missed only where the whole interval is.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from groundwork.comparison.indicator import Aspect, Indicator
from schemas.comparison import Doubt, Outcome
from schemas.quantity import Basis, Change, Qualifier, Quantity, QuantityType

_ABOUT: Final = Decimal("0.05")
"""How far an approximate number may lie from what it says."""
_NEARLY: Final = Decimal("0.9")
"""近1000家 is at least so much of it."""
_PERCENTS: Final = frozenset({QuantityType.PERCENT, QuantityType.PERCENTAGE_POINT})
_NOT_SHARED_OUT: Final = _PERCENTS | {
    QuantityType.RANK,
    QuantityType.MULTIPLE,
    QuantityType.DURATION,
}
"""Types of which so-and-so much percent of a target says nothing."""
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a target by one number."""

    outcome: Outcome
    completion: Decimal | None = None
    difference: Decimal | None = None
    doubts: tuple[Doubt, ...] = ()


def judge(target: Indicator, actual: Indicator) -> Judgement:
    """Hold a number against a target that it is certainly the counterpart of."""
    if target.quantity.masked or actual.quantity.masked:
        return Judgement(Outcome.NOT_COMPARABLE, doubts=(Doubt.MASKED,))
    goal, reached = _signed(target), _signed(actual)
    if goal is None or reached is None:
        return Judgement(Outcome.NOT_COMPARABLE, doubts=(Doubt.NO_VALUE,))
    outcome, doubts = _outcome(target, actual, goal)
    return Judgement(
        outcome,
        completion=_completion(target, actual, goal, reached),
        difference=(reached - goal) / target.factor,
        doubts=doubts,
    )


def _outcome(
    target: Indicator, actual: Indicator, goal: Decimal
) -> tuple[Outcome, tuple[Doubt, ...]]:
    low, high = _interval(actual)
    bar = goal
    if _wants_less(target):
        ceiling = _upper(target) if target.lower_is_better else None
        low, high, bar = -high, -low, -(goal if ceiling is None else ceiling)
    if target.quantity.qualifier in {Qualifier.MORE_THAN, Qualifier.LESS_THAN}:
        met, missed = low > bar or _is_open(low, bar, actual), high <= bar
    else:
        met, missed = low >= bar, high < bar
    if met:
        return Outcome.MET, ()
    about = target.quantity.qualifier is Qualifier.APPROX and not target.near
    if missed and not (about and high >= bar - abs(bar) * _ABOUT):
        if actual.quantity.basis is Basis.NET and target.quantity.basis is not Basis.NET:
            return Outcome.UNSURE, (Doubt.BASIS,)  # So many net are more before losses.
        return Outcome.MISSED, ()
    if missed or actual.quantity.qualifier is Qualifier.APPROX:
        return Outcome.UNSURE, (Doubt.APPROXIMATE,)
    return Outcome.UNSURE, (Doubt.BOUND,)


def _wants_less(target: Indicator) -> bool:
    """Whether a smaller value, sign and all, is the better one."""
    capped = target.quantity.qualifier in {Qualifier.AT_MOST, Qualifier.LESS_THAN}
    match target.quantity.change:
        case Change.INCREASE:
            return capped and not target.near
        case Change.DECREASE:
            return not capped or target.near
    return target.lower_is_better


def _is_open(low: Decimal, bar: Decimal, actual: Indicator) -> bool:
    """突破70% is more than 70 %, and so satisfies 突破70%."""
    open_ended = actual.quantity.qualifier in {Qualifier.MORE_THAN, Qualifier.LESS_THAN}
    return open_ended and not actual.near and low == bar


def _interval(actual: Indicator) -> tuple[Decimal, Decimal]:
    """Return between what values a number lies, signed."""
    value = _signed(actual) or Decimal(0)
    upper = _upper(actual)
    ends = (value, value if upper is None else upper)
    sizes = sorted(abs(end) for end in ends)
    small, large = _widened(actual, sizes[0], sizes[1])
    return (-large, -small) if value < 0 else (small, large)


def _widened(actual: Indicator, small: Decimal, large: Decimal) -> tuple[Decimal, Decimal]:
    if actual.near:
        return small * _NEARLY, large
    match actual.quantity.qualifier:
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return small, Decimal("Infinity")
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return Decimal(0), large
        case Qualifier.APPROX:
            return small * (1 - _ABOUT), large * (1 + _ABOUT)
    return small, large


def _signed(indicator: Indicator) -> Decimal | None:
    return _with_sign(indicator, indicator.quantity.value)


def _upper(indicator: Indicator) -> Decimal | None:
    return _with_sign(indicator, indicator.quantity.upper)


def _with_sign(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """Return a value in the base unit; a decrease of 3 % is -3."""
    if value is None:
        return None
    return value * indicator.factor * _sign(indicator)


def _sign(indicator: Indicator) -> int:
    changed = indicator.aspect in {Aspect.RATE, Aspect.INCREMENT}
    return -1 if changed and indicator.quantity.change is Change.DECREASE else 1


def _completion(
    target: Indicator, actual: Indicator, goal: Decimal, reached: Decimal
) -> Decimal | None:
    if _wants_less(target) or target.quantity.type in _NOT_SHARED_OUT or goal <= 0:
        return None
    if target.quantity.upper is not None or actual.quantity.upper is not None:
        return None
    return (reached / goal * _HUNDRED).quantize(Decimal("0.1"))


def written(quantity: Quantity) -> str:
    """Return a number as its report writes it, on one line."""
    return "".join(quantity.span.quote.split())
