"""Targets followed from one report into the next."""

import json
from pathlib import Path
from typing import Any

import pytest

from groundwork.comparison import compare
from groundwork.engine.rules import RuleEngine
from groundwork.errors import TooLargeError
from groundwork.pipeline import structure
from groundwork.text.document import SourceText
from schemas.comparison import Comparison, Doubt, Followed, Outcome
from tests.fakes.two_years import LAST, THIS, results

CASES = json.loads((Path(__file__).parents[2] / "cases" / "comparisons.json").read_text("utf-8"))
PAIR = Path(__file__).parents[3] / "examples" / "reports" / "pair"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def told(entry: Followed) -> list[str | None]:
    """Return what a case expects of a target."""
    dumped = entry.model_dump(mode="json")
    numbers = [
        stated.quantity.span.quote if stated and stated.quantity else None
        for stated in (entry.target, entry.achieved)
    ]
    return [numbers[0], entry.outcome, numbers[1], dumped["completion"], dumped["difference"]]


@pytest.mark.anyio
@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
async def test_cases(case: dict[str, Any]) -> None:
    found = compare(*await results(case["last"], case["this"]))
    if "not" in case:
        assert found.followed
        assert not {entry.outcome for entry in found.followed} & set(case["not"])
        return
    assert [told(entry) for entry in found.followed] == case["followed"]


async def example() -> tuple[str, str, Comparison]:
    last, this = ((PAIR / f"{year}.txt").read_text("utf-8") for year in (2022, 2023))
    engine = RuleEngine()
    found = compare(
        await structure(SourceText(last), engine), await structure(SourceText(this), engine)
    )
    return last, this, found


@pytest.mark.anyio
async def test_the_example_pair() -> None:
    _, _, found = await example()
    by_target = {
        entry.target.quantity.span.quote: entry for entry in found.followed if entry.target.quantity
    }
    met = {quote for quote, entry in by_target.items() if entry.outcome is Outcome.MET}
    missed = {quote for quote, entry in by_target.items() if entry.outcome is Outcome.MISSED}
    assert met >= {"310家", "突破18亿元", "15%", "5%以内", "20场次", "6个工作日"}
    assert missed == {"前三", "3家", "40名"}
    assert by_target["xx万元"].doubts == [Doubt.MASKED]
    assert by_target["12家"].doubts == [Doubt.ASPECT]
    assert by_target["310家"].explanation.zh == "目标310家,实际325家,完成104.8%:已完成。"
    assert (found.last.period, found.this.period, found.warnings) == ("2022", "2023", [])
    assert sum(found.counts.values()) == len(found.followed)


@pytest.mark.anyio
async def test_both_evidence_spans_hold_the_words() -> None:
    last, this, found = await example()
    for entry in found.followed:
        for stated, source in ((entry.target, last), (entry.achieved, this)):
            spans = [*stated.evidence] if stated else []
            spans += [stated.quantity.span] if stated and stated.quantity else []
            assert all(source[span.start : span.end] == span.quote for span in spans)


@pytest.mark.anyio
async def test_a_target_stated_twice_is_answered_twice() -> None:
    found = compare(*await results("新增公厕9座。新增公厕9座。", "新增公厕9座。"))
    assert [entry.outcome for entry in found.followed] == [Outcome.MET, Outcome.MET]


@pytest.mark.anyio
async def test_what_does_not_fit_together_is_said() -> None:
    engine = RuleEngine()
    last = await structure(SourceText(LAST.format("新增公厕9座。").replace("2022", "2020")), engine)
    this = await structure(
        SourceText(THIS.format("新增公厕9座。").replace("水务局", "财政局")), engine
    )
    warnings = compare(last, this).warnings
    assert warnings == [
        "the reports are of 2020 and 2023, not of consecutive years",
        "the reports name different organisations",
    ]


@pytest.mark.anyio
async def test_a_report_without_targets_says_so() -> None:
    last, this = await results("", "新增公厕9座。")
    assert "no goals or plans were found in the earlier report" in compare(last, this).warnings


@pytest.mark.anyio
async def test_too_many_numbers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groundwork.comparison.following._MOST_PAIRS", 1)
    with pytest.raises(TooLargeError):
        compare(*await results("新增公厕9座,绿道3公里。", "新增公厕9座,绿道3公里。"))


@pytest.mark.anyio
async def test_what_rules_or_nobody_did_is_said() -> None:
    last, this = await results("新增公厕9座。", "新增公厕9座。")
    this = this.model_copy(update={"engine": this.engine.model_copy(update={"degraded": True})})
    assert compare(last, this).warnings == [
        "parts of the later report were done by rules or not at all"
    ]


@pytest.mark.anyio
async def test_reports_of_other_departments_answer_nothing() -> None:
    """No number of a school meets the target of a waterworks, whatever the units."""
    last, this = await results(
        "改造管网12公里,新建泵站3座。水质合格率达到99%。培训管理员40人。走访企业50家。",
        "改造校园道路14公里,新建教学楼3座。升学率达到99.2%。培训教师46人。服务家庭52家。",
    )
    sure = {Outcome.MET, Outcome.MISSED, Outcome.NOT_COMPARABLE}
    assert not {entry.outcome for entry in compare(last, this).followed} & sure
