"""``groundwork compare`` as a person or a script would call it."""

import json
from pathlib import Path

from typer.testing import CliRunner

from groundwork.cli.app import app

PAIR = Path(__file__).parents[3] / "examples" / "reports" / "pair"
ARGUMENTS = ["compare", str(PAIR / "2022.txt"), str(PAIR / "2023.txt"), "--engine", "rules"]


def test_the_table_tells_outcomes_and_places() -> None:
    done = CliRunner().invoke(app, ARGUMENTS, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    for words in ("目标310家,实际325家,完成104.8%:已完成。", "not_mentioned", "unsure", "213-217"):
        assert words in done.stdout


def test_json_is_the_comparison() -> None:
    done = CliRunner().invoke(app, [*ARGUMENTS, "--format", "json"])
    told = json.loads(done.stdout)
    first = told["followed"][0]
    assert (first["outcome"], first["completion"], first["score"]) == ("met", "104.8", 1.0)
    assert first["target"]["evidence"][0]["quote"].startswith("力争高新技术企业")
    assert first["achieved"]["evidence"][0]["quote"].startswith("高新技术企业总数")
