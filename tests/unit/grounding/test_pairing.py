"""The assignment against every possible one."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.grounding.verify.pairing import best_matching

GAINS = st.lists(
    st.dictionaries(st.integers(0, 3), st.integers(1, 20).map(float), max_size=4),
    min_size=1,
    max_size=4,
)


def best_by_trying(gains: list[dict[int, float]]) -> float:
    slots: list[int | None] = [0, 1, 2, 3, *[None] * len(gains)]
    return max(
        sum(row.get(slot, 0.0) for row, slot in zip(gains, order, strict=True) if slot is not None)
        for order in set(permutations(slots, len(gains)))
    )


@settings(max_examples=80, deadline=None)
@given(GAINS)
def test_no_other_assignment_gains_more(gains: list[dict[int, float]]) -> None:
    chosen = best_matching(gains)
    used = [column for column in chosen if column is not None]
    assert len(used) == len(set(used))
    total = sum(
        row[column] for row, column in zip(gains, chosen, strict=True) if column is not None
    )
    assert total == best_by_trying(gains)
