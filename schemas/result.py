"""What a report becomes: the only thing HTTP returns for a structured report."""

from enum import StrEnum

from pydantic import Field

from schemas.base import Schema
from schemas.finding import Finding
from schemas.quantity import Quantity
from schemas.span import Span
from schemas.verdict import Explanation, QuantityCheck


class Kind(StrEnum):
    """The four kinds of statement."""

    GOAL = "goal"
    """目标: an outcome ahead: a target value, rank, recognised status or end state."""
    ACHIEVEMENT = "achievement"
    """成效: done or reached in the reporting period, full-year estimates included."""
    PROBLEM = "problem"
    """问题: a shortfall that the report admits, with its cause."""
    PLAN = "plan"
    """计划: an action ahead."""


class ItemStatus(StrEnum):
    """How far an item's wording can be trusted."""

    VERIFIED = "verified"
    """Every number in the text is supported by its evidence."""
    REPAIRED = "repaired"
    """The engine's wording failed, so the text is the source's own wording."""
    UNVERIFIED = "unverified"
    """Only in ``refused``."""


class Item(Schema):
    """One statement with its evidence."""

    id: str = Field(examples=["r1i3"])
    kind: Kind = Field(examples=["achievement"])
    text: str = Field(examples=["新认定高新技术企业42家,同比增长16.7%"])
    """The statement, in the source's own wording unless an engine worded it anew."""
    section: list[str] = Field(
        default_factory=list, examples=[["一、2023年工作总结", "(二)企业培育"]]
    )
    """Headings above the statement, outermost first."""
    evidence: list[Span] = Field(min_length=1)
    """The characters of the source it came from."""
    quantities: list[QuantityCheck] = Field(default_factory=list)
    """Every number in ``text``, judged against ``evidence``."""
    status: ItemStatus = Field(examples=["verified"])


class Report(Schema):
    """One report of the upload."""

    title: str | None = Field(default=None, examples=["市科技局2023年工作总结及2024年工作计划"])
    organisation: str | None = Field(default=None, examples=["市科技局"])
    period: str | None = Field(default=None, examples=["2023"])
    """The reporting period as digits of the year, null when masked or unknown."""
    span: Span
    """From the first to the last character of the report's own text, site noise left out."""
    items: list[Item]
    quantities: list[Quantity]
    """Every number of the report, whether an item uses it or not."""
    unclaimed: list[str] = Field(default_factory=list)
    """Ids of ``quantities`` that no item uses: the coverage ledger."""
    findings: list[Finding] = Field(default_factory=list)
    """What the report says against itself; never a reason to refuse."""


class RefusedClaim(Schema):
    """A claim of the engine that could not be kept, and why. Nothing disappears."""

    kind: Kind
    text: str
    status: ItemStatus = ItemStatus.UNVERIFIED
    reason: Explanation = Field(
        examples=[{"zh": "引用的句子不存在:41", "en": "cited sentences do not exist: 41"}]
    )
    evidence: list[Span] = Field(default_factory=list)
    quantities: list[QuantityCheck] = Field(default_factory=list)


class SourceInfo(Schema):
    """What was read, and what cleaning did to it."""

    sha256: str = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )
    """Of the source text in UTF-8."""
    characters: int = Field(ge=0, examples=[2425])
    """Code points of the source text."""
    media_type: str = Field(examples=["text/plain"])
    encoding: str | None = Field(default=None, examples=["utf-8"])
    """Null when the text came as a JSON string."""
    cleaning: dict[str, int] = Field(default_factory=dict, examples=[{"page_break": 6}])
    """How many pieces each cleaning pass removed or mapped over."""


class EngineInfo(Schema):
    """Who drafted the claims, in enough detail to run it again."""

    name: str = Field(examples=["rules"])
    model: str | None = None
    mode: str | None = None
    prompt: str | None = None
    prompt_digest: str | None = None
    degraded: bool = False
    """True when part of the work was done by rules because the model failed."""
    versions: dict[str, str] = Field(default_factory=dict, examples=[{"schema": "2", "rules": "3"}])


class Usage(Schema):
    """What the answer cost."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    repair_tokens: int = 0
    seconds: float = Field(default=0.0, ge=0)
    """Spent waiting for a model; 0 by rules, so that the same input gives the same bytes."""


class PartialRange(Schema):
    """A range of the source that was not processed, with the error."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    error: str


class Result(Schema):
    """The structured, verified upload."""

    id: str = Field(examples=["3b7e0c5d9f1a2b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e"])
    """Content address: sha256 over source text, engine, model, prompt digest, options, versions."""
    source: SourceInfo
    engine: EngineInfo
    reports: list[Report]
    refused: list[RefusedClaim] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    usage: Usage = Field(default_factory=Usage)
    partial: list[PartialRange] = Field(default_factory=list)
