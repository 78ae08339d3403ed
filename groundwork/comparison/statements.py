"""Goals and plans that no number answers: whether this year's report speaks of them at all.

A plan counts as mentioned when most of its telling words stand in one achievement. Words that
many achievements share tell little and weigh little. A target with a number may be answered in
words, too: 覆盖率达到100% by 全覆盖. That is for a person to judge.
"""

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import Final

from groundwork.comparison.indicator import Indicator, parts_of
from groundwork.comparison.naming import letters, name_pairs
from groundwork.errors import TooLargeError
from groundwork.grounding.words import OPPOSITE
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
        return self._holding(name_pairs(plan.text), letters(plan.text))

    def to_target(self, target: Indicator) -> Mention | None:
        """Return the statement that holds most of the words of a target whose number none answers.

        Raises TooLargeError when both reports together are too large to compare.
        """
        pairs = target.name.pairs | target.clause.pairs
        words = letters(f"{target.quantity.label or ''} {target.clause.words}")
        return self._holding(pairs, words) if len(pairs) >= _TELLING else None

    def _holding(self, pairs: frozenset[str], words: str) -> Mention | None:
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
        for place, weight in sorted(held.items(), key=lambda each: (-each[1], each[0])):
            score = round(weight / total, 4)
            if score < _LIKELY:
                break
            if not _speaks_of_another(words, letters(self._items[place].text)):
                return Mention(self._items[place], score)
        return None


def _speaks_of_another(words: str, told: str) -> bool:
    """Whether two statements name different parts or opposites: 外资 and 内资, 进口 and 出口."""
    marks = (
        (parts_of(words), parts_of(told)),
        (set(OPPOSITE.findall(words)), set(OPPOSITE.findall(told))),
    )
    return any(one and other and not one & other for one, other in marks)
