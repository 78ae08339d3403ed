"""Services of tenants: what a model answered belongs to whoever it worked for."""

from pathlib import Path
from typing import Any

import pytest

from groundwork import pipeline, wiring
from groundwork.engine.llm import LLMEngine
from groundwork.services import Limits, ModelMemory, Services
from groundwork.settings import Settings
from groundwork.store.memory import MemoryStore
from groundwork.text.document import SourceText

pytestmark = pytest.mark.anyio

REPORT = "红星镇2023年工作总结\n\n一、主要成效\n新修村道12公里。\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        llm_base_url="http://127.0.0.1:9/v1",
        llm_model="none",
        llm_price_prompt="1.5",
    )
    store = MemoryStore()
    limits = Limits(10_000, 10, 30.0)
    return Services(wiring.engine(settings, store), store, limits, 60)


async def test_answers_of_a_model_are_its_tenants_and_abilities_are_shared(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = ModelMemory(services._store)
    seen: list[tuple[bytes | None, bytes | None]] = []

    async def working(*given: Any) -> None:
        seen.append((await memory.get("llm:answer:1:x"), await memory.get("llm:capability:1:x")))
        await memory.put("llm:answer:1:x", b"answer", 60)
        await memory.put("llm:capability:1:x", b"able", 60)

    monkeypatch.setattr(pipeline, "structure", working)
    for tenant in ("a", "a", "b"):
        await services.for_tenant(tenant).structure(SourceText(REPORT))
    assert seen == [(None, None), (b"answer", b"able"), (None, b"able")]
    assert await memory.get("llm:answer:1:x") is None  # nobody in particular is working


async def test_an_estimate_counts_calls_and_money(services: Services) -> None:
    assert isinstance(services.engine, LLMEngine)
    expected = await services.estimate(SourceText(REPORT))
    assert expected.calls == 1
    assert expected.prompt_tokens > 500
    assert expected.cost is not None
    assert expected.cost > 0


async def test_a_tenants_view_shares_everything_but_results(services: Services) -> None:
    view = services.for_tenant("a")
    assert view.engine is services.engine
    assert view.on_result is services.on_result
    await view.results.save("id", b"{}", "sha", "文本")
    assert await services.results.find("id") is None
    assert services.for_tenant("public") is services
