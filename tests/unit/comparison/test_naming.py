"""Names of indicators, taken apart and compared."""

import pytest

from groundwork.comparison.naming import Name, named, named_or_verb
from groundwork.comparison.scoring import LIKELY, SURE


def alike(one: str, other: str) -> float:
    return Name.of(named(one)).alike(Name.of(named(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("规模以上工业增加值", "规上工业增加值"),
        ("技术改造投资", "技改投资"),
        ("群众满意率", "群众满意度"),
        ("生猪出栏", "出栏生猪"),
        ("新增学前教育学位", "学前学位"),
    ],
)
def test_other_words_for_the_same_are_sure(one: str, other: str) -> None:
    assert alike(one, other) >= SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("普惠性幼儿园覆盖率", "普惠园覆盖率"),
        ("工业投资", "工业技改投资"),
        ("技术合同成交额", "技术合同登记额"),
    ],
)
def test_names_that_share_most_of_their_letters_are_likely_at_most(one: str, other: str) -> None:
    assert LIKELY <= alike(one, other) < SURE


@pytest.mark.parametrize(("one", "other"), [("投资", "工业投资"), ("教师", "教学楼"), ("", "企业")])
def test_short_or_other_names_are_neither(one: str, other: str) -> None:
    assert alike(one, other) < SURE
    assert Name.of(one).alike(Name.of(other)) == Name.of(other).alike(Name.of(one))


def test_verbs_name_nothing_unless_they_are_part_of_a_name() -> None:
    assert named("办结") == ""
    assert named_or_verb("办结") == "办结"
    assert named("培训人民调解员") == "人民调解员"
    assert named("覆盖率") == "覆盖率"


def test_a_head_noun_ends_a_longer_name() -> None:
    assert Name.of("教师").ends_like(Name.of("中小学教师"))
    assert not Name.of("师").ends_like(Name.of("教师"))
    assert not Name.of("教师").ends_like(Name.of("教师宿舍"))
