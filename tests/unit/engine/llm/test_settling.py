"""What mended items become: nothing said twice, nothing left unsaid."""

from collections.abc import Callable
from typing import Any

from groundwork.engine.llm import LLMConfig
from tests.fakes.llm_setting import draft
from tests.fakes.openai_server import Body, FakeOpenAI, Model, items, question
from tests.unit.engine.llm.answering import each_sentence, numbers_shown

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]

TEN = [(("一、工作完成情况",), [f"建成第{n}号泵站并投入运行" for n in "一二三四五六七八九十"])]


def test_numbers_that_exist_are_kept_beside_those_that_do_not(
    serve: Serve, config: Configure
) -> None:
    strange = {"kind": "goal", "sentences": [5, 41]}
    fake = serve(Model(lambda request: items(strange)))
    result = draft(config(fake))
    assert [(claim.kind, claim.sentences) for claim in result.claims] == [("goal", (5,))]
    assert "do not exist" in result.warnings[0]
    assert not result.refused


def test_an_item_that_says_nothing_is_left_out_without_another_question(
    serve: Serve, config: Configure
) -> None:
    fake = serve(Model(lambda request: items({"kind": "goal", "sentences": [41]})))
    result = draft(config(fake))
    assert not any("没有通过核对" in question(request) for request in fake.requests)
    assert result.usage.repair_tokens == 0
    assert not result.refused
    assert "without words" in result.warnings[0]


def test_made_up_words_do_not_say_a_sentence_twice(serve: Serve, config: Configure) -> None:
    whole = {"kind": "achievement", "sentences": [2]}
    made_up = {**whole, "text": "全市营商环境显著优化"}
    result = draft(config(serve(Model(lambda request: items(whole, made_up)))))
    assert [claim.text for claim in result.claims] == ["建成泵站3座"]
    assert not result.claims[0].repaired


def test_made_up_words_do_not_give_a_sentence_a_second_kind(
    serve: Serve, config: Configure
) -> None:
    whole = {"kind": "achievement", "sentences": [2]}
    made_up = {"kind": "plan", "sentences": [2], "text": "全市营商环境显著优化"}
    result = draft(config(serve(Model(lambda request: items(whole, made_up)))))
    assert [claim.kind for claim in result.claims] == ["achievement"]
    assert [refused.kind for refused in result.refused] == ["plan"]


def test_parts_of_a_sentence_come_in_text_order(serve: Serve, config: Configure) -> None:
    first = {"kind": "achievement", "sentences": [1], "text": "改造管网46.8公里"}
    second = {"kind": "problem", "sentences": [1], "text": "惠及1.2万余人"}
    result = draft(config(serve(Model(lambda request: items(second, first)))))
    assert [claim.text for claim in result.claims] == [first["text"], second["text"]]


def test_words_of_one_other_sentence_are_that_sentences(serve: Serve, config: Configure) -> None:
    """Weak models copy well and count badly; a re-ask would cost more and mend less."""
    whole = {"kind": "achievement", "sentences": [4], "text": "建成泵站3座"}
    part = {"kind": "problem", "sentences": [1], "text": "灌溉保证率仅为71%"}
    reworded = {"kind": "goal", "sentences": [3], "text": "确保河长制考核进入全市前三"}
    fake = serve(Model(lambda request: items(whole, part, reworded)))
    result = draft(config(fake))
    told = [(claim.sentences, claim.text) for claim in result.claims]
    assert told == [((2,), "建成泵站3座"), ((3,), "灌溉保证率仅为71%"), ((5,), reworded["text"])]
    assert not any(claim.repaired for claim in result.claims)
    assert result.usage.repair_tokens == 0


def test_a_text_that_is_all_of_its_sentence_has_one_kind_too(
    serve: Serve, config: Configure
) -> None:
    whole = {"kind": "achievement", "sentences": [2], "text": "建成泵站3座。"}
    again = {"kind": "plan", "sentences": [2]}
    result = draft(config(serve(Model(lambda request: items(whole, again)))))
    assert [claim.kind for claim in result.claims] == ["achievement"]
    assert [refused.kind for refused in result.refused] == ["plan"]


def test_a_part_adds_nothing_to_its_whole_sentence(serve: Serve, config: Configure) -> None:
    whole = {"kind": "achievement", "sentences": [1]}
    part = {**whole, "text": "改造管网46.8公里"}
    result = draft(config(serve(Model(lambda request: items(part, whole)))))
    assert [claim.text for claim in result.claims] == ["改造管网46.8公里,惠及1.2万余人"]
    assert not result.refused


def test_kinds_that_the_rules_see_otherwise_are_said(serve: Serve, config: Configure) -> None:
    def all_goals(request: Body) -> str:
        return items(*({"kind": "goal", "sentences": [n]} for n in numbers_shown(request)))

    told = "the rules see another kind in 10 of 10 statements of the model"
    assert told in draft(config(serve(Model(all_goals))), TEN).warnings
    assert not draft(config(serve(Model(each_sentence))), TEN).warnings
