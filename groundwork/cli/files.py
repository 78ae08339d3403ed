"""What a command reads: a file, or standard input."""

import sys
from pathlib import Path

from groundwork.errors import InputError
from groundwork.text.decode import decode
from groundwork.text.document import SourceText


def read_source(path: Path | None) -> SourceText:
    """Return the text of ``path``, or of standard input when it is None or ``-``.

    Raises InputError with a sentence for the user.
    """
    if path is None or str(path) == "-":
        return decode(sys.stdin.buffer.read())
    data = read_bytes(path)
    try:
        return decode(data, filename=path.name)
    except InputError as error:  # of two files, which?
        raise InputError(f"{path}: {error}") from None


def read_bytes(path: Path) -> bytes:
    """Return the bytes of ``path``. Raises InputError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
