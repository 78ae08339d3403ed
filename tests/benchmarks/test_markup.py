import pytest

from benchmarks.corpus.amounts import read
from benchmarks.corpus.markup import MarkupError, compile_source


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("约150亿元", {"value": 15_000_000_000, "unit": "元", "qualifier": "approx"}),
        ("1,280余人次", {"value": 1280, "unit": "人次", "qualifier": "more_than"}),
        ("30多万元", {"value": 300_000, "unit": "元", "qualifier": "more_than"}),
        ("四百一十二户", {"value": 412, "unit": "户"}),
        ("七成", {"value": 70, "unit": "%", "type": "percent"}),
        ("10%-15%", {"value": 10, "upper": 15, "unit": "%"}),
        ("2至3万户", {"value": 20_000, "upper": 30_000, "unit": "户"}),
        ("xx.x%", {"value": None, "masked": True, "unit": "%"}),
        ("×××万元", {"value": None, "masked": True, "unit": "元", "type": "money"}),
        ("第x位", {"value": None, "masked": True, "type": "rank"}),
        ("第二", {"value": 2, "type": "rank", "unit": None}),
        ("20-年5月", {"type": "date", "masked": True}),
        ("1—6月", {"type": "date", "masked": False}),
        ("12.5万千瓦", {"value": 125_000, "unit": "千瓦", "type": "energy"}),
    ],
)
def test_words_of_a_quantity(words: str, expected: dict[str, object]) -> None:
    assert {key: read(words)[key] for key in expected} == expected


def test_noise_inside_a_quantity_is_not_read() -> None:
    done = compile_source("<<年报||>>[a:同比增长{12¶.5%}]。<</>>")
    assert done.text == "同比增长12\n2、.5%。\n"
    assert done.quantities[0]["value"] == 12.5
    assert done.noise == [{"start": 6, "end": 9, "quote": "\n2、", "kind": "page_break"}]


def test_flags_overrule_what_the_words_tell() -> None:
    (quantity,) = compile_source("{亿元以上|v=100000000 u=元 q=at_least t=money -}").quantities
    assert (quantity["value"], quantity["masked"]) == (100_000_000, False)
    assert quantity["change"] == "decrease"


def test_a_direction_is_read_through_a_page_break() -> None:
    (quantity,) = compile_source("同比下¶降{3%}").quantities
    assert quantity["change"] == "decrease"


def test_traditional_text_carries_glosses() -> None:
    done = compile_source("#traditional\n<<学校||学校>>学校{3个}<</>>")
    assert done.text == "學(xué)校3個(gè)\n"
    assert done.reports[0]["title"] == "學校"
    assert done.quantities[0]["unit"] == "個"


def test_line_ends_can_be_crlf() -> None:
    done = compile_source("#crlf\n甲\n[t:乙]\n")
    assert done.text == "甲\r\n乙\r\n"
    assert done.items[0]["start"] == 3


def test_an_escaped_bracket_is_text() -> None:
    assert compile_source("\\[图1\\]").text == "[图1]\n"


@pytest.mark.parametrize(
    "source",
    ["[a:甲", "甲]", "{3家", "3家}", "<</>>", "<<甲||>>", "[a:甲[p:乙]]", "^", "{3家|w=1}", "[乙]"],
)
def test_what_does_not_close_is_an_error(source: str) -> None:
    with pytest.raises(MarkupError):
        compile_source(source)
