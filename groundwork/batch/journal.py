"""What is done, on disk, so that a run that was killed goes on where it was.

Beside ``results.jsonl`` stands ``results.jsonl.batch/``: ``manifest.jsonl`` has a short line for
every report that is settled, and ``results.bin`` the results themselves. A result is written
before the line that tells of it, so a line never points at nothing; the last line, cut off by a
kill, is dropped. A report is known by its name, its bytes and who did the work: one that was edited
is done again, and so is all when another engine is asked, whose work lies beside that of the first.
"""

import fcntl
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from groundwork.errors import InputError

FOLDER_SUFFIX: Final = ".batch"
MANIFEST: Final = "manifest.jsonl"
_RESULTS: Final = "results.bin"
_HEAD: Final = {"format": 2}


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


class Journal:
    """The settled reports of one output file. Used by one process at a time."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder = folder
        self._made_by = made_by
        self._settled: dict[str, Settled] = {}

    @classmethod
    def beside(cls, out: Path, made_by: str, *, restart: bool = False) -> Self:
        """Open the journal of ``out``, and read what is settled already.

        ``made_by`` says who does the work; what another did is not taken over. Raises InputError
        when another run is writing to it.
        """
        journal = cls(folder_of(out), made_by)
        try:
            journal._open(restart=restart)
        except OSError as error:
            raise InputError(f"{journal._folder}: {error.strerror}") from None
        return journal

    def _open(self, *, restart: bool) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise InputError(f"{self._folder}: another run is writing to it") from None
        manifest, results = self._folder / MANIFEST, self._folder / _RESULTS
        self._results = results.open("r+b" if results.exists() else "w+b")
        size = self._results.seek(0, os.SEEK_END)
        lines, whole = ([], 0) if restart else _read(manifest, size)
        self._manifest = manifest.open("r+b" if manifest.exists() else "w+b")
        self._manifest.truncate(whole)
        self._manifest.seek(whole)
        if not whole:
            self._results.truncate(0)
            self._results.seek(0)
            self._write(_HEAD)
        self._settled = {settled.key: settled for settled in lines}

    def key_of(self, name: str, data: bytes | str) -> str:
        """Return what a report is known by."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        about = f"{self._made_by}\0{name}\0".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(about + raw).hexdigest()[:32]

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
        with (self._folder / _RESULTS).open("rb") as results:
            results.seek(settled.at)
            return results.read(settled.size)

    def close(self) -> None:
        """Let another run in."""
        for file in (self._manifest, self._results, self._lock):
            file.close()

    def _settle(self, settled: Settled) -> Settled:
        self._settled[settled.key] = settled
        self._write(asdict(settled))
        return settled

    def _write(self, line: dict[str, Any]) -> None:
        self._manifest.write(json.dumps(line).encode() + b"\n")
        self._manifest.flush()  # the kernel has it now: kill -9 takes nothing back


def folder_of(out: Path) -> Path:
    """Return where the journal of an output file is.

    >>> folder_of(Path("a/results.jsonl"))
    PosixPath('a/results.jsonl.batch')
    """
    return out.with_name(out.name + FOLDER_SUFFIX)


def _read(manifest: Path, size: int) -> tuple[list[Settled], int]:
    """Return what was written to its end, and where that is; nothing of another format.

    What comes after a line that cannot be read, or whose result is not in the ``size`` bytes of
    results, is not trusted either: a power cut may leave any of it.
    """
    settled: list[Settled] = []
    whole = 0
    for line in manifest.read_bytes().splitlines(keepends=True) if manifest.exists() else ():
        try:
            read = json.loads(line)
            if whole:
                settled.append(Settled(**read))
                if settled[-1].at + settled[-1].size > size:
                    settled.pop()
                    break
            elif read != _HEAD:
                break
        except (ValueError, TypeError):
            break
        if not line.endswith(b"\n"):
            break
        whole += len(line)
    return settled, whole
