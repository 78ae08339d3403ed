"""What every engine is: a document in, claims out."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from groundwork.text.document import Document
from schemas.result import EngineInfo, Kind, PartialRange, RefusedClaim, Usage


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement an engine makes about the document, not grounded yet."""

    kind: Kind
    text: str
    sentences: tuple[int, ...]
    """Numbers of the sentences it cites as evidence."""
    span: tuple[int, int] | None = None
    """The clean range ``text`` was taken from, when the engine took it verbatim."""
    repaired: bool = False
    """The engine's own wording failed, so ``text`` is the source's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything an engine has to say about one document."""

    claims: tuple[Claim, ...]
    usage: Usage = field(default_factory=Usage)
    warnings: tuple[str, ...] = ()
    partial: tuple[PartialRange, ...] = ()
    refused: tuple[RefusedClaim, ...] = ()
    """What the engine was told but could not tie to any sentence it had shown."""
    degraded: bool = False
    """Part of the work was done by rules because the model failed."""
    mode: str | None = None
    """How the model was held to the schema, once that is known."""


Objections = Callable[[Claim], Sequence[str]]
"""What verification holds against a claim, a sentence each; none means that it stands.

An engine that can mend its claims asks it before it answers; the pipeline judges again anyway.
"""

OnClaims = Callable[[Sequence[Claim], int, int], Awaitable[None]]
"""Told the claims of a chunk as soon as it is done, the chunk's index and how many there are.

Chunks finish in any order; the draft holds them in text order.
"""


class Engine(Protocol):
    """Drafts claims; the same document and ``info`` should give the same draft."""

    @property
    def info(self) -> EngineInfo:
        """Name, model, mode, prompt and versions: part of the content address."""

    async def draft(
        self, document: Document, objections: Objections, on_claims: OnClaims | None = None
    ) -> Draft:
        """Return claims in text order. Raises EngineError if there can be none.

        ``on_claims`` is told the claims of each part as soon as they are drafted.
        """
