"""Every trouble an endpoint is known for, on real sockets: the document always gets its claims."""

import logging
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from groundwork.engine.llm import LLMConfig, Mode, Prices
from groundwork.engine.rules import RuleEngine
from tests.fakes.llm_setting import SUMMARY, FastTime, document, draft
from tests.fakes.openai_server import (
    Body,
    FakeOpenAI,
    Model,
    Reply,
    completion,
    error,
    items,
    mode_of,
    question,
)
from tests.unit.engine.llm.answering import each_sentence

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]

HTML = Reply(body="<html><body>Welcome</body></html>", content_type="text/html")
EMPTY = Reply(body={"id": "x", "object": "chat.completion", "choices": [], "usage": None})


class Faults:
    """Answers with the faults first, then as a good model."""

    def __init__(self, faults: Iterable[Reply]) -> None:
        self._faults = list(faults)

    def __call__(self, request: Body) -> Reply | str:
        return self._faults.pop(0) if self._faults else each_sentence(request)


@pytest.mark.parametrize(
    "fault",
    [
        error(500, "boom"),
        error(502, "bad gateway"),
        Reply(503, "overloaded", content_type="text/plain"),
        Reply(drop_after=-1),
        completion("{}" * 500),
        EMPTY,
        HTML,
        Reply(body="not json at all"),
        Reply(body={"error": {"message": "inside a 200"}}),
        Reply(body={"choices": [{}]}),
    ],
    ids=["500", "502", "503", "dropped", "prose", "empty", "html", "junk", "error200", "hollow"],
)
def test_one_fault_is_tried_again(serve: Serve, config: Configure, fault: Reply) -> None:
    clock = FastTime()
    fake = serve(Model(Faults([fault])))
    result = draft(config(fake), clock=clock)
    assert len(result.claims) == 5
    assert not result.degraded
    assert result.usage.calls == 3  # Probe, fault, answer.


def test_a_stream_dropped_in_mid_answer_is_tried_again(serve: Serve, config: Configure) -> None:
    cut_short = Reply(body=completion("x" * 500).body, drop_after=120)
    result = draft(config(serve(Model(Faults([cut_short])))))
    assert len(result.claims) == 5
    assert "estimated" in result.warnings[0]  # What the lost answer cost, nobody told.


def test_a_timeout_is_tried_again(serve: Serve, config: Configure) -> None:
    fake = serve(Model(Faults([Reply(delay_s=10.0)])))
    result = draft(config(fake, timeout_s=0.4))
    assert len(result.claims) == 5
    assert fake.abandoned.wait(5.0)


@pytest.mark.parametrize("fault", [error(500, "boom"), EMPTY, HTML], ids=["500", "empty", "html"])
def test_an_endpoint_that_keeps_failing_leaves_the_work_to_the_rules(
    serve: Serve, config: Configure, fault: Reply
) -> None:
    clock = FastTime()
    fake = serve(Model(Faults([fault] * 99)))
    result = draft(config(fake, attempts=3), clock=clock)
    assert result.claims == RuleEngine().draft_now(document()).claims
    assert result.degraded
    assert result.usage.calls == 4
    (partial,) = result.partial
    source = document().clean.source.text
    assert source[partial.start : partial.end].startswith("改造管网")
    assert source[partial.start : partial.end].endswith("全市前三")
    assert partial.error.endswith("done by rules")
    assert clock.slept == [1.0, 2.0]  # Exponential; the third failure is the last.


def test_one_failed_chunk_is_done_by_rules_and_the_others_are_not(
    serve: Serve, config: Configure
) -> None:
    def answer(request: Body) -> Reply | str:
        return error(500, "boom") if "灌溉保证率" in question(request) else each_sentence(request)

    result = draft(config(serve(Model(answer)), chunk_tokens=40, attempts=2))
    by_rules = [c for c in RuleEngine().draft_now(document()).claims if c.sentences == (3,)]
    assert [claim for claim in result.claims if claim.sentences == (3,)] == by_rules
    assert {claim.sentences for claim in result.claims} == {(n,) for n in range(1, 6)}
    assert len(result.partial) == 1
    assert result.degraded


@pytest.mark.parametrize(
    ("headers", "waits"),
    [({"retry_after": "7"}, 7.0), ({"retry_after_ms": "2500"}, 2.5), ({}, 1.0)],
)
def test_429_is_waited_for_and_no_failure(
    serve: Serve, config: Configure, headers: dict[str, str], waits: float
) -> None:
    clock = FastTime()
    fake = serve(Model(Faults([error(429, "slow down", **headers)] * 4)))
    result = draft(config(fake, attempts=1), clock=clock)
    assert len(result.claims) == 5
    assert not result.degraded
    assert clock.slept[0] == pytest.approx(waits)


def test_429_pauses_everybody(serve: Serve, config: Configure) -> None:
    clock = FastTime()
    faults = [error(429, "slow down", retry_after="20")]
    outline = [((f"第{n}部分",), [f"完成第{n}项改造{n}公里"]) for n in range(1, 5)]
    fake = serve(Model(Faults(faults)))
    result = draft(config(fake, chunk_tokens=20, concurrency=1), outline, clock=clock)
    assert len(result.claims) == 4
    assert clock.slept == [20.0]  # One pause, held for all.
    assert clock.now == pytest.approx(20.0)


def test_429_for_an_hour_is_not_waited_for(serve: Serve, config: Configure) -> None:
    clock = FastTime()
    fake = serve(Model(Faults([error(429, "tomorrow", retry_after="3600")] * 99)))
    result = draft(config(fake), clock=clock)
    assert result.degraded
    assert clock.now < 300


@pytest.mark.parametrize(
    "fault",
    [
        error(401, "no such key"),
        error(402, "Insufficient Balance"),
        error(404, "The model `fake` does not exist", "model_not_found"),
        error(429, "You exceeded your current quota", "insufficient_quota"),
    ],
    ids=["key", "balance", "model", "quota"],
)
def test_an_endpoint_that_denies_us_is_asked_once(
    serve: Serve, config: Configure, fault: Reply
) -> None:
    fake = serve(lambda request: fault)
    result = draft(config(fake, chunk_tokens=40))
    assert result.claims == RuleEngine().draft_now(document()).claims
    assert result.degraded
    assert len(fake.requests) == 1  # The circuit is open for the other chunks.


def test_a_circuit_opens_and_spares_the_endpoint(serve: Serve, config: Configure) -> None:
    outline = [((f"第{n}部分",), [f"完成第{n}项改造{n}公里"]) for n in range(1, 21)]
    fake = serve(Model(Faults([error(500, "boom")] * 999)))
    result = draft(config(fake, chunk_tokens=20, concurrency=2), outline)
    assert len(result.partial) == 20
    assert len(fake.questions) < 12
    assert any("left alone" in warning for warning in result.warnings)


def test_an_answer_cut_by_length_splits_the_chunk(serve: Serve, config: Configure) -> None:
    def answer(request: Body) -> Reply | str:
        if question(request).count("\n[") > 2:
            return completion('{"items":[{"kind":"ach', "length")
        return each_sentence(request)

    fake = serve(Model(answer))
    result = draft(config(fake))
    assert [claim.sentences for claim in result.claims] == [(n,) for n in range(1, 6)]
    assert not result.degraded
    asked = [question(request) for request in fake.questions]
    assert len(asked) == len(set(asked))  # Nothing is asked twice.


def test_a_question_too_long_for_the_context_splits_the_chunk(
    serve: Serve, config: Configure
) -> None:
    def answer(request: Body) -> Reply | str:
        if question(request).count("\n[") > 3:
            message = "This model's maximum context length is 4096 tokens"
            return error(400, message, "context_length_exceeded")
        return each_sentence(request)

    result = draft(config(serve(Model(answer))))
    assert len(result.claims) == 5
    assert not result.degraded


def test_a_model_without_end_is_split_a_few_times_then_done_by_rules(
    serve: Serve, config: Configure
) -> None:
    outline = [(("一、工作",), [f"完成第{n}项改造{n}公里" for n in range(1, 31)])]
    fake = serve(Model(lambda request: completion("1" * 99, "length")))
    result = draft(config(fake, concurrency=1), outline)
    assert len(fake.questions) == 1 + 2 + 4 + 8
    assert result.claims == RuleEngine().draft_now(document(outline)).claims
    assert len(result.partial) == 8


@pytest.mark.parametrize(
    "fault",
    [
        completion(None, refusal="I cannot help"),
        completion('{"items":[]}', "content_filter"),
        error(400, "flagged by content management policy", "content_filter"),
        error(400, "Input data may contain inappropriate content", "data_inspection_failed"),
    ],
    ids=["refusal", "filter", "azure", "dashscope"],
)
def test_a_refusal_is_not_argued_with(serve: Serve, config: Configure, fault: Reply) -> None:
    fake = serve(Model(Faults([fault] * 9)))
    result = draft(config(fake))
    assert len(fake.questions) == 1
    assert result.degraded
    assert "declined" in result.partial[0].error


@pytest.mark.parametrize(
    "wrap",
    [
        "```json\n{}\n```",
        "<think>\n[1] 像是{{成效}}。\n</think>\n{}",
        "好的,结果如下:\n{}\n请查收。",
        "\n\n  {}",
    ],
    ids=["fence", "think", "prose", "space"],
)
@pytest.mark.parametrize("mode", list(Mode))
def test_wrapped_json_is_read_in_every_mode(
    serve: Serve, config: Configure, wrap: str, mode: Mode
) -> None:
    def answer(request: Body) -> str:
        return wrap.replace("{}", each_sentence(request)).replace("{{", "{").replace("}}", "}")

    fake = serve(Model(answer))
    result = draft(config(fake, mode=mode))
    assert len(result.claims) == 5
    assert len(fake.questions) == 1
    assert mode_of(fake.questions[0]) == mode


def test_blanks_instead_of_json_are_asked_again_in_plain_text(
    serve: Serve, config: Configure
) -> None:
    def answer(request: Body) -> Reply | str:
        blank = mode_of(request) != "text"
        return completion(" \n" * 200, "length") if blank else each_sentence(request)

    fake = serve(Model(answer))
    result = draft(config(fake))
    assert len(result.claims) == 5
    assert [mode_of(request) for request in fake.questions] == ["json_schema", "text"]
    assert result.usage.repair_tokens == 120


def test_an_empty_answer_to_a_full_chunk_is_not_believed(serve: Serve, config: Configure) -> None:
    result = draft(config(serve(Model(lambda request: items()))))
    assert result.claims == RuleEngine().draft_now(document()).claims
    assert result.degraded


def test_usage_counts_failed_attempts(serve: Serve, config: Configure) -> None:
    fake = serve(Model(Faults([completion("no json here"), error(500, "boom")])))
    usage = draft(config(fake)).usage
    assert usage.calls == 4  # Probe, prose, 500, answer to the reminder.
    assert usage.prompt_tokens == 300
    assert usage.completion_tokens == 60
    assert usage.repair_tokens == 120
    assert usage.seconds > 0


def test_what_never_left_is_not_counted(config: Configure) -> None:
    with FakeOpenAI(Model(each_sentence)) as fake:
        gone = config(fake)
    usage = draft(gone, clock=FastTime()).usage
    assert usage.calls > 1
    assert (usage.prompt_tokens, usage.completion_tokens) == (0, 0)


def test_an_endpoint_that_tells_no_usage_is_estimated(serve: Serve, config: Configure) -> None:
    fake = serve(Model(lambda request: completion(each_sentence(request), usage=None)))
    result = draft(config(fake))
    assert result.usage.prompt_tokens > 1_000
    assert 0 < result.usage.completion_tokens < 300  # What was written, not what was allowed.
    assert any("estimated" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    "caps",
    [{"token_cap": 5_000}, {"cost_cap": Decimal("0.01"), "prices": Prices(Decimal(2), Decimal(8))}],
    ids=["tokens", "money"],
)
def test_caps_are_never_overspent(serve: Serve, config: Configure, caps: dict[str, Any]) -> None:
    outline = [((f"第{n}部分",), [f"完成第{n}项改造{n}公里"]) for n in range(1, 11)]

    def answer(request: Body) -> Reply:
        return completion(each_sentence(request), usage=(1_900, 20))

    fake = serve(Model(answer))
    result = draft(config(fake, chunk_tokens=20, concurrency=4, **caps), outline)
    assert 0 < len(fake.questions) < 10
    assert len(result.claims) == len(RuleEngine().draft_now(document(outline)).claims)
    spent = result.usage.prompt_tokens + result.usage.completion_tokens
    assert spent <= 5_000
    assert any("cap" in warning for warning in result.warnings)


def test_nothing_of_report_or_key_is_logged_or_told(
    serve: Serve, config: Configure, caplog: pytest.LogCaptureFixture
) -> None:
    """Even an endpoint that repeats our request in its errors cannot put it into ours."""
    caplog.set_level(logging.DEBUG)

    def echo(request: Body) -> Reply:
        return error(400, question(request), question(request))

    for script in (Model(echo), Model(Faults([completion("改造管网46.8公里")] * 9)), echo):
        result = draft(config(serve(script)))
        told = " ".join([*result.warnings, *(partial.error for partial in result.partial)])
        for secret in ("改造管网", "46.8", "sk-secret"):
            assert secret not in told + caplog.text
    assert SUMMARY[0][1][0] in document().clean.text
