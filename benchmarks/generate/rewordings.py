"""Faithful rewordings: other words, the same facts. Each returns None where it does not apply."""

import random
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from opencc import OpenCC

from benchmarks.generate.claims import Quantity, Statement
from benchmarks.generate.slots import in_words

_WIDE_DIGITS: Final = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
_WIDE_MARKS: Final = str.maketrans(
    {",": "，", "，": ",", ";": "；", "；": ";", "(": "（", ")": "）"}
)
_INT: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?![\d.,])")
_DEPENDENT: Final = re.compile(
    r"其中|占|同比|环比|较|比|增长|下降|分别|均|累计|达到?|增幅|增速|完成率|率|并|但|而|且|整改|规范|有效"
)
_COMMA: Final = re.compile(r"(?<!\d)[,，]|[,，](?!\d)")

Reword = Callable[[Statement, random.Random], str | None]


def verbatim(statement: Statement, rng: random.Random) -> str | None:
    """Return the source's own words, noise left out."""
    return statement.text


def words_for_digits(statement: Statement, rng: random.Random) -> str | None:
    """Tell 3项 as 三项."""
    found = [
        quantity
        for quantity in statement.quantities
        if quantity.type == "count"
        and (digits := re.fullmatch(r"(\d{1,2})([^\d.,]*)", quantity.words))
        and 1 < int(digits[1]) < 100
        and not quantity.words.startswith("0")
        and quantity.unit == digits[2]
    ]
    if not found:
        return None
    chosen = rng.choice(found)
    number = re.match(r"\d+", chosen.words)
    assert number is not None
    return statement.replaced(chosen, in_words(int(number[0])) + chosen.words[number.end() :])


def grouping(statement: Statement, rng: random.Random) -> str | None:
    """Tell 1280 as 1,280, and the other way round."""
    for quantity in statement.quantities:
        digits = _INT.search(quantity.words)
        if digits and len(digits[0].replace(",", "")) > 3 and not quantity.masked:
            bare = digits[0].replace(",", "")
            told = bare if "," in digits[0] else f"{int(bare):,}"
            return statement.replaced(quantity, quantity.words.replace(digits[0], told))
    return None


def full_width(statement: Statement, rng: random.Random) -> str | None:
    """Tell 3.5% as ３．５％."""
    for quantity in statement.quantities:
        if re.search(r"\d", quantity.words) and "," not in quantity.words and not quantity.masked:
            return statement.replaced(quantity, quantity.words.translate(_WIDE_DIGITS))
    return None


def other_scale(statement: Statement, rng: random.Random) -> str | None:
    """Tell 1.5亿元 as 15000万元."""
    for quantity in statement.quantities:
        told = re.search(r"(\d+(?:\.\d+)?)亿元", quantity.words)
        if told:
            amount = Decimal(told[1]) * 10000
            if amount == amount.to_integral_value():
                words = quantity.words.replace(told[0], f"{int(amount)}万元")
                return statement.replaced(quantity, words)
    return None


def percent_in_words(statement: Statement, rng: random.Random) -> str | None:
    """Tell 3% as 百分之三."""
    for quantity in statement.quantities:
        told = re.fullmatch(r"(\d{1,2})(?:\.(\d+))?%", quantity.words)
        if told and not told[1].startswith("0"):
            digits = "零一二三四五六七八九"
            whole = "二" if told[1] == "2" else in_words(int(told[1]))
            point = "点" + "".join(digits[int(char)] for char in told[2]) if told[2] else ""
            return statement.replaced(quantity, f"百分之{whole}{point}")
    return None


def other_marks(statement: Statement, rng: random.Random) -> str | None:
    """Write commas of the other width."""
    if re.search(r"\d[,，]\d", statement.text) or not re.search("[,，;；]", statement.text):
        return None
    return statement.text.translate(_WIDE_MARKS)


def beginning(statement: Statement, rng: random.Random) -> str | None:
    """Tell only the first clauses."""
    cuts = [
        comma.start()
        for comma in _COMMA.finditer(statement.text)
        if any(quantity.end <= comma.start() for quantity in statement.quantities)
        and not any(q.start < comma.start() < q.end for q in statement.quantities)
    ]
    return statement.text[: rng.choice(cuts)] if cuts else None


def clauses_swapped(statement: Statement, rng: random.Random) -> str | None:
    """Put the first two clauses in the other order, where each stands by itself."""
    parts = re.split(r"(?<=[^\d])[,，]", statement.text)
    if len(parts) != 2 or "分别" in statement.text or "：" in statement.text:
        return None
    if any(_DEPENDENT.match(part) or not re.search(r"\d", part) for part in parts):
        return None
    first, second = parts
    if re.match(r"全年|截至|年末|今年|通过|一年来|全县|全市|全区|发展|对|为|投入", first):
        return None
    return f"{second},{first}"


def synonym(statement: Statement, rng: random.Random) -> str | None:
    """Tell 较上年 as 比上年, 超过 as 超."""
    pairs = [("较上年", "比上年"), ("同比提高", "同比上升"), ("超过", "超"), ("不少于", "不低于")]
    for old, new in pairs:
        if old in statement.text:
            return statement.text.replace(old, new, 1)
    return None


def simplified(statement: Statement, rng: random.Random) -> str | None:
    """Tell a report in Traditional characters in Simplified ones."""
    return OpenCC("t2s").convert(statement.text) if statement.traditional else None


def framed(statement: Statement, rng: random.Random) -> str | None:
    """Put a word of report before the statement."""
    return "报告指出," + statement.text


REWORDINGS: Final[tuple[Reword, ...]] = (
    verbatim,
    words_for_digits,
    grouping,
    full_width,
    other_scale,
    percent_in_words,
    other_marks,
    beginning,
    clauses_swapped,
    synonym,
    simplified,
    framed,
)


def plain(quantity: Quantity) -> bool:
    """Say whether a number shows its digits and has one value."""
    return not quantity.masked and quantity.value is not None
