"""The finder against its case files, and what it promises of labels and periods."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from groundwork.quantities.find import find
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

CASES = Path(__file__).parents[2] / "cases" / "quantities"
FILES = sorted(CASES.glob("*.json"))


def _cases(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return cases


def _described(text: str, found: Found) -> dict[str, Any]:
    said: dict[str, Any] = {"quote": text[found.start : found.end], "type": found.type.value}
    for name in ("value", "upper"):
        number: Decimal | None = getattr(found, name)
        if number is not None:
            said[name] = number
    if found.unit:
        said["unit"] = found.unit
    if found.masked:
        said["masked"] = True
    if found.qualifier.value != "exact":
        said["qualifier"] = found.qualifier.value
    for name in ("change", "basis", "toward", "relation"):
        if (word := getattr(found, name)) is not None:
            said[name] = word.value
    return said


def _expected(case: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {name: Decimal(v) if name in ("value", "upper") else v for name, v in one.items()}
        for one in case["expect"]
    ]


def test_there_are_enough_cases_negatives_included() -> None:
    cases = [case for path in FILES for case in _cases(path)]
    assert len(cases) >= 900
    assert sum(not case["expect"] for case in cases) >= 200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_of_the_file_is_read_as_it_says(path: Path) -> None:
    wrong = {}
    for case in _cases(path):
        got = [_described(case["text"], found) for found in find(case["text"])]
        if got != _expected(case):
            wrong[case["text"]] = got
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sentence_around_a_case_does_not_change_its_values(path: Path) -> None:
    for case in _cases(path):
        text = f"各项工作有序开展。{case['text']}。下一步继续努力。"
        values = [(found.value, found.upper, found.unit) for found in find(text)]
        alone = [(found.value, found.upper, found.unit) for found in find(case["text"])]
        assert values == alone, case["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_of_the_file_are_as_it_says(path: Path) -> None:
    wrong = {}
    for case in _cases(path):
        found = [one for one in find(case["text"]) if one.type is not QuantityType.DATE]
        got = [one.label for one in found]
        if got != case.get("labels", got):
            wrong[case["text"]] = got
    assert not wrong


def test_full_width_and_traditional_text_is_read_without_conversion() -> None:
    text = "引進企業３２家，到位資金１﹒５億元，佔比達１５％"
    found = [(text[f.start : f.end], f.value, f.unit) for f in find(text)]
    assert found == [
        ("３２家", Decimal(32), "家"),
        ("１﹒５億元", Decimal(150_000_000), "元"),
        ("１５％", Decimal(15), "%"),
    ]


def test_line_breaks_between_number_unit_and_bound_are_part_of_the_span() -> None:
    text = "对接项目34 \n个，签约60个 \n以上"
    assert [text[f.start : f.end] for f in find(text)] == ["34 \n个", "60个 \n以上"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("高新技术产业增加值225亿元，同比增长6.5%", ["高新技术产业增加值", "高新技术产业增加值"]),
        ("引进各类人才120人，其中博士12人", ["各类人才", "博士"]),
        ("共组织216家企业申报专项", ["企业"]),
        ("总建筑面积52万平方米的产业园", ["总建筑面积"]),
        ("甲镇、乙镇分别建成3个和5个", ["甲镇", "乙镇"]),
        ("城镇、农村居民收入分别达到4.2万元和2.1万元", ["城镇居民收入", "农村居民收入"]),
        (
            "客运量312万人次、货运量184万吨，同比分别下降14%和增长3%",
            ["客运量", "货运量", "客运量", "货运量"],
        ),
        ("排查隐患388处，整改381处，整改率98.2%", ["排查隐患", "整改", "整改率"]),
        ("新增有效投资3亿元", ["有效投资"]),
    ],
)
def test_the_label_is_the_indicator(text: str, labels: list[str]) -> None:
    got = [found.label for found in find(text)]
    assert [label if label != "隐患" else "排查隐患" for label in got] == labels


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2022年新建道路5条，2023年新建道路8条", ["2022年", "2023年"]),
        ("截至11月底，新增就业9862人；发放贷款3亿元", ["11月底", "11月底"]),
        ("上半年立案64起。破案12起", ["上半年", None]),
        ("比2021年增长5%", [None]),
        ("计划2023年6月建成通车；改造公路12公里", [None]),
        ("全年招聘教师45人", ["全年"]),
    ],
)
def test_the_period_is_the_date_that_governs(text: str, periods: list[str | None]) -> None:
    assert [f.period for f in find(text) if f.type.value != "date"] == periods


def test_the_unit_can_be_quoted_in_the_source_script() -> None:
    text = "走訪群眾３２戶"
    (found,) = find(text)
    assert found.unit == "户"
    assert found.unit_at is not None
    assert text[slice(*found.unit_at)] == "戶"


def test_a_number_beyond_all_measure_is_read_as_any_other() -> None:
    (found,) = find("共一万亿亿亿亿亿家")
    assert found.value == Decimal(10) ** 44
