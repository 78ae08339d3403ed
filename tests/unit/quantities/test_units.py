"""The table of units: its form, and the words it must not be caught by."""

import pytest

from groundwork.quantities.units import UNITS, match
from schemas.quantity import QuantityType


def test_the_table_is_wide() -> None:
    counts = [unit for unit in UNITS.values() if unit.type is QuantityType.COUNT]
    assert len(counts) >= 100
    assert {unit.type for unit in UNITS.values()} >= set(QuantityType) - {
        QuantityType.RANK,
        QuantityType.RATIO,
        QuantityType.DATE,
    }


@pytest.mark.parametrize("name", sorted(UNITS))
def test_every_unit_is_found_by_itself(name: str) -> None:
    found = match(f"3{name}，", 1)
    assert found is not None
    assert (found.unit, found.end) == (name, 1 + len(name))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("人次", "人次"),
        ("个百分点", "个百分点"),
        ("千瓦时", "千瓦时"),
        ("件/万人", "件/万人"),
        ("元/平方米·月", "元/平方米·月"),
        ("吨标准煤/万元", "吨标准煤/万元"),
        ("微克/立方米", "微克/立方米"),
        ("平方公里", "平方公里"),
        ("美元", "美元"),
    ],
)
def test_the_longest_unit_wins(text: str, unit: str) -> None:
    found = match(text, 0)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "家庭",
        "人民",
        "项目",
        "条例",
        "所在地",
        "处理厂",
        "支行",
        "户外",
        "次数",
        "元素",
        "mm2x",
        "",
    ],
)
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert match(text, 0) is None
