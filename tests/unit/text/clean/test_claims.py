"""A claim that quotes the source raw is read as the source was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork.text.clean import clean, clean_like
from groundwork.text.document import SourceText

PAGE = "全年新建管网{n}公里,改造泵站{n}座,完成投资{n}.6亿元,同比增长xx."
REPORT = "".join(PAGE.format(n=n) + f"\n{n}、x%,达标率再上一个台阶。" for n in range(2, 9))
LIST = "主要做法:\n1、修路。\n2、架桥。"
SOURCE = clean(SourceText(f"{REPORT}\n{LIST}"))


@given(st.data())
def test_a_raw_quotation_reads_as_the_source_does(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOURCE.text) - 2))
    end = data.draw(st.integers(start + 1, min(len(SOURCE.text), start + 60)))
    quoted = SOURCE.span(start, end).quote
    claim = clean_like(quoted, SOURCE)
    assert claim.text == SOURCE.text[start:end]
    for char, first, last in zip(claim.text, claim.starts, claim.ends, strict=True):
        assert quoted[first:last] == char


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("同比增长xx.\n3、x%", "同比增长xx.x%"),
        ("\n3、x%,达标率", "x%,达标率"),
        ("同比增长xx.\n3、", "同比增长xx."),
        ("同比增长8\n3、个", "同比增长8\n3、个"),
        ("修路。\n2、架桥。", "修路。\n2、架桥。"),
        ("修路\u200b２条", "修路2条"),
        ("\n3、", "\n3、"),
        ("", ""),
    ],
)
def test_only_the_marks_cut_from_the_source_go(claim: str, text: str) -> None:
    assert clean_like(claim, SOURCE).text == text


def test_the_edits_say_what_was_done() -> None:
    claim = clean_like("同比增长xx.\n3、x%", SOURCE)
    assert claim.counts() == {"page_break": 1}
    assert claim.span(4, 9).quote == "xx.\n3、x%"


def test_windows_line_ends() -> None:
    source = clean(SourceText("完成投资3.\r\n2、5亿元。"))
    assert source.text == "完成投资3.5亿元。"
    assert clean_like("投资3.\r\n2、", source).text == "投资3."
