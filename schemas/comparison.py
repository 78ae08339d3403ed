"""Last year's targets against this year's achievements: what was met, and what nobody mentions."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from schemas.base import DecimalString, Schema
from schemas.quantity import Quantity
from schemas.result import Kind
from schemas.span import Span
from schemas.verdict import Explanation


class Outcome(StrEnum):
    """What became of a target."""

    MET = "met"
    """The number reached satisfies the target."""
    MISSED = "missed"
    """It does not."""
    MENTIONED = "mentioned"
    """The target has no number; this year's report speaks of it."""
    UNSURE = "unsure"
    """There is a likely counterpart, and a doubt: a person has to look."""
    NOT_COMPARABLE = "not_comparable"
    """The counterpart is certain, but the two numbers cannot be held against each other."""
    NOT_MENTIONED = "not_mentioned"
    """Nothing like it is in this year's achievements and problems."""


class Doubt(StrEnum):
    """Why a pair is unsure or cannot be compared."""

    MASKED = "masked"
    """One of the sources hides the number."""
    NO_VALUE = "no_value"
    """One side has no number, or none with a single value: 全覆盖, 数十."""
    ASPECT = "aspect"
    """One tells an increase, the other a level: 新增60家 and 累计310家."""
    BOUND = "bound"
    """A bound leaves it open: 超300家 against a target of 310家."""
    APPROXIMATE = "approximate"
    """Within five percent of a number that says it is approximate."""
    NAME = "name"
    """The two are named alike, not alike enough."""
    UNIT = "unit"
    """The measure words differ: 家 and 户."""
    PART = "part"
    """One names a part that the other does not: 省级, 发明."""
    BASIS = "basis"
    """One is net or cumulative, the other does not say so."""
    PERIOD = "period"
    """One of the numbers is of another year, or of a part of the year: 1—11月."""
    RIVALS = "rivals"
    """Several counterparts, or several targets for one, are about as likely."""


class Stated(Schema):
    """A statement of one of the reports, and the number in it."""

    item: str = Field(examples=["r1i7"])
    """Id of the item in the result of its report."""
    kind: Kind = Field(examples=["goal"])
    text: str = Field(examples=["力争高新技术企业总数达到310家"])
    evidence: list[Span] = Field(min_length=1)
    """The characters of its own report that it came from."""
    quantity: Quantity | None = None
    """The number, where it stands in its own report; null for a statement without one."""


class Rival(Schema):
    """Another counterpart, not chosen."""

    stated: Stated
    score: float = Field(ge=0, le=1, examples=[0.68])


class Followed(Schema):
    """One target, followed into this year's report."""

    target: Stated
    outcome: Outcome = Field(examples=["met"])
    achieved: Stated | None = None
    """The counterpart; null when there is none."""
    score: float | None = Field(default=None, ge=0, le=1, examples=[1.0])
    """How surely the two are the same indicator: 1 for the same name, unit and aspect."""
    completion: DecimalString | None = Field(default=None, examples=["104.8"])
    """Achieved as percent of the target, where more is better and both are amounts."""
    difference: DecimalString | None = Field(default=None, examples=["15"])
    """Achieved less target, in the base unit of the target; percentage points between percents."""
    doubts: list[Doubt] = Field(default_factory=list, examples=[[]])
    rivals: list[Rival] = Field(default_factory=list)
    """Other counterparts about as likely, best first."""
    explanation: Explanation
    """One sentence with both numbers."""


class Side(Schema):
    """One of the two reports."""

    id: str = Field(examples=["3b7e0c5d9f1a2b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e"])
    """Of its Result."""
    sha256: str
    """Of its source text in UTF-8: what the spans point into."""
    title: str | None = None
    organisation: str | None = None
    period: str | None = Field(default=None, examples=["2022"])


class Comparison(Schema):
    """Two reports of consecutive years, compared."""

    last: Side
    """The report whose goals and plans are followed."""
    this: Side
    """The report whose achievements and problems answer them."""
    followed: list[Followed]
    """Every target, in the order of last year's report; each number of a statement is one."""
    counts: dict[Outcome, int] = Field(examples=[{"met": 5, "missed": 2, "not_mentioned": 3}])
    warnings: list[str] = Field(default_factory=list)


class ComparedReport(Schema):
    """A report to compare: its text, or the id of a kept result."""

    text: str | None = Field(
        default=None,
        examples=["云溪市科技局2022年工作总结\n\n二、2023年目标\n新增高新技术企业60家。"],
    )
    """The report, exactly as offsets shall count it."""
    id: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """The id of a result that is kept."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.id is None):
            raise ValueError("give text or id, one of them")
        return self


class ComparisonRequest(Schema):
    """Two reports to compare."""

    last: ComparedReport
    """Last year's, with goals and plans."""
    this: ComparedReport
    """This year's, with achievements."""
