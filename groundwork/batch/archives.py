"""Reports in a .zip, read where they are: nothing is ever unpacked to disk.

Hostile archives
    A member is refused when its name leads outside (``../``, an absolute path, a drive), when it
    is a link, encrypted, or packed beyond reason. Sizes in the directory are a claim, so reading
    stops at the limit whatever it says. An archive that is too much altogether is refused whole.
"""

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from groundwork.batch.entries import REPORTS, Columns, Entry, failed, is_hidden
from groundwork.errors import InputError, TooLargeError, UnreadableFileError

MOST_MEMBERS: Final = 100_000
MOST_BYTES: Final = 4_000_000_000
"""Of all members together, unpacked."""
MOST_MEMBER_BYTES: Final = 20_000_000
MOST_RATIO: Final = 200
"""Unpacked to packed; plain text seldom goes beyond 20. Small members may."""
_SMALL_BYTES: Final = 1_000_000
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_OUTSIDE: Final = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


def read_archive(path: Path, columns: Columns) -> Iterator[Entry]:
    """Yield every report of a .zip. Raises InputError when it is none, or too much."""
    del columns
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableFileError("the archive is broken or no .zip") from None
    if len(members) > MOST_MEMBERS:
        raise TooLargeError(f"{len(members)} members; at most {MOST_MEMBERS} are read")
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise TooLargeError(f"{total} bytes unpacked; at most {MOST_BYTES} are read")
    seen: Counter[str] = Counter()
    for member in members:
        name = _name(member)
        if member.is_dir() or _is_clutter(name):
            continue
        seen[name] += 1  # an archive may hold two members of one name, and neither is to be lost
        shown = f"{path}!/{name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
        yield _of_member(path, member, name, shown)


def _of_member(path: Path, member: zipfile.ZipInfo, name: str, shown: str) -> Entry:
    fault = _fault(name, member)
    if fault is not None:
        return failed(shown, fault)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in REPORTS:
        return Entry(shown, lambda: _read(path, member), PurePosixPath(name).name)
    return failed(shown, f"{suffix or 'a file without suffix'} in an archive is not read")


def _is_clutter(name: str) -> bool:
    """Whether a member is what systems and editors leave in archives, not what was put there."""
    parts = PurePosixPath(name).parts
    if _OUTSIDE.search(name):
        return False  # refused, and said so
    return "__MACOSX" in parts or parts[-1:] == ("Thumbs.db",) or is_hidden(parts)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Chinese systems write GBK where the standard has cp437."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _fault(name: str, member: zipfile.ZipInfo) -> str | None:
    if _OUTSIDE.search(name) or _OUTSIDE.search(member.orig_filename):
        return "the member's name leads outside of its archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "the member is a link"
    if member.flag_bits & _ENCRYPTED:
        return "the member is encrypted"
    if member.file_size > MOST_MEMBER_BYTES:
        return f"{member.file_size} bytes unpacked; at most {MOST_MEMBER_BYTES} are read"
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > _SMALL_BYTES and ratio > MOST_RATIO:
        return f"packed {ratio:.0f} to 1, which no report is"
    return None


def _read(path: Path, member: zipfile.ZipInfo) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            data = packed.read(MOST_MEMBER_BYTES + 1)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise UnreadableFileError("the member is broken or packed in a way not read here") from None
    except Exception as error:  # the decompressors raise errors of their own
        if type(error).__module__ in {"zlib", "lzma", "_lzma", "bz2", "_bz2"}:
            raise UnreadableFileError("the member is broken") from None
        raise
    if len(data) > MOST_MEMBER_BYTES:
        raise InputError(f"more than {MOST_MEMBER_BYTES} bytes unpacked")
    return data
