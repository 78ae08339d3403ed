"""Uploads to the source text that every offset of the service counts in."""

from groundwork.errors import DecodingError, EmptyTextError
from groundwork.text.decode.charset import read_bytes
from groundwork.text.decode.pdf import read_pdf
from groundwork.text.decode.sniff import (
    DOCX,
    HTML,
    PDF,
    PLAIN,
    Kind,
    declared_in,
    kind_of,
    text_type,
)
from groundwork.text.decode.web import read_html
from groundwork.text.decode.word import read_word
from groundwork.text.document import SourceText


def decode(
    data: bytes | str,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    filename: str | None = None,
) -> SourceText:
    """Return the text of an upload, how it was encoded and what kind of file it was.

    A string is taken exactly as it is. Of bytes, a leading byte order mark is not part of the
    text; of HTML, Word and PDF files the text is what was extracted. What the sender says
    (``media_type``, ``charset``, ``filename``) is a hint: the bytes decide. Raises an
    ``InputError`` that says why an upload cannot be read.

    >>> decode("今年新增企業5家。".encode("big5hkscs"), charset="utf-8").encoding
    'big5hkscs'
    """
    if isinstance(data, str):
        return SourceText(_present(data), media_type or PLAIN)
    kind = kind_of(data, media_type, filename)
    if kind is Kind.PDF:
        return SourceText(_present(read_pdf(data)), PDF)
    if kind is Kind.ZIP:
        return SourceText(_present(read_word(data)), DOCX)
    text, encoding = read_bytes(data, charset or declared_in(data))
    found = text_type(_present(text), media_type, filename)
    return SourceText(_present(read_html(text)) if found == HTML else text, found, encoding)


def _present(text: str) -> str:
    """Refuse text that holds nothing, or that no encoding can carry."""
    if not text or text.isspace():
        raise EmptyTextError("the text is empty or nothing but white space")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DecodingError(f"the text holds a lone surrogate at {error.start}") from None
    return text
