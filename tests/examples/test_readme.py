"""What the README shows comes out as it says, in both languages."""

import re
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient
from typer.testing import CliRunner

from api.app import create_app
from groundwork.cli.app import app
from groundwork.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md")
AT = "http://127.0.0.1:8000"


def block(page: str, first: str) -> list[str]:
    """Return the indented block that begins with a line, its blank lines included."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.search(rf"^    {re.escape(first)}.*\n(?:(?:    .*)?\n)*", text, re.MULTILINE)
    assert found is not None
    return [line.removeprefix("    ") for line in found[0].splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_the_python_lines_print_what_stands_under_them(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = block(page, "import httpx")
    told = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
    with TestClient(create_app(Settings(data_dir=tmp_path, job_workers=0))) as client:
        monkeypatch.setattr(
            httpx, "post", lambda url, **sent: client.post(url.removeprefix(AT), **sent)
        )
        exec("\n".join(lines), {})
    assert capsys.readouterr().out.splitlines() == told
    assert len(told) == 2


@pytest.mark.parametrize("page", PAGES)
def test_the_claim_is_judged_as_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *told = block(page, "$ printf")
    source = re.search(r"printf '(.*)' > source\.txt", first)
    claim = re.search(r"--claim '(.*)'", second)
    assert source is not None
    assert claim is not None
    (tmp_path / "source.txt").write_text(source[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["verify", "source.txt", "--claim", claim[1]])
    assert [line.rstrip() for line in done.stdout.splitlines()] == [line for line in told if line]
