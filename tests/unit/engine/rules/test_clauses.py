"""Cutting at commas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork.engine.rules.clauses import split_clauses


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("培训5期,参训300人", ["培训5期", "参训300人"]),
        ("培训5期，参训300人", ["培训5期", "参训300人"]),
        ("投入1,280万元,见效", ["投入1,280万元", "见效"]),
        ("建成3,5家入驻", ["建成3", "5家入驻"]),
        ("(一期,二期)完工,验收", ["(一期,二期)完工", "验收"]),
        ("“甲,乙”活动,反响好", ["“甲,乙”活动", "反响好"]),
        ("左括号(没有关上,仍要切", ["左括号(没有关上", "仍要切"]),
        (",,两头的逗号,,", ["两头的逗号"]),
        ("| 表格 | 5家 |", ["表格 | 5家"]),
        ("", []),
    ],
)
def test_cuts(text: str, pieces: list[str]) -> None:
    assert [clause.text for clause in split_clauses(text, 0, len(text))] == pieces


@given(st.text(alphabet="甲乙1,，()（）“”《》| \n", max_size=80))
def test_nothing_but_edges_is_lost(text: str) -> None:
    clauses = split_clauses(text, 0, len(text))
    covered = {at for clause in clauses for at in range(clause.start, clause.end)}
    assert all(clause.text == text[clause.start : clause.end] for clause in clauses)
    assert all(text[at] in ",， \n|" for at in range(len(text)) if at not in covered)
