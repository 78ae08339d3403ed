"""The worker processes that serve starts, so that one command does everything on one machine."""

import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Final, Self

import structlog
from pydantic import SecretStr

from groundwork.settings import Settings
from groundwork.store.lifeline import before_exec

_WATCH_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0
_HAND_BACK_S: Final = 4.0
"""How long a worker has to hand back what it did not end in time, before it is killed."""
_LIVED_S: Final = 10.0


class WorkerCrew:
    """Keeps ``settings.job_workers`` workers up; they end with this process, however it ends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = False
        self._ended = threading.Event()
        self._keepers = [
            threading.Thread(target=self._keep, name=f"worker-keeper-{number}", daemon=True)
            for number in range(settings.job_workers)
        ]

    def tell_to_end(self) -> None:
        """Let the workers begin to end; they do within half a second.

        A signal handler may call it: it only sets a flag, and takes no lock.
        """
        self._stopping = True

    def __enter__(self) -> Self:
        """Start them."""
        for keeper in self._keepers:
            keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell them to end, and wait until they have."""
        self.tell_to_end()
        self._ended.set()
        for keeper in self._keepers:
            keeper.join()

    def _keep(self) -> None:
        """Start a worker anew whenever it dies, in a thread that lives as long as it does."""
        pause_s = _WATCH_S
        while not self._stopping:
            process = subprocess.Popen(
                [sys.executable, "-m", "groundwork.cli", "worker"],
                env=environment(self._settings),
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for us; we end it when it may
                preexec_fn=before_exec(),  # noqa: PLW1509 - it only calls prctl, loaded before
            )
            lived_s = 0.0
            while process.poll() is None and not self._stopping:
                self._ended.wait(_WATCH_S)
                lived_s += _WATCH_S
            if self._stopping:
                self._end(process)
                return
            pause_s = _WATCH_S if lived_s > _LIVED_S else min(2 * pause_s, _LONGEST_PAUSE_S)
            structlog.get_logger().error("worker died", status=process.returncode)
            self._ended.wait(pause_s)

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        try:
            process.wait(self._settings.stop_grace_s + _HAND_BACK_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(settings: Settings) -> dict[str, str]:
    """Return this process's environment with every setting as it is here."""
    names = {f"GROUNDWORK_{name.upper()}": name for name in type(settings).model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in names}
    for variable, name in names.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if value is not None:
            kept[variable] = str(value)
    return kept
