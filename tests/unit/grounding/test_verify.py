"""Verdicts, reasons and spans of the verifier; the cases are data."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.errors import SpanError
from groundwork.grounding.verify import CheckedText, acceptable, judge, verify_source, worst
from groundwork.grounding.verify.sources import to_clean
from schemas.verdict import ClaimVerdict, Reason, Verdict
from tests.unit.grounding.material import EXAMPLES, ROOT

CASES = json.loads((ROOT / "tests/cases/verification.json").read_text(encoding="utf-8"))
FAITHFUL = [(case["source"], claim) for case in CASES for claim in case["faithful"]]
ALTERED = [(case["source"], claim) for case in CASES for claim in case["altered"]]


@pytest.mark.parametrize(("source", "claim"), FAITHFUL)
def test_faithful(source: str, claim: str) -> None:
    (result,) = verify_source(source, [(claim, None)])
    refused = [check for check in result.checks if not acceptable(check)]
    assert refused == []
    assert result.checks, "the claim holds no number"


@pytest.mark.parametrize(("source", "claim"), ALTERED)
def test_altered(source: str, claim: str) -> None:
    (result,) = verify_source(source, [(claim, None)])
    refused = [check for check in result.checks if not acceptable(check)]
    assert refused
    for check in refused:
        assert check.reasons
        assert check.explanation is not None


@pytest.mark.parametrize(
    ("source", "claim", "verdict", "reason"),
    [
        ("全年营收15.6亿元", "全年营收16.5亿元", "contradicted", "value"),
        ("全年营收15.6亿元", "全年营收15.6万元", "contradicted", "scale"),
        ("新建公园12个", "新建公园12家", "contradicted", "unit"),
        ("税收增长5.2%", "税收增长5.2个百分点", "contradicted", "unit"),
        ("税收增长5.2%", "税收下降5.2%", "contradicted", "change_direction"),
        ("航线增加14条", "航线增至14条", "contradicted", "change_direction"),
        ("税收同比增长5.2%", "税收环比增长5.2%", "contradicted", "basis"),
        ("培训干部1500余人次", "培训干部1500人次", "contradicted", "bound"),
        ("总产量38.15万吨", "总产量38.2万吨", "contradicted", "precision"),
        ("2022年税收12亿元,2023年税收15亿元", "2023年税收12亿元", "contradicted", "value"),
        ("企业xx家", "企业20家", "masked", "masked_in_source"),
        ("引进项目12个", "修建道路3.6公里", "unsupported", "not_in_span"),
        ("引进博士12人", "修建校舍12人", "unsupported", "indicator"),
    ],
)
def test_reasons(source: str, claim: str, verdict: str, reason: str) -> None:
    (result,) = verify_source(source, [(claim, None)])
    assert result.verdict == verdict
    reasons = {one.value for check in result.checks for one in check.reasons}
    assert reason in reasons


def test_explanation_quotes_both_sides() -> None:
    source = "新增专利申请2716件,发明专利申请918件"
    (result,) = verify_source(source, [("新增专利申请918件", None)])
    (check,) = result.checks
    assert check.explanation is not None
    for words in (check.explanation.zh, check.explanation.en):
        assert "2716件" in words
        assert "918件" in words


def test_right_number_from_the_wrong_place_is_reported_not_accepted() -> None:
    source = "新建学校8所。改造医院15家。"
    (result,) = verify_source(source, [("改造医院15家", [(0, 7)])])
    (check,) = result.checks
    assert check.verdict is Verdict.UNSUPPORTED
    assert check.reasons == [Reason.NOT_IN_SPAN]
    assert [span.quote for span in check.found_elsewhere] == ["15家"]


def test_spans_of_both_sides_are_exact() -> None:
    source = "全區(qū)新增高新技術(shù)企業(yè)６６家，同比增長(zhǎng)16.7%。"
    claim = "新增高企六十六家，增长百分之十六点七"
    (result,) = verify_source(source, [(claim, None)])
    assert result.verdict is ClaimVerdict.SUPPORTED
    quoted = [claim[c.quantity.span.start : c.quantity.span.end] for c in result.checks]
    assert quoted == ["六十六家", "百分之十六点七"]
    for check in result.checks:
        assert check.source is not None
        span = check.source.span
        assert source[span.start : span.end] == span.quote


def test_units_are_told_in_the_characters_of_each_side() -> None:
    source = "種植水稻3.5萬畝，完成37項、45項和52項，惠及1.2萬戶。"
    same, other = verify_source(source, [(source, None), ("种植水稻35000亩", None)])
    assert [check.quantity.unit for check in same.checks] == ["畝", "項", "項", "項", "戶"]
    (check,) = other.checks
    assert (check.quantity.unit, check.source and check.source.unit) == ("亩", "畝")
    assert other.verdict is ClaimVerdict.SUPPORTED


@pytest.mark.parametrize(
    "blank", ["", " ", "\u3000\u3000", "\n", "\t"], ids=["none", "one", "wide", "line", "column"]
)
def test_white_space_alone_never_counts(blank: str) -> None:
    source = "完成 12　家企业\n改造，同比 增长3. 5%，惠及 1 260户。"
    claim = re.sub(r"(?<![0-9.])\s+|\s+(?![0-9\s])", blank, source)
    (result,) = verify_source(source, [(claim, None)])
    assert all(map(acceptable, result.checks))


def test_masks() -> None:
    source = "签约项目xx个,总投资xx.x亿元"
    results = verify_source(
        source, [("签约项目xx个", None), ("签约项目12个", None), ("总投资xx.x万元", None)]
    )
    assert [one.verdict for one in results] == ["masked", "masked", "contradicted"]
    assert [acceptable(one.checks[0]) for one in results] == [True, False, False]


def test_claims_without_numbers_are_unchecked() -> None:
    (result,) = verify_source("新建公园12个", [("公园建设取得进展", None)])
    assert result.verdict is ClaimVerdict.UNCHECKED
    assert worst([]) is ClaimVerdict.UNCHECKED


def test_claim_over_two_spans() -> None:
    source = "新建学校8所。其他工作正常开展。改造医院15家。"
    (result,) = verify_source(source, [("新建学校8所,改造医院15家", [(0, 6), (16, 23)])])
    assert result.verdict is ClaimVerdict.SUPPORTED


def test_noise_inside_a_number_of_the_source() -> None:
    source = "1、局2023年总结新增企业12家,同比增长1\n2、6%,引进项目3个。\n3、继续努力。"
    text = CheckedText.of(source)
    (result,) = verify_source(text, [(source[: source.index("\n3")], None)])
    assert result.verdict in {ClaimVerdict.SUPPORTED, ClaimVerdict.UNCHECKED}


@pytest.mark.parametrize("span", [(-1, 3), (2, 2), (0, 99)])
def test_bad_spans_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(SpanError):
        verify_source("新建公园12个", [("新建公园12个", [span])])


def test_numerals_of_names_must_be_the_sources() -> None:
    source = "建成5G基站320个,落实“十四五”规划,构建315体系"
    kept, first, second, third = verify_source(
        source,
        [
            ("建成5G基站320个", None),
            ("建成6G基站320个", None),
            ("落实“十三五”规划", None),
            ("构建316体系", None),
        ],
    )
    assert kept.verdict is ClaimVerdict.SUPPORTED
    assert {first.verdict, second.verdict, third.verdict} == {ClaimVerdict.UNSUPPORTED}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_verbatim_sentences_and_clauses_are_always_supported(path: Path) -> None:
    _all_verbatim(path.read_bytes().decode())


@pytest.mark.shared
def test_verbatim_sentences_of_the_seeds_are_always_supported(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        _all_verbatim(path.read_bytes().decode())


def _all_verbatim(source: str) -> None:
    text = CheckedText.of(source)
    clean = text.clean
    for found in re.finditer("[^。；;\n]{4,}", clean.text):
        start, end = found.span()
        first, last = clean.to_source(start, end)
        claims = {found[0], source[first:last], *re.split("[,，](?![0-9])", found[0])}
        for claim in sorted(claims):
            for ranges in ([(start, end)], [(0, len(clean.text))]):
                checks = judge(claim, ranges, text)
                assert all(map(acceptable, checks)), claim


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="新增企业家0123456789.,x%亿万元以上同比增长约至-一二十。 \n(（*", max_size=60),
    st.text(alphabet="新增企业家0123456789.,x%亿万元以上同比增长约至-一二十。 \n(（*", max_size=40),
)
def test_any_claim_gets_exact_spans_and_the_same_answer_twice(source: str, claim: str) -> None:
    text = CheckedText.of(source)
    ranges = [(0, len(text.clean.text))]
    checks = judge(claim, ranges, text)
    for check in checks:
        span = check.quantity.span
        assert claim[span.start : span.end] == span.quote
        if check.source is not None:
            place = check.source.span
            assert source[place.start : place.end] == place.quote
        assert acceptable(check) == (not check.reasons)
    assert checks == judge(claim, ranges, CheckedText.of(source))


def test_source_ranges_become_clean_ranges() -> None:
    clean = CheckedText.of("新增\u200b企业12家").clean
    assert to_clean(clean, 0, 3) == (0, 2)
    assert clean.text[slice(*to_clean(clean, 3, 8))] == "企业12家"
