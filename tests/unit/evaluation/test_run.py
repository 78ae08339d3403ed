from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from groundwork.engine.base import Draft, Objections, OnClaims
from groundwork.engine.rules import RuleEngine
from groundwork.errors import EngineError
from groundwork.evaluation import as_json, evaluate, render
from groundwork.text.document import Document
from schemas.result import EngineInfo


class Broken:
    """An engine that can draft nothing."""

    info = EngineInfo(name="broken")

    async def draft(
        self, document: Document, objections: Objections, on_claims: OnClaims | None = None
    ) -> Draft:
        raise EngineError("no answer after 3 attempts")


def printed(scores: Any) -> str:
    console = Console(width=120, record=True, file=StringIO())
    for part in render(scores):
        console.print(part)
    return console.export_text()


def test_rules_on_one_document(folder: Path, run: Any) -> None:
    told: list[str] = []
    scores = run(evaluate(folder, folder, RuleEngine(), progress=told.append))
    assert told == ["a"]
    assert scores.total.macro == 1
    assert scores.total.quantities.f1 == 1


def test_an_engine_that_fails_counts_as_an_empty_answer(folder: Path, run: Any) -> None:
    scores = run(evaluate(folder, folder, Broken()))
    assert scores.total.macro == 0
    assert scores.total.all_items.gold == 2
    assert scores.documents[0].error == "no answer after 3 attempts"
    assert "no answer after 3 attempts" in printed(scores)


def test_the_table_names_every_figure(folder: Path, run: Any) -> None:
    text = printed(run(evaluate(folder, folder, RuleEngine())))
    for word in ("macro char-F1 1.0000", "achievement", "exact span, P", "value", "none", "a"):
        assert word in text


def test_json_holds_every_figure_worst_document_first(folder: Path, run: Any) -> None:
    (folder / "b.txt").write_text((folder / "a.txt").read_text("utf-8"), encoding="utf-8")
    gold = (folder / "a.json").read_text("utf-8").replace("achievement", "problem")
    (folder / "b.json").write_text(gold.replace("a.txt", "b.txt"), encoding="utf-8")
    told = as_json(run(evaluate(folder, folder, RuleEngine())))
    documents: Any = told["documents"]
    assert [document["id"] for document in documents] == ["b", "a"]
    total: Any = told["total"]
    assert total["items"]["all"]["gold"] == 4
    assert {"gold": "problem", "said": "achievement", "characters": 7} in total["confusion"]
