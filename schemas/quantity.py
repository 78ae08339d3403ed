"""A number of the source: where it stands, how much it is, and of what."""

from enum import StrEnum

from pydantic import Field

from schemas.base import DecimalString, Schema
from schemas.span import Span


class QuantityType(StrEnum):
    """What kind of thing is measured."""

    COUNT = "count"
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    VOLUME = "volume"
    ENERGY = "energy"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    RANK = "rank"
    RATIO = "ratio"
    MULTIPLE = "multiple"
    DURATION = "duration"
    DATE = "date"
    OTHER = "other"


class Qualifier(StrEnum):
    """How the number is bounded: by words beside it, or by an estimate in its clause."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ESTIMATE = "estimate"


class Change(StrEnum):
    """Direction, when the number tells a change and not a level."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Basis(StrEnum):
    """What the number is measured against."""

    YOY = "yoy"
    MOM = "mom"
    NET = "net"
    CUMULATIVE = "cumulative"
    SHARE = "share"


class Quantity(Schema):
    """One number of a text, masked ones included."""

    id: str = Field(examples=["q7"])
    """Unique within the answer it stands in."""
    span: Span
    """Number, scale and unit with adjacent bound words: 约150亿元, 80余个, 60个以上."""
    type: QuantityType = Field(examples=["money"])
    """What is measured. A money amount without 元 is money by its head noun."""
    value: DecimalString | None = Field(default=None, examples=["15000000000"])
    """In the base unit, scale applied (150亿元 is 15000000000 元). Null when masked or for a date
    or a number without a single value (数十)."""
    upper: DecimalString | None = Field(default=None, examples=[None])
    """Upper end of a range (10%-15%), else null."""
    unit: str | None = Field(default=None, examples=["元"])
    """As written, without the scale; null if none is written."""
    masked: bool = Field(default=False, examples=[False])
    """The source hides the digits (xx家, *%, 亿元 with its digits stripped)."""
    qualifier: Qualifier = Field(default=Qualifier.EXACT, examples=["approx"])
    """约 approx, 以上 at_least, 超/突破/余 more_than, 近/不足 and the like, 预计 estimate."""
    change: Change | None = Field(default=None, examples=["increase"])
    """增长/新增/净增 increase, 下降/减少 decrease, else null."""
    basis: Basis | None = Field(default=None, examples=["yoy"])
    """同比 yoy, 环比 mom, 净增 net, 累计 cumulative, 占 share, else null."""
    label: str | None = Field(default=None, examples=["高新技术产业增加值"])
    """The indicator: words nearby that say whose number it is."""
    period: str | None = Field(default=None, examples=["2022年"])
    """The date or period words that govern the number in its sentence, as written."""
