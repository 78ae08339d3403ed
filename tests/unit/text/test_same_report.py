"""A report reads the same whatever file it comes in."""

import pytest

from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.document import Document
from groundwork.text.split import split
from tests.unit.text.files import REPORT, markdown, page, printed, word


def outline(document: Document) -> list[tuple[str | None, tuple[str, ...], str]]:
    return [
        (report.title, section.headings, document.clean.text[sentence.start : sentence.end])
        for report in document.reports
        for section, sentence in report.sentences()
    ]


def read(data: bytes | str, **hints: str) -> Document:
    return split(clean(decode(data, **hints)))


EXPECTED = outline(read(REPORT))


def test_the_plain_report_has_its_sentences() -> None:
    assert len(EXPECTED) == 9
    assert EXPECTED[2][1] == ("一、2023年工作完成情况", "(一)绿地建设提速增效")
    assert EXPECTED[-1][2] == "组织技能培训12期,培训一线职工600人次"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_in_every_encoding(encoding: str) -> None:
    assert outline(read(REPORT.encode(encoding), charset="big5")) == EXPECTED


def test_with_windows_line_ends() -> None:
    assert outline(read(REPORT.replace("\n", "\r\n").encode())) == EXPECTED


def test_as_word() -> None:
    assert outline(read(word(REPORT), filename="报告.docx")) == EXPECTED


def test_as_a_page_of_a_site() -> None:
    assert outline(read(page(REPORT).encode("gb18030"), charset="utf-8")) == EXPECTED


def test_as_a_bare_page() -> None:
    bare = "".join(f"<p>{line}</p>" for line in REPORT.split("\n"))
    assert outline(read(f"<html><body>{bare}</body></html>".encode())) == EXPECTED


def test_as_markdown() -> None:
    document = read(markdown(REPORT).encode(), filename="报告.md")
    assert document.clean.source.media_type == "text/markdown"
    assert outline(document) == EXPECTED


def test_as_pdf() -> None:
    assert outline(read(printed(REPORT))) == EXPECTED
