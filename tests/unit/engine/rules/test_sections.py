"""What a heading promises, whatever the report."""

import pytest

from groundwork.engine.rules.sections import promises
from groundwork.text.document import Report, Section
from schemas.result import Kind


def promised(heading: str) -> Kind | None:
    section = Section(headings=(heading,), sentences=())
    report = Report(0, 0, None, None, "2023", (section,))
    promise = promises(report, [""])[0]
    return promise.kind if promise.named else None


@pytest.mark.parametrize(
    "heading",
    [
        "一、2023年工作开展情况",
        "一、主要做法和成效",
        "一、取得的主要成绩",
        "一、所做的主要工作",
        "一、五年来的工作",
        "一、工作实绩",
        "第一部分 2023年工作回顾",
        "一、上半年工作小结",
        "一年来,我们稳字当头,发展质效持续提升",
    ],
)
def test_what_was_done(heading: str) -> None:
    assert promised(heading) is Kind.ACHIEVEMENT


@pytest.mark.parametrize(
    "heading",
    ["二、存在的主要问题和困难", "二、面临的困难和挑战", "三、短板弱项", "二、工作中的不足"],
)
def test_what_fell_short(heading: str) -> None:
    assert promised(heading) is Kind.PROBLEM


@pytest.mark.parametrize(
    "heading",
    ["三、下步工作谋划", "三、努力方向", "三、2024年重点工作", "三、来年展望", "四、实施步骤"],
)
def test_what_is_ahead(heading: str) -> None:
    assert promised(heading) is Kind.PLAN


@pytest.mark.parametrize("heading", ["二、总体目标", "二、2024年工作目标"])
def test_what_is_aimed_at(heading: str) -> None:
    assert promised(heading) is Kind.GOAL


@pytest.mark.parametrize(
    "heading", ["一、指导思想", "二、几点体会", "二、经验启示", "(一)抓好项目建设"]
)
def test_what_tells_no_kind(heading: str) -> None:
    assert promised(heading) is None
