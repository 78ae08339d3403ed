"""What a report says against itself, and what it must be silent on."""

from pathlib import Path

import pytest

from groundwork.grounding.findings import findings
from groundwork.grounding.verify import CheckedText
from schemas.finding import Finding
from tests.unit.grounding.material import EXAMPLES


def found(source: str) -> list[Finding]:
    text = CheckedText.of(source)
    result = findings(text, [(0, len(text.clean.text))])
    for finding in result:
        for span in finding.spans:
            assert source[span.start : span.end] == span.quote
    return result


@pytest.mark.parametrize(
    ("source", "kind", "arithmetic"),
    [
        ("受理诉求1840件，办结1782件，办结率97.3%。", "share", "1782 / 1840 = 96.8478%"),
        (
            "56家规上企业中，高新技术企业13家，占全部企业的24.1%。",
            "share",
            "13 / 56 = 23.2143%",
        ),
        (
            "建成平台143个，其中国家级6个、省级52个、市级95个。",
            "sum",
            "6 + 52 + 95 = 153",
        ),
        (
            "科技支出由5.2亿元增加到6.1亿元，增长21.3%。",
            "change",
            "610000000 / 520000000 - 1 = 17.3077%",
        ),
    ],
)
def test_contradictions(source: str, kind: str, arithmetic: str) -> None:
    (finding,) = found(source)
    assert finding.kind == kind
    assert finding.arithmetic == arithmetic
    assert finding.message.zh
    assert finding.message.en


def test_two_values_of_one_total() -> None:
    source = "规上工业总产值56.8亿元。工业运行平稳。规上工业总产值57.9亿元。"
    (finding,) = found(source)
    assert finding.kind == "conflict"
    assert [span.quote for span in finding.spans] == ["56.8亿元", "57.9亿元"]


def test_a_number_rewritten_by_a_site() -> None:
    source = "2023年总结。小麦播种620.6万亩,玉米播种580.2万亩,大豆播种62023.6万亩。"
    (finding,) = found(source)
    assert finding.kind == "rewritten"
    assert [span.quote for span in finding.spans] == ["62023.6万亩"]
    assert finding.arithmetic == "620236000: 620.6?"


@pytest.mark.parametrize(
    "source",
    [
        "受理诉求1840件，办结1782件，办结率96.8%。",
        "受理诉求1840件，办结1782件，满意率99.3%。",
        "56家规上企业中，高新技术企业13家，占23.2%。",
        "1252家企业中，有研发费用的955家，占全区企业的8.4%。",
        "建成平台143个，其中国家级6个、省级52个。",
        "建成平台143个，其中国家级6个、省级52个、市级85个。",
        "科技支出由5.2亿元增加到6.1亿元，增长17.3%。",
        "收入由1.2亿元增加到1.3亿元，增长10%。",
        "收入由xx亿元增加到xx亿元，增长15%。",
        "规上工业总产值56.8亿元。2024年规上工业总产值达到60亿元。",
        "2023年总结。新建公园2023平方米。",
    ],
)
def test_silence(source: str) -> None:
    assert found(source) == []


def test_examples_hold_the_one_that_was_planted() -> None:
    told = {
        path.stem: [finding.kind.value for finding in found(path.read_bytes().decode())]
        for path in EXAMPLES
    }
    assert {name: kinds for name, kinds in told.items() if kinds} == {"street": ["share"]}


@pytest.mark.shared
def test_seeds_hold_the_one_that_is_real(shared: Path) -> None:
    told = [
        finding
        for path in sorted((shared / "seeds").glob("*.txt"))
        for finding in found(path.read_bytes().decode())
    ]
    assert [finding.arithmetic for finding in told] == ["955 / 1252 = 76.278%"]
