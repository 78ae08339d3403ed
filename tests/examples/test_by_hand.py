"""The examples do what they say, against a real server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.integration.test_server import Service, end, start

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
REPORTS = sorted((EXAMPLES / "reports").glob("*.txt"))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = start(tmp_path_factory.mktemp("examples") / "data")
    yield running
    end(running)


def run(service: Service, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "GROUNDWORK_URL": service.url, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_the_client_prints_every_statement(service: Service, report: Path) -> None:
    done = run(service, sys.executable, str(EXAMPLES / "client.py"), str(report))
    assert done.returncode == 0, done.stderr
    assert "  achievement" in done.stdout
    assert "  plan" in done.stdout
    assert "✓" in done.stdout or "▨" in done.stdout


def test_the_client_tells_a_wrong_number(service: Service) -> None:
    report = EXAMPLES / "reports" / "bureau.txt"
    done = run(service, sys.executable, str(EXAMPLES / "client.py"), str(report))
    assert done.stdout.splitlines()[-1] == "with other digits: contradicted"


def test_the_client_tells_a_problem_in_a_line(service: Service, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("  \n")
    done = run(service, sys.executable, str(EXAMPLES / "client.py"), str(empty))
    assert done.returncode == 1
    assert done.stderr.startswith("/problems/empty-text: ")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_script_structures_fetches_and_exports(service: Service) -> None:
    with httpx.Client(base_url=service.url, trust_env=False, timeout=60) as client:
        report = (EXAMPLES / "reports" / "street.txt").read_bytes()
        client.post("/v1/reports", content=report, headers={"Content-Type": "text/plain"})
    done = run(service, "sh", "examples/request.sh", "examples/reports/street.txt")
    assert done.returncode == 0, done.stderr
    parts = done.stdout.split("# ")
    assert "200" in parts[1]
    assert "Location: " in parts[1] or "location: " in parts[1]
    assert parts[2].splitlines()[1] == "304"
    assert "成效" in parts[3]
    assert '"value":"150000000"' in parts[4]
