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
    waits: bool = False
    """Nothing was measured: it is a quantity only if the next number of a list gives it a unit."""
    alike: str = ""
    """``kind()``, once it is asked for."""

    def moved(self, by: int) -> "Draft":
        """Return a copy that stands ``by`` characters further on."""
        unit_at = self.unit_at
        return Draft(
            self.start + by, self.end + by, self.type, (self.number[0] + by, self.number[1] + by),
            self.value, self.upper, self.unit,
            None if unit_at is None else (unit_at[0] + by, unit_at[1] + by), self.masked,
            self.qualifier, self.change, self.toward, self.relation, self.basis, self.label,
            self.period, self.scale, self.listed, self.chinese, self.waits, self.alike,
        )  # fmt: skip

    def kind(self) -> str:
        """Return all that matters of it to the words around it."""
        if not self.alike:
            minus = "-" if self.value is not None and self.value < 0 else ""
            lead = str(self.number[0] - self.start)
            parts = self.type, self.qualifier, self.change or "", minus, lead, self.unit or ""
            self.alike = " ".join(parts)
        return self.alike


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What the words around a number say of it: all that numbers after it may share."""

    type: QuantityType
    change: Change | None
    toward: Change | None
    relation: Change | None
    basis: Basis | None
    qualifier: Qualifier
    label: str | None
    added: Change | None
    """新增 and the like govern this number and may govern the list after it."""
    estimated: bool

    def parts(self) -> tuple[object, ...]:
        """Return all that is said, to tell equal ones by."""
        return (
            self.type, self.change, self.toward, self.relation, self.basis, self.qualifier,
            self.label, self.added, self.estimated,
        )  # fmt: skip
