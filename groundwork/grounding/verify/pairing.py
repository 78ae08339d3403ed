"""Which number of the source a number of the claim speaks of, by the words around both.

The values play no part, but to break ties: a claim that swaps two numbers must meet, at each of
them, the number that the source has in that place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from groundwork.grounding.mention import Mention
from schemas.quantity import QuantityType

MEANT: Final = 16
"""So many equal letters around a number say which one is meant, whatever its name."""
_ANCHOR_LEFT: Final = 12
_ANCHOR_RIGHT: Final = 8
_LITERAL: Final = 40.0
_LITERAL_LEFT: Final = 14.0
_LETTER_LEFT: Final = 0.7
_LETTER_RIGHT: Final = 0.5
_OWN: Final = 20.0
_WIDE: Final = 6.0
_EXTRA: Final = 6.0
_OTHER_TYPE: Final = 14.0
_OTHER_UNIT: Final = 8.0
_OTHER_YEAR: Final = 8.0
_NOT_YET: Final = 2.0
"""净增3亿元,力争净增3.5亿元: a claim without 力争 means the first."""
_TIE: Final = 0.5
_MOST_LEFT: Final = 24
_MOST_RIGHT: Final = 12
_EXACT_ROWS: Final = 24
_COLUMNS: Final = 120
"""More numbers in one claim than this are matched greedily: a list that long is in order."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the words around two numbers are."""

    score: float
    literal: bool
    """Everything the claim has around its number stands around the source's."""
    literal_left: bool
    label: float
    """How well the names alone fit, whatever the order of the clauses."""
    shared: int
    """Letters on both sides of the number that are the same, counted away from it."""
    own: float
    """Share of the claimed number's own words among the source number's own words."""
    wide: float
    """Share of them in the source number's sentence up to it."""
    back: float
    """Share of the source number's own words in the claim's sentence up to its number."""


def likenesses(claim: Mention, sources: Mapping[int, Mention]) -> dict[int, Likeness]:
    """Compare a claimed number with each number it may be.

    Where the claim follows the letters around just one of them, on both sides and for long enough,
    that is the one, and nothing else is looked at.
    """
    left, right = claim.left[-_ANCHOR_LEFT:], claim.right[:_ANCHOR_RIGHT]
    if len(left) + len(right) >= MEANT or len(left) == _ANCHOR_LEFT:
        same = [
            index
            for index, source in sources.items()
            if source.left.endswith(left) and source.right.startswith(right)
        ]
        if len(same) == 1:
            literal_left = sources[same[0]].left.endswith(claim.left)
            literal = literal_left and sources[same[0]].right.startswith(claim.right)
            fit = Likeness(_LITERAL + _OWN, literal, literal_left, _OWN, MEANT, 1.0, 1.0, 1.0)
            return {same[0]: fit}
    return {index: likeness(claim, source) for index, source in sources.items()}


def likeness(claim: Mention, source: Mention) -> Likeness:
    """Compare the words around two numbers."""
    left = source.left.endswith(claim.left)
    literal = left and source.right.startswith(claim.right)
    claimed, stated = _grams(claim.own), _grams(source.own)
    own = _share(claimed, stated)
    wide = max(own, _share(claimed, _grams(source.wide)))
    back = _share(stated, _grams(claim.wide))
    label = _OWN * own + _WIDE * wide - _EXTRA * (1 - _share(stated, claimed))
    label -= _kinds_apart(claim, source)
    score = label
    if literal:
        score += _LITERAL
    elif left and len(claim.left) > 1:
        score += _LITERAL_LEFT
    before = common_end(claim.left, source.left, _MOST_LEFT)
    after = common_start(claim.right, source.right, _MOST_RIGHT)
    score += _LETTER_LEFT * before + _LETTER_RIGHT * after
    return Likeness(score, literal, left, label, before + after, own, wide, back)


def cited_only(claim: Mention, source: Mention, like: Likeness, start: int) -> Likeness:
    """Return ``like`` without what its name owes to words before ``start``, where evidence begins.

    失业1108人 is not what 就业困难人员就业1108人 states, though 失业 stands in the clause before.
    """
    if like.wide <= like.own:
        return like
    stated = _grams(source.wide_from(start))
    return replace(like, wide=max(like.own, _share(_grams(claim.own), stated)))


def assign(
    claims: Sequence[Mention],
    sources: Mapping[int, Mention],
    table: Sequence[Mapping[int, Likeness]],
) -> list[int | None]:
    """Give each claimed number at most one number of the source, the sum of likeness largest.

    ``table[row]`` holds the candidates of ``claims[row]``; equal values break ties.
    """
    gains: list[dict[int, float]] = []
    for claim, row in zip(claims, table, strict=True):
        gains.append(
            {
                index: max(like.score, 0.0) + 1.0 + (_TIE if _same(claim, sources[index]) else 0.0)
                for index, like in row.items()
            }
        )
    firsts = [max(row, key=row.__getitem__, default=None) for row in gains]
    if len({*firsts}) == len(firsts):
        return firsts
    if len(gains) > _EXACT_ROWS or len({column for row in gains for column in row}) > _COLUMNS:
        return _greedy(gains)
    return best_matching(gains)


def _same(claim: Mention, source: Mention) -> bool:
    one, other = claim.found, source.found
    if one.value is None:
        return other.value is None and claim.words == source.words
    return one.value == other.value and one.upper == other.upper and one.type == other.type


def best_matching(gains: Sequence[Mapping[int, float]]) -> list[int | None]:
    """Solve the assignment exactly: rows to columns, each used once, total gain largest.

    Hungarian method with potentials; a private empty column for each row lets it stay alone.

    >>> best_matching([{1: 5.0, 2: 4.0}, {1: 4.5}])
    [2, 1]
    """
    columns = sorted({column for row in gains for column in row})
    at = {column: place + 1 for place, column in enumerate(columns)}
    count, wide = len(gains), len(columns) + len(gains)
    cost = [[0.0] * (wide + 1) for _ in range(count + 1)]
    for number, row in enumerate(gains, 1):
        for column, gain in row.items():
            cost[number][at[column]] = -gain
    holder = _hungarian(cost, count, wide)
    chosen: list[int | None] = [None] * count
    for place in range(1, len(columns) + 1):
        row_number = holder[place]
        if row_number and columns[place - 1] in gains[row_number - 1]:
            chosen[row_number - 1] = columns[place - 1]
    return chosen


def _hungarian(cost: list[list[float]], count: int, wide: int) -> list[int]:
    """Return, for each column, the row that holds it (0 for none); both count from 1."""
    by_row, by_column = [0.0] * (count + 1), [0.0] * (wide + 1)
    holder = [0] * (wide + 1)
    for row in range(1, count + 1):
        holder[0], column = row, 0
        slack, came, done = [float("inf")] * (wide + 1), [0] * (wide + 1), [False] * (wide + 1)
        while holder[column]:
            done[column] = True
            here, delta, nearest = holder[column], float("inf"), 0
            for other in range(1, wide + 1):
                if done[other]:
                    continue
                reduced = cost[here][other] - by_row[here] - by_column[other]
                if reduced < slack[other]:
                    slack[other], came[other] = reduced, column
                if slack[other] < delta:
                    delta, nearest = slack[other], other
            for other in range(wide + 1):
                if done[other]:
                    by_row[holder[other]] += delta
                    by_column[other] -= delta
                else:
                    slack[other] -= delta
            column = nearest
        while column:
            holder[column] = holder[came[column]]
            column = came[column]
    return holder


def _greedy(gains: Sequence[Mapping[int, float]]) -> list[int | None]:
    ranked = sorted(
        (-gain, abs(column - row), row, column)
        for row, columns in enumerate(gains)
        for column, gain in columns.items()
    )
    chosen: list[int | None] = [None] * len(gains)
    taken: set[int] = set()
    for _, _, row, column in ranked:
        if chosen[row] is None and column not in taken:
            chosen[row] = column
            taken.add(column)
    return chosen


def common_end(one: str, other: str, most: int) -> int:
    """Count the letters that two texts end in alike, up to ``most``."""
    for length in range(min(len(one), len(other), most)):
        if one[-1 - length] != other[-1 - length]:
            return length
    return min(len(one), len(other), most)


def common_start(one: str, other: str, most: int) -> int:
    """Count the letters that two texts begin with alike, up to ``most``."""
    for length in range(min(len(one), len(other), most)):
        if one[length] != other[length]:
            return length
    return min(len(one), len(other), most)


def _kinds_apart(claim: Mention, source: Mention) -> float:
    other_year = claim.years and source.years and claim.years != source.years
    intended = claim.intended != source.intended
    apart = (_OTHER_YEAR if other_year else 0.0) + (_NOT_YET if intended else 0.0)
    return _type_apart(claim, source) + apart


def _type_apart(claim: Mention, source: Mention) -> float:
    if claim.found.type != source.found.type:
        return _OTHER_TYPE
    if claim.found.type is QuantityType.RANK or claim.found.unit == source.found.unit:
        return 0.0
    return _OTHER_UNIT


@lru_cache(maxsize=8192)
def _grams(words: str) -> frozenset[str]:
    return frozenset(words) | {words[at : at + 2] for at in range(len(words) - 1)}


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 1.0
