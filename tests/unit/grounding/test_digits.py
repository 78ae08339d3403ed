"""Claims that are their evidence but for digits: read as the finder would read them."""

from pathlib import Path

import pytest

from groundwork.grounding.verify import CheckedText, judge
from groundwork.grounding.verify.digits import digit_copies
from groundwork.quantities.find import find
from schemas.verdict import Reason, Verdict
from tests.unit.grounding.material import EXAMPLES
from tests.unit.grounding.test_mutations import altered, read


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_values_and_units_are_those_of_a_fresh_reading(path: Path) -> None:
    text = read(path)
    seen = 0
    for _, sentence, claim in altered(text, path.name):
        told = digit_copies(claim, [(sentence.start, sentence.end)], text)
        if told is None:
            continue
        seen += 1
        fresh = [(one.start, one.end, one.type, one.value, one.unit) for one in find(claim)]
        assert [(one.start, one.end, one.type, one.value, one.unit) for one, _ in told] == fresh
    assert seen > 5


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("2022年新增企业12家", "2023年新增企业12家"),
        ("产能由36万吨增至52万吨", "产能由36万吨增至25万吨"),
        ("实行5+2服务,新增企业12家", "实行5+3服务,新增企业12家"),
        ("占比10%—15%", "占比10%—16%"),
        ("排名第3位", "排名第4位"),
        ("1/3的村达标", "2/3的村达标"),
        ("新增企业12家。新增企业15家", "新增企业13家"),
        ("完成1亿2000万元", "完成1亿3000万元"),
        ("自5月起新增3家", "自6月起新增3家"),
        ("新增xx家", "新增12家"),
    ],
)
def test_digits_that_say_more_than_how_much_are_left_to_the_finder(source: str, claim: str) -> None:
    text = CheckedText.of(source)
    told = digit_copies(claim, [(0, len(source))], text)
    assert told is None or all(one.reasons == frozenset() or one.source for _, one in told)
    assert any(check.reasons for check in judge(claim, [(0, len(source))], text))


def test_the_number_altered_is_told_from_the_others() -> None:
    source = "完成投资1,280.5万元,同比增长7.5%,约占3成。"
    text = CheckedText.of(source)
    checks = judge("完成投资1,380.5万元,同比增长7.5%,约占3成", [(0, len(source))], text)
    assert [check.verdict for check in checks[:2]] == [Verdict.CONTRADICTED, Verdict.SUPPORTED]
    assert checks[0].reasons == [Reason.VALUE]
    assert str(checks[0].quantity.value) == "13805000.0"
    assert checks[0].quantity.span.quote == "1,380.5万元"
    assert checks[0].explanation is not None


def test_a_digit_of_the_same_value_is_the_same_number() -> None:
    source = "增长7.50%,新增08家"
    checks = judge("增长７.5０%,新增08家", [(0, len(source))], CheckedText.of(source))
    assert not any(check.reasons for check in checks)
