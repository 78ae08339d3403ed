"""``groundwork eval`` over folders of annotations."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from groundwork.cli.app import app
from groundwork.errors import GoldError, InputError

TEXT = "一、工作成效\n新建公厕14座。\n二、存在的问题\n全镇仍有7个村未通自来水。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one annotated report that the rules get right."""
    items = [("achievement", "新建公厕14座。"), ("problem", "全镇仍有7个村未通自来水。")]
    gold = {
        "file": "a.txt",
        "items": [
            {
                "kind": kind,
                "start": TEXT.index(quote),
                "end": TEXT.index(quote) + len(quote),
                "quote": quote,
            }
            for kind, quote in items
        ],
        "quantities": [
            {
                "start": TEXT.index("14座"),
                "end": TEXT.index("14座") + 3,
                "type": "count",
                "value": "14",
                "unit": "座",
                "change": "increase",
            }
        ],
    }
    (tmp_path / "a.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    return tmp_path


def arguments(folder: Path, *more: str) -> list[str]:
    return ["eval", "--gold", str(folder), "--text", str(folder), *more]


def test_json_tells_every_figure(folder: Path) -> None:
    done = CliRunner().invoke(app, arguments(folder, "--engine", "rules", "--format", "json"))
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["engine"]["name"] == "rules"
    assert told["total"]["macro_char_f1"] == pytest.approx(1.0)
    assert [document["id"] for document in told["documents"]] == ["a"]


def test_tables_name_the_kinds_and_the_worst_document(folder: Path) -> None:
    done = CliRunner().invoke(app, arguments(folder, "--engine", "rules"))
    assert done.exit_code == 0, done.output
    for word in ("achievement", "Quantities", "Worst documents first", "gold down"):
        assert word in done.stdout


def test_without_annotations_there_is_nothing_to_judge(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, arguments(tmp_path))
    assert isinstance(done.exception, GoldError)


def test_a_model_that_is_not_set_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in ("GROUNDWORK_LLM_BASE_URL", "GROUNDWORK_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(app, arguments(folder, "--engine", "llm"))
    assert isinstance(done.exception, InputError)
