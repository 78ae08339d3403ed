"""Re-asks: only what failed, with its sentences and reasons, at most twice."""

from collections.abc import Callable, Sequence
from typing import Any

from groundwork.engine.base import Claim
from groundwork.engine.llm import LLMConfig
from tests.fakes.llm_setting import draft
from tests.fakes.openai_server import Body, FakeOpenAI, Model, Reply, error, items, question

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]

WRONG = {"kind": "achievement", "sentences": [1], "text": "改造管网64.8公里,惠及1.2万余人"}
RIGHT = {"kind": "achievement", "sentences": [1], "text": "改造管网46.8公里"}
OTHER = {"kind": "plan", "sentences": [4]}


def dislikes_64(claim: Claim) -> Sequence[str]:
    return ("来源为“46.8公里”,结论写为“64.8公里”",) if "64.8" in claim.text else ()


def is_reask(request: Body) -> bool:
    return "没有通过核对" in question(request)


def answers(*rounds: str) -> Callable[[Body], str]:
    """The first answer, then one for each re-ask, the last one for ever."""
    later = list(rounds[1:])

    def answer(request: Body) -> str:
        if not is_reask(request):
            return rounds[0]
        return later.pop(0) if len(later) > 1 else later[0]

    return answer


def test_a_reask_holds_the_failed_item_its_sentence_and_the_reason_only(
    serve: Serve, config: Configure
) -> None:
    fake = serve(Model(answers(items(WRONG, OTHER), items(RIGHT))))
    result = draft(config(fake), objections=dislikes_64)
    assert [claim.text for claim in result.claims] == ["改造管网46.8公里", "启动青石水库除险加固"]
    (reask,) = [request for request in fake.requests if is_reask(request)]
    asked = question(reask)
    assert "[1] 改造管网46.8公里,惠及1.2万余人" in asked
    assert "问题:来源为“46.8公里”" in asked
    assert "64.8公里" in asked
    assert "青石水库" not in asked
    assert "泵站" not in asked
    assert len(reask["messages"]) == 2  # No examples again.
    assert reask["messages"][0] == fake.questions[0]["messages"][0]
    assert result.usage.repair_tokens == 120
    assert not result.degraded


def test_two_rounds_then_the_claim_is_left_to_the_pipeline(serve: Serve, config: Configure) -> None:
    fake = serve(Model(answers(items(WRONG), items(WRONG))))
    result = draft(config(fake, repair_rounds=9), objections=dislikes_64)
    assert sum(is_reask(request) for request in fake.requests) == 2
    assert [claim.text for claim in result.claims] == [WRONG["text"]]
    assert result.claims[0].span is None


def test_an_answer_without_the_item_loses_nothing(serve: Serve, config: Configure) -> None:
    fake = serve(Model(answers(items(WRONG, OTHER), items())))
    result = draft(config(fake), objections=dislikes_64)
    assert len(result.claims) == 2


def test_more_answers_than_questions_add_nothing(serve: Serve, config: Configure) -> None:
    extra = {"kind": "goal", "sentences": [1]}
    fake = serve(Model(answers(items(WRONG, OTHER), items(RIGHT, OTHER, extra))))
    result = draft(config(fake), objections=dislikes_64)
    assert len(result.claims) == 2
    assert result.claims[0].text == RIGHT["text"]


def test_a_sentence_that_was_not_shown_is_rejected_then_refused(
    serve: Serve, config: Configure
) -> None:
    strange = {"kind": "goal", "sentences": [41], "text": "河长制考核争创全国一流"}
    fake = serve(Model(answers(items(strange, OTHER), items(strange))))
    result = draft(config(fake))
    reask = next(question(request) for request in fake.requests if is_reask(request))
    assert "材料中没有第41句" in reask
    assert "[5] 力争河长制考核进入全市前三" in reask  # The sentence nearest to its words.
    assert [claim.text for claim in result.claims] == ["启动青石水库除险加固"]
    (refused,) = result.refused
    assert refused.text == strange["text"]
    assert "no sentence" in refused.reason.en


def test_a_sentence_number_can_be_mended(serve: Serve, config: Configure) -> None:
    strange = {"kind": "goal", "sentences": [41], "text": "力争河长制考核进入全市前三"}
    fake = serve(Model(answers(items(strange), items())))
    result = draft(config(fake))
    assert [claim.sentences for claim in result.claims] == [(5,)]
    assert not result.refused
    assert not any(is_reask(request) for request in fake.requests)  # Its words tell which it is.


def test_a_kind_of_its_own_is_mended_or_said(serve: Serve, config: Configure) -> None:
    strange = {"kind": "风险", "sentences": [3]}
    fake = serve(
        Model(answers(items(strange, OTHER), items({"kind": "problem", "sentences": [3]})))
    )
    assert len(draft(config(fake)).claims) == 2
    fake = serve(Model(answers(items(strange, OTHER), items(strange))))
    result = draft(config(fake))
    assert len(result.claims) == 1
    assert "without a readable kind" in result.warnings[0]


def test_made_up_words_are_replaced_by_the_source_and_marked(
    serve: Serve, config: Configure
) -> None:
    made_up = {"kind": "achievement", "sentences": [2], "text": "全市营商环境显著优化"}
    fake = serve(Model(answers(items(made_up), items(made_up))))
    (claim,) = draft(config(fake)).claims
    assert claim.text == "建成泵站3座"
    assert claim.repaired


def test_a_failing_reask_keeps_what_there_is(serve: Serve, config: Configure) -> None:
    def answer(request: Body) -> Reply | str:
        return error(500, "boom") if is_reask(request) else items(WRONG, OTHER)

    result = draft(config(serve(Model(answer))), objections=dislikes_64)
    assert len(result.claims) == 2
    assert "not sent back" in result.warnings[0]
    assert not result.partial


def test_no_reask_when_none_is_wanted(serve: Serve, config: Configure) -> None:
    fake = serve(Model(answers(items(WRONG), items(RIGHT))))
    draft(config(fake, repair_rounds=0), objections=dislikes_64)
    assert not any(is_reask(request) for request in fake.requests)


def test_a_whole_sentence_has_one_kind(serve: Serve, config: Configure) -> None:
    """Weak models claim a sentence as everything; its second kind is mended or refused."""
    plan, goal = ({"kind": kind, "sentences": [4]} for kind in ("plan", "goal"))
    fake = serve(Model(answers(items(plan, goal), items(goal))))
    result = draft(config(fake))
    assert [claim.kind for claim in result.claims] == ["plan"]
    (refused,) = result.refused
    assert (refused.kind, refused.evidence[0].quote) == ("goal", "启动青石水库除险加固")

    part = {"kind": "goal", "sentences": [4], "text": "青石水库除险加固"}
    fake = serve(Model(answers(items(plan, goal), items(part))))
    result = draft(config(fake))
    assert [claim.kind for claim in result.claims] == ["plan", "goal"]
    assert not result.refused
