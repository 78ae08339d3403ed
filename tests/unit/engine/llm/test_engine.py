"""A document's way through the engine when all goes well."""

import asyncio
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from groundwork.engine.base import Claim, Draft
from groundwork.engine.llm import LLMConfig, LLMEngine, Mode, Prices, estimate
from groundwork.store.memory import MemoryStore
from prompts import load
from schemas.result import Kind
from tests.fakes.llm_setting import SUMMARY, document, draft, no_objections, run
from tests.fakes.openai_server import FakeOpenAI, Model, Reply, items
from tests.unit.engine.llm.answering import each_sentence

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]

ALL = items(
    {"kind": "achievement", "sentences": [1]},
    {"kind": "achievement", "sentences": [2]},
    {"kind": "problem", "sentences": [3]},
    {"kind": "plan", "sentences": [4]},
    {"kind": "goal", "sentences": [5], "text": "河长制考核进入全市前三"},
)


def test_items_become_claims_in_text_order(serve: Serve, config: Configure) -> None:
    fake = serve(Model(lambda request: ALL))
    result = draft(config(fake))
    text = document().clean.text
    assert [claim.kind for claim in result.claims] == [
        Kind.ACHIEVEMENT,
        Kind.ACHIEVEMENT,
        Kind.PROBLEM,
        Kind.PLAN,
        Kind.GOAL,
    ]
    assert [claim.sentences for claim in result.claims] == [(1,), (2,), (3,), (4,), (5,)]
    for claim in result.claims:
        assert claim.span is not None
        assert text[claim.span[0] : claim.span[1]] == claim.text
    assert result.claims[4].text == "河长制考核进入全市前三"
    assert (result.mode, result.degraded, result.partial, result.warnings) == (
        "json_schema",
        False,
        (),
        (),
    )


def test_schema_is_strict_and_static_part_comes_first(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    draft(config(fake, chunk_tokens=40))
    form = fake.questions[0]["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["additionalProperties"] is False
    assert len(fake.questions) > 1
    starts = [request["messages"][:-1] for request in fake.questions]
    assert all(start == starts[0] for start in starts)
    assert starts[0][0]["content"] == load("extract/v1").system


def test_chunks_merge_in_order_within_the_concurrency(serve: Serve, config: Configure) -> None:
    outline = [((f"第{n}部分",), [f"完成第{n}项改造{n}公里"]) for n in range(1, 13)]
    fake = serve(Model(each_sentence))
    result = draft(config(fake, chunk_tokens=20, concurrency=3), outline)
    assert [claim.sentences for claim in result.claims] == [(n,) for n in range(1, 13)]
    assert len(fake.questions) == 12
    assert fake.most_in_flight <= 3
    assert result.usage.calls == 13  # With the probe.
    assert result.usage.prompt_tokens == 13 * 100
    assert result.usage.completion_tokens == 13 * 20
    assert result.usage.repair_tokens == 0


def test_claims_are_told_chunk_by_chunk(serve: Serve, config: Configure) -> None:
    told: list[tuple[int, int, int]] = []

    async def on_claims(claims: Sequence[Claim], index: int, total: int) -> None:
        told.append((index, total, len(claims)))

    fake = serve(Model(each_sentence))
    result = draft(config(fake, chunk_tokens=40), on_claims=on_claims)
    assert sorted(told) == [(at, len(told), count) for at, (_, _, count) in enumerate(sorted(told))]
    assert sum(count for _, _, count in told) == len(result.claims) == 5


def test_cancellation_stops_calls_in_flight(serve: Serve, config: Configure) -> None:
    fake = serve(Model(lambda request: Reply(delay_s=30.0)))

    async def cancelled() -> None:
        engine = LLMEngine(config(fake, timeout_s=60.0))
        task = asyncio.create_task(engine.draft(document(), no_objections))
        while not fake.questions:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await engine.close()

    run(cancelled())
    assert fake.abandoned.wait(5.0)


def test_kept_answers_cost_nothing_and_an_edit_only_its_chunk(
    serve: Serve, config: Configure
) -> None:
    memory = MemoryStore()
    fake = serve(Model(each_sentence))
    first = draft(config(fake, chunk_tokens=40), memory=memory)
    asked = len(fake.requests)
    second = draft(config(fake, chunk_tokens=40), memory=memory)
    assert len(fake.requests) == asked
    assert second.claims == first.claims
    assert second.usage.calls == 0

    edited = [(("〇、前言",), ["召开动员会2次"]), *SUMMARY]
    third = draft(config(fake, chunk_tokens=40), edited, memory=memory)
    assert len(third.claims) == 6
    assert 0 < third.usage.calls < first.usage.calls


def test_an_answer_of_another_mode_is_not_taken_for_this_one(
    serve: Serve, config: Configure
) -> None:
    memory = MemoryStore()
    fake = serve(Model(each_sentence))
    draft(config(fake), memory=memory)
    asked = len(fake.requests)
    draft(config(fake, mode=Mode.TEXT), memory=memory)
    assert len(fake.requests) > asked


def test_sentences_that_do_not_follow_one_another_are_claims_of_their_own(
    serve: Serve, config: Configure
) -> None:
    fake = serve(Model(lambda request: items({"kind": "achievement", "sentences": [1, 2, 3, 5]})))
    claims = draft(config(fake)).claims
    assert [claim.sentences for claim in claims] == [(1, 2), (3,), (5,)]
    assert claims[0].text == "改造管网46.8公里,惠及1.2万余人。建成泵站3座"


def test_a_repeated_item_is_left_out_and_said(serve: Serve, config: Configure) -> None:
    item = {"kind": "plan", "sentences": [4]}
    fake = serve(Model(lambda request: items(item, item, item)))
    result = draft(config(fake))
    assert len(result.claims) == 1
    assert "repeated" in result.warnings[0]


def test_the_key_is_sent_and_never_shown(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    made = config(fake)
    draft(made)
    assert set(fake.keys) == {"Bearer sk-secret"}
    assert "sk-secret" not in repr(made) + repr(LLMEngine(made).info)


def test_info_tells_everything_that_can_change_a_draft(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    base = LLMEngine(config(fake)).info
    assert (base.name, base.model, base.prompt) == ("llm", "fake", "extract/v1")
    assert base.prompt_digest == load("extract/v1").digest
    assert LLMEngine(config(fake, temperature=0.5)).info != base
    assert LLMEngine(config(fake, chunk_tokens=99)).info != base
    assert LLMEngine(config(fake, timeout_s=9.0)).info == base


def test_a_document_without_sentences_asks_nothing(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    result = draft(config(fake), [])
    assert result == Draft(claims=())
    assert not fake.requests


def test_an_engine_outlives_its_event_loop(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    engine = LLMEngine(config(fake))

    async def once() -> int:
        result = await engine.draft(document(), no_objections)
        await engine.close()
        return len(result.claims)

    assert [run(once()), run(once())] == [5, 5]


def test_estimate_is_near_and_priced() -> None:
    prices = Prices(Decimal(2), Decimal(8))
    config = LLMConfig("http://127.0.0.1/v1", "m", prices=prices)
    expected = estimate(document(), config)
    assert expected.calls == 1
    assert 1_500 < expected.prompt_tokens < 4_000
    assert expected.completion_tokens == 5 * 18
    assert expected.cost == prices.cost(expected.prompt_tokens, expected.completion_tokens)
    assert estimate(document([]), config).cost == 0
    assert estimate(document(), LLMConfig("http://127.0.0.1/v1", "m")).cost is None
