"""Keys from the command line: made, listed, revoked, in a server that starts and ends for it."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from groundwork.cli.app import app


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROUNDWORK_DATA_DIR", str(tmp_path / "data"))


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["keys", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_key_is_made_listed_and_revoked() -> None:
    token = run("add", "acme", "--note", "接口联调").strip()
    assert re.fullmatch(r"gw_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", token)
    run("add", "other")
    listed = json.loads(run("list", "--format", "json"))
    assert {each["tenant"]: each["revoked_at_s"] for each in listed} == {
        "acme": None,
        "other": None,
    }
    key_id = token.split("_")[1]
    assert "revoked" in run("revoke", key_id)
    (gone,) = [each for each in json.loads(run("list", "--format", "json")) if each["revoked_at_s"]]
    assert (gone["id"], gone["note"]) == (key_id, "接口联调")
    table = run("list")
    assert key_id in table
    assert token not in table
    assert "digest" not in run("list", "--format", "json")
