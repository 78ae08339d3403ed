"""Uploads to the source text that every offset of the service counts in."""

from groundwork.errors import DecodingError, EmptyTextError
from groundwork.text.decode.charset import read_bytes
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
    text. What the sender says (``media_type``, ``charset``, ``filename``) is a hint: the bytes
    decide. Raises an ``InputError`` that says why an upload cannot be read.

    >>> decode("今年新增企业5家。".encode("big5hkscs", "ignore")).encoding
    'big5hkscs'
    """
    if isinstance(data, str):
        return SourceText(_present(data), media_type or "text/plain")
    text, encoding = read_bytes(data, charset)
    return SourceText(_present(text), "text/plain", encoding)


def _present(text: str) -> str:
    """Refuse text that holds nothing, or that no encoding can carry."""
    if not text or text.isspace():
        raise EmptyTextError("the text is empty or nothing but white space")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DecodingError(f"the text holds a lone surrogate at {error.start}") from None
    return text
