"""The service and its workers as they run: real processes, one data folder, a scripted model."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.fakes.openai_server import Body, FakeOpenAI, Model, Reply, completion, items, question

ROOT = Path(__file__).parents[2]
LIMIT_S = 40.0
_NAME = re.compile(r"第(\d+)村")
_STATEMENT = re.compile(r"\[(\d+)\] *新修村道")


def report(number: int) -> str:
    """A report that can be told from all others."""
    return f"第{number}村2023年工作总结\n\n一、主要成效\n新修村道12.5公里,同比增长8%。\n"


class SlowModel(FakeOpenAI):
    """A model that finds the one statement of each report, after ``delay_s``."""

    def __init__(self, delay_s: float) -> None:
        self.asked: Counter[int] = Counter()
        self.delay_s = delay_s
        super().__init__(Model(self._answer))

    def _answer(self, request: Body) -> Reply:
        named = _NAME.search(question(request))
        with self.lock:
            self.asked[int(named[1]) if named else -1] += 1
        found = _STATEMENT.search(question(request))
        entries = [{"kind": "achievement", "sentences": [int(found[1])]}] if found else []
        body = completion(items(*entries), request=request).body
        return Reply(body=body, delay_s=self.delay_s)


@dataclass
class House:
    """One machine: a data folder, and the processes that share it."""

    folder: Path
    model_url: str
    """Empty: rules do the work."""
    wanted: dict[str, Any] = field(default_factory=dict)
    port: int = 0
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self, name: str, command: str) -> None:
        """Start ``groundwork serve`` or ``groundwork worker`` under a name."""
        kept = {key: value for key, value in os.environ.items() if "GROUNDWORK" not in key}
        given = {
            "PORT": self.port,
            "DATA_DIR": self.folder / "data",
            "JOB_WORKERS": 0,
            **({"LLM_BASE_URL": self.model_url, "LLM_MODEL": "fake"} if self.model_url else {}),
            **self.wanted,
        }
        environment = kept | {f"GROUNDWORK_{key}": str(value) for key, value in given.items()}
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "groundwork.cli", command],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """End a process, and those it serves with, by kill -9."""
        process = self.running.pop(name)
        below = [pid for pid in children(process.pid) if not is_store(pid)]
        for pid in (process.pid, *below):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", timeout=LIMIT_S, trust_env=False
        )

    def ready(self, name: str) -> bool:
        """Whether a worker has said that it is ready, since it was last started."""
        return b"worker ready" in (self.folder / f"{name}.log").read_bytes()

    def end(self) -> None:
        """End everything in good order, or else."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def children(pid: int) -> list[int]:
    """The processes that a process has started, and that live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_store(pid: int) -> bool:
    try:
        return b"valkey" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def wait_for(condition: Callable[[], Any], what: str, limit_s: float = LIMIT_S) -> Any:
    """Return what ``condition`` is once it is true; a service that is away is not."""
    deadline_s = time.monotonic() + limit_s
    while True:
        try:
            found = condition()
        except httpx.TransportError:
            found = None
        if found:
            return found
        assert time.monotonic() < deadline_s, what
        time.sleep(0.05)
