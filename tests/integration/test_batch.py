"""A batch through a real server, killed half way and resumed; and the command's other endings."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.corpus.markup import compile_source
from benchmarks.generate.__main__ import one
from tests.integration.test_server import LIMIT_S, Service, end, start

ROOT = Path(__file__).parents[2]
COUNT = 40


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(COUNT):
        name, markup = one(number, seed=7)
        (folder / f"{name}.txt").write_text(
            compile_source(markup).text, encoding="utf-8", newline=""
        )
    return folder


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = start(tmp_path_factory.mktemp("batch") / "data")
    yield running
    end(running)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "groundwork.cli", "batch", *arguments]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "200"},
        timeout=2 * LIMIT_S,
        check=False,
    )


def settled(out: Path) -> int:
    manifest = out.with_name(out.name + ".batch") / "manifest.jsonl"
    return max(manifest.read_bytes().count(b"\n") - 1, 0) if manifest.exists() else 0


@pytest.mark.parametrize("way", ["killed", "interrupted"])
def test_stopped_half_way_it_goes_on(
    service: Service, reports: Path, tmp_path: Path, way: str
) -> None:
    out = tmp_path / "results.jsonl"
    # One at a time, so that there is a half to stop at.
    process = subprocess.Popen(
        command(str(reports), "--out", str(out), "--server", service.url, "--at-once", "1"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    deadline_s = time.monotonic() + LIMIT_S
    while settled(out) < COUNT // 4 and process.poll() is None:
        assert time.monotonic() < deadline_s
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL if way == "killed" else signal.SIGINT)
    told = process.communicate(timeout=LIMIT_S)[1].decode()
    before = settled(out)
    assert 0 < before < COUNT
    assert not out.exists()
    if way == "interrupted":
        assert process.returncode == 130
        assert "to go on: groundwork batch" in told
    done = run(str(reports), "--out", str(out), "--server", service.url)
    assert done.returncode == 0, done.stderr
    assert f"{COUNT}/{COUNT}" in done.stderr
    assert f"{before} resumed" in done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == sorted(str(path) for path in reports.glob("*.txt"))
    for line in lines:
        text = Path(line["id"]).read_bytes().decode()
        for report in line["result"]["reports"]:
            for span in (span for item in report["items"] for span in item["evidence"]):
                assert text[span["start"] : span["end"]] == span["quote"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_interrupted_while_it_begins_it_ends_in_a_sentence(reports: Path, tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to all processes at once, those being started as well."""
    out = tmp_path / "results.jsonl"
    process = subprocess.Popen(
        command(str(reports), "--out", str(out), "--local", "--at-once", "2"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline_s = time.monotonic() + LIMIT_S
    while len(children(process.pid)) < 2:
        assert time.monotonic() < deadline_s
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=LIMIT_S)[1].decode()
    assert process.returncode == 130
    assert "Traceback" not in told
    assert "to go on: groundwork batch" in told


def children(parent: int) -> list[str]:
    """The processes that ``parent`` has started to compute for it, as Linux tells of them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it ended meanwhile
            ours = f"PPid:\t{parent}\n" in status.read_text()
            if ours and b"spawn_main" in status.with_name("cmdline").read_bytes():
                found.append(status.parent.name)
    return found


def test_failures_are_listed_and_the_rest_is_done(service: Service, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("一、工作成效\n新建公厕14座。")
    (tmp_path / "empty.txt").write_text(" ")
    (tmp_path / "fake.pdf").write_text("no pdf")
    out = tmp_path / "all.csv"
    done = run(str(tmp_path), "--out", str(out), "--server", service.url)
    assert done.returncode == 1
    assert "2 failed" in done.stderr
    assert "empty.txt: 422 /problems/empty-text" in done.stderr
    assert "fake.pdf: 422 /problems/unreadable-file" in done.stderr
    assert "14座" in out.read_text("utf-8-sig")


def test_without_a_server_it_works_here(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("一、工作成效\n新建公厕14座。")
    (tmp_path / "empty.txt").write_text(" ")
    out = tmp_path / "all.jsonl"
    done = run(str(tmp_path), "--out", str(out), "--local", "--at-once", "2")
    assert done.returncode == 1
    assert "✓1" in done.stderr
    assert "1 failed" in done.stderr
    assert len(out.read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nothing-there", "--out", "x.jsonl"], "No such file"),
        ([".", "--out", "x.what"], "--format"),
        (["README.md", "--out", "x.jsonl", "--server", "http://127.0.0.1:9"], "--local"),
    ],
)
def test_what_cannot_begin_says_why(tmp_path: Path, arguments: list[str], word: str) -> None:
    done = run(*arguments[:2], str(tmp_path / arguments[2]), *arguments[3:])
    assert done.returncode == 2
    assert word in done.stderr
