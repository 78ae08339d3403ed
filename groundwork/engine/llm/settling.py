"""From the items of a chunk, once mended, to claims: nothing left unsaid, nothing said twice.

An item that still cites sentences that do not exist keeps those that do. Words that are not the
report's give way to the sentences they cite. A whole sentence has one kind: its second is refused.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from groundwork.engine.base import Claim
from groundwork.engine.llm.chunks import Chunk
from groundwork.engine.llm.mend import claimed_twice
from groundwork.engine.llm.protocol import Item, Misread
from groundwork.engine.llm.wording import claims_of, is_faithful, salvaged, whole
from groundwork.text.document import CleanText
from schemas.result import Kind, PartialRange, RefusedClaim
from schemas.verdict import Explanation

_CLAIMED_TWICE: Final = Explanation(
    zh="同一整句已归入另一类", en="the same whole sentence was claimed as another kind before"
)
_NOTHING_CITED: Final = Explanation(
    zh="模型没有引用给它看过的任何句子", en="the model cited no sentence that it was shown"
)
_STRANGERS: Final = "sentence numbers that do not exist left out of an item"
_NO_KIND: Final = "an item without a readable kind left out"
_NOTHING_SAID: Final = "an item without words or a sentence that exists left out"


@dataclass(slots=True)
class Outcome:
    """What became of a chunk."""

    claims: list[Claim] = field(default_factory=list)
    refused: list[RefusedClaim] = field(default_factory=list)
    partial: list[PartialRange] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    degraded: bool = False
    kinds_compared: int = 0
    """Claims of the model about sentences of which the rules make a statement, too."""
    kinds_differ: int = 0
    """Those of them whose kind the rules do not see there."""

    def add(self, other: "Outcome") -> None:
        """Take over what became of the part that follows."""
        self.claims += other.claims
        self.refused += other.refused
        self.partial += other.partial
        self.warnings += other.warnings
        self.degraded = self.degraded or other.degraded
        self.kinds_compared += other.kinds_compared
        self.kinds_differ += other.kinds_differ

    def compare_kinds(self, by_rules: Mapping[int, Set[Kind]]) -> None:
        """Count how often the kinds are others than the rules give to the same sentences."""
        for claim in self.claims:
            seen = frozenset().union(*(by_rules.get(n, frozenset()) for n in claim.sentences))
            self.kinds_compared += bool(seen)
            self.kinds_differ += bool(seen) and claim.kind not in seen


def settle(chunk: Chunk, clean: CleanText, items: Sequence[Item | Misread]) -> Outcome:
    """Return the claims that mended items make, in text order, and what is refused of them."""
    outcome = Outcome()
    kept = [salvaged(chunk, item) if isinstance(item, Misread) else item for item in items]
    if kept != list(items):
        outcome.warnings.append(_STRANGERS)
    read = [_in_its_words(chunk, item) for item in kept]
    twice = claimed_twice(read)
    wholes = {(item.kind, n) for item in read if _is_whole(item) for n in item.sentences}
    for at, item in enumerate(read):
        if isinstance(item, Misread):
            _turn_away(item, outcome)
        elif at in twice:
            outcome.refused += _refused(chunk, clean, item)
        elif item.text is not None and wholes.issuperset((item.kind, n) for n in item.sentences):
            continue  # A part of a sentence that is claimed whole.
        elif item is kept[at]:
            outcome.claims += claims_of(chunk, clean, item)
        else:
            outcome.claims += whole(chunk, clean, item, repaired=True)
    outcome.claims = _in_order(outcome.claims)
    return outcome


def _is_whole(item: Item | Misread) -> TypeGuard[Item]:
    return isinstance(item, Item) and item.text is None


def _in_its_words(chunk: Chunk, item: Item | Misread) -> Item | Misread:
    """Let a text that is not the report's give way to the sentences it cites."""
    if isinstance(item, Misread) or is_faithful(chunk, item):
        return item
    return item.model_copy(update={"text": None})


def _turn_away(item: Misread, outcome: Outcome) -> None:
    if item.kind is None:
        outcome.warnings.append(_NO_KIND)
        return
    if not item.text.strip():
        outcome.warnings.append(_NOTHING_SAID)
        return
    outcome.refused.append(RefusedClaim(kind=item.kind, text=item.text, reason=_NOTHING_CITED))


def _refused(chunk: Chunk, clean: CleanText, item: Item) -> list[RefusedClaim]:
    """Refuse the second kind of a whole sentence: which is right, only the model could say."""
    return [
        RefusedClaim(
            kind=claim.kind,
            text=claim.text,
            reason=_CLAIMED_TWICE,
            evidence=[clean.span(*claim.span)] if claim.span else [],
        )
        for claim in whole(chunk, clean, item)
    ]


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Put claims in text order; what is claimed twice in the same words is one claim."""
    kept: dict[object, Claim] = {}
    for claim in claims:
        kept.setdefault((claim.kind, claim.sentences, claim.text), claim)
    return sorted(kept.values(), key=lambda claim: (claim.sentences[0], (claim.span or (0, 0))[0]))
