"""The whole way, with a model that lies: what leaves is true all the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groundwork import pipeline
from groundwork.engine.llm import LLMConfig, LLMEngine
from groundwork.text.decode import decode
from schemas.result import ItemStatus, Result
from schemas.verdict import Verdict
from tests.fakes.llm_setting import FastTime, run
from tests.fakes.openai_server import Body, FakeOpenAI, Model, items, question

Configure = Callable[..., LLMConfig]
Serve = Callable[[Any], FakeOpenAI]

REPORTS = sorted((Path(__file__).parents[4] / "examples" / "reports").glob("*.txt"))
_LINE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)


def altered(text: str) -> str:
    """One digit more everywhere: 42家 becomes 427家."""
    return re.sub(r"\d+", lambda match: match.group() + "7", text)


def unscaled(text: str) -> str:
    return text.replace("万", "亿")


def turned(text: str) -> str:
    return text.replace("增长", "下降").replace("以上", "以下").replace("同比", "环比")


def unmasked(text: str) -> str:
    return re.sub(r"[xX*×]+(?:\.[xX*×]+)?", "42", text)


def structured(config: LLMConfig, path: Path) -> Result:
    async def whole() -> Result:
        engine = LLMEngine(config, None, FastTime().time())
        try:
            return await pipeline.structure(decode(path.read_bytes(), filename=path.name), engine)
        finally:
            await engine.close()

    return run(whole())


@pytest.mark.parametrize("lie", [altered, unscaled, turned, unmasked, str])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_no_number_leaves_that_its_evidence_does_not_support(
    serve: Serve, config: Configure, path: Path, lie: Callable[[str], str]
) -> None:
    def liar(request: Body) -> str:
        shown = _LINE.findall(question(request))
        return items(
            *({"kind": "goal", "sentences": [int(n)], "text": lie(text)} for n, text in shown)
        )

    result = structured(config(serve(Model(liar))), path)
    source = decode(path.read_bytes(), filename=path.name).text
    kept = [item for report in result.reports for item in report.items]
    assert kept
    for item in kept:
        assert all(q.verdict in (Verdict.SUPPORTED, Verdict.MASKED) for q in item.quantities)
        assert all(source[span.start : span.end] == span.quote for span in item.evidence)
    if lie is altered:
        assert any(item.status is ItemStatus.REPAIRED for item in kept)
    if lie is str:
        assert [item.text for item in kept if item.status is not ItemStatus.VERIFIED] == []
