"""Sentences and the statements that the rules find in them: cases are data."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork.engine.rules.classify import Context, statements
from groundwork.engine.rules.clauses import split_clauses
from schemas.result import Kind

CASES = json.loads((Path(__file__).parents[3] / "cases" / "statements.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    section = Kind(case["section"]) if case["section"] else None
    found = statements(split_clauses(text, 0, len(text)), Context(section, opening=False))
    assert [[item.kind.value, text[item.start : item.end]] for item in found] == case["expect"]


def test_an_opening_keeps_only_its_outcomes() -> None:
    text = "今年以来,在上级领导下,全局上下齐心协力,荣获省级文明单位,信访量下降12%"
    found = statements(split_clauses(text, 0, len(text)), Context(Kind.ACHIEVEMENT, opening=True))
    assert [text[item.start : item.end] for item in found] == ["荣获省级文明单位,信访量下降12%"]


@given(st.text(alphabet="今年完成新增力争仍不足下一步xx5%,，()（“”。:|的亿元", max_size=60))
def test_statements_are_ordered_ranges_of_the_sentence(text: str) -> None:
    for kind in (None, *Kind):
        last = 0
        for item in statements(split_clauses(text, 0, len(text)), Context(kind, opening=False)):
            assert last <= item.start < item.end <= len(text)
            last = item.end
