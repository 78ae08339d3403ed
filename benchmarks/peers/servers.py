"""The servers of the service benchmark, each a process of its own that ends with its block."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.peers.door import ROOT

_LIMIT_S: Final = 60.0
_SERVICE: Final = (
    "from api.serve import run; from groundwork.settings import Settings;"
    "run(Settings(_env_file=None))"
)
_TRIVIAL: Final = """
import sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces, Loops
from litestar import Litestar, Response, post

def load():
    body = Path(sys.argv[2]).read_bytes()

    @post("/v1/reports", status_code=200)
    async def same_bytes() -> Response[bytes]:
        return Response(body, media_type="application/json")

    return Litestar([same_bytes], logging_config=None, openapi_config=None)

Granian("trivial", port=int(sys.argv[1]), interface=Interfaces.ASGI, loop=Loops.uvloop,
        websockets=False, log_enabled=False).serve(target_loader=load, wrap_loader=False)
"""
_MODEL: Final = """
import asyncio, json, sys

LATENCY_S = float(sys.argv[2])
ANSWER = json.dumps({"items": [{"kind": "achievement", "sentences": [1]}]})
BODY = json.dumps({"id": "x", "object": "chat.completion", "created": 1, "model": "fake",
    "choices": [{"index": 0, "finish_reason": "stop",
                 "message": {"role": "assistant", "content": ANSWER}}],
    "usage": {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920}}).encode()
HEAD = "\\r\\n".join(["HTTP/1.1 200 OK", "Content-Type: application/json",
    f"Content-Length: {len(BODY)}", "", ""])

async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\\r\\n\\r\\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\\r\\n")[0]))
            await asyncio.sleep(LATENCY_S)
            writer.write(HEAD.encode() + BODY)
    except asyncio.IncompleteReadError:
        writer.close()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=1000)
    await server.serve_forever()

asyncio.run(main())
"""


@contextmanager
def service(folder: Path, **settings: str) -> Iterator[str]:
    """Run the service with one worker and its embedded store; yield its address."""
    port = free_port()
    wanted = {"PORT": str(port), "DATA_DIR": str(folder / "data"), "LOG_LEVEL": "error", **settings}
    kept = {name: value for name, value in os.environ.items() if "GROUNDWORK" not in name}
    environment = kept | {f"GROUNDWORK_{name}": value for name, value in wanted.items()}
    with _running(port, [_SERVICE], environment):
        yield f"http://127.0.0.1:{port}/v1/reports"


@contextmanager
def trivial(answer: Path) -> Iterator[str]:
    """Run a handler on the same server that gives the bytes of ``answer`` without looking."""
    port = free_port()
    with _running(port, [_TRIVIAL, str(port), str(answer)], dict(os.environ)):
        yield f"http://127.0.0.1:{port}/v1/reports"


@contextmanager
def model(latency_s: float) -> Iterator[str]:
    """Run a model that answers everything after a fixed time; yield its base URL."""
    port = free_port()
    with _running(port, [_MODEL, str(port), str(latency_s)], dict(os.environ)):
        yield f"http://127.0.0.1:{port}/v1"


def free_port() -> int:
    """Return a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(port: int, program: list[str], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-c", *program],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline_s = time.monotonic() + _LIMIT_S
    while time.monotonic() < deadline_s and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("a server of the benchmark did not start")
