"""A quantity in the making: what the stages of the finder hand on to each other."""

from dataclasses import dataclass
from decimal import Decimal

from schemas.quantity import Basis, Change, Qualifier, QuantityType


@dataclass(slots=True)
class Draft:
    """The fields of ``Found``, and where its parts stand."""

    start: int
    end: int
    type: QuantityType = QuantityType.OTHER
    number: tuple[int, int] = (0, 0)
    """Where the number itself stands, bound words and unit left out."""
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    unit_at: tuple[int, int] | None = None
    masked: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    change: Change | None = None
    toward: Change | None = None
    relation: Change | None = None
    basis: Basis | None = None
    label: str | None = None
    period: str | None = None
    scale: Decimal = Decimal(1)
    """The scale written beside the number: 亿 in 3亿元."""
    listed: bool = False
    """It shares the words before it with the number before: 5%和3%."""
    chinese: bool = False
    """The number is written in Chinese numerals."""
