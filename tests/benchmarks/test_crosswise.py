"""Reports of different departments, held against each other: next to nothing may seem to match."""

import asyncio
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from groundwork.comparison import compare
from groundwork.engine.rules import RuleEngine
from groundwork.pipeline import structure
from groundwork.text.document import SourceText
from schemas.comparison import Outcome
from schemas.result import Result

TEXTS = sorted((Path(__file__).parents[2] / "benchmarks" / "corpus" / "text").glob("*.txt"))
MOST = 6
"""Targets whose very name another organisation has too: 营业收入, 产值."""


@pytest.fixture(scope="module")
def structured() -> list[Result]:
    async def all_of_them() -> list[Result]:
        engine = RuleEngine()
        return [
            await structure(SourceText(path.read_bytes().decode("utf-8")), engine) for path in TEXTS
        ]

    return asyncio.run(all_of_them())


def test_other_departments_meet_no_targets(structured: list[Result]) -> None:
    outcomes: Counter[Outcome] = Counter()
    for last, this in permutations(structured, 2):
        for entry in compare(last, this).followed:
            if entry.target.quantity is not None:
                outcomes[entry.outcome] += 1
    assert sum(outcomes.values()) > 4_000
    assert outcomes[Outcome.MET] + outcomes[Outcome.MISSED] <= MOST
    assert outcomes[Outcome.UNSURE] * 50 < sum(outcomes.values())
