"""The first sheet of an .xlsx as rows of text: the little of it that a table of reports needs.

An .xlsx is a .zip of XML (ECMA-376). Formulas give their stored values; dates stay the numbers
they are. Documents that define entities are refused, so nothing can unfold in memory, and parts
are read element by element, each thrown away when it is done with.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree as ET

from groundwork.errors import InputError, TooLargeError, UnreadableFileError

_MOST_PART_BYTES: Final = 500_000_000
_MOST_FRAME_BYTES: Final = 10_000_000
"""Of the parts that tell where the others are."""
_MOST_COLUMNS: Final = 1_000
_MOST_ROWS: Final = 200_000
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile("([A-Z]{1,3})[0-9]")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ET.ParseError,
    LookupError,
    ValueError,
    OverflowError,
)


def rows(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet, empty cells as empty text. Raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            shared = _shared(book)
            return list(_rows(_part(book, _first_sheet(book)), shared))
    except _BROKEN:
        raise UnreadableFileError("the workbook is broken or no .xlsx") from None
    except (RuntimeError, NotImplementedError):  # of zipfile
        raise UnreadableFileError(
            "the workbook is encrypted, or packed in a way not read"
        ) from None


def _part(book: zipfile.ZipFile, name: str, most: int = _MOST_PART_BYTES) -> bytes:
    with book.open(name) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise TooLargeError("the workbook is too large unpacked")
    if b"\0" in data:  # UTF-16, in which a definition of entities would go unseen
        raise UnreadableFileError("the workbook is not written in UTF-8")
    if _DOCTYPE.search(data):
        raise InputError("the workbook defines entities, which no spreadsheet does")
    return data


def _first_sheet(book: zipfile.ZipFile) -> str:
    """Return the part of the first sheet: workbook.xml names a link, its relations the target."""
    sheet = _parse(_frame(book, "xl/workbook.xml")).find(f"{_MAIN}sheets/{_MAIN}sheet")
    if sheet is None:
        raise InputError("the workbook has no sheet")
    for relation in _parse(_frame(book, "xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == sheet.get(_LINK):
            target = relation.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(_LINK)


def _frame(book: zipfile.ZipFile, name: str) -> bytes:
    return _part(book, name, _MOST_FRAME_BYTES)


def _parse(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - documents with entities were refused


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(each) for each in _each(_part(book, "xl/sharedStrings.xml"), f"{_MAIN}si")]


def _each(data: bytes, tag: str) -> Iterator[ET.Element]:
    """Yield the elements of a kind, one after another; none stays in memory after its turn."""
    parse = ET.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314 - entities were refused
    _, root = next(parse)
    for event, element in parse:
        if event == "end" and element.tag == tag:
            yield element
            root.clear()


def _text(element: ET.Element) -> str:
    """Join the runs of a string; its reading aids (rPh) are no part of it."""
    pieces = [piece.text or "" for piece in element.iterfind(f"{_MAIN}t")]
    pieces += [piece.text or "" for piece in element.iterfind(f"{_MAIN}r/{_MAIN}t")]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


def _rows(data: bytes, shared: list[str]) -> Iterator[list[str]]:
    for count, row in enumerate(_each(data, f"{_MAIN}row")):
        if count >= _MOST_ROWS:
            raise TooLargeError(f"more than {_MOST_ROWS} rows")
        cells: list[str] = []
        for cell in row.iterfind(f"{_MAIN}c"):
            place = _place(cell.get("r"), len(cells))
            cells += [""] * (place - len(cells) + 1)
            cells[place] = _value(cell, shared)
        yield cells


def _place(reference: str | None, following: int) -> int:
    """Return the column of a cell counted from 0; without a reference it follows the last.

    >>> _place("A1", 0), _place("AB7", 0), _place(None, 3)
    (0, 27, 3)
    """
    found = _CELL.match(reference or "")
    if found is None:
        return following
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    if place > _MOST_COLUMNS:
        raise TooLargeError(f"more than {_MOST_COLUMNS} columns")
    return place - 1


def _value(cell: ET.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text(inline) if inline is not None else ""
    value = cell.find(f"{_MAIN}v")
    text = (value.text or "") if value is not None else ""
    return shared[int(text)] if cell.get("t") == "s" and text else text
