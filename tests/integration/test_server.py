"""The service as it runs: a real process, a real port, the embedded server, and every ending."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.fakes.processes import children, is_store

ROOT = Path(__file__).parents[2]
RUN = (
    "from api.serve import run; from groundwork.settings import Settings; run(Settings("
    "_env_file=None))"
)
REPORT = "南屏镇2023年工作总结\n\n一、主要成效\n新修村道12.5公里,同比增长8%。\n"
LIMIT_S = 30.0
only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends children with their parent"
)


@dataclass
class Service:
    """A running service and how to reach it."""

    process: subprocess.Popen[bytes]
    url: str
    data_dir: Path
    log: Path

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=LIMIT_S, trust_env=False)

    def children(self) -> list[int]:
        """Return the processes below the service: workers and embedded server."""
        return children(self.process.pid)

    def is_closed(self) -> bool:
        try:
            with self.client() as client:
                client.get("/livez")
        except httpx.TransportError:
            return True
        return False


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline_s, what
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(data_dir: Path, **given: str) -> Service:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if "GROUNDWORK" not in name}
    wanted = {"PORT": str(port), "DATA_DIR": str(data_dir), "JOB_WORKERS": "0", **given}
    environment |= {f"GROUNDWORK_{name}": value for name, value in wanted.items()}
    log = data_dir.with_suffix(".log")
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN], cwd=ROOT, env=environment, stdout=sink, stderr=sink
        )
    service = Service(process, f"http://127.0.0.1:{port}", data_dir, log)
    wait_for(lambda: process.poll() is not None or not service.is_closed(), "it does not start")
    assert process.poll() is None, log.read_text()
    return service


def end(service: Service) -> None:
    if service.process.poll() is None:
        service.process.kill()
    service.process.wait()


def keep(client: httpx.Client) -> httpx.Response:
    """Send the report until its result is kept: a machine under load may miss the first time."""
    wait_for(lambda: "location" in client.post("/v1/reports", json={"text": REPORT}).headers, "")
    return client.post("/v1/reports", json={"text": REPORT})


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    running = start(tmp_path / "data", WORKERS="2")
    yield running
    end(running)


def test_a_report_goes_in_and_comes_out_again(service: Service) -> None:
    with service.client() as client:
        made = keep(client)
        assert made.headers["cache-status"] == "groundwork; hit"
        fetched = client.get(made.headers["location"])
        assert fetched.content == made.content
        assert client.get(made.headers["location"] + "/source").text == REPORT
        assert client.get("/readyz").json() == {"status": "ok", "store": "ok"}
        assert client.get("/schema").status_code == 200
    for _ in range(6):  # new connections, so that each worker has its turn
        with service.client() as client:
            again = client.post("/v1/reports", content=REPORT.encode(), headers=TEXT)
            other = client.post("/v1/reports", json={"text": REPORT})
            assert other.headers["cache-status"] == "groundwork; hit"
            assert other.content == made.content
            assert again.status_code == 200


TEXT = {"content-type": "text/plain; charset=utf-8"}


def test_a_body_without_length_is_bounded_too(tmp_path: Path) -> None:
    service = start(tmp_path / "data", MAX_BODY_BYTES="100000")
    try:
        with service.client() as client:
            answer = client.post(
                "/v1/reports", content=(b"a" * 10_000 for _ in range(20)), headers=TEXT
            )
            assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    finally:
        end(service)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_with_all_it_started(service: Service, sign: signal.Signals) -> None:
    started = service.children()
    assert len(started) >= 3 or sys.platform != "linux"  # two workers and the embedded server
    service.process.send_signal(sign)
    assert service.process.wait(LIMIT_S) == 0, service.log.read_text()
    assert not any(map(is_alive, started))
    assert not (service.data_dir / "store.sock").exists()
    assert "Traceback" not in service.log.read_text()


def test_results_outlive_the_service(tmp_path: Path) -> None:
    first = start(tmp_path / "data")
    with first.client() as client:
        made = keep(client)
    first.process.terminate()
    assert first.process.wait(LIMIT_S) == 0
    second = start(tmp_path / "data")
    try:
        with second.client() as client:
            assert client.get(made.headers["location"]).content == made.content
    finally:
        end(second)


@only_linux
def test_killed_it_leaves_no_orphan(service: Service) -> None:
    started = service.children()
    service.process.kill()
    service.process.wait()
    for pid in started:
        wait_for(lambda pid=pid: not is_alive(pid), "a child outlives the service")  # type: ignore[misc]
    assert service.is_closed()


@only_linux
def test_a_killed_worker_is_replaced(service: Service) -> None:
    def workers() -> set[int]:
        return {pid for pid in service.children() if not is_store(pid)}

    before = workers()
    os.kill(min(before), signal.SIGKILL)
    wait_for(lambda: len(workers()) == 2 and workers() != before, "no new worker comes")
    wait_for(lambda: not service.is_closed(), "it does not answer")
    patient = httpx.HTTPTransport(retries=5)  # the dead worker's share of connections is refused
    with httpx.Client(base_url=service.url, timeout=LIMIT_S, transport=patient) as client:
        assert client.post("/v1/reports", json={"text": REPORT}).status_code == 200


@only_linux
def test_without_its_store_it_goes_on_and_gets_a_new_one(service: Service) -> None:
    with service.client() as client:
        keep(client)
        store = next(pid for pid in service.children() if is_store(pid))
        os.kill(store, signal.SIGKILL)
        answer = client.post("/v1/reports", json={"text": REPORT})
        assert answer.status_code == 200
        wait_for(lambda: client.get("/readyz").json()["status"] == "ok", "no new store comes")
        assert keep(client).headers["cache-status"] == "groundwork; hit"


def test_a_port_that_is_taken_ends_the_start(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = os.environ | {
            "GROUNDWORK_PORT": str(taken.getsockname()[1]),
            "GROUNDWORK_DATA_DIR": str(tmp_path / "data"),
        }
        done = subprocess.run(
            [sys.executable, "-c", RUN],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    assert done.returncode != 0
    assert not (tmp_path / "data" / "store.sock").exists()
