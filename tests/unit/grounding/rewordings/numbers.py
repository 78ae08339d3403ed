"""The same number written another way."""

import random
import re
from collections.abc import Iterator
from decimal import Decimal

from schemas.quantity import Qualifier, QuantityType
from tests.unit.grounding.material import Sentence, numerals_of, replace

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write an integer below 100 million in Chinese numerals."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + gap + (chinese(low) if low else "")
    words, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        place = number // power % 10
        if place:
            words += ("零" if zero and words else "") + _DIGITS[place] + name
            zero = False
        else:
            zero = True
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "0" <= char <= "9" else char for char in text)


def to_chinese(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """12家 as 十二家, 3.5% as 百分之三点五."""
    for place, start, end, numeral in numerals_of(sentence):
        plain = numeral.replace(",", "")
        words = sentence.text[place.start : place.end]
        if words.endswith("%") and place.numeral == (place.start, place.end - 1):
            whole, _, rest = plain.partition(".")
            spelt = chinese(int(whole)) + (
                "点" + "".join(_DIGITS[int(d)] for d in rest) if rest else ""
            )
            yield replace(sentence.text, place.start, place.end, "百分之" + spelt)
        elif plain.isdigit() and place.found.unit and not re.search("[万亿%余多—-]", words):
            yield replace(sentence.text, start, end, "两" if plain == "2" else chinese(int(plain)))


def to_arabic(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """三家 as 3家, 七成 as 70%."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        found = re.search("[一二两三四五六七八九十百千]+", words)
        value = place.found.value
        if not found or value is None or "分之" in words or re.search("[万亿0-9番倍半]", words):
            continue
        if place.found.type is QuantityType.RANK:
            yield replace(
                sentence.text, place.start, place.end, words.replace(found[0], str(value))
            )
        elif "成" in words:
            new = words.replace(found[0] + "成", f"{value}%")
            yield replace(sentence.text, place.start, place.end, new)
        else:
            new = words.replace(found[0], str(value))
            yield replace(sentence.text, place.start, place.end, new)


def rescaled(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """1.5亿元 as 15000万元, 3600万元 as 0.36亿元, 1.1万人 as 11000人."""
    for place, start, end, numeral in numerals_of(sentence):
        number = Decimal(numeral.replace(",", ""))
        rest = sentence.text[end : place.end]
        if rest.startswith("亿"):
            new = f"{(number * 10000).normalize():f}万"
            yield replace(sentence.text, start, end + 1, new)
        elif rest.startswith("万"):
            yield replace(sentence.text, start, end + 1, f"{(number * 10000).normalize():f}")
            yield replace(sentence.text, start, end + 1, f"{(number / 10000).normalize():f}亿")
        elif number >= 1000 and place.found.unit not in (None, "年", "%"):
            yield replace(sentence.text, start, end, f"{(number / 10000).normalize():f}万")


def separated(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """1280 as 1,280 and the other way."""
    for _place, start, end, numeral in numerals_of(sentence):
        if "," in numeral:
            yield replace(sentence.text, start, end, numeral.replace(",", ""))
        elif numeral.isdigit() and len(numeral) > 3:
            yield replace(sentence.text, start, end, f"{int(numeral):,}")


def full_width(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """Full-width digits and percent signs."""
    yield _full_width(sentence.text).replace("%", "％")


def bounds(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """60项以上 as 不少于60项, 3%左右 as 约3%, 120余项 as 超过120项."""
    for place, start, end, numeral in numerals_of(sentence):
        words = sentence.text[place.start : place.end]
        unit = sentence.text[end : place.end]
        if place.start != start:
            continue
        if words.endswith("以上") and place.found.qualifier is Qualifier.AT_LEAST:
            yield replace(sentence.text, place.start, place.end, f"不少于{words[:-2]}")
        elif words.endswith("左右"):
            yield replace(sentence.text, place.start, place.end, f"约{words[:-2]}")
        elif unit.startswith("余"):
            yield replace(sentence.text, place.start, place.end, f"超过{numeral}{unit[1:]}")


def dates(sentence: Sentence, rng: random.Random) -> Iterator[str]:
    """2023年 as 二〇二三年, 1-10月 as 1至10月."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        year = re.match("(20[0-9]{2})年", words)
        if place.found.type is QuantityType.DATE and year:
            spelt = "".join("〇一二三四五六七八九"[int(d)] for d in year[1])
            yield replace(sentence.text, place.start, place.start + 4, spelt)
        elif place.found.type is QuantityType.DATE and re.match("[0-9]+-[0-9]+月", words):
            yield replace(sentence.text, place.start, place.end, words.replace("-", "至"))
