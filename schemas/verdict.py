"""What verification says of each number of a claim, and why."""

from enum import StrEnum

from pydantic import Field

from schemas.base import Schema
from schemas.quantity import Quantity
from schemas.span import Span


class Verdict(StrEnum):
    """Judgement of one number of a claim against the cited spans."""

    SUPPORTED = "supported"
    """The spans state this number, of this indicator."""
    MASKED = "masked"
    """The source hides the number; the claim must not state one."""
    UNSUPPORTED = "unsupported"
    """Nothing like it stands in the spans."""
    CONTRADICTED = "contradicted"
    """The spans speak of this indicator, with another number."""


class ClaimVerdict(StrEnum):
    """Judgement of a whole claim: the worst of its numbers'."""

    SUPPORTED = "supported"
    MASKED = "masked"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    UNCHECKED = "unchecked"
    """The claim holds no number."""


class Reason(StrEnum):
    """In what a claimed number differs from its source."""

    VALUE = "value"
    SCALE = "scale"
    UNIT = "unit"
    TYPE = "type"
    CHANGE_DIRECTION = "change_direction"
    BASIS = "basis"
    BOUND = "bound"
    PRECISION = "precision"
    INDICATOR = "indicator"
    PERIOD = "period"
    MASKED_IN_SOURCE = "masked_in_source"
    NOT_IN_SPAN = "not_in_span"


class Explanation(Schema):
    """One sentence that quotes both sides, in two languages."""

    zh: str = Field(examples=["来源为“2847件”(新增专利申请量),结论写为“763件”。"])
    en: str = Field(examples=["The source says “2847件” (新增专利申请量); the claim says “763件”."])


class QuantityCheck(Schema):
    """One number of a claim, judged."""

    quantity: Quantity
    """As claimed. Its span counts code points of the claim's text, not of the source."""
    verdict: Verdict = Field(examples=["supported"])
    reasons: list[Reason] = Field(default_factory=list, examples=[[]])
    """Empty when supported."""
    source: Quantity | None = None
    """The quantity of the cited spans it was compared with; null if there is none."""
    found_elsewhere: list[Span] = Field(default_factory=list)
    """Where the same value stands in the source outside the cited spans: reported, not accepted."""
    explanation: Explanation | None = None
    """Why it was not supported; null when it was."""
