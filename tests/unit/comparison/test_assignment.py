"""Pairing as a whole is the best there is, held against trying every way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.comparison.assignment import assign

Scores = dict[int, dict[int, float]]


def best_total(scores: Scores, rows: list[int], used: frozenset[int] = frozenset()) -> float:
    if not rows:
        return 0.0
    row, rest = rows[0], rows[1:]
    totals = [best_total(scores, rest, used)]
    totals += [
        value + best_total(scores, rest, used | {column})
        for column, value in scores[row].items()
        if column not in used
    ]
    return max(totals)


SCORES = st.dictionaries(
    st.integers(0, 5),
    st.dictionaries(st.integers(0, 5), st.integers(45, 100).map(lambda part: part / 100)),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(SCORES)
def test_no_other_pairing_is_better(scores: Scores) -> None:
    chosen = assign(scores)
    assert len(set(chosen.values())) == len(chosen)
    total = sum(scores[row][column] for row, column in chosen.items())
    assert abs(total - best_total(scores, sorted(scores))) < 1e-9


def test_a_huge_island_is_paired_too() -> None:
    scores = {row: dict.fromkeys(range(200), 0.9) for row in range(200)}
    assert len(assign(scores)) == 200
