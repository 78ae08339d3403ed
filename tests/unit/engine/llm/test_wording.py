"""From items to claims: the source's own words wherever they are meant."""

import pytest

from groundwork.engine.llm.chunks import Chunk, cut
from groundwork.engine.llm.protocol import Item
from groundwork.engine.llm.wording import claims_of, is_faithful, nearest
from tests.fakes.llm_setting import document

DOCUMENT = document()
(CHUNK,) = cut(DOCUMENT, 10_000)


def item(text: str | None, *sentences: int) -> Item:
    return Item(kind="achievement", sentences=sentences, text=text)


@pytest.mark.parametrize(
    ("text", "faithful"),
    [
        (None, True),
        ("改造管网46.8公里", True),
        ("管网改造46.8公里,惠及1.2万余人", True),
        ("惠及一万二千余人", False),
        ("全县经济社会发展取得历史性成就", False),
        ("。", False),
    ],
)
def test_faithful_wording_shares_its_pairs_of_characters(text: str | None, faithful: bool) -> None:
    assert is_faithful(CHUNK, item(text, 1)) is faithful


def test_a_part_taken_word_for_word_knows_its_place() -> None:
    (claim,) = claims_of(CHUNK, DOCUMENT.clean, item("惠及1.2万余人。", 1))
    assert claim.span is not None
    assert DOCUMENT.clean.text[claim.span[0] : claim.span[1]] == claim.text == "惠及1.2万余人"


def test_a_part_that_the_model_saw_with_other_marks_is_found_too() -> None:
    made = document([(("一、工作",), ["建设<一网通办>平台\n3个"])])
    (chunk,) = cut(made, 10_000)
    (claim,) = claims_of(chunk, made.clean, item("建设＜一网通办＞平台 3个", 1))
    assert claim.text == "建设<一网通办>平台\n3个"


def test_a_new_wording_has_no_place_of_its_own() -> None:
    (claim,) = claims_of(CHUNK, DOCUMENT.clean, item("管网改造46.8公里", 1))
    assert claim.span is None
    assert claim.text == "管网改造46.8公里"


def test_whole_sentences_join_under_one_heading_only() -> None:
    claims = claims_of(CHUNK, DOCUMENT.clean, item(None, 1, 2, 3))
    assert [claim.sentences for claim in claims] == [(1, 2), (3,)]


def test_nearest_sentence() -> None:
    chunk: Chunk = CHUNK
    assert nearest(chunk, "河长制考核前三") == 5
