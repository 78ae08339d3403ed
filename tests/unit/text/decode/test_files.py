"""Files are known by their bytes, read in order, and refused with a reason when they do harm."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from groundwork.errors import TooLargeError, UnreadableFileError, UnsupportedMediaError
from groundwork.text.decode import decode
from groundwork.text.decode.numbering import han_number
from tests.unit.text.files import REPORT, locked_pdf, page, pdf, printed, repacked, saved, word


def numbered_document() -> bytes:
    """Two levels numbered by Word itself, a table, and a tracked change."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1、", "(%2)"))
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in ((0, "主要工作"), (1, "修路"), (1, "架灯"), (0, "问题"), (1, "缺钱")):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("指标", "数值"), ("新增企业", "5家")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    changed = document.add_paragraph("完成投资")
    for tag, inner in (("ins", "<w:t>3亿元</w:t>"), ("del", "<w:delText>2亿元</w:delText>")):
        changed._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{tag}>')
        )
    return saved(document)


def test_word_numbers_tables_and_changes() -> None:
    assert decode(numbered_document()).text.split("\n") == [
        "一、主要工作",
        "(一)修路",
        "(二)架灯",
        "二、问题",
        "(一)缺钱",
        "指标 | 数值",
        "新增企业 | 5家",
        "完成投资3亿元",
    ]


@pytest.mark.parametrize(
    ("value", "written"), [(1, "一"), (10, "十"), (21, "二十一"), (99, "九十九")]
)
def test_han_numbers(value: int, written: str) -> None:
    assert han_number(value) == written


def test_content_decides_over_the_name() -> None:
    assert decode(word(REPORT), media_type="text/plain", filename="a.txt").text == REPORT
    assert decode(printed(REPORT), filename="a.docx").media_type == "application/pdf"
    assert decode(page(REPORT).encode(), media_type="text/plain").media_type == "text/html"


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"{\\rtf1 \\ansi}", "a.rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a.png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc"),
        (b"\x1f\x8b\x08" + bytes(20), "a.gz"),
    ],
)
def test_other_kinds_are_refused(data: bytes, filename: str) -> None:
    with pytest.raises(UnsupportedMediaError):
        decode(data, filename=filename)


def test_a_zip_archive_is_no_document() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnsupportedMediaError):
        decode(stream.getvalue(), filename="a.docx")


@pytest.mark.parametrize("filename", ["a.pdf", "a.docx", "A.PDF"])
def test_a_wrong_extension_is_named(filename: str) -> None:
    with pytest.raises(UnreadableFileError, match="declared"):
        decode(REPORT.encode(), filename=filename)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_truncated_files(share: float) -> None:
    docx = word(REPORT)
    with pytest.raises(UnreadableFileError):
        decode(docx[: int(len(docx) * share)])


@pytest.mark.parametrize("end", [9, 40, 200])
def test_truncated_pdf(end: int) -> None:
    with pytest.raises(UnreadableFileError):
        decode(printed(REPORT)[:end])


def test_encrypted_files() -> None:
    with pytest.raises(UnreadableFileError, match="encrypted"):
        decode(locked_pdf())
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError, match="encrypted"):
        decode(office, filename="a.docx")


def test_a_scan_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="text layer"):
        decode(pdf([[], [], []]))


def test_a_zip_bomb() -> None:
    bomb = b"<w:document>" + b" " * 40_000_000 + b"</w:document>"
    with pytest.raises(TooLargeError):
        decode(repacked(word(REPORT), {"word/document.xml": bomb}))


def test_a_bomb_of_elements() -> None:
    # Stays under the limits of size; as a tree it would take gigabytes.
    elements = b"<w:document>" + b"<w:p/>" * 3_100_000 + b"</w:document>"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", elements)
    with pytest.raises(TooLargeError):
        decode(stream.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_xml_entities(part: str, encoding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with pytest.raises(UnreadableFileError, match="entities"):
        decode(repacked(word(REPORT), {part: laughs.encode(encoding)}))


@pytest.mark.parametrize("part", [b"", b"<w:document", b"<a/>", b"\xff" * 50])
def test_forged_parts(part: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        decode(repacked(word(REPORT), {"word/document.xml": part}))


@pytest.mark.parametrize(
    "text",
    ["<html>" + "<div>" * 5_000, "<html><body>" + "<i>" * 300_000, "<html>" + "<a" * 250_000],
)
def test_pages_made_to_be_slow(text: str) -> None:
    with pytest.raises(TooLargeError):
        decode(text.encode())


def test_a_page_without_text() -> None:
    with pytest.raises(UnreadableFileError):
        decode(b"<!DOCTYPE html><html><body><script>var a = 1;</script></body></html>")


def test_kangxi_radicals_are_read_one_to_one() -> None:
    assert decode(pdf([["工作总结,新增企业五家。"]])).text == "工作总结,新增企业五家。"
    from groundwork.text.decode.pdf import _lines

    assert _lines("⼯作总结⻓效机制\r\n⽅案") == ["工作总结长效机制", "方案"]
