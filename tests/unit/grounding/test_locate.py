"""The place of a quote: exact or none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.grounding.locate import locate
from groundwork.text.clean import clean
from groundwork.text.document import SourceText


@pytest.mark.parametrize(
    ("source", "quote", "found"),
    [
        ("全区新增企业12家。明年继续。", "新增企业12家", "新增企业12家"),
        ("全区新增企业12家。明年继续。", "新增企业 12 家。", "新增企业12家"),
        ("全區新增企業12家。", "全区新增企业１２家", "全區新增企業12家"),
        ("落实“双减”政策", "落实双减政策", "落实“双减”政策"),
        ("新增企业112家", "12家", None),
        ("新增企业12.5万户", "5万户", None),
        ("新增企业12家", "新增企业13家", None),
        ("新增企业12家", "企业新增12家", None),
        ("新增企业12家", "。", None),
        ("新增企业12家", "", None),
    ],
)
def test_locate(source: str, quote: str, found: str | None) -> None:
    text = clean(SourceText(source))
    place = locate(quote, [(0, len(text.text))], text)
    assert (text.text[slice(*place)] if place else None) == found


def test_only_the_cited_ranges_count() -> None:
    text = clean(SourceText("新建学校8所。改造医院15家。"))
    assert locate("改造医院15家", [(0, 6)], text) is None
    assert locate("改造医院15家", [(0, 6), (7, 14)], text) == (7, 14)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="新增企业家123，。 “”\n", min_size=1, max_size=40), st.data())
def test_a_piece_of_the_text_is_found_with_its_own_letters(
    source: str, data: st.DataObject
) -> None:
    text = clean(SourceText(source))
    length = len(text.text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    place = locate(text.text[start:end], [(0, length)], text)
    if place is not None:
        wanted, got = (
            "".join(char for char in part if char.isalnum())
            for part in (text.text[start:end], text.text[slice(*place)])
        )
        assert got == wanted


def test_the_very_characters_come_first_noise_and_quotation_marks_included() -> None:
    source = "实现全年安全生产“零事故”;修路增长\n2、8.5公里。"
    text = clean(SourceText(source))
    for quote in ("“零事故”", "修路增长\n2、8.5公里"):
        place = locate(quote, [(0, len(text.text))], text)
        assert place is not None
        assert text.span(*place).quote == quote
