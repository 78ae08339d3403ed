"""PDF files with a text layer, read in a process of its own with limits on time and memory."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from unicodedata import normalize

from groundwork.errors import TooLargeError, UnreadableFileError

_WORKER: Final = Path(__file__).with_name("pdf_worker.py")
_SECONDS: Final = 30
_SCAN: Final = 5
"""Characters a page; a scan has none but page numbers and stamps."""
_RUNNING: Final = 2
"""A first line on more pages than this is a running head."""
_SUPPLEMENT: Final = dict(
    zip(
        "⺠⻅⻋⻓⻔⻘⻚⻛⻝⻢⻥⻦⻩⻬⻰⻉⺟⻄⻆⻜⻣⻤⻧⻨⻮⻳⻙⻁⺩⺪⻒",
        "民见车长门青页风食马鱼鸟黄齐龙贝母西角飞骨鬼卤麦齿龟韦虎王疋镸",
        strict=True,
    )
)
"""Radicals that Unicode gives no compatibility form, though fonts use them for the character."""
_RADICALS: Final = str.maketrans(
    _SUPPLEMENT
    | {
        char: normalize("NFKC", char)
        for char in map(chr, range(0x2E80, 0x2FE0))
        if len(normalize("NFKC", char)) == 1 and char not in _SUPPLEMENT
    }
)
_FURNITURE: Final = re.compile(
    r"[-—–·\s]{0,4}\d{1,4}[-—–·\s]{0,4}|第 ?\d{1,4} ?页.{0,12}|\d{1,4} ?/ ?\d{1,4}"
    r"|(?:file|https?)://\S+(?: \d{1,4}/\d{1,4})?|\d{1,4}/\d\d?/\d{1,4},? \d\d?:\d\d.{0,60}"
)
"""Page numbers, and what browsers print above and below a page."""
_ERRORS: Final = {
    "encrypted": UnreadableFileError("the PDF is encrypted: save it without a password"),
    "broken": UnreadableFileError("the PDF is truncated or broken"),
    "too large": TooLargeError("the PDF holds more pages or text than is read here"),
}


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, lines as printed, without page numbers and running heads.

    Raises UnreadableFileError for encrypted, broken and scanned files, TooLargeError for bombs.
    """
    pages = _pages(data)
    text = "\n".join(_printed([_lines(page) for page in pages]))
    if len("".join(text.split())) < _SCAN * len(pages):
        raise UnreadableFileError("the PDF has no text layer: a scan must be recognised first")
    return text


def _pages(data: bytes) -> list[str]:
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and our own file
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLargeError(f"the PDF takes more than {_SECONDS} seconds to read") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # it was ended by a limit, or crashed
        raise TooLargeError("reading the PDF exceeds the limits on time and memory") from None
    if "error" in answer:
        error = _ERRORS[answer["error"]]
        raise type(error)(*error.args)
    return [str(page) for page in answer["pages"]]


def _lines(page: str) -> list[str]:
    """Return the printed lines; soft hyphens at line ends and Kangxi radicals are resolved."""
    plain = page.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n")
    lines = (line.strip() for line in plain.translate(_RADICALS).splitlines())
    return [line for line in lines if line]


def _printed(pages: list[list[str]]) -> Iterator[str]:
    """Yield the lines without page numbers; a running head is kept where it stands first."""
    heads = Counter(page[0] for page in pages if page)
    seen: set[str] = set()
    for page in pages:
        head = page[0] if page else ""
        running = heads[head] > _RUNNING
        body = page[1:] if running and head in seen else page
        seen.add(head)
        start, stop = 0, len(body)
        while start < stop and _FURNITURE.fullmatch(body[start]):
            start += 1
        while start < stop and _FURNITURE.fullmatch(body[stop - 1]):
            stop -= 1
        yield from body[start:stop]
