"""Alterations: one thing changed, so that the claim is false. None where one does not apply."""

import random
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from benchmarks.generate.claims import Quantity, Statement
from benchmarks.generate.rewordings import plain

_DIGITS: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_WORDS: Final = "一两三四五六七八九"
_MEASURES: Final = ("家", "个", "项", "人", "户", "件", "场", "名", "处", "辆", "起", "次")
_TURNS: Final = {
    "增长": "下降",
    "增加": "减少",
    "提高": "下降",
    "上升": "下降",
    "净增": "净减",
    "新增": "减少",
    "下降": "增长",
    "减少": "增加",
    "缩短": "延长",
    "压减": "增加",
    "降低": "提高",
}
_BOUNDS: Final = {
    "以上": "以下",
    "以内": "以上",
    "以下": "以上",
    "左右": "",
    "不低于": "不高于",
    "不少于": "不超过",
    "不足": "超过",
    "不到": "超过",
    "突破": "不足",
    "超过": "不足",
    "近": "超",
    "约": "",
    "超": "",
    "余": "",
    "多": "",
}

Alter = Callable[[Statement, random.Random], str | None]


def _shown(statement: Statement) -> list[Quantity]:
    return [
        quantity
        for quantity in statement.quantities
        if plain(quantity) and _DIGITS.search(quantity.words)
    ]


def _with_digits(statement: Statement, quantity: Quantity, digits: str) -> str | None:
    """Put other digits in, unless the statement has them elsewhere already."""
    words = _DIGITS.sub(digits, quantity.words, count=1)
    others = [other.words for other in statement.quantities]
    return None if words in others else statement.replaced(quantity, words)


def value(statement: Statement, rng: random.Random) -> str | None:
    """Change one digit."""
    for quantity in _shuffled(_shown(statement), rng):
        found = _DIGITS.search(quantity.words)
        assert found is not None
        at = rng.choice([i for i, char in enumerate(found[0]) if char.isdigit()])
        choices = "123456789" if at == 0 else "0123456789"
        digit = rng.choice([char for char in choices if char != found[0][at]])
        changed = found[0][:at] + digit + found[0][at + 1 :]
        if Decimal(changed.replace(",", "")) == Decimal(found[0].replace(",", "")):
            continue
        return _with_digits(statement, quantity, changed)
    return None


def point(statement: Statement, rng: random.Random) -> str | None:
    """Lose the decimal point: 12.5 told as 125."""
    for quantity in _shuffled(_shown(statement), rng):
        found = _DIGITS.search(quantity.words)
        if found and "." in found[0] and not found[0].startswith("0"):
            return _with_digits(statement, quantity, found[0].replace(".", ""))
    return None


def numeral(statement: Statement, rng: random.Random) -> str | None:
    """Change a number in words: 三家 told as 四家."""
    for quantity in statement.quantities:
        if plain(quantity) and quantity.words[0] in _WORDS and quantity.type == "count":
            if len(quantity.words) > 1 and quantity.words[1] in "十百千万亿余多成分":
                continue
            other = rng.choice([char for char in _WORDS if char != quantity.words[0]])
            return statement.replaced(quantity, other + quantity.words[1:])
    return None


def scale(statement: Statement, rng: random.Random) -> str | None:
    """Tell 亿 as 万, or the other way round."""
    for quantity in _shuffled(_shown(statement), rng):
        if "千瓦" in quantity.words:
            continue
        for old, new in (("亿", "万"), ("万", "亿")):
            if old in quantity.words:
                return statement.replaced(quantity, quantity.words.replace(old, new, 1))
    return None


def unit(statement: Statement, rng: random.Random) -> str | None:
    """Count other things: 家 told as 项; a percentage told as percentage points."""
    for quantity in _shuffled(_shown(statement), rng):
        words = quantity.words
        if words.endswith("个百分点"):
            return statement.replaced(quantity, words.replace("个百分点", "%"))
        if words.endswith("%"):
            return statement.replaced(quantity, words[:-1] + "个百分点")
        if quantity.unit in _MEASURES and quantity.unit and words.count(quantity.unit) == 1:
            other = rng.choice([name for name in _MEASURES if name != quantity.unit])
            return statement.replaced(quantity, words.replace(quantity.unit, other))
    return None


def direction(statement: Statement, rng: random.Random) -> str | None:
    """Tell a rise as a fall, or the other way round."""
    for quantity in _shuffled(statement.quantities, rng):
        before = statement.text[: quantity.start]
        for old, new in _TURNS.items():
            if quantity.change and before.endswith(old):
                return before[: -len(old)] + new + statement.text[quantity.start :]
    return None


def bound(statement: Statement, rng: random.Random) -> str | None:
    """Turn a bound round, or leave it away: 60家以上 told as 60家以下, 80余家 as 80家."""
    for quantity in _shuffled(statement.quantities, rng):
        if not plain(quantity) or quantity.qualifier in {"exact", "estimate"}:
            continue
        for old, new in _BOUNDS.items():
            if old in quantity.words:
                return statement.replaced(quantity, quantity.words.replace(old, new, 1))
    return None


def bound_added(statement: Statement, rng: random.Random) -> str | None:
    """Claim more than the source: 80家 told as 超过80家."""
    for quantity in _shuffled(_shown(statement), rng):
        free = quantity.qualifier == "exact" and quantity.type in {"count", "money", "percent"}
        if free and quantity.words[0].isdigit():
            return statement.replaced(quantity, "超过" + quantity.words)
    return None


def basis(statement: Statement, rng: random.Random) -> str | None:
    """Tell 同比 as 环比."""
    for old, new in (("同比", "环比"), ("环比", "同比")):
        at = statement.text.find(old)
        # A basis with nothing but a mask behind it says nothing that could be checked.
        if at >= 0 and any(plain(q) and q.start > at for q in statement.quantities):
            return statement.text.replace(old, new)
    return None


def swapped(statement: Statement, rng: random.Random) -> str | None:
    """Give two numbers of one unit each other's place."""
    shown = _shown(statement)
    pairs = [
        (left, right)
        for at, left in enumerate(shown)
        for right in shown[at + 1 :]
        if left.unit == right.unit and left.value != right.value
    ]
    if not pairs or "分别" in statement.text:
        return None
    left, right = rng.choice(pairs)
    text = statement.text
    return (
        text[: left.start]
        + right.words
        + text[left.end : right.start]
        + left.words
        + text[right.end :]
    )


def unmasked(statement: Statement, rng: random.Random) -> str | None:
    """Invent the digits that the source hides."""
    for quantity in _shuffled(statement.quantities, rng):
        if quantity.masked:
            hidden = re.search(r"[xX×*_][xX×*_.]*", quantity.words)
            number = str(rng.randint(2, 98))
            if hidden:
                words = quantity.words.replace(hidden[0], number, 1)
            else:
                words = number + quantity.words
            return statement.replaced(quantity, words)
    return None


def rank(statement: Statement, rng: random.Random) -> str | None:
    """Tell the second as the first."""
    for quantity in statement.quantities:
        found = re.search("[一二三四五六七八九]", quantity.words)
        if quantity.type == "rank" and found:
            other = rng.choice([char for char in "一二三四五六七八九" if char != found[0]])
            return statement.replaced(quantity, quantity.words.replace(found[0], other))
    return None


def borrowed(statement: Statement, rng: random.Random) -> str | None:
    """Tell an indicator with the number of the clause before it: right number, wrong thing."""
    shown = _shown(statement)
    for left, right in pairwise(shown):
        between = statement.text[left.end : right.start]
        apart = left.unit == right.unit and left.value != right.value
        if apart and re.fullmatch(r"[,，、][^,，、\d]{4,}", between):
            return between[1:] + left.words
    return None


ALTERATIONS: Final[tuple[Alter, ...]] = (
    value,
    point,
    numeral,
    scale,
    unit,
    direction,
    bound,
    bound_added,
    basis,
    swapped,
    unmasked,
    rank,
    borrowed,
)


def _shuffled(quantities: Sequence[Quantity], rng: random.Random) -> list[Quantity]:
    return rng.sample(list(quantities), len(quantities))
