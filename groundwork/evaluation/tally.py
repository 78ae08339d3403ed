"""Counts that can be added up: what was hit, what was said, what should have been said."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean

from schemas.result import Kind

NOTHING = "none"
"""In the confusion table: characters to which a side gives no kind."""
FIELDS = ("value", "masked", "unit", "type", "qualifier", "change")
"""What is compared of a quantity whose span was found exactly."""


@dataclass(slots=True)
class Hits:
    """How many were right, of how many said and how many there are."""

    hit: int = 0
    said: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Return the share of the said that is right; 0 when nothing was said."""
        return self.hit / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found; 0 when there is none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both.

        >>> round(Hits(hit=2, said=4, gold=2).f1, 4)
        0.6667
        """
        total = self.said + self.gold
        return 2 * self.hit / total if total else 0.0

    def __iadd__(self, other: "Hits") -> "Hits":
        """Add the counts of another document."""
        self.hit += other.hit
        self.said += other.said
        self.gold += other.gold
        return self


@dataclass(slots=True)
class Share:
    """So many of so many; undefined for none."""

    right: int = 0
    of: int = 0

    @property
    def ratio(self) -> float | None:
        """Return the share, or None when there was nothing to be right about."""
        return self.right / self.of if self.of else None

    def count(self, *, right: bool) -> None:
        """Count one case."""
        self.right += right
        self.of += 1

    def __iadd__(self, other: "Share") -> "Share":
        """Add the counts of another document."""
        self.right += other.right
        self.of += other.of
        return self


@dataclass(slots=True)
class Tally:
    """The counts of one document, or of many."""

    characters: dict[Kind, Hits] = field(default_factory=lambda: {kind: Hits() for kind in Kind})
    any_kind: Hits = field(default_factory=Hits)
    """Characters of any statement, whatever its kind."""
    items: dict[Kind, Hits] = field(default_factory=lambda: {kind: Hits() for kind in Kind})
    quantities: Hits = field(default_factory=Hits)
    """Quantities whose span is exactly right."""
    touching: tuple[Share, Share] = field(default_factory=lambda: (Share(), Share()))
    """Said ones that touch a gold one, and gold ones that a said one touches."""
    fields: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in FIELDS})
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Characters by the gold's kind and the engine's."""

    @property
    def macro(self) -> float:
        """Return the mean character F1 of the kinds that either side has; 0 when there are none."""
        scores = [hits.f1 for hits in self.characters.values() if hits.said or hits.gold]
        return fmean(scores) if scores else 0.0

    @property
    def is_empty(self) -> bool:
        """Whether neither side makes a statement, so that there is nothing to agree about."""
        return not any(hits.said or hits.gold for hits in self.characters.values())

    @property
    def all_items(self) -> Hits:
        """Return the items of all kinds together."""
        total = Hits()
        for hits in self.items.values():
            total += hits
        return total

    def __iadd__(self, other: "Tally") -> "Tally":
        """Add the counts of another document."""
        for kind in Kind:
            self.characters[kind] += other.characters[kind]
            self.items[kind] += other.items[kind]
        self.any_kind += other.any_kind
        self.quantities += other.quantities
        for mine, theirs in zip(self.touching, other.touching, strict=True):
            mine += theirs  # noqa: PLW2901 - a Share adds in place
        for name, share in other.fields.items():
            self.fields[name] += share
        self.confusion.update(other.confusion)
        return self
