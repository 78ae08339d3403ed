"""Nothing of a body vanishes between sentences and headings, however the report is set."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.text.clean import clean
from groundwork.text.document import Document, Report, SourceText
from groundwork.text.split import split
from groundwork.text.split.outline import names_section
from groundwork.text.split.pieces import pieces
from groundwork.text.split.runons import cut_run_on
from tests.unit.text.clean.test_properties import TEXTS

MARKS = ["", "一、", "二、", "(一)", "(二)", "1.", "2、", "(1)", "一是", "二是", "首先,", "①", "- "]
MARKS += ["# ", "## ", "第一部分 ", "——", "**", "| ", "●"]
BODIES = [
    "{}工程",
    "推进{}工程建设",
    "{}工程完成投资3亿元",
    "存在{}工程滞后等问题3个",
    "{}工程|12个",
]
BODIES += [
    "2023年,{}工程开工",
    "{}工程:开工2个",
    "“{}工程”获奖",
    "{}工程,今年收尾,共12处",
    "{}工作",
]
BODIES += ["把{}工程抓实", "(含{}工程)", "总结{}工程一次", "{}工程 全年完成投资5亿元,增长8%"]
ENDS = ["。", ";", "", ":", ",", "\n", "。\n", "\n\n", "；\n", " ", "**", "|\n"]
LINES = st.lists(
    st.tuples(st.sampled_from(MARKS), st.sampled_from(BODIES), st.sampled_from(ENDS)), max_size=14
)
HEADS = st.sampled_from(
    ["", "县水利局2023年工作总结\n", "# 县水利局2023年工作总结\n\n", "总结如下:"]
)
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


@settings(max_examples=400, deadline=None)
@given(HEADS, LINES)
def test_every_statement_of_a_report_is_found_again(
    head: str, lines: list[tuple[str, str, str]]
) -> None:
    told = [(name, *line) for name, line in zip(NAMES, lines, strict=False)]
    text = head + "".join(mark + body.format(name) + end for name, mark, body, end in told)
    document = split(clean(SourceText(text)))
    found = "".join(said(document, report) for report in document.reports)
    lost = [name for name, _, body, _ in told if name not in found and not names(body, name)]
    assert not lost


def names(body: str, name: str) -> bool:
    """Tell a line that only names a section: with nothing under it, it names it for no one."""
    return names_section(body.format(name))


def said(document: Document, report: Report) -> str:
    """Return all that a report says, in whatever role."""
    text = document.clean.text
    words = [report.title or ""]
    for section, sentence in report.sentences():
        words += (*section.source_headings, text[sentence.start : sentence.end])
    return "\n".join(words)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_character_has_a_role(source: str) -> None:
    check_roles(split(clean(SourceText(source))))


@pytest.mark.shared
def test_every_character_of_the_real_uploads_has_a_role(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        check_roles(split(clean(SourceText(path.read_text(encoding="utf-8")))))


def check_roles(document: Document) -> None:
    """Demand that every letter is in a piece or mark, and every piece of a report has a role."""
    text = document.clean.reading
    whole = list(pieces(text))
    held = {at for piece in whole for at in range(piece.begin, piece.stop)}
    assert not [char for at, char in enumerate(text) if char.isalnum() and at not in held]
    parts = [part for piece in whole for part in cut_run_on(text, piece)]
    for report in document.reports:
        told = {
            at for _, sentence in report.sentences() for at in range(sentence.start, sentence.end)
        }
        told |= set(range(report.start, report.start + len(report.title or "")))
        names = {name for section, _ in report.sentences() for name in section.headings}
        for part in parts:
            if report.start <= part.start and part.end <= report.end:
                said = [at for at in range(part.start, part.end) if text[at].isalnum()]
                words = text[part.start : part.end]
                assert (
                    told.issuperset(said)
                    or names_section(words)
                    or any(name.endswith(words.rstrip(":： ")) for name in names)
                ), words
