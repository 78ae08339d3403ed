"""Reports, headings and sentences, as cases in tests/cases/text_split.json."""

import json
from pathlib import Path
from typing import Any

import pytest

from groundwork.text.clean import clean
from groundwork.text.document import SourceText
from groundwork.text.split import split

CASES = json.loads(
    (Path(__file__).parents[3] / "cases" / "text_split.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_case(case: dict[str, Any]) -> None:
    document = split(clean(SourceText(case["text"])))
    text = document.clean.text
    assert [
        {"title": r.title, "organisation": r.organisation, "period": r.period}
        for r in document.reports
    ] == case["reports"]
    assert [
        [list(section.source_headings), text[sentence.start : sentence.end]]
        for report in document.reports
        for section, sentence in report.sentences()
    ] == case["sentences"]


def test_rules_read_traditional_headings_as_simplified() -> None:
    document = split(clean(SourceText("一、存在的問題\n資金不足。")))
    section = document.reports[0].sections[0]
    assert section.headings == ("一、存在的问题",)
    assert section.source_headings == ("一、存在的問題",)


def test_a_report_begins_at_its_title_only_where_the_title_stands_right_there() -> None:
    title = "县水利局2023年工作总结"
    near = split(clean(SourceText(f"{title}\n今年新增水库2座。"))).reports[0]
    far = split(clean(SourceText(f"{title}\n发布时间:2023-12-30\n今年新增水库2座。"))).reports[0]
    assert (near.title, near.start) == (title, 0)
    assert (far.title, far.start) == (title, len(title) + 1)


@pytest.mark.parametrize("text", ["首页 > 文档\n版权所有 某某网\n", ",", "。。\n—", "三、工作计划"])
def test_a_text_without_a_statement_is_no_report(text: str) -> None:
    assert split(clean(SourceText(text))).reports == ()


def test_ranges_cover_a_report_to_its_last_full_stop() -> None:
    document = split(clean(SourceText("\n一、成效\n新增企业5家。\n\n")))
    report = document.reports[0]
    assert document.clean.text[report.start : report.end] == "一、成效\n新增企业5家。"
