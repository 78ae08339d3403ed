"""Slips of a careless summary: what a model makes of a number that it does not copy."""

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from schemas.quantity import Qualifier, QuantityType
from tests.unit.grounding.material import Place, Sentence, bare, numerals_of, replace, same_value

TIMES = (
    ("全年", "上半年"),
    ("上半年", "全年"),
    ("上半年", "下半年"),
    ("今年", "去年"),
    ("前三季度", "全年"),
    ("一季度", "上半年"),
)
SCOPES = (("全市", "全省"), ("全区", "全市"), ("全县", "全市"), ("全镇", "全县"), ("全省", "全国"))
STAGES = (
    ("立案", "结案"),
    ("签约", "开工"),
    ("开工", "竣工"),
    ("受理", "办结"),
    ("申请", "授权"),
    ("新建", "改建"),
    ("发现", "整改"),
)
GROWTH = re.compile("(增长|增加|提高|上升|下降|减少|降低)(?=[0-9])")
_EXACT = re.compile("[近约超余多以不至突]")
_MARK = re.compile("[,，;；。、:：]")
_DIGITS = "零一二三四五六七八九"
_SHARE = re.compile("(?:占|率)[^,，;；。、0-9]{0,8}$")


def period(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Half a year told as the whole of it, this year as last year."""
    told = any(place.found.type is not QuantityType.DATE for place in sentence.places)
    for one, other in TIMES:
        if told and sentence.text.startswith(one) and other not in sentence.text:
            yield other + sentence.text.removeprefix(one)


def besides(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A part told as something more."""
    for found in re.finditer("其中(?=[^,，;；。、]{0,12}[0-9])", sentence.text):
        for other in ("另有", "此外", "其余"):
            yield replace(sentence.text, *found.span(), other)


def scope(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Another's total or rank."""
    for one, other in SCOPES:
        for found in re.finditer(f"{one}(?=[^,，;；。、0-9]{{0,8}}第?[0-9])", sentence.text):
            if other not in sentence.text:
                yield replace(sentence.text, *found.span(), other)


def stage(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Begun told as finished, asked for as granted."""
    for one, other in STAGES:
        for found in re.finditer(f"{one}(?=[^,，;；。、0-9]{{0,8}}[0-9])", sentence.text):
            if other not in sentence.text:
                yield replace(sentence.text, *found.span(), other)


def denied(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """未 before or after the number."""
    for found in re.finditer("完成(?=[^,，;；。、]{0,12}[0-9])", sentence.text):
        if not sentence.text[: found.start()].endswith(("未", "超额")):
            yield replace(sentence.text, *found.span(), "未完成")


def near(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """近1300 for 1280, 1200余 for 1280, 约43 for 42.6."""
    for place, start, end, numeral in numerals_of(sentence):
        value = Decimal(bare(numeral))
        words = sentence.text[place.start : place.end]
        plain = place.found.qualifier is Qualifier.EXACT and not _EXACT.search(words)
        if not plain or place.found.type is QuantityType.RANK or value < 20:
            continue
        step = Decimal(1) if value != int(value) else Decimal(100 if value > 1000 else 10)
        low = value // step * step
        if low == value or sentence.text[max(0, start - 1) : start] in "近约超第前不足":
            continue
        number, unit = sentence.text[place.start : start], sentence.text[end : place.end]
        for told in (f"近{low + step}{unit}", f"约{low + step}{unit}", f"超{low}{unit}"):
            yield replace(sentence.text, place.start, place.end, number + told)
        if value == int(value):
            yield replace(sentence.text, place.start, place.end, f"{number}{low}余{unit}")


def converted(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """万 into 亿 and digits into 万, by one place too many or too few."""
    for place, start, end, numeral in numerals_of(sentence):
        value, after = Decimal(bare(numeral)), sentence.text[end : end + 1]
        amount = place.found.type in (QuantityType.COUNT, QuantityType.MONEY, QuantityType.AREA)
        steps: tuple[tuple[Decimal, str], ...] = ()
        if after == "万" and place.found.value is not None:
            steps = ((value / 1000, "亿"), (value / 100_000, "亿"), (value * 1000, ""))
        elif after == "亿" and place.found.value is not None:
            steps = ((value * 1000, "万"), (value * 100_000, "万"))
        elif amount and value >= 1000 and place.found.value == value:
            steps = ((value / 1000, "万"), (value / 100_000, "万"))
        for told, scale in steps:
            beyond = end + 1 if after in ("万", "亿") else end
            number = f"{told.normalize():f}{scale}"
            yield replace(sentence.text, start, beyond, number)


def level(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """增长12% as 增长到12%, as 12倍, and a share as growth."""
    for found in GROWTH.finditer(sentence.text):
        yield replace(sentence.text, found.end(), found.end(), rng.choice("到至"))
    for place, _start, end, _numeral in numerals_of(sentence):
        if place.found.type is QuantityType.PERCENT and sentence.text[end : end + 1] == "%":
            if GROWTH.search(sentence.text[max(0, place.start - 2) : place.start + 1]):
                yield replace(sentence.text, end, end + 1, "倍")
            elif _SHARE.search(sentence.text[: place.start]):
                for verb in ("增长", "同比增长"):
                    yield replace(sentence.text, place.start, place.start, verb)


def separator(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """1,280 as 1.280, as two numbers, or without its last digit."""
    for place, start, end, numeral in numerals_of(sentence):
        plain = bare(numeral)
        if plain.isdigit() and len(plain) > 3 and place.found.value is not None:
            written = f"{int(plain):,}"
            for told in (written.replace(",", "."), written.replace(",", "、"), written[:-1]):
                yield replace(sentence.text, start, end, told)


def full_width(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Full-width digits, the last of them another."""
    for _place, start, end, numeral in numerals_of(sentence):
        last = rng.choice([digit for digit in "123456789" if digit != numeral[-1]])
        wide = (bare(numeral)[:-1] + last).translate(
            {ord(d): ord(d) + 0xFEE0 for d in "0123456789"}
        )
        yield replace(sentence.text, start, end, wide)


def misread(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Chinese numerals with 零 or 十 in the wrong place: 205 as 二百五十."""
    for place, start, end, numeral in numerals_of(sentence):
        after = sentence.text[end : end + 1]
        if not numeral.isdigit() or place.found.masked or after in ("万", "亿", "千", "百", "%"):
            continue
        hundreds, rest = divmod(int(numeral), 100)
        tens, ones = divmod(rest, 10)
        if hundreds and hundreds < 10 and ones != tens and rest:
            told = f"{_DIGITS[hundreds]}百零{_DIGITS[tens or ones]}"
            if tens:
                yield replace(sentence.text, start, end, told)
            else:
                yield replace(sentence.text, start, end, f"{_DIGITS[hundreds]}百{_DIGITS[ones]}十")
        elif not hundreds and tens and ones and ones != tens:
            yield replace(sentence.text, start, end, f"{_DIGITS[ones]}十{_DIGITS[tens]}")


def neighbour(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """The name of one number with the amount of the next."""
    for one, other in _alike(sentence):
        between = sentence.text[one.end : other.start]
        clause = _MARK.split(sentence.text[: one.start])[-1]
        name = _MARK.split(between)[-1]
        if (
            _MARK.search(between)
            and len(name) > 2
            and len(clause) > 2
            and not _shared(name, clause)
        ):
            yield clause + sentence.text[other.start : other.end]
            yield name + sentence.text[one.start : one.end]


def difference(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """What the source leaves its reader to work out."""
    for one, other in _alike(sentence):
        first, second = one.found.value, other.found.value
        if first is None or second is None or one.found.upper or other.found.upper:
            continue
        left = abs(first - second)
        if left and all(place.found.value != left for place in sentence.places):
            told = f"{left / 10_000:f}万" if left >= 10_000 else f"{left:f}"
            yield sentence.text + f"，相差{told}{one.found.unit}"
            yield replace(sentence.text, one.start, one.end, f"{told}{one.found.unit}")


def _alike(sentence: Sentence) -> Iterator[tuple[Place, Place]]:
    kinds = (QuantityType.COUNT, QuantityType.MONEY, QuantityType.AREA)
    for one, other in pairwise(sentence.places):
        same_kind = one.found.type in kinds and one.found.unit == other.found.unit
        if same_kind and one.found.unit and not same_value(one, other) and one.end <= other.start:
            yield one, other


def _shared(one: str, other: str) -> bool:
    return len(set(one) & set(other)) * 2 > min(len(set(one)), len(set(other)))
