"""Finding out what an endpoint can do: once, strictest first, remembered."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from groundwork.engine.llm import LLMConfig, Mode
from groundwork.engine.llm.capability import SWITCHES, Capability, memory_key
from groundwork.errors import StoreError
from groundwork.store.memory import MemoryStore
from tests.fakes.llm_setting import draft
from tests.fakes.openai_server import (
    Body,
    FakeOpenAI,
    Model,
    Reply,
    completion,
    error,
    is_probe,
    mode_of,
)
from tests.unit.engine.llm.answering import each_sentence

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]
ORDER = ["json_schema", "tools", "json_object", "text"]


@pytest.mark.parametrize("first", range(4))
def test_the_strictest_mode_that_works_is_used(serve: Serve, config: Configure, first: int) -> None:
    fake = serve(Model(each_sentence, modes=tuple(ORDER[first:])))
    result = draft(config(fake))
    assert result.mode == ORDER[first]
    assert [mode_of(request) for request in fake.requests] == [
        *ORDER[: first + 1],
        ORDER[first],
    ]
    assert len(result.claims) == 5
    assert not result.degraded


def test_a_mode_that_is_accepted_and_ignored_is_passed_over(
    serve: Serve, config: Configure
) -> None:
    """As small models do with tools, and old servers with response_format."""

    def answer(request: Body) -> Reply | None:
        careless = mode_of(request) != "json_object"
        return completion("当然可以!陈述是:已建成社区食堂3个。") if careless else None

    result = draft(config(serve(Model(each_sentence, refuses=answer))))
    assert result.mode == "json_object"


def test_a_forced_tool_choice_may_be_refused(serve: Serve, config: Configure) -> None:
    def refuses(request: Body) -> Reply | None:
        if request.get("tool_choice"):
            return error(400, "this model does not support this tool_choice")
        return None

    fake = serve(Model(each_sentence, modes=("tools", "json_object"), refuses=refuses))
    assert draft(config(fake)).mode == "json_object"


def test_a_configured_mode_wins(serve: Serve, config: Configure) -> None:
    fake = serve(Model(each_sentence))
    result = draft(config(fake, mode=Mode.JSON_OBJECT))
    assert {mode_of(request) for request in fake.requests} == {"json_object"}
    assert result.mode == "json_object"


def test_a_configured_mode_that_does_not_work_is_not_replaced(
    serve: Serve, config: Configure
) -> None:
    fake = serve(Model(each_sentence, modes=("text",)))
    result = draft(config(fake, mode=Mode.TOOLS))
    assert {mode_of(request) for request in fake.requests} == {"tools"}
    assert result.degraded
    assert "none of the modes: tools" in result.warnings[0]


def test_what_was_found_out_is_remembered(serve: Serve, config: Configure) -> None:
    memory = MemoryStore()
    fake = serve(Model(each_sentence, modes=("json_object", "text")))
    draft(config(fake), memory=memory)
    probes = sum(is_probe(request) for request in fake.requests)
    draft(config(fake, temperature=0.5), memory=memory)
    assert sum(is_probe(request) for request in fake.requests) == probes == 3


def test_what_was_remembered_and_no_longer_holds_is_found_out_anew(
    serve: Serve, config: Configure
) -> None:
    memory = MemoryStore()
    model = Model(each_sentence)
    fake = serve(model)
    draft(config(fake), memory=memory)
    model.modes = ("json_object",)
    result = draft(config(fake, temperature=0.5), memory=memory)
    assert result.mode == "json_object"
    assert not result.degraded


def test_a_rejection_that_probes_do_not_explain_is_probed_once(
    serve: Serve, config: Configure
) -> None:
    fake = serve(Model(lambda request: error(400, "nobody knows why")))
    result = draft(config(fake, chunk_tokens=20))
    assert sum(is_probe(request) for request in fake.requests) == 2
    assert len(result.partial) == len(fake.questions) > 2


class BrokenMemory:
    """Fails, or answers garbage."""

    def __init__(self, garbage: bytes | None) -> None:
        self._garbage = garbage

    async def get(self, key: str) -> bytes | None:
        if self._garbage is None:
            raise StoreError("down")
        return self._garbage

    async def put(self, key: str, value: bytes, ttl_s: int) -> None:
        raise StoreError("down")


@pytest.mark.parametrize(
    "garbage",
    [
        None,
        b"",
        b"not json",
        b'{"items": 1}',
        b'{"mode": "magic"}',
        b'{"mode": "text", "switch": "x"}',
    ],
)
def test_a_broken_memory_costs_probes_only(
    serve: Serve, config: Configure, garbage: bytes | None
) -> None:
    result = draft(config(serve(Model(each_sentence))), memory=BrokenMemory(garbage))
    assert len(result.claims) == 5
    assert not result.degraded


@pytest.mark.parametrize(
    ("switch", "sent"),
    [
        ("chat_template_kwargs", lambda body: "chat_template_kwargs" in body),
        ("enable_thinking", lambda body: body.get("enable_thinking") is False),
        ("thinking", lambda body: body.get("thinking") == {"type": "disabled"}),
        ("reasoning_effort", lambda body: body.get("reasoning_effort") == "none"),
        ("think", lambda body: body.get("think") is False),
    ],
)
@pytest.mark.parametrize("strangers", ["ignored", "rejected"])
def test_thinking_is_turned_off_by_the_switch_that_works(
    serve: Serve,
    config: Configure,
    switch: str,
    sent: Callable[[Body], bool],
    strangers: str,
) -> None:
    known = {"model", "messages", "max_tokens", "temperature", "response_format"}

    def thinking(request: Body) -> Reply | None:
        if sent(request):
            return None
        if strangers == "rejected" and set(request) - known:
            return error(400, "Unrecognized request argument supplied")
        return completion("", "length", reasoning="首先,看第1句……")

    memory = MemoryStore()
    fake = serve(Model(each_sentence, refuses=thinking))
    made = config(fake)
    result = draft(made, memory=memory)
    assert len(result.claims) == 5
    assert result.mode == "json_schema"
    kept = memory._values[memory_key(made)][0]
    assert json.loads(kept)["switch"] == switch
    assert all(sent(request) for request in fake.questions)


def test_an_endpoint_that_demands_thinking_off_is_heard(serve: Serve, config: Configure) -> None:
    def demands(request: Body) -> Reply | None:
        if request.get("enable_thinking") is False:
            return None
        return error(400, "parameter.enable_thinking must be set to false for non-streaming calls")

    result = draft(config(serve(Model(each_sentence, refuses=demands))))
    assert result.mode == "json_schema"
    assert not result.degraded


def test_a_model_that_cannot_stop_thinking_gets_the_room(serve: Serve, config: Configure) -> None:
    def answer(request: Body) -> Reply:
        text = f"<think>第1句是成效</think>{each_sentence(request)}"
        return completion(text)

    def always(request: Body) -> Reply | None:
        return answer(request) if is_probe(request) else None

    fake = serve(Model(answer, refuses=always))
    result = draft(config(fake))
    assert len(result.claims) == 5
    assert "max_tokens" not in fake.questions[0]
    assert len(fake.requests) == len(SWITCHES) + 3


def test_newer_names_and_fixed_temperature_are_learnt(serve: Serve, config: Configure) -> None:
    def refuses(request: Body) -> Reply | None:
        if "max_tokens" in request:
            advice = "Use 'max_completion_tokens' instead."
            return error(400, f"Unsupported parameter: 'max_tokens'. {advice}")
        if "temperature" in request:
            return error(400, "Unsupported value: 'temperature' does not support 0.")
        return None

    fake = serve(Model(each_sentence, refuses=refuses))
    result = draft(config(fake))
    assert result.mode == "json_schema"
    assert len(fake.requests) == 4
    assert fake.questions[0]["max_completion_tokens"] > 0


def test_a_capability_survives_the_memory() -> None:
    able = Capability(Mode.TOOLS, "max_completion_tokens", temperature=False, switch="think")
    assert Capability.from_bytes(able.to_bytes()) == able
