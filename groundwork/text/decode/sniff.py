"""What kind of file these bytes are, by their first characters; names and headers only hint."""

import re
from enum import Enum
from typing import Final

from groundwork.errors import UnreadableFileError, UnsupportedMediaError

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"
PLAIN: Final = "text/plain"


class Kind(Enum):
    """The containers that are told apart before anything is decoded."""

    TEXT = "text"
    PDF = "pdf"
    ZIP = "zip"


_REFUSED: Final = (
    (b"{\\rtf", "RTF; save it as .docx"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HTML: Final = re.compile(
    r"\s*(?:<!--[^>]{0,500}>\s*|<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|meta|title"
    r"|article|main|section|div|table|h[1-6]|p|ul|ol)\b[^>]{0,2000}>",
    re.IGNORECASE,
)


def kind_of(data: bytes, media_type: str | None, filename: str | None) -> Kind:
    """Return the container of ``data``; raise for kinds that are not read here.

    A file that is named or declared .pdf or .docx and is neither is refused, not guessed at.

    >>> kind_of(b"%PDF-1.7", "text/plain", "report.txt")
    <Kind.PDF: 'pdf'>
    """
    for magic, what in _REFUSED:
        if data.startswith(magic):
            raise UnsupportedMediaError(f"the file is {what}: that is not read here")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableFileError("the Office file is encrypted: save it without a password")
        raise UnsupportedMediaError("the file is an old Office file (.doc): save it as .docx")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    claimed = _claimed(media_type, filename)
    if claimed:
        raise UnreadableFileError(f"the file is declared to be {claimed}, but its bytes are not")
    return Kind.TEXT


def _claimed(media_type: str | None, filename: str | None) -> str | None:
    name = (filename or "").lower()
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind == PDF or name.endswith(".pdf"):
        return "PDF"
    if kind == DOCX or name.endswith(".docx"):
        return "a Word document (.docx)"
    return None


def text_type(text: str, media_type: str | None, filename: str | None) -> str:
    """Return the media type of decoded text: HTML by its tags, Markdown only when said.

    >>> text_type("<!DOCTYPE html><p>", "text/plain", None), text_type("# 一", None, "a.md")
    ('text/html', 'text/markdown')
    """
    if _HTML.match(text, 0, 4000):
        return HTML
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind in {MARKDOWN, "text/x-markdown"}:
        return MARKDOWN
    return MARKDOWN if (filename or "").lower().endswith((".md", ".markdown")) else PLAIN


_META_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE
)


def declared_in(data: bytes) -> str | None:
    """Return the charset that an HTML page declares in its head."""
    match = _META_CHARSET.search(data, 0, 4000)
    return match[1].decode("ascii", "replace") if match else None
