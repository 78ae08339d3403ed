"""Pairing as a whole: of all ways to pair targets with numbers, the one with the best total.

Taking the best pair first would let one near match rob another target of its only counterpart.
Pairs that touch each other form small islands, and each island is solved by the Hungarian
method (Kuhn 1955, in the form with potentials). An island too large for that, which no report
makes by itself, is paired best first.
"""

from collections.abc import Iterator, Mapping
from typing import Final

_LARGEST: Final = 4_000_000
"""Steps one island may take: rows times rows times columns."""

Pairs = Mapping[int, Mapping[int, float]]
"""Scores by target and number; pairs that are not there cannot be."""


def assign(scores: Pairs) -> dict[int, int]:
    """Return the number of each target that gets one, so that the sum of scores is largest.

    >>> assign({0: {0: 0.9, 1: 0.8}, 1: {0: 0.8}})
    {0: 1, 1: 0}
    """
    chosen: dict[int, int] = {}
    for rows in _islands(scores):
        columns = sorted({column for row in rows for column in scores[row]})
        if len(rows) * len(rows) * max(len(columns), len(rows)) <= _LARGEST:
            chosen |= _best(scores, rows, columns)
        else:
            chosen |= _greedy(scores, rows)
    return dict(sorted(chosen.items()))


def _islands(scores: Pairs) -> Iterator[list[int]]:
    """Yield the rows that hang together by shared columns."""
    by_column: dict[int, list[int]] = {}
    for row, columns in scores.items():
        for column in columns:
            by_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    crossed: set[int] = set()
    for first in scores:
        if first in seen or not scores[first]:
            continue
        island, waiting = [], [first]
        seen.add(first)
        while waiting:
            row = waiting.pop()
            island.append(row)
            for column in scores[row].keys() - crossed:
                crossed.add(column)
                news = [other for other in by_column[column] if other not in seen]
                seen.update(news)
                waiting += news
        yield sorted(island)


def _greedy(scores: Pairs, rows: list[int]) -> dict[int, int]:
    order = sorted((-value, row, column) for row in rows for column, value in scores[row].items())
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in order:
        if row not in chosen and column not in taken:
            chosen[row] = column
            taken.add(column)
    return chosen


def _best(scores: Pairs, rows: list[int], columns: list[int]) -> dict[int, int]:
    """Solve one island; every row also has a column of its own that means no counterpart."""
    width = len(columns) + len(rows)
    place = {column: at for at, column in enumerate(columns)}
    costs = []
    for row in rows:
        cost = [1.0] * width
        for column, value in scores[row].items():
            cost[place[column]] = 1.0 - value
        costs.append(cost)
    owner = _hungarian(costs, width)
    return {
        rows[row]: columns[at]
        for at, row in enumerate(owner[: len(columns)])
        if row is not None and columns[at] in scores[rows[row]]
    }


def _hungarian(costs: list[list[float]], width: int) -> list[int | None]:
    """Return the row of each column, for no fewer columns than rows, at the least total cost."""
    row_price = [0.0] * (len(costs) + 1)
    column_price = [0.0] * (width + 1)
    owner = [0] * (width + 1)  # counted from 1; 0 is nobody
    for row in range(1, len(costs) + 1):
        owner[0] = row
        way = _cheapest_way(costs, owner, row_price, column_price)
        at = way[0]
        while at:
            owner[at], at = owner[way[at]], way[at]
    return [row - 1 if row else None for row in owner[1:]]


def _cheapest_way(
    costs: list[list[float]], owner: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """Find the cheapest chain of exchanges that seats the row in ``owner[0]``.

    Returns for each column the one before it in its chain; entry 0 holds where the chain ends.
    """
    width = len(owner)
    least = [float("inf")] * width
    way = [0] * width
    done = [False] * width
    at = 0
    while True:
        done[at] = True
        row = owner[at]
        step, following = float("inf"), 0
        for column in range(1, width):
            if done[column]:
                continue
            reduced = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if reduced < least[column]:
                least[column], way[column] = reduced, at
            if least[column] < step:
                step, following = least[column], column
        for column in range(width):
            if done[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                least[column] -= step
        at = following
        if not owner[at]:
            break
    way[0] = at
    return way
