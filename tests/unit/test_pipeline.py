"""The promises of the pipeline, held against every kind of engine."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.engine.base import Claim, Draft, Engine, Objections, OnClaims
from groundwork.engine.rules import RuleEngine
from groundwork.errors import EmptyTextError
from groundwork.grounding.verify import acceptable
from groundwork.pipeline import content_address, quantities, structure, verify
from groundwork.text.decode import decode
from groundwork.text.document import Document, SourceText
from schemas.requests import ClaimToVerify
from schemas.result import EngineInfo, Item, ItemStatus, Kind, RefusedClaim, Result
from schemas.span import Span
from schemas.verdict import ClaimVerdict, Explanation

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.txt"))
TEXT = (
    "一、工作成效\n新建公厕14座,惠及居民3.2万人;办结提案25件。\n"
    "二、下一步打算\n改造老旧管网xx公里。"
)


class ScriptedEngine:
    """Says what it is told to say."""

    info = EngineInfo(name="scripted", model="m")

    def __init__(self, *claims: Claim) -> None:
        self.claims = claims
        self.objected: list[list[str]] = []

    async def draft(
        self, document: Document, objections: Objections, on_claims: OnClaims | None = None
    ) -> Draft:
        self.objected = [list(objections(claim)) for claim in self.claims]
        return Draft(claims=self.claims)


def structured(text: str, engine: Engine | None = None) -> Result:
    return asyncio.run(structure(decode(text), engine or RuleEngine()))


def spans(result: Result) -> Iterator[Span]:
    for report in result.reports:
        yield report.span
        yield from (quantity.span for quantity in report.quantities)
        for item in report.items:
            yield from item.evidence
            for check in item.quantities:
                yield from check.found_elsewhere
                if check.source:
                    yield check.source.span
    for claim in result.refused:
        yield from claim.evidence


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_out_whole(path: Path) -> None:
    source = decode(path.read_bytes())
    result = asyncio.run(structure(source, RuleEngine()))
    for span in spans(result):
        assert source.text[span.start : span.end] == span.quote
    items = [item for report in result.reports for item in report.items]
    assert {item.kind for item in items} == set(Kind)
    assert {item.status for item in items} == {ItemStatus.VERIFIED}
    assert all(acceptable(check) for item in items for check in item.quantities)
    assert not result.refused
    assert not result.partial


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="一二、(是。;\n,年5x.%亿元家同比增长力争(qū)１ \u200b問題a",
        min_size=1,
        max_size=120,
    )
)
def test_any_text_gives_exact_spans(text: str) -> None:
    try:
        source = decode(text)
    except EmptyTextError:
        return
    for span in spans(asyncio.run(structure(source, RuleEngine()))):
        assert text[span.start : span.end] == span.quote


def test_items_are_told_as_they_are_verified() -> None:
    told: list[tuple[list[str], int, int]] = []

    async def on_items(items: Sequence[Item], chunk: int, chunks: int) -> None:
        told.append(([item.text for item in items], chunk, chunks))

    result = asyncio.run(structure(decode(TEXT), RuleEngine(), on_items))
    assert told == [([item.text for item in result.reports[0].items], 0, 1)]


def test_what_the_engine_admits_reaches_the_result() -> None:
    class Degraded(ScriptedEngine):
        async def draft(self, *_: object) -> Draft:
            why = Explanation(zh="没有句子", en="no sentence")
            refused = RefusedClaim(kind=Kind.PLAN, text="无处可依", reason=why)
            return Draft(
                claims=(Claim(Kind.GOAL, "办结提案25件", (2,), repaired=True),),
                refused=(refused,),
                degraded=True,
                mode="tools",
                warnings=("chunk 2 was done by rules",),
            )

    result = structured(TEXT, Degraded())
    assert (result.engine.degraded, result.engine.mode) == (True, "tools")
    assert result.reports[0].items[0].status is ItemStatus.REPAIRED
    assert [claim.text for claim in result.refused] == ["无处可依"]
    assert result.warnings == ["chunk 2 was done by rules"]


def test_rules_give_the_same_bytes_twice() -> None:
    assert structured(TEXT).model_dump_json() == structured(TEXT).model_dump_json()


def test_a_result_survives_json() -> None:
    result = structured(TEXT)
    assert Result.model_validate(json.loads(result.model_dump_json())) == result


def test_every_number_is_claimed_or_listed_as_unclaimed() -> None:
    (report,) = structured("一、工作成效\n全镇辖12个村。\n修路3公里。").reports
    used = {c.source.id for item in report.items for c in item.quantities if c.source}
    assert used | set(report.unclaimed) == {quantity.id for quantity in report.quantities}


def test_an_altered_number_is_replaced_by_the_source_wording() -> None:
    engine = ScriptedEngine(Claim(Kind.ACHIEVEMENT, "新建公厕41座", (1,)))
    (report,) = structured(TEXT, engine).reports
    (item,) = report.items
    assert item.status is ItemStatus.REPAIRED
    assert item.text == "新建公厕14座,惠及居民3.2万人"
    assert all(acceptable(check) for check in item.quantities)
    assert "41座" in engine.objected[0][0]


def test_a_faithful_rewording_is_kept_as_worded() -> None:
    engine = ScriptedEngine(Claim(Kind.ACHIEVEMENT, "新建公厕十四座,惠及居民32000人", (1,)))
    (report,) = structured(TEXT, engine).reports
    assert [(item.status, item.text) for item in report.items] == [
        (ItemStatus.VERIFIED, "新建公厕十四座,惠及居民32000人")
    ]
    assert engine.objected == [[]]


def test_a_filled_in_mask_is_not_kept() -> None:
    engine = ScriptedEngine(Claim(Kind.GOAL, "改造老旧管网15公里", (3,)))
    (report,) = structured(TEXT, engine).reports
    assert [item.text for item in report.items] == ["改造老旧管网xx公里"]


@pytest.mark.parametrize("cited", [(), (99,)])
def test_a_claim_without_evidence_is_refused_aloud(cited: tuple[int, ...]) -> None:
    result = structured(TEXT, ScriptedEngine(Claim(Kind.PLAN, "凭空而来", cited)))
    assert [claim.text for claim in result.refused] == ["凭空而来"]
    reason = result.refused[0].reason
    assert "no sentence" in reason.en or "99" in reason.en
    assert "没有引用" in reason.zh or "99" in reason.zh


def test_the_address_tells_texts_and_engines_apart() -> None:
    source = SourceText(TEXT)
    rules = RuleEngine().info
    addresses = {
        content_address(source, rules),
        content_address(SourceText(TEXT + " "), rules),
        content_address(source, rules.model_copy(update={"model": "m"})),
        content_address(source, rules.model_copy(update={"versions": {"rules": "0"}})),
    }
    assert len(addresses) == 4
    assert structured(TEXT).id == content_address(source, rules)


def test_quantities_of_a_bare_phrase() -> None:
    (found,) = quantities(SourceText("约150亿元"))
    assert (str(found.value), found.unit, found.span.start) == ("15000000000", "元", 0)


def test_verify_judges_by_cited_spans() -> None:
    source = "甲村修路3公里。乙村修路5公里。"
    claims = [
        ClaimToVerify(id="whole", text="乙村修路5公里"),
        ClaimToVerify.model_validate(
            {"id": "wrong place", "text": "修路5公里", "spans": [{"start": 0, "end": 8}]}
        ),
        ClaimToVerify(id="none", text="乙村修路"),
    ]
    verdicts = {checked.id: checked for checked in verify(source, claims)}
    assert verdicts["whole"].verdict is ClaimVerdict.SUPPORTED
    assert verdicts["none"].verdict is ClaimVerdict.UNCHECKED
    wrong = verdicts["wrong place"]
    assert wrong.verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED)
    assert [span.quote for span in wrong.quantities[0].found_elsewhere] == ["5公里"]


REPORTS_IN_SEED = {"000": 2, "001": 1, "002": 1, "003": 1, "004": 3}


@pytest.mark.shared
@pytest.mark.parametrize("number", sorted(REPORTS_IN_SEED))
def test_real_uploads(number: str, shared: Path) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    source = decode(path.read_bytes())
    result = asyncio.run(structure(source, RuleEngine()))
    assert len(result.reports) == REPORTS_IN_SEED[number]
    for span in spans(result):
        assert source.text[span.start : span.end] == span.quote
    for report in result.reports:
        assert report.items
        for item in report.items:
            assert item.status is ItemStatus.VERIFIED
            for span in item.evidence:
                assert report.span.start <= span.start < span.end <= report.span.end


def test_a_report_that_contradicts_itself_is_told_so() -> None:
    text = "一、工作成效\n全县120家企业中,有研发活动的30家,占26%。"
    (report,) = structured(text).reports
    (finding,) = report.findings
    assert finding.kind == "share"
    assert [span.quote for span in finding.spans][-1] == "26%"
    assert not structured(text.replace("26%", "25%")).reports[0].findings
