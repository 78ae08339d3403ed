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
    unit_at: tuple[int, int] | None = None
    """Where the unit stands (for a list, where the shared one stands): its text is the unit as
    the source's own script writes it."""
    toward: Change | None = None
    """The way a level was reached: 增至14条 is a level, toward increase, and has no change."""
    relation: Change | None = None
    """Increase where the number says by how much something lies above another (高于目标3个百分点),
    decrease where below."""
