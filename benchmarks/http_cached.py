"""How fast a kept report is served, against handlers that return the same bytes without looking.

``python -m benchmarks.http_cached`` starts three servers with one worker each, sends the same
request to them in turns with wrk (which must be installed), and prints the rates, the processor
time that a request takes, and the ratios of both: on a machine with other work to do the rates
say little. ``blind`` is a handler of the same framework that never takes the body in; ``bare``
is no framework at all, two lines of ASGI that take it in and drop it.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx

_SERVICE = "from api.serve import run; from groundwork.settings import Settings; run(Settings())"
_BLIND = """
from litestar import Litestar, Response, post

def load():
    @post("/v1/reports", status_code=200)
    async def same_bytes() -> Response[bytes]:
        return Response(body, media_type="application/json")

    return Litestar([same_bytes], logging_config=None, openapi_config=None)
"""
_BARE = """
def load():
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]

    async def same_bytes(scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return same_bytes
"""
_SERVED = """
import sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces, Loops

body = Path(sys.argv[2]).read_bytes()
Granian("same bytes", port=int(sys.argv[1]), interface=Interfaces.%s, loop=Loops.uvloop,
        websockets=False, log_enabled=False).serve(target_loader=load, wrap_loader=False)
"""
_LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("{path}", "rb")
wrk.body = file:read("*a")
file:close()
"""
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_LATENCY = re.compile(r"^ +(50|99)%\s+(\S+)", re.MULTILINE)


def report() -> str:
    """Return about 15 kB that become about 30 kB: few numbers, much of what sites add."""
    lines = [f"窗口办理事项{number}件,同比增长{number % 9 + 1}%。" for number in range(101, 118)]
    site = "首页 | 要闻 | 公开 | 服务 | 互动 | 登录 | 注册\n" * 225
    return f"云溪市政务服务局2023年工作总结\n\n一、主要成效\n{chr(10).join(lines)}\n\n{site}"


@contextlib.contextmanager
def running(program: str, *arguments: str, **environment: str) -> Iterator[int]:
    """Run a Python program until the block ends; yield its process id."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def processor_s(parent: int) -> float:
    """Return the seconds of processor time that a process and those below it have used."""
    ticks = 0
    family = {parent}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parts[2])):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) in family or int(stat.parts[2]) in family:
            family.add(int(stat.parts[2]))
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answered(url: str, body: bytes) -> httpx.Response:
    """Return the answer to the request as soon as the server is up."""
    deadline_s = time.monotonic() + 30
    while True:
        try:
            return httpx.post(
                url, content=body, headers={"content-type": "application/json"}, trust_env=False
            )
        except httpx.TransportError:
            if time.monotonic() > deadline_s:
                raise
            time.sleep(0.1)


def rate(url: str, script: Path, seconds: int, connections: int) -> tuple[float, str]:
    """Return requests a second and the latencies, as wrk saw them."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in done:
        raise SystemExit(done)
    found = _RATE.search(done)
    latencies = ", ".join(f"p{share} {time_}" for share, time_ in _LATENCY.findall(done))
    return float(found[1]) if found else 0.0, latencies


def main() -> None:
    """Measure both in turns."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--connections", type=int, default=32)
    chosen = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    folder = Path(tempfile.mkdtemp())
    body = json.dumps({"text": report()}, ensure_ascii=False).encode()
    (folder / "body.json").write_bytes(body)
    script = folder / "post.lua"
    script.write_text(_LUA.format(path=folder / "body.json"))
    with contextlib.ExitStack() as running_:
        servers = started(running_, folder, body)
        measure(servers, script, chosen)
    shutil.rmtree(folder)


def started(stack: contextlib.ExitStack, folder: Path, body: bytes) -> dict[str, tuple[str, int]]:
    """Start all servers; return the address and the process of each."""
    ports = {name: free_port() for name in ("kept", "blind", "bare")}
    urls = {name: f"http://127.0.0.1:{port}/v1/reports" for name, port in ports.items()}
    settings = {
        "GROUNDWORK_PORT": str(ports["kept"]),
        "GROUNDWORK_DATA_DIR": str(folder / "data"),
        "GROUNDWORK_JOB_WORKERS": "0",
    }
    processes = {"kept": stack.enter_context(running(_SERVICE, **settings))}
    answered(urls["kept"], body)
    kept = answered(urls["kept"], body)
    answer = folder / "answer.json"
    answer.write_bytes(kept.content)
    print(f"{len(body)} bytes in, {len(kept.content)} out, {kept.headers['cache-status']}")
    for name, program in (
        ("blind", _BLIND + _SERVED % "ASGI"),
        ("bare", _BARE + _SERVED % "ASGINL"),
    ):
        server = running(program, str(ports[name]), str(answer))
        processes[name] = stack.enter_context(server)
        assert answered(urls[name], body).content == kept.content
    return {name: (urls[name], process) for name, process in processes.items()}


def measure(
    servers: Mapping[str, tuple[str, int]], script: Path, chosen: argparse.Namespace
) -> None:
    """Ask all servers in turns, and print what each round and all of them show."""
    rates: dict[str, list[float]] = {name: [] for name in servers}
    costs: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(chosen.rounds):
        for name, (url, process) in servers.items():
            before_s = processor_s(process)
            found, latencies = rate(url, script, chosen.seconds, chosen.connections)
            cost_us = (processor_s(process) - before_s) / (found * chosen.seconds) * 1e6
            rates[name].append(found)
            costs[name].append(cost_us)
            print(f"{name:6} {found:8.0f}/s  {cost_us:5.0f} us of processor  {latencies}")
    middle = {name: statistics.median(found) for name, found in rates.items()}
    cost = {name: min(found) for name, found in costs.items()}  # what others add is no cost of ours
    for name in ("blind", "bare"):
        print(f"kept to {name:5}: {middle['kept'] / middle[name]:.2f} of rates", end=", ")
        print(f"{cost[name] / cost['kept']:.2f} of processor time", end=" ")
        print(f"(median and least of {chosen.rounds})")


if __name__ == "__main__":
    main()
