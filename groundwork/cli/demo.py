"""A first run: a server on embedded defaults, one report through its API, and its end."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx
from rich.console import Console

from groundwork.cli import tables
from groundwork.errors import StoreUnavailableError
from schemas.result import Result

_START_LIMIT_S: Final = 30.0
_POLL_S: Final = 0.05


def run_demo(console: Console, report: bytes, name: str) -> None:
    """Send ``report`` to a fresh server, print what came back, and where its pages are."""
    with tempfile.TemporaryDirectory(prefix="groundwork-") as data, _server(data) as url:
        console.print(f"POST {url}/v1/reports  <  {name} ({len(report)} bytes)\n", highlight=False)
        answer = httpx.post(
            f"{url}/v1/reports", content=report, headers={"Content-Type": "text/plain"}, timeout=60
        )
        answer.raise_for_status()
        result = Result.model_validate_json(answer.content)
        tables.show_result(console, result)
        console.print(
            f"id {result.id[:16]}…  engine {result.engine.name}  "
            f"server time {answer.elapsed.total_seconds() * 1000:.0f} ms",
            highlight=False,
        )
    console.print(
        "\nThe demo's server has ended. `make serve` keeps one running:\n"
        "  viewer      http://127.0.0.1:8000/\n"
        "  playground  http://127.0.0.1:8000/schema\n"
        "  health      http://127.0.0.1:8000/readyz",
        highlight=False,
    )


@contextmanager
def _server(data_dir: str) -> Iterator[str]:
    """Run ``groundwork serve`` on a free port until the block ends; yield its address."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "GROUNDWORK_DATA_DIR": data_dir,
        "GROUNDWORK_REDIS_URL": "",
        "GROUNDWORK_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "groundwork.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, **settings})  # noqa: S603 - our own
    try:
        _wait_until_ready(process, url)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz", timeout=1).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(_POLL_S)
    raise StoreUnavailableError("the demo's server did not start; see its messages above")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
