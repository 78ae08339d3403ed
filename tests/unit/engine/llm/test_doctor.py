"""What the doctor says of endpoints in various states of health."""

from collections.abc import Callable
from typing import Any

import pytest

from groundwork.engine.llm import LLMConfig
from groundwork.engine.llm.doctor import Check, examine
from tests.fakes.llm_setting import run
from tests.fakes.openai_server import FakeOpenAI, Model, Reply, completion, error
from tests.unit.engine.llm.answering import each_sentence

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]


def examined(config: LLMConfig) -> dict[str, Check]:
    return {check.name: check for check in run(examine(config))}


def test_a_healthy_endpoint_passes(serve: Serve, config: Configure) -> None:
    checks = examined(config(serve(Model(each_sentence))))
    assert all(check.ok and not check.advice for check in checks.values())
    assert list(checks) == ["address", "endpoint", "model", "mode"]
    assert "json_schema works" in checks["mode"].found


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("ftp://host/v1", "GROUNDWORK_LLM_BASE_URL"),
        ("localhost:8000", "GROUNDWORK_LLM_BASE_URL"),
        ("http://127.0.0.1/v1/chat/completions", "leave /chat/completions out"),
    ],
)
def test_a_wrong_address_is_told_before_any_call(url: str, advice: str) -> None:
    (check,) = run(examine(LLMConfig(url, "m")))
    assert not check.ok
    assert advice in check.advice


def test_an_address_may_hold_no_secret_that_is_shown() -> None:
    (check, *_) = run(examine(LLMConfig("http://user:pass@127.0.0.1:1/v1", "m", timeout_s=1.0)))
    assert "pass" not in check.found


def test_nobody_answers(config: Configure, serve: Serve) -> None:
    with FakeOpenAI(Model(each_sentence)) as fake:
        gone = config(fake)
    checks = examined(gone)
    assert not checks["endpoint"].ok
    assert "running" in checks["endpoint"].advice
    assert "mode" not in checks


def test_a_wrong_key(serve: Serve, config: Configure) -> None:
    fake = serve(lambda request: error(401, "bad key"))
    fake.listing = error(401, "bad key")
    checks = examined(config(fake))
    assert "GROUNDWORK_LLM_API_KEY" in checks["endpoint"].advice


def test_a_missing_model(serve: Serve, config: Configure) -> None:
    fake = serve(lambda request: error(404, "model not found", "model_not_found"))
    fake.models = ("qwen-max", "qwen-plus")
    checks = examined(config(fake))
    assert "qwen-max" in checks["model"].advice
    assert not checks["mode"].ok


def test_an_endpoint_without_a_list_of_models(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    fake.listing = Reply(404, "not found", content_type="text/plain")
    checks = examined(config(fake))
    assert checks["endpoint"].ok
    assert checks["mode"].ok


def test_a_model_too_small(serve: Serve, config: Configure) -> None:
    checks = examined(config(serve(lambda request: completion("你好!"))))
    assert not checks["mode"].ok
    assert "too small" in checks["mode"].advice


def test_a_loosely_held_or_thinking_model_works_with_a_word_of_warning(
    serve: Serve, config: Configure
) -> None:
    loose = examined(config(serve(Model(each_sentence, modes=("text",)))))["mode"]
    assert loose.ok
    assert "no form" in loose.advice
    answer = '<think>想</think>{"items":[{"kind":"plan","sentences":[1]}]}'
    thinking = examined(config(serve(lambda request: completion(answer))))["mode"]
    assert thinking.ok
    assert "thinks" in thinking.advice
