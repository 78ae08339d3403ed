"""What there is to do: every report behind the paths that were given, in a stable order.

A path is a file, a folder, a pattern (``reports/**/*.txt``), a .zip, or a table of reports:
.jsonl, .csv, .xlsx. A report is named by where it stands, ``2023.zip!/a.txt`` or
``all.csv#17``; its bytes are read only when its turn comes. What cannot be read becomes an entry
that fails with its reason, so that nothing is passed over silently.
"""

import glob
import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundwork.batch.journal import FOLDER_SUFFIX, MANIFEST, folder_of
from groundwork.errors import InputError

REPORTS: Final = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf", ".doc", ".rtf"}
)
"""Files that are taken from folders and archives; the last two fail, and say why."""
_PATTERN: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Entry:
    """One report to be."""

    name: str
    """Where it stands."""
    load: Callable[[], bytes | str]
    """Reads it: the bytes of a file, or the text of a cell. Raises InputError."""
    filename: str | None = None
    """What its file is called: a hint for reading it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns or fields of a table hold a report's text and its name; None: find out."""

    text: str | None = None
    name: str | None = None


Reader = Callable[[Path, Columns], Iterator[Entry]]


def failed(name: str, reason: str) -> Entry:
    """Return an entry that fails with ``reason`` when its turn comes."""

    def load() -> bytes:
        raise InputError(reason)

    return Entry(name, load)


def gather(paths: Sequence[str], columns: Columns, readers: dict[str, Reader]) -> list[Entry]:
    """Return every report behind ``paths``, in their order, each name once.

    ``readers`` know the files that hold several reports, by suffix. What batches wrote, and their
    journals, are no reports: they often stand in the folder that is given. Raises InputError for
    a path that leads nowhere, and when there is no report at all.
    """
    found: dict[str, Entry] = {}
    for given in paths:
        for file in _expanded(given, readers):
            of_file = [file] if isinstance(file, Entry) else _of_file(file, columns, readers)
            for entry in of_file:
                found.setdefault(entry.name, entry)
    if not found:
        raise InputError(
            f"no report in {', '.join(paths)[:200]}: in folders and archives only"
            f" {' '.join(sorted(REPORTS))} are taken, in folders {' '.join(readers)} as well"
        )
    return list(found.values())


def _expanded(given: str, readers: Container[str]) -> list[Path | Entry]:
    path = Path(given)
    if path.is_dir():
        return list(_of_folder(path, readers))
    if path.exists():
        return [path]
    if _PATTERN & set(given):
        # Path.glob takes no absolute patterns.
        matches = sorted(Path(match) for match in glob.glob(given, recursive=True))  # noqa: PTH207
        files = [match for match in matches if match.is_file() and not _is_ours(match)]
        if files:
            return list(files)
        raise InputError(f"{given}: the pattern fits no file")
    raise InputError(f"{given}: No such file or directory")


def _of_folder(folder: Path, readers: Container[str]) -> Iterator[Path | Entry]:
    """Yield the files of a folder and those below it, and what keeps parts of it from us."""
    faults: list[OSError] = []
    files = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=faults.append)
        for name in names
    ]
    for file in sorted(files):
        suffix = file.suffix.lower()
        wanted = suffix in REPORTS or suffix in readers
        if wanted and not is_hidden(file.relative_to(folder).parts) and not _is_ours(file):
            yield file
    for fault in faults:
        yield failed(str(fault.filename), str(fault.strerror))


def is_hidden(parts: Iterable[str]) -> bool:
    """Whether a file is none that people see: hidden, or what an open Word document leaves."""
    return any(part.startswith((".", "~$")) for part in parts)


def _is_ours(file: Path) -> bool:
    """Whether a batch wrote a file: beside it, or around it, is the journal."""
    return (folder_of(file) / MANIFEST).is_file() or (
        file.parent.suffix == FOLDER_SUFFIX and (file.parent / MANIFEST).is_file()
    )


def _of_file(path: Path, columns: Columns, readers: dict[str, Reader]) -> Iterator[Entry]:
    reader = readers.get(path.suffix.lower())
    if reader is None:
        yield Entry(str(path), lambda: read_file(path), path.name)
        return
    try:
        yield from reader(path, columns)
    except InputError as error:
        yield failed(str(path), str(error))


def read_file(path: Path) -> bytes:
    """Return the bytes of ``path``. Raises InputError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror}") from None
