"""Dates letter by letter, so that 2023年 = ２０２３年 = 二〇二三年 and 1至10月 = 1-10月份."""

import re
import unicodedata
from typing import Final

_DIGITS: Final = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "两": "2",
}
_NUMERAL: Final = re.compile("[零〇○一二三四五六七八九十]{1,4}(?=[年月日号季至到—–-])")
_SEPARATOR: Final = re.compile("[-—–―－~～至到]{1,2}")
_MASK: Final = re.compile("[x*×○某_]{1,8}|-{1,4}(?=年)")
_SHARED_UNIT: Final = re.compile(r"(?<=\d)([年月日])-(?=[\dx]{1,4}\1)")
_DROPPED: Final = str.maketrans("", "", " \t\r\n\u3000份第的,、，()")
_NAMES: Final = (("年度", "年"), ("号", "日"), ("上一年", "上年"), ("去年", "上年"))


def moment(text: str) -> str:
    """Return a spelling in which equal dates are equal strings.

    >>> moment("二〇二三年十月"), moment("１—10月份"), moment("第三季度"), moment("20__年")
    ('2023年10月', '1-10月', '3季度', '20x年')
    """
    spelt = unicodedata.normalize("NFKC", text).translate(_DROPPED).lower()
    for name, shorter in _NAMES:
        spelt = spelt.replace(name, shorter)
    spelt = _NUMERAL.sub(lambda found: _read(found[0]), spelt)
    spelt = _MASK.sub("x", spelt)
    spelt = _SEPARATOR.sub("-", spelt)
    return _SHARED_UNIT.sub("-", spelt)


def says(claimed: str, source: str) -> bool:
    """Whether a claimed date says what the source's says; a claim may leave the year out.

    >>> says("10月28日", "2022年10月28日"), says("2022年", "2022年10月"), says("9月", "10月")
    (True, False, False)
    """
    one, other = moment(claimed), moment(source)
    if one == other:
        return True
    cut = other.find("年") + 1
    return 0 < cut < len(other) and other[cut:] == one and "-" not in other[:cut]


def _read(numeral: str) -> str:
    """Read a numeral of a date: digit by digit, or below a hundred with 十."""
    if "十" not in numeral:
        return "".join(_DIGITS[char] for char in numeral)
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return numeral
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")
