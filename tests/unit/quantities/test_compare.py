"""Equality by value, and what keeps two quantities apart."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork.quantities.compare import differences, moment, same_amount, says
from groundwork.quantities.found import Found
from schemas.quantity import Basis, Change, Qualifier, QuantityType
from schemas.verdict import Reason


def quantity(value: str | None, unit: str | None = "家", **fields: Any) -> Found:
    fields.setdefault("type", QuantityType.COUNT)
    return Found(0, 1, value=None if value is None else Decimal(value), unit=unit, **fields)


MONEY = {"type": QuantityType.MONEY}


@pytest.mark.parametrize(
    ("claimed", "source"),
    [
        (quantity("3", "项"), quantity("3.0", "项")),
        (quantity("150000000", "元", **MONEY), quantity("1.5E+8", "元", **MONEY)),
        (quantity("546000000", None, **MONEY), quantity("546000000", "元", **MONEY)),
        (
            quantity("3.6", "公里", type=QuantityType.LENGTH),
            quantity("3600", "米", type=QuantityType.LENGTH),
        ),
        (
            quantity("4", "位", type=QuantityType.RANK),
            quantity("4", None, type=QuantityType.RANK),
        ),
        (quantity("12", "套(间)"), quantity("12", "套（间）")),
    ],
)
def test_equal(claimed: Found, source: Found) -> None:
    assert differences(claimed, source) == frozenset()
    assert same_amount(claimed, source)


@pytest.mark.parametrize(
    ("claimed", "source", "reason"),
    [
        (quantity("13"), quantity("12"), Reason.VALUE),
        (quantity("150000"), quantity("1500000000"), Reason.SCALE),
        (quantity("12", "家"), quantity("12", "项"), Reason.UNIT),
        (quantity("12", None), quantity("12", "项"), Reason.UNIT),
        (quantity("12", "人"), quantity("12", "名"), Reason.UNIT),
        (
            quantity("5", "%", type=QuantityType.PERCENT),
            quantity("5", "个百分点", type=QuantityType.PERCENTAGE_POINT),
            Reason.TYPE,
        ),
        (quantity("43"), quantity("42.6"), Reason.PRECISION),
        (quantity("42", qualifier=Qualifier.APPROX), quantity("42.6"), Reason.PRECISION),
        (quantity("10", upper=Decimal(20)), quantity("10", upper=Decimal(15)), Reason.VALUE),
        (quantity("10"), quantity("10", upper=Decimal(15)), Reason.VALUE),
        (quantity("12"), quantity("12", qualifier=Qualifier.MORE_THAN), Reason.BOUND),
        (quantity("12", change=Change.INCREASE), quantity("12"), Reason.CHANGE_DIRECTION),
        (quantity("12", basis=Basis.YOY), quantity("12", basis=Basis.MOM), Reason.BASIS),
        (quantity("12"), quantity(None, masked=True), Reason.MASKED_IN_SOURCE),
        (quantity(None, masked=True), quantity("12"), Reason.VALUE),
    ],
)
def test_apart(claimed: Found, source: Found, reason: Reason) -> None:
    assert reason in differences(claimed, source)


@given(st.decimals(min_value=0, max_value=10**12, places=3), st.integers(-3, 3))
def test_the_same_number_in_another_spelling_is_equal(value: Decimal, shift: int) -> None:
    spelt = (value.scaleb(shift) * 10).scaleb(-shift) / 10
    assert differences(quantity(str(value)), quantity(str(spelt))) == frozenset()


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_different_numbers_never_are(one: int, other: int) -> None:
    assert bool(differences(quantity(str(one)), quantity(str(other)))) == (one != other)


@pytest.mark.parametrize(
    ("claimed", "source", "same"),
    [
        ("2023年", "二〇二三年", True),
        ("２０２３年", "2023年度", True),
        ("1至10月", "1-10月份", True),
        ("1月至10月", "1—10月", True),
        ("第三季度", "三季度", True),
        ("十月二十八日", "10月28日", True),
        ("10月28日", "2022年10月28日", True),
        ("20__年", "20××年", True),
        ("2023年", "2022年", False),
        ("2022年", "2022年10月", False),
        ("2022年10月", "10月", False),
        ("9月", "2022年10月", False),
        ("2024年", "2022-2024年", False),
        ("前三季度", "三季度", False),
        ("2023年", "20__年", False),
    ],
)
def test_dates(claimed: str, source: str, same: bool) -> None:
    assert says(claimed, source) is same


def test_moment_is_stable() -> None:
    for date in ("二〇二三年十月", "1—10月份", "上半年", "20-年5月"):
        assert moment(moment(date)) == moment(date)
