"""What each pass removes and what it must leave alone, as cases in tests/cases/text_clean.json."""

import json
from pathlib import Path
from typing import Any

import pytest

from groundwork.text.clean import PASSES, clean, replay
from groundwork.text.document import SourceText

CASES = json.loads(
    (Path(__file__).parents[3] / "cases" / "text_clean.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["label"]))
def test_case(case: dict[str, Any]) -> None:
    cleaned = clean(SourceText(case["text"]))
    assert cleaned.text == case["clean"]
    assert sorted(cleaned.counts()) == sorted(case["kinds"])
    assert replay(case["text"], cleaned.edits) == cleaned.text


def test_every_pass_has_a_case() -> None:
    assert {kind for kind, _ in PASSES} - {"space"} == {k for case in CASES for k in case["kinds"]}


def test_spans_run_over_what_was_removed_inside_and_not_at_the_edges() -> None:
    source = SourceText("投资\u200b增长xx.x\n3、%。")
    cleaned = clean(source)
    start = cleaned.text.index("xx.x%")
    assert cleaned.span(start, start + 5).quote == "xx.x\n3、%"
    assert cleaned.span(0, 2).quote == "投资"


def test_traditional_text_is_read_as_simplified_and_quoted_as_written() -> None:
    cleaned = clean(SourceText("縣(xiàn)科學(xué)館(guǎn)完成投資５億元"))
    assert cleaned.reading == "县科学馆完成投资5亿元"
    assert cleaned.text == "縣科學館完成投資5億元"
    assert cleaned.span(1, 3).quote == "科學(xué)"  # a gloss belongs to its character
    assert cleaned.span(1, 2).quote == "科"


def test_running_page_numbers_are_told_from_a_list_between_them() -> None:
    page = "全县新建农村公路{}公里,改造危桥{}座,完成绿化{}公里,群众出行条件持续改善。" * 6
    first, second, third = (page.format(*[n] * 18) for n in (11, 22, 33))
    text = (
        f"1、{first}推进交通建\n2、设。做法:\n1、修路。\n2、架桥。\n{second}完成投\n3、资。{third}"
    )
    cleaned = clean(SourceText(text))
    assert (
        cleaned.text
        == f"{first}推进交通建设。做法:\n1、修路。\n2、架桥。\n{second}完成投资。{third}"
    )
    assert cleaned.counts() == {"page_break": 3}


def test_a_text_set_to_one_width_is_put_back_into_paragraphs() -> None:
    paragraph = (
        "今年以来全局上下认真贯彻落实各项决策部署扎实推进重点任务取得明显成效其中新增企业若干家并带动就业"
        * 3
    )
    lines = [paragraph[at : at + 30] for at in range(0, len(paragraph), 30)]
    text = "工作总结\n" + "\n".join(lines) + "。\n二、问题"
    assert clean(SourceText(text)).text == f"工作总结\n{paragraph}。\n二、问题"
