"""A quantity as the finder sees it: offsets into the text it was given."""

from dataclasses import dataclass
from decimal import Decimal

from schemas.quantity import Basis, Change, Qualifier, QuantityType


@dataclass(frozen=True, slots=True)
class Found:
    """One number of a text; the fields mean what ``schemas.quantity.Quantity`` says."""

    start: int
    end: int
    type: QuantityType
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    masked: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    change: Change | None = None
    basis: Basis | None = None
    label: str | None = None
    period: str | None = None
