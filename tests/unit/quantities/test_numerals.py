"""Numerals: a round trip over a wide range, and agreement with another reader."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundwork.quantities.numerals import adjacent, parse

DIGITS = "零一二三四五六七八九"
CAPITALS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def write(number: int) -> str:
    """Write a whole number below 10^16 in Chinese, an oracle independent of the parser."""
    if number == 0:
        return "零"
    parts: list[str] = []
    zero = False
    for scale, word in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10**4
        if section:
            gap = zero or (parts and section < 1000)
            parts.append(("零" if gap else "") + _section(section) + _scale(word, number))
        zero = bool(parts) and section % 10 == 0 and section == 0
    text = "".join(parts)
    return text.removeprefix("一") if text.startswith("一十") else text


def _scale(word: str, number: int) -> str:
    """Write 三万亿五千亿 as 三万五千亿: 亿 closes the sections above it once."""
    return "万" if word == "万亿" and number // 10**8 % 10**4 else word


def _section(number: int) -> str:
    text, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return text


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 10**16 - 1) | st.integers(0, 10**5))
def test_what_is_written_in_chinese_reads_back(number: int) -> None:
    assert parse(write(number)) == number
    assert parse(write(number).translate(CAPITALS)) == number
    assert parse(write(number).replace("二千", "两千")) == number


@settings(max_examples=200, deadline=None)
@given(st.decimals(0, 10**9, places=3))
def test_arabic_numbers_read_in_every_width_and_grouping(number: Decimal) -> None:
    plain = f"{number:.3f}"
    wide = plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert parse(plain) == parse(wide) == parse(f"{number:,.3f}") == number
    assert parse(f"{number:,.3f}".replace(",", "，")) == number
    assert parse(f"-{plain}") == -number
    assert parse(plain + "万") == number * 10_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.5万", "35000"),
        ("一千二百", "1200"),
        ("两百", "200"),
        ("万亿", "1000000000000"),
        ("三万亿", "3000000000000"),
        ("十二点五", "12.5"),
        ("三点五万", "35000"),
        ("百分之三点二", "3.2"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("两千三", "2300"),
        ("一万二", "12000"),
        ("二〇二三", "2023"),
        ("二零二三", "2023"),
        ("廿五", "25"),
        ("卅", "30"),
        ("壹佰", "100"),
        ("壹仟贰佰万", "12000000"),
        ("1亿3000万", "130000000"),
        ("3万5千", "35000"),
        ("1.2万亿", "1200000000000"),
        ("１２，８００", "12800"),
        ("321 146", "321146"),
        ("負3.5", "-3.5"),
        ("－2", "-2"),
        (".5", "0.5"),
        ("十", "10"),
        ("百", "100"),
        ("十亿零三百", "1000000300"),
    ],
)
def test_numerals_of_every_kind(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "个", "千百", "一百二千", "1.2.3", "12,34", "--3", "负", "点五五点", "1" * 60]
)
def test_what_is_no_numeral_is_refused(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [("两三", (2, 3)), ("三四百", (300, 400)), ("十五六", (15, 16)), ("二三十", (20, 30))],
)
def test_neighbouring_digits_are_a_range(text: str, ends: tuple[int, int]) -> None:
    assert adjacent(text) == (Decimal(ends[0]), Decimal(ends[1]))


@pytest.mark.parametrize("text", ["二十", "一百零五", "三五", "九"])
def test_other_numerals_are_not(text: str) -> None:
    assert adjacent(text) is None


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**15))
def test_another_reader_agrees(number: int) -> None:
    cn2an = pytest.importorskip("cn2an")
    assert parse(cn2an.an2cn(number)) == number
    assert parse(cn2an.an2cn(number, "up")) == number
