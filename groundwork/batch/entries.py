"""What there is to do: every report behind the paths that were given, in a stable order.

A path is a file, a folder, a pattern (``reports/**/*.txt``), a .zip, or a table of reports:
.jsonl, .csv, .xlsx. A report is named by where it stands, ``2023.zip!/a.txt`` or
``all.csv#17``; its bytes are read only when its turn comes. What cannot be read becomes an entry
that fails with its reason, so that nothing is passed over silently.
"""

import glob
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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

    ``readers`` know the files that hold several reports, by suffix. Raises InputError for a path
    that leads nowhere.
    """
    found: dict[str, Entry] = {}
    for given in paths:
        for path in _expanded(given):
            for entry in _of_file(path, columns, readers):
                found.setdefault(entry.name, entry)
    return list(found.values())


def _expanded(given: str) -> list[Path]:
    path = Path(given)
    if path.is_dir():
        return sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and not _is_hidden(file.relative_to(path)) and _is_wanted(file)
        )
    if path.exists():
        return [path]
    if _PATTERN & set(given):
        # Path.glob takes no absolute patterns.
        matches = sorted(Path(match) for match in glob.glob(given, recursive=True))  # noqa: PTH207
        files = [match for match in matches if match.is_file()]
        if files:
            return files
        raise InputError(f"{given}: the pattern fits no file")
    raise InputError(f"{given}: No such file or directory")


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in relative.parts)


def _is_wanted(file: Path) -> bool:
    return file.suffix.lower() in REPORTS | {".zip", ".jsonl", ".ndjson", ".csv", ".xlsx"}


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
