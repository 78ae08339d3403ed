"""Equality of two numbers by value: 三项 is 3项, 1.5亿元 is 15000万元, 3% is not 3个百分点.

This room sees two ``Found`` and nothing of the words around them; which number of a source a
claimed number speaks of, and dates and masks letter by letter, are the business of
``groundwork.grounding``.
"""

from decimal import Decimal
from typing import Final

from groundwork.quantities.compare.dates import moment, says
from groundwork.quantities.compare.units import in_base
from groundwork.quantities.found import Found
from schemas.quantity import Qualifier, QuantityType
from schemas.verdict import Reason

__all__ = ["differences", "in_base", "moment", "same_amount", "says"]

_SCALE_STEPS: Final = frozenset(Decimal(10) ** power for power in (3, 4, 5, 7, 8, 11, 12))
"""Factors between 百, 千, 万, 亿 and their compounds that no slip of a decimal point makes."""
_UNNAMED: Final = frozenset({QuantityType.COUNT, QuantityType.MONEY, QuantityType.OTHER})
"""Types that a number without a unit may get from its head noun, which a claim may drop."""
_PLACES: Final = (None, "位", "名")
"""What a rank may be counted in without telling anything: 第二 is 第二名, 第二家 is not 第二个."""
_ROUNDING: Final = Decimal("0.05")


def differences(claimed: Found, source: Found) -> frozenset[Reason]:
    """Say in what a claimed number differs from a number of the source; empty when in nothing.

    Strict: what a claim may leave unsaid (同比 in a shortened clause) is decided by its reader.
    """
    reasons = set(_amount(claimed, source))
    if claimed.qualifier != source.qualifier:
        reasons.add(Reason.BOUND)
    if claimed.change != source.change:
        reasons.add(Reason.CHANGE_DIRECTION)
    if claimed.basis != source.basis:
        reasons.add(Reason.BASIS)
    return frozenset(reasons)


def same_amount(claimed: Found, source: Found) -> bool:
    """Whether value, range, unit and type agree, whatever is said of change, basis and bound."""
    return not _amount(claimed, source)


def _amount(claimed: Found, source: Found) -> set[Reason]:
    reasons: set[Reason] = set()
    if not _types_agree(claimed, source):
        reasons.add(Reason.TYPE)
    if source.masked and not claimed.masked:
        reasons.add(Reason.MASKED_IN_SOURCE)
    elif claimed.masked and not source.masked:
        reasons.add(Reason.VALUE)
    base, claim_factor = in_base(claimed.unit)
    source_base, source_factor = in_base(source.unit)
    unknown = claimed.masked and source.masked and claim_factor != source_factor
    if unknown or (base != source_base and not _unit_is_optional(claimed, source)):
        reasons.add(Reason.UNIT)
        claim_factor = source_factor = Decimal(1)
    if not (claimed.masked or source.masked):
        reasons |= _values(claimed, source, claim_factor, source_factor)
    return reasons


def _types_agree(claimed: Found, source: Found) -> bool:
    if claimed.type == source.type:
        return True
    bare = claimed.unit is None or source.unit is None
    return bare and claimed.type in _UNNAMED and source.type in _UNNAMED


def _unit_is_optional(claimed: Found, source: Found) -> bool:
    """第4位 is 第四, and 5.46亿 of money is 5.46亿元; a count never goes without its unit."""
    if claimed.type == source.type == QuantityType.RANK:
        return claimed.unit in _PLACES or source.unit in _PLACES
    units = {claimed.unit, source.unit}
    return claimed.type == source.type == QuantityType.MONEY and units == {None, "元"}


def _values(
    claimed: Found, source: Found, claim_factor: Decimal, source_factor: Decimal
) -> set[Reason]:
    ends = ((claimed.value, source.value), (claimed.upper, source.upper))
    reasons: set[Reason] = set()
    for one, other in ends:
        if one is None or other is None:
            if one is not other:
                reasons.add(Reason.VALUE)
        elif one * claim_factor != other * source_factor:
            reasons.add(_why_unequal(one * claim_factor, other * source_factor, claimed.qualifier))
    return reasons


def _why_unequal(claimed: Decimal, source: Decimal, qualifier: Qualifier) -> Reason:
    if claimed and source:
        ratio = claimed / source if abs(claimed) > abs(source) else source / claimed
        if ratio in _SCALE_STEPS:
            return Reason.SCALE
        if _is_rounding(claimed, source) or (
            qualifier is Qualifier.APPROX and abs(claimed - source) <= abs(source) * _ROUNDING
        ):
            return Reason.PRECISION
    return Reason.VALUE


def _is_rounding(claimed: Decimal, source: Decimal) -> bool:
    """Whether the claim is the source with its last digits rounded or cut off.

    >>> _is_rounding(Decimal("42.6"), Decimal("42.58")), _is_rounding(Decimal(13), Decimal(12))
    (True, False)
    """
    short = claimed.normalize()
    exponent = short.as_tuple().exponent
    full = source.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or not isinstance(full, int) or exponent <= full:
        return False
    step = Decimal(1).scaleb(exponent)
    return abs(claimed - source) < step and len(short.as_tuple().digits) > 1
