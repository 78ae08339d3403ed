"""What is done, on disk, so that a run that was killed goes on where it was.

Beside ``results.jsonl`` stands ``results.jsonl.batch/``: ``manifest.jsonl`` has a short line for
every report that is settled, and ``results.bin`` the results themselves. A result is written
before the line that tells of it, so a line never points at nothing; the last line, cut off by a
kill, is dropped. A report is known by its name and its bytes: one that was edited is done again.
"""

import fcntl
import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from groundwork.errors import InputError

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Settled:
    """A report that needs no more work, or that failed."""

    key: str
    name: str
    at: int = 0
    """Where its result begins in the file of results."""
    size: int = 0
    error: str | None = None
    """Why it failed; null when it did not."""


def key_of(name: str, data: bytes | str) -> str:
    """Return what a report is known by."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + raw).hexdigest()[:32]


class Journal:
    """The settled reports of one output file. Used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settled: dict[str, Settled] = {}

    @classmethod
    def beside(cls, out: Path, made_by: str, *, restart: bool = False) -> Self:
        """Open the journal of ``out``, and read what is settled already.

        ``made_by`` says who does the work; what another did is not taken over. Raises InputError
        when another run is writing to it.
        """
        journal = cls(out.with_name(out.name + ".batch"))
        try:
            journal._open(made_by, restart=restart)
        except OSError as error:
            raise InputError(f"{journal._folder}: {error.strerror}") from None
        return journal

    def _open(self, made_by: str, *, restart: bool) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise InputError(f"{self._folder}: another run is writing to it") from None
        manifest, results = self._folder / "manifest.jsonl", self._folder / "results.bin"
        head = {"format": _FORMAT, "made_by": made_by}
        lines, whole = ([], 0) if restart else _whole_lines(manifest)
        if not lines or lines[0] != head:
            lines, whole = [head], 0
        self._manifest = manifest.open("r+b" if manifest.exists() else "w+b")
        self._manifest.truncate(whole)
        self._manifest.seek(whole)
        self._results = results.open("r+b" if results.exists() else "w+b")
        if not whole:
            self._results.truncate(0)
            self._write(head)
        for line in lines[1:]:
            settled = Settled(**line)
            self._settled[settled.key] = settled
        self._results.seek(0, os.SEEK_END)

    def find(self, key: str) -> Settled | None:
        """Return a report that succeeded before; one that failed is tried again."""
        settled = self._settled.get(key)
        return settled if settled and settled.error is None else None

    def succeed(self, key: str, name: str, result: bytes) -> Settled:
        """Remember a result."""
        at = self._results.tell()
        self._results.write(result)
        self._results.flush()
        return self._settle(Settled(key, name, at, len(result)))

    def fail(self, key: str, name: str, error: str) -> Settled:
        """Remember why there is no result."""
        return self._settle(Settled(key, name, error=error))

    def result(self, settled: Settled) -> bytes:
        """Return a result again."""
        with (self._folder / "results.bin").open("rb") as results:
            results.seek(settled.at)
            return results.read(settled.size)

    def close(self) -> None:
        """Let another run in."""
        for file in (self._manifest, self._results, self._lock):
            file.close()

    def discard(self) -> None:
        """Forget everything: there is nothing to go on with."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _settle(self, settled: Settled) -> Settled:
        self._settled[settled.key] = settled
        self._write(asdict(settled))
        return settled

    def _write(self, line: dict[str, Any]) -> None:
        self._manifest.write(json.dumps(line).encode() + b"\n")
        self._manifest.flush()  # the kernel has it now: kill -9 takes nothing back


def _whole_lines(manifest: Path) -> tuple[list[dict[str, Any]], int]:
    """Return the lines that were written to their end, and where the last one ends."""
    if not manifest.exists():
        return [], 0
    data = manifest.read_bytes()
    whole = data.rfind(b"\n") + 1
    try:
        return [json.loads(line) for line in data[:whole].splitlines()], whole
    except ValueError:
        return [], 0
