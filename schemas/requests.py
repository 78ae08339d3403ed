"""What callers send beside raw text, and the answers that are not a Result."""

from pydantic import Field

from schemas.base import DecimalString, Schema
from schemas.quantity import Quantity
from schemas.verdict import ClaimVerdict, QuantityCheck


class TextRequest(Schema):
    """A text to read."""

    text: str = Field(
        examples=["一、主要成效\n新认定高新技术企业42家,同比增长16.7%。"],
        json_schema_extra={"minLength": 1, "pattern": r"\S"},  # an error of its own says so
    )
    """The report, exactly as offsets shall count it."""
    filename: str | None = Field(default=None, max_length=255, examples=["2023年工作总结.txt"])
    """Name of the file the text came from: a hint for reading it."""


class QuantitiesAnswer(Schema):
    """Every number of a text."""

    quantities: list[Quantity]
    """In text order; masked numbers included."""


class SpanRange(Schema):
    """A range of the source, by code points."""

    start: int = Field(strict=True, ge=0, examples=[0])
    """First code point, inclusive."""
    end: int = Field(strict=True, gt=0, examples=[13])
    """One past the last code point, exclusive."""


class ClaimToVerify(Schema):
    """A statement to judge against its source."""

    id: str = Field(max_length=255, examples=["c1"])
    """The caller's own name for it; comes back in the answer."""
    text: str = Field(examples=["高新技术企业新增42家"])
    """The statement. Each number in it is judged."""
    spans: list[SpanRange] | None = Field(default=None, examples=[[{"start": 0, "end": 13}]])
    """The evidence. Left out: the whole source."""


class VerificationRequest(Schema):
    """A source and claims about it."""

    source: str = Field(
        examples=["新认定高新技术企业42家,同比增长16.7%。"],
        json_schema_extra={"minLength": 1, "pattern": r"\S"},
    )
    """The text that the claims are about."""
    claims: list[ClaimToVerify]


class ClaimChecked(Schema):
    """A claim, judged."""

    id: str = Field(examples=["c1"])
    verdict: ClaimVerdict = Field(examples=["supported"])
    """The worst of its numbers' verdicts; ``unchecked`` when it has none."""
    quantities: list[QuantityCheck]
    """Every number of the claim, judged."""


class VerificationAnswer(Schema):
    """The claims, judged, in the order they came in."""

    claims: list[ClaimChecked]


class EstimateAnswer(Schema):
    """What structuring a text will probably cost."""

    engine: str = Field(examples=["llm"])
    """``llm``, or ``rules``, which cost nothing."""
    model: str | None = Field(default=None, examples=["qwen2.5-7b-instruct"])
    characters: int = Field(ge=0, examples=[2425])
    """Code points of the text."""
    kept: bool = Field(examples=[False])
    """A result of this text is kept: asking for it costs nothing now."""
    calls: int = Field(ge=0, examples=[3])
    """Calls to the model, without re-asks."""
    prompt_tokens: int = Field(ge=0, examples=[6120])
    completion_tokens: int = Field(ge=0, examples=[2050])
    cost: DecimalString | None = Field(default=None, examples=["0.0123"])
    """In the currency of the configured prices; null when none are set. By rules 0."""


class Health(Schema):
    """Whether the service can do its work."""

    status: str = Field(examples=["ok"])
    """``ok``, or ``degraded`` when results cannot be kept."""
    store: str | None = Field(default=None, examples=["ok"])
    """``ok`` or ``unavailable``."""
