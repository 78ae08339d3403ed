"""Word documents (.docx): paragraphs, tables and automatic numbering, in reading order.

Word does not store the numbers it shows before numbered paragraphs; they are counted again here,
because 一、 and (一) carry the outline of a report. Tracked insertions are read, deletions are not.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from groundwork.errors import TooLargeError, UnreadableFileError, UnsupportedMediaError
from groundwork.text.decode.numbering import Numbering

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED: Final = frozenset({f"{_W}moveFrom", f"{_W}del", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_WRAPPERS: Final = frozenset(
    {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
)
_MARKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_MOST_BYTES: Final = 48_000_000
"""Unpacked, all XML parts together."""
_MOST_RATIO: Final = 150
"""Unpacked to packed; real documents stay below 40."""
_SUSPICIOUS: Final = 4_000_000
"""Bytes of a part from which on its ratio is looked at."""
_MOST_ELEMENTS: Final = 3_000_000
_MOST_PARTS: Final = 5_000
_MAIN: Final = "word/document.xml"


def read_word(data: bytes) -> str:
    """Return the text of a .docx file, a line a paragraph; table cells are parted by `` | ``.

    Raises UnsupportedMediaError for other zip archives, UnreadableFileError for encrypted, broken
    or forged documents, TooLargeError for what would unpack to too much.
    """
    _inspect(data)
    from docx import Document  # noqa: PLC0415 -- most uploads are no Word documents

    try:
        document = Document(BytesIO(data))
        numbering = Numbering(document)
        return "\n".join(_blocks(document.element.body, numbering))
    except Exception as error:  # python-docx and lxml raise whatever the forged part provokes
        reason = type(error).__name__
        raise UnreadableFileError(f"the Word document is broken ({reason})") from error


def _inspect(data: bytes) -> None:
    """Refuse archives that are no documents, and bombs, before anything is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise TooLargeError(f"the archive holds more than {_MOST_PARTS} files")
            if _MAIN not in archive.NameToInfo:
                raise UnsupportedMediaError("the file is a zip archive, but no Word document")
            read = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            _weigh(parts, read)
            for part in read:
                with archive.open(part) as stream:
                    _refuse_entities(stream.read(4096))
            if archive.read(_MAIN).count(b"<") > _MOST_ELEMENTS:
                raise TooLargeError(f"the document has more than {_MOST_ELEMENTS} elements")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableFileError("the Word document is truncated or broken") from error


def _weigh(parts: list[zipfile.ZipInfo], read: list[zipfile.ZipInfo]) -> None:
    """Judge by the sizes the archive declares; nothing is unpacked beyond what it declares."""
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFileError("the Word document is encrypted: save it without a password")
    if sum(part.file_size for part in read) > _MOST_BYTES:
        raise TooLargeError(f"the document unpacks to more than {_MOST_BYTES} bytes")
    for part in read:
        if part.file_size > max(_SUSPICIOUS, _MOST_RATIO * part.compress_size):
            raise TooLargeError("the document unpacks to far more than any real one")


def _refuse_entities(head: bytes) -> None:
    """Office files declare no document type; one that does wants to blow up or to call out."""
    plain = head.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnreadableFileError("the Word document declares XML entities")


def _blocks(parent: Any, numbering: Numbering) -> Iterator[str]:
    """Yield the lines of a body, cell or content control."""
    for child in parent:
        if child.tag == f"{_W}p":
            text = _text(child)
            yield numbering.label(child) + text if text.strip() else ""
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, numbering)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, numbering)


def _rows(table: Any, numbering: Numbering) -> Iterator[str]:
    for row in _children(table, f"{_W}tr"):
        cells = [
            " ".join(filter(None, (line.strip() for line in _blocks(cell, numbering))))
            for cell in _children(row, f"{_W}tc")
        ]
        if any(cells):
            yield " | ".join(cells)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the children of a kind, also those inside a content control."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _text(node: Any) -> str:
    """Return the text of a paragraph; the paragraphs of a text box in it come on new lines."""
    pieces: list[str] = []
    _collect(node, pieces)
    return "".join(pieces)


def _collect(node: Any, pieces: list[str]) -> None:
    for child in node:
        tag = child.tag
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag in _MARKS:
            pieces.append(_MARKS[tag])
        elif tag not in _SKIPPED:
            if tag == f"{_W}p" and pieces:
                pieces.append("\n")
            _collect(child, pieces)
