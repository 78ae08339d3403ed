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
_STOP_SLACK_S: Final = 10.0
_LIVED_S: Final = 10.0


class WorkerCrew:
    """Keeps ``settings.job_workers`` workers up; they end with this process, however it ends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._keepers = [
            threading.Thread(target=self._keep, name=f"worker-keeper-{number}", daemon=True)
            for number in range(settings.job_workers)
        ]

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
        self._stopping.set()
        for keeper in self._keepers:
            keeper.join()

    def _keep(self) -> None:
        """Start a worker anew whenever it dies, in a thread that lives as long as it does."""
        pause_s = _WATCH_S
        while not self._stopping.is_set():
            process = subprocess.Popen(
                [sys.executable, "-m", "groundwork.cli", "worker"],
                env=environment(self._settings),
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for us; we end it when it may
                preexec_fn=before_exec(),  # noqa: PLW1509 - it only calls prctl, loaded before
            )
            lived_s = 0.0
            while process.poll() is None and not self._stopping.wait(_WATCH_S):
                lived_s += _WATCH_S
            if self._stopping.is_set():
                self._end(process)
                return
            pause_s = _WATCH_S if lived_s > _LIVED_S else min(2 * pause_s, _LONGEST_PAUSE_S)
            structlog.get_logger().error("worker died", status=process.returncode)
            self._stopping.wait(pause_s)

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        try:
            process.wait(self._settings.job_grace_s + _STOP_SLACK_S)
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
