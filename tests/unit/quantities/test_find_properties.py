"""What holds of the finder on any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.quantities.find import find

WORDS = """
3 12.5 1,280 xx x.x * × 20- __ 十二 百分点 个百分点 以上 左右 同比 增长 新增 分别 为 分之 翻番 首位
上半年 季度 2022 A G 企业 其中 预计 平方米 公里 若干
"""
PIECES = st.sampled_from(
    [
        *"、，。；-—~/:()“”三百亿万元家个%年月日约超余多和第前位至之成倍亩几数一半点负\n ",
        *WORDS.split(),
    ]
)
REPORTS = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=120) | REPORTS)
def test_spans_are_in_range_ordered_and_apart(text: str) -> None:
    end = 0
    for found in find(text):
        assert end <= found.start < found.end <= len(text)
        assert not text[found.start].isspace()
        end = found.end
        if found.masked:
            assert found.value is None
        if found.upper is not None:
            assert found.value is not None
            assert found.value < found.upper
        if found.unit_at is not None:
            assert 0 <= found.unit_at[0] < found.unit_at[1] <= len(text)


@settings(max_examples=200, deadline=None)
@given(REPORTS)
def test_sentences_around_a_text_move_spans_and_nothing_else(text: str) -> None:
    before, after = "工作扎实推进。\n", "\n。谢谢大家。"
    alone = [(f.start, f.end, f.value, f.unit, f.change, f.label) for f in find(text)]
    padded = [
        (f.start - len(before), f.end - len(before), f.value, f.unit, f.change, f.label)
        for f in find(before + text + after)
    ]
    assert alone == padded


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert find(text) == find(text)


def test_hostile_repeats_end() -> None:
    for unit in (
        "1",
        "x",
        "一",
        "(",
        "“",
        "分别",
        "1.",
        "1,",
        "亿",
        "1-",
        "3个、",
        "20-",
        "百分之",
    ):
        find(unit * 20_000)
