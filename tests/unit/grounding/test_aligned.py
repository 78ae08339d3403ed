"""Claims in the words of their source: judged without weighing, to the same end."""

from pathlib import Path

import pytest

from groundwork.grounding.verify import CheckedText, acceptable, judge, judging
from schemas.verdict import QuantityCheck, Reason, Verdict
from tests.unit.grounding.material import EXAMPLES
from tests.unit.grounding.test_mutations import altered, evidence, read, reworded

SOURCE = "新增规上企业52家,签约项目9个,到位资金3.6亿元。同比增长5%,其中技改增长7.5%。"
TEXT = CheckedText.of(SOURCE)


def reasons(claim: str, text: CheckedText = TEXT) -> list[set[Reason]]:
    return [set(check.reasons) for check in judge(claim, [(0, len(text.clean.text))], text)]


def described(checks: list[QuantityCheck]) -> list[tuple[str, bool]]:
    return [(check.quantity.span.quote, acceptable(check)) for check in checks]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_weighing_all_numbers_comes_to_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = read(path)
    seed = path.name
    told = [
        (claim, evidence(sentence, text, "sentence"))
        for claims in (altered(text, seed), reworded(text, seed))
        for _, sentence, claim in claims
    ]
    quick = [judge(claim, [part], text) for claim, part in told]
    monkeypatch.setattr(judging, "aligned", lambda *_: None)
    monkeypatch.setattr(judging, "partly", lambda claim, *_: ({}, (0, len(claim.text))))
    apart = [
        claim
        for (claim, part), checks in zip(told, quick, strict=True)
        if all(map(acceptable, checks)) != all(map(acceptable, judge(claim, [part], text)))
    ]
    assert apart == []


def test_a_number_altered_is_refused_by_the_one_in_its_place() -> None:
    claim = "新增规上企业52家,签约项目8个,到位资金3.6亿元"
    checks = judge(claim, [(0, len(SOURCE))], TEXT)
    assert [check.verdict for check in checks] == [
        Verdict.SUPPORTED,
        Verdict.CONTRADICTED,
        Verdict.SUPPORTED,
    ]
    assert checks[1].source is not None
    assert checks[1].source.span.quote == "9个"
    assert checks[1].explanation is not None


def test_of_several_places_the_one_with_the_claims_numbers_is_meant() -> None:
    text = CheckedText.of("东区新建书房5座。西区无。新建书房5座。新建书房3座。")
    assert reasons("新建书房3座", text) == [set()]
    assert reasons("新建书房4座", text) != [set()]


def test_a_clause_more_leaves_the_others_as_they_are() -> None:
    assert reasons("据统计,签约项目9个,到位资金3.6亿元") == [set(), set()]
    assert reasons("签约项目9个,到位资金3.6亿元,成效明显") == [set(), set()]


def test_a_clause_more_may_say_whose_the_others_are() -> None:
    text = CheckedText.of("去年完成投资30亿元,签约9个。今年完成投资35亿元,签约12个。")
    assert reasons("今年完成投资35亿元,签约9个", text)[1] != set()
    assert set().union(*reasons("工业产值30亿元,同比增长5%", TEXT)) != set()


def test_bound_words_beside_a_number_are_its_own() -> None:
    text = CheckedText.of("完成投资约30亿元,签约9个以上,前三季度增长5%。")
    assert reasons("完成投资30亿元,签约9个以上,前三季度增长5%", text)[0] == {Reason.BOUND}
    assert reasons("完成投资约30亿元,签约9个,前三季度增长5%", text)[1] == {Reason.BOUND}


def test_a_mark_of_the_frame_in_the_text_itself_is_no_number() -> None:
    text = CheckedText.of("新增企业\x00家,签约9个。")
    assert reasons("新增企业5家,签约9个", text)[0] != set()
