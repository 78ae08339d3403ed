"""The examples do what they say, against a real server."""

import json
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


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = start(tmp_path_factory.mktemp("examples") / "data", JOB_WORKERS="1")
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


def test_a_batch_by_hand_goes_on_where_it_was(service: Service, tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    command = (sys.executable, str(EXAMPLES / "batch.py"), "examples/reports", str(out))
    done = run(service, *command)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    folder = EXAMPLES / "reports"
    sent = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*.txt"))]
    assert [line["custom_id"] for line in lines] == sent
    assert all(line["response"]["body"]["reports"][0]["items"] for line in lines)
    (tmp_path / "results.jsonl.id").write_text(lines[0]["id"].rpartition("-")[0])
    out.unlink()  # as if it had been interrupted after sending
    assert run(service, *command).returncode == 0
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == [
        line["id"] for line in lines
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["results.jsonl"]


def test_a_batch_by_hand_tells_what_failed(service: Service, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    out = tmp_path / "results.jsonl"
    done = run(service, sys.executable, str(EXAMPLES / "batch.py"), str(tmp_path), str(out))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"1 failed; their lines in {out} say why"
    assert json.loads(out.read_text("utf-8"))["response"]["body"]["type"] == "/problems/empty-text"


@needs_curl
def test_a_folder_by_script_goes_on_where_it_was(service: Service, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    shutil.copytree(EXAMPLES / "reports", reports)
    (reports / "空 白.txt").write_text(" \n")
    command = ("sh", "examples/batch.sh", str(reports), str(tmp_path / "out"))
    done = run(service, *command)
    assert done.returncode == 1
    assert done.stdout == f"{len(REPORTS)} in {tmp_path / 'out'}, 1 failed\n"
    assert "空 白.txt: " in done.stderr
    assert "/problems/empty-text" in done.stderr
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {f"{path.name}.json" for path in REPORTS}
    (reports / "空 白.txt").unlink()
    (tmp_path / "out" / "bureau.txt.json").write_text("kept as it is")
    assert run(service, *command).returncode == 0
    assert (tmp_path / "out" / "bureau.txt.json").read_text() == "kept as it is"


@needs_curl
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
