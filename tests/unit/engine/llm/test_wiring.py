"""Settings choose the engine, and reach it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from groundwork import wiring
from groundwork.engine.llm import LLMConfig, LLMEngine, Mode, Prices
from groundwork.engine.rules import RuleEngine
from groundwork.services import Limits, Services
from groundwork.settings import Settings
from groundwork.store.memory import MemoryStore
from groundwork.text.document import SourceText
from schemas.result import ItemStatus
from tests.fakes.llm_setting import run
from tests.fakes.openai_server import Model
from tests.unit.engine.llm.answering import each_sentence
from tests.unit.engine.llm.conftest import Serve

REPORT = "水务局2023年工作总结\n一、工作完成情况\n改造管网46.8公里。建成泵站3座。\n"


def settings(**changes: Any) -> Settings:
    return Settings(_env_file=None, **changes)


def test_without_an_endpoint_the_rules_do_the_work() -> None:
    assert isinstance(wiring.engine(settings()), RuleEngine)
    assert wiring.llm_config(settings()) is None


def test_every_setting_reaches_the_engine() -> None:
    made = wiring.llm_config(
        settings(
            llm_base_url="http://127.0.0.1:9/v1",
            llm_model="m",
            llm_api_key="k",
            llm_mode="tools",
            llm_temperature=0.5,
            llm_timeout_s=1,
            llm_concurrency=2,
            llm_attempts=3,
            llm_chunk_tokens=400,
            llm_answer_tokens=500,
            llm_repair_rounds=1,
            llm_token_cap=600,
            llm_cost_cap="0.7",
            llm_price_prompt="8",
            llm_price_completion="9",
        )
    )
    assert made == LLMConfig(
        base_url="http://127.0.0.1:9/v1",
        model="m",
        api_key="k",
        mode=Mode.TOOLS,
        temperature=0.5,
        timeout_s=1.0,
        concurrency=2,
        attempts=3,
        chunk_tokens=400,
        answer_tokens=500,
        repair_rounds=1,
        token_cap=600,
        cost_cap=Decimal("0.7"),
        prices=Prices(Decimal(8), Decimal(9)),
    )


@pytest.mark.parametrize(
    "half",
    [
        {"llm_base_url": "http://127.0.0.1/v1"},
        {"llm_model": "m"},
        {"llm_base_url": "http://127.0.0.1/v1", "llm_model": "m", "llm_cost_cap": "1"},
    ],
)
def test_half_an_engine_is_refused(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        settings(**half)


def test_services_structure_a_text_with_a_model(serve: Serve, tmp_path: Path) -> None:
    fake = serve(Model(each_sentence))
    chosen = settings(llm_base_url=fake.url, llm_model="fake", data_dir=tmp_path)
    store = MemoryStore()

    async def structured() -> None:
        engine = wiring.engine(chosen, store)
        assert isinstance(engine, LLMEngine)
        services = Services(engine, store, Limits(10_000, 10, 30.0), 60)
        result = await services.structure(SourceText(REPORT))
        await services.stop()
        assert (result.engine.name, result.engine.model) == ("llm", "fake")
        items = [item for report in result.reports for item in report.items]
        assert [item.text for item in items] == ["改造管网46.8公里", "建成泵站3座"]
        assert {item.status for item in items} == {ItemStatus.VERIFIED}
        assert result.usage.calls == 2

    run(structured())
