"""Bytes are read in the encoding they were written in, whatever was declared."""

import pytest

from groundwork.errors import DecodingError, EmptyTextError
from groundwork.text.decode import decode

SIMPLIFIED = "今年新增企业5家,同比增长8%。"
TRADITIONAL = "今年新增企業5家,完成投資3億元。"


@pytest.mark.parametrize(
    "declared", [None, "utf-8", "big5", "gb2312", "iso-8859-1", "nonsense", ""]
)
@pytest.mark.parametrize("written", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_wrong_charset_is_survived(written: str, declared: str | None) -> None:
    source = decode(SIMPLIFIED.encode(written), charset=declared)
    assert source.text == SIMPLIFIED
    assert source.encoding is not None
    assert source.encoding.startswith(written)


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5"])
def test_big5(declared: str | None) -> None:
    source = decode(TRADITIONAL.encode("big5hkscs"), charset=declared)
    assert (source.text, source.encoding) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize("text", ["新增5家", "完成投资", "下降3%。", "二、问题", "工作总结"])
def test_four_characters_are_enough(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_not_part_of_the_text(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


def test_a_string_is_taken_as_it_is() -> None:
    text = "\ufeff 区(qū)\r\n１２％ "
    source = decode(text, media_type="text/plain")
    assert source.text == text
    assert source.encoding is None


@pytest.mark.parametrize("text", ["", " \n\t\u3000", b"", b"\xef\xbb\xbf", b" \r\n"])
def test_nothing_but_white_space(text: str | bytes) -> None:
    with pytest.raises(EmptyTextError):
        decode(text)


def test_a_lone_surrogate_is_no_text() -> None:
    with pytest.raises(DecodingError, match="surrogate at 1"):
        decode("增\ud800")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
        "今年以来".encode()[:-1],
        SIMPLIFIED.encode("utf-16")[:-1],
        b"\xff\xfe\x00\xd8",
        b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00\xff" * 64,
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DecodingError):
        decode(data)
