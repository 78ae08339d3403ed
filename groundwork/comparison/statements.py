"""Goals and plans that no number answers: whether this year's report speaks of them at all.

A plan counts as mentioned when most of its telling words stand in one achievement. Words that
many achievements share tell little and weigh little. A target with a number may be answered in
words, too: 覆盖率达到100% by 全覆盖. That is for a person to judge.
"""

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import Final

from groundwork.comparison.indicator import Indicator
from groundwork.comparison.naming import name_pairs
from groundwork.errors import TooLargeError
from schemas.comparison import Outcome
from schemas.result import Item

_MENTIONED: Final = 0.5
_LIKELY: Final = 0.35
_TELLING: Final = 3
"""Fewest pairs of letters by which an indicator can be recognised in a statement."""
_MOST_STEPS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Mention:
    """The statement that speaks of a plan, and how much of the plan it holds."""

    item: Item
    score: float

    @property
    def outcome(self) -> Outcome:
        """Return what to call it."""
        return Outcome.MENTIONED if self.score >= _MENTIONED else Outcome.UNSURE


class Answers:
    """Statements of this year, ready to be asked."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._holders: dict[str, list[int]] = {}
        for place, item in enumerate(items):
            for pair in name_pairs(item.text):
                self._holders.setdefault(pair, []).append(place)
        self._steps = 0

    def to_plan(self, plan: Item) -> Mention | None:
        """Return the statement that holds most of a plan, or None when none holds enough.

        Raises TooLargeError when both reports together are too large to compare.
        """
        return self._holding(name_pairs(plan.text), _LIKELY)

    def to_target(self, target: Indicator) -> Mention | None:
        """Return the statement that holds most of the words of a target whose number none answers.

        Raises TooLargeError when both reports together are too large to compare.
        """
        pairs = target.name.pairs | target.clause.pairs
        return self._holding(pairs, _LIKELY) if len(pairs) >= _TELLING else None

    def _holding(self, pairs: frozenset[str], least: float) -> Mention | None:
        held: Counter[int] = Counter()
        total = 0.0
        for pair in sorted(pairs):
            holders = self._holders.get(pair, ())
            weight = log(1 + (len(self._items) + 1) / (len(holders) + 1))
            total += weight
            self._steps += len(holders) + 1
            for place in holders:
                held[place] += weight  # type: ignore[assignment] # weights are no whole numbers
        if self._steps > _MOST_STEPS:
            raise TooLargeError("too many statements to compare; split the reports")
        if not held or not total:
            return None
        place = min(held, key=lambda place: (-held[place], place))
        score = round(held[place] / total, 4)
        return Mention(self._items[place], score) if score >= least else None
