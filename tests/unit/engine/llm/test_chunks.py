"""Cutting: along sections, within the budget, every sentence once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.engine.llm.chunks import cut
from groundwork.text.document import Document
from tests.fakes.llm_setting import SUMMARY, document

OUTLINES = st.lists(
    st.tuples(
        st.tuples(st.text("一二三四工作计划", min_size=1, max_size=6)),
        st.lists(st.text("完成投资建设公里0123,", min_size=1, max_size=80), max_size=8),
    ),
    max_size=8,
)


@settings(max_examples=80)
@given(OUTLINES, st.integers(1, 200))
def test_every_sentence_is_in_one_chunk_in_order(
    outline: list[tuple[tuple[str], list[str]]], budget: int
) -> None:
    made = document(outline)
    chunks = cut(made, budget)
    numbers = [line.sentence.number for chunk in chunks for line in chunk.lines]
    assert numbers == list(range(1, sum(len(sentences) for _, sentences in outline) + 1))
    for chunk in chunks:
        assert chunk.lines
        assert chunk.tokens <= budget or len(chunk.lines) == 1
        for line in chunk.lines:
            assert made.clean.text[line.sentence.start : line.sentence.end] == line.text


@settings(max_examples=40)
@given(OUTLINES)
def test_halves_are_the_whole(outline: list[tuple[tuple[str], list[str]]]) -> None:
    for chunk in cut(document(outline), 10_000):
        halves = chunk.halves()
        if len(chunk.lines) == 1:
            assert halves is None
        else:
            assert halves is not None
            assert halves[0].lines + halves[1].lines == chunk.lines
            assert halves[0].lines
            assert halves[1].lines


def test_sections_stay_whole_where_they_fit() -> None:
    chunks = cut(document(), 75)
    assert [len({line.headings for line in chunk.lines}) for chunk in chunks] == [2, 1]
    assert cut(document(), 10_000)[0].known == range(1, 6)


def test_a_chunk_never_crosses_a_report() -> None:
    one, other = document(), document(SUMMARY, "2024")
    both = Document(one.clean, one.reports + other.reports)
    assert [chunk.period for chunk in cut(both, 10_000)] == ["2023", "2024"]
