"""Whatever the text, the road back from clean text to source is exact and nothing is unnamed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.text.clean import clean, replay
from groundwork.text.document import CleanText, SourceText
from groundwork.text.split import split

ALPHABET = (
    "一二三十、(（)）.1２%％x.是增长企業区(qū)\n\r \u3000\u200b\ufeff,。;；“”《》*#-|戈IJ训I"
    "版权所有:为大家整理第篇总结计划年"
)
HOSTILE = st.text(alphabet=ALPHABET, max_size=120)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SITES = ["\n版权所有 某网\n", "\n来源:某网\n"]
NOISE = st.sampled_from(
    [
        "\u200b",
        "(qū)",
        "\n2、",
        "\n3、",
        " ",
        "\n",
        "\r\n",
        "\n版权所有 某网\n",
        "\n来源:某网\n",
        "\u3000",
    ]
)
WORDS = st.sampled_from(
    [
        *(
            "一、工作总结",
            "(一)企业培育。",
            "新增高新技术企業１２家",
            ",同比增长8.3%",
            "。",
            ";",
            "\n",
        ),
        *("二、存在的问题", "一是资金不足。", "力争完成投资xx.x亿元", "“123”产业", "2022年"),
        *("第二篇:", "市科技局2022年工作总结", "以下是为大家整理的文章!"),
    ]
)
DIRTY = st.lists(st.one_of(WORDS, NOISE), max_size=40).map("".join)
TEXTS = st.one_of(HOSTILE, ANY, DIRTY)


def check_map(source: str, cleaned: CleanText) -> None:
    size = len(cleaned.text)
    assert len(cleaned.reading) == len(cleaned.starts) == len(cleaned.ends) == size
    reached = 0
    for start, end in zip(cleaned.starts, cleaned.ends, strict=True):
        assert reached <= start < end <= len(source)
        reached = end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_edits_replay_and_name_everything_that_changed(source: str) -> None:
    cleaned = clean(SourceText(source))
    check_map(source, cleaned)
    assert replay(source, cleaned.edits) == cleaned.text
    edited = {at for edit in cleaned.edits for at in range(edit.start, edit.end)}
    for char, start, end in zip(cleaned.text, cleaned.starts, cleaned.ends, strict=True):
        assert source[start:end] == char or not edited.isdisjoint(range(start, end))
    spans = zip(cleaned.starts, cleaned.ends, strict=True)
    kept = {at for start, end in spans for at in range(start, end)}
    assert kept | edited == set(range(len(source)))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_clean_text_changes_nothing(source: str) -> None:
    once = clean(SourceText(source)).text
    assert clean(SourceText(once)).text == once


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_every_span_maps_back_exactly(source: str, data: st.DataObject) -> None:
    cleaned = clean(SourceText(source))
    if not cleaned.text:
        return
    start = data.draw(st.integers(0, len(cleaned.text) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned.text)))
    span = cleaned.span(start, end)
    assert source[span.start : span.end] == span.quote
    assert replay(source, cleaned.edits)[start:end] == cleaned.text[start:end]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_splitting_numbers_in_order(source: str) -> None:
    document = split(clean(SourceText(source)))
    text = document.clean.text
    number = 0
    reached = 0
    for report in document.reports:
        assert 0 <= report.start <= report.end <= len(text)
        for section, sentence in report.sentences():
            number += 1
            assert sentence.number == number
            assert reached <= sentence.start < sentence.end <= len(text)
            assert report.start <= sentence.start
            assert sentence.end <= report.end
            assert len(section.headings) == len(section.source_headings)
            reached = sentence.end
