"""Claims with one thing changed, each of a named kind: none of them may be accepted."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from schemas.quantity import QuantityType
from tests.unit.grounding.material import Place, Sentence, replace

Alteration = Callable[[Sentence, random.Random, list[str]], Iterator[str]]

UNITS = ("家", "个", "项", "件", "人", "名", "亩", "户", "场", "台", "公里", "万元", "吨", "套")
DIRECTIONS = (
    ("增长", "下降"),
    ("增加", "减少"),
    ("提高", "降低"),
    ("上升", "下降"),
    ("下降", "增长"),
    ("降低", "提高"),
    ("减少", "增加"),
    ("新增", "减少"),
    ("净增", "净减"),
    ("提升", "下滑"),
    ("压缩", "延长"),
    ("拉长", "缩短"),
    ("低于", "高于"),
    ("高于", "低于"),
    ("降到", "升到"),
)
BASES = (
    ("同比", "环比"),
    ("环比", "同比"),
    ("净增", "累计"),
    ("净增", "新增"),
    ("累计", "净增"),
    ("新增", "累计"),
    ("比上年", "比上月"),
    ("较上年", "较年初"),
    ("较年初", "同比"),
    ("平均", "累计"),
    ("人均", "户均"),
)
BOUNDS = (
    ("余", ""),
    ("以上", ""),
    ("以上", "以下"),
    ("超过", ""),
    ("超过", "不足"),
    ("突破", ""),
    ("突破", "不到"),
    ("左右", ""),
    ("左右", "以上"),
    ("近", ""),
    ("约", ""),
    ("不足", "超过"),
    ("不到", "超过"),
    ("不少于", "不多于"),
    ("不低于", "不高于"),
    ("不低于", ""),
    ("以内", "以上"),
    ("不足", ""),
    ("近", "超"),
)
PERIODS = (
    ("2023年", "2022年"),
    ("2022年", "2021年"),
    ("2020年", "2019年"),
    ("2019年", "2018年"),
    ("2024年", "2025年"),
    ("10月", "9月"),
    ("6月", "8月"),
    ("9月", "11月"),
    ("上半年", "下半年"),
    ("去年", "前年"),
    ("上年", "前年"),
)
RESTRICTORS = (
    "国家级",
    "省级",
    "市级",
    "发明",
    "高价值",
    "省部级",
    "一级",
    "二级",
    "税收",
    "本科",
    "规上",
)
NUMERALS = "一二三四五六七八九十"


def _numerals(sentence: Sentence) -> Iterator[tuple[Place, int, int, str]]:
    for place in sentence.places:
        if place.numeral:
            start, end = place.numeral
            yield place, start, end, sentence.text[start:end]


def digit(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit becomes another."""
    for _place, start, end, numeral in _numerals(sentence):
        at = rng.choice([at for at, char in enumerate(numeral) if char.isdigit()])
        other = rng.choice([char for char in "123456789" if char != numeral[at]])
        yield replace(sentence.text, start, end, replace(numeral, at, at + 1, other))


def decimal_point(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """The point moves by one place, or appears."""
    for _place, start, end, numeral in _numerals(sentence):
        whole, point, rest = numeral.replace(",", "").partition(".")
        if point:
            yield replace(sentence.text, start, end, whole + rest[0] + "." + (rest[1:] or "0"))
            yield replace(sentence.text, start, end, whole + rest)
        elif len(whole) > 1 and not whole.endswith("0"):
            yield replace(sentence.text, start, end, whole[:-1] + "." + whole[-1])


def digit_added(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit more."""
    for _place, start, end, numeral in _numerals(sentence):
        plain = numeral.replace(",", "")
        at = rng.randrange(len(plain) + 1)
        yield replace(sentence.text, start, end, replace(plain, at, at, rng.choice("123456789")))


def digit_dropped(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit less."""
    for _place, start, end, numeral in _numerals(sentence):
        plain = numeral.replace(",", "")
        if len(plain) > 1:
            at = rng.choice([at for at, char in enumerate(plain) if char.isdigit()])
            left = replace(plain, at, at + 1, "").strip(".")
            if left and float(left) != float(plain):
                yield replace(sentence.text, start, end, left)


def swapped(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Two numbers change places, their units stay."""
    spots = [(start, end, numeral) for _place, start, end, numeral in _numerals(sentence)]
    for one, other in pairwise(spots):
        if one[2] != other[2]:
            text = replace(sentence.text, other[0], other[1], one[2])
            yield replace(text, one[0], one[1], other[2])
    quantities = [place for place in sentence.places if place.found.type is not QuantityType.DATE]
    for first, second in pairwise(quantities):
        one_words = sentence.text[first.start : first.end]
        other_words = sentence.text[second.start : second.end]
        same = first.found.unit == second.found.unit
        if same and not _same_value(first, second) and first.end <= second.start:
            text = replace(sentence.text, second.start, second.end, one_words)
            yield replace(text, first.start, first.end, other_words)


def copied(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A number takes the value of another number of the same sentence."""
    spots = list(_numerals(sentence))
    for place, start, end, numeral in spots:
        others = [other[3] for other in spots if float(_plain(other[3])) != float(_plain(numeral))]
        same = [
            other[3]
            for other in spots
            if other[0].found.unit == place.found.unit
            and float(_plain(other[3])) != float(_plain(numeral))
        ]
        if others:
            yield replace(sentence.text, start, end, rng.choice(same or others))


def from_elsewhere(sentence: Sentence, rng: random.Random, others: list[str]) -> Iterator[str]:
    """A number takes a value that stands in another sentence of the report."""
    for _place, start, end, numeral in _numerals(sentence):
        choice = [other for other in others if float(_plain(other)) != float(_plain(numeral))]
        if choice:
            yield replace(sentence.text, start, end, rng.choice(choice))


def scale(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """亿 becomes 万, 万 becomes 亿 or goes, or a scale appears."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        for one, other in (("亿", "万"), ("万", "亿"), ("万", ""), ("亿", "")):
            if one in words and (place.found.value is not None or other):
                yield replace(sentence.text, place.start, place.end, words.replace(one, other, 1))
        if place.numeral and place.found.value and not re.search("[万亿%]", words):
            yield replace(sentence.text, place.numeral[1], place.numeral[1], "万")


def unit(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Another measure word."""
    for place in sentence.places:
        words, own = sentence.text[place.start : place.end], place.found.unit
        if own and own in words and own != "%" and place.found.type is not QuantityType.RANK:
            other = rng.choice([other for other in UNITS if other not in (own, words)])
            at = words.rindex(own)
            new = words[:at] + other + words[at + len(own) :]
            yield replace(sentence.text, place.start, place.end, new)


def percent(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """% becomes 个百分点 and the other way."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        if "%" in words:
            new = words.replace("%", "个百分点")
            yield replace(sentence.text, place.start, place.end, new)
        elif words.endswith("个百分点"):
            new = words.replace("个百分点", "%")
            yield replace(sentence.text, place.start, place.end, new)


def _pairs(sentence: Sentence, table: tuple[tuple[str, str], ...], reach: int) -> Iterator[str]:
    """Replace a word of ``table`` that stands inside a number or at most ``reach`` before it."""
    for one, other in table:
        for found in re.finditer(re.escape(one), sentence.text):
            if any(
                place.start - reach <= found.end() <= place.end + 2
                and found.start() >= place.start - reach
                and place.found.type is not QuantityType.DATE
                and not re.search("[,，、。]", sentence.text[found.end() : place.start])
                for place in sentence.places
            ):
                yield replace(sentence.text, found.start(), found.end(), other)


def direction(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """增长 becomes 下降, and such."""
    yield from _pairs(sentence, DIRECTIONS, 3)


def basis(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """同比 becomes 环比, 净增 becomes 累计, and such."""
    yield from _pairs(sentence, BASES, 5)


def bound(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A bound word goes, turns round, or appears."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        for one, other in BOUNDS:
            if one in words and place.found.type is not QuantityType.DATE:
                new = words.replace(one, other, 1)
                yield replace(sentence.text, place.start, place.end, new)
        if place.numeral and words[0].isdigit() and not re.search("[余多来]|以|左", words):
            yield replace(sentence.text, place.start, place.start, rng.choice(["约", "超", "近"]))
            yield replace(sentence.text, place.end, place.end, rng.choice(["以上", "左右"]))


def rank(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Another place in the order."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        if place.found.type is QuantityType.RANK:
            numeral = re.search("[0-9]+|[一二三四五六七八九十]", words)
            if numeral:
                other = rng.choice([n for n in "一三五六七" if n != numeral[0]])
                if numeral[0].isdigit():
                    other = str(int(numeral[0]) + 1)
                new = words.replace(numeral[0], other, 1)
                yield replace(sentence.text, place.start, place.end, new)
            if "前" in words:
                yield replace(sentence.text, place.start, place.end, words.replace("前", "第"))


def range_end(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """An end of a range changes, or one end is left."""
    for place in sentence.places:
        if place.found.upper is None:
            continue
        words = sentence.text[place.start : place.end]
        numerals = list(re.finditer(r"\d+(?:\.\d+)?", words))
        if len(numerals) == 2:
            first, second = numerals
            more = str(int(float(second[0])) + 5)
            yield replace(
                sentence.text, place.start, place.end, replace(words, *second.span(), more)
            )
            yield replace(sentence.text, place.start, place.end, words[second.start() :])
            less = str(max(1, int(float(first[0])) - 1))
            yield replace(
                sentence.text, place.start, place.end, replace(words, *first.span(), less)
            )


def chinese_numeral(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One Chinese numeral becomes another."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        for found in re.finditer("[一二三四五六七八九两]", words):
            if "分之" in words[found.end() :]:
                continue
            other = rng.choice(
                [n for n in NUMERALS[1:9] if n != found[0] and found[0] + n != "两二"]
            )
            new = replace(words, found.start(), found.end(), other)
            yield replace(sentence.text, place.start, place.end, new)


def mask_filled(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A hidden number gets a value."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        if place.found.masked:
            value = f"{rng.randrange(2, 90)}"
            new = re.sub(r"[x*×X_]+(?:\.[x*×X]+)?", value, words, count=1)
            if new == words:
                new = value + words
            yield replace(sentence.text, place.start, place.end, new)


def mask_letters(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A hidden number hides one letter more, or another unit follows it."""
    for place in sentence.places:
        words = sentence.text[place.start : place.end]
        mask = re.search(r"[x*×X_]+(?!.*[x*×X_])", words)
        if place.found.masked and mask and place.found.type is not QuantityType.DATE:
            more = replace(words, mask.end(), mask.end(), mask[0][0])
            yield replace(sentence.text, place.start, place.end, more)
            if place.found.unit in UNITS and words.endswith(place.found.unit):
                other = rng.choice([unit for unit in UNITS if unit != place.found.unit])
                new = words.removesuffix(place.found.unit) + other
                yield replace(sentence.text, place.start, place.end, new)


def code(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A digit told twice in a name: 5G, 1+6, PM2.5, 315."""
    inside = [(place.start, place.end) for place in sentence.places]
    for found in re.finditer("[0-9]", sentence.text):
        listed = re.match(r"[(（]?[0-9]+[.、)）]", sentence.text) and found.start() < 3
        if listed or any(start <= found.start() < end for start, end in inside):
            continue
        yield replace(sentence.text, *found.span(), found[0] * 2)


def masked(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A number that the source states is hidden."""
    for _place, start, end, _numeral in _numerals(sentence):
        yield replace(sentence.text, start, end, "xx")


def period(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Another year or month."""
    for one, other in PERIODS:
        if one in sentence.text:
            yield sentence.text.replace(one, other, 1)


def part_as_whole(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """The word that makes a part of the whole goes: 发明专利918件 told as 专利918件."""
    for word in RESTRICTORS:
        for found in re.finditer(word, sentence.text):
            if any(0 <= place.start - found.end() <= 8 for place in sentence.places):
                near = next(p for p in sentence.places if 0 <= p.start - found.end() <= 8)
                between = sentence.text[found.end() : near.start]
                if between and not re.search("[，,、。#]|以上", between):
                    yield replace(sentence.text, found.start(), found.end(), "")


def subtotal(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """The number of the part stands where the whole's number should."""
    for first, second in pairwise(sentence.places):
        between = sentence.text[first.end : second.start]
        if "其中" in between and first.numeral and second.numeral:
            part = sentence.text[second.start : second.end]
            if first.found.value != second.found.value:
                yield sentence.text[: first.start] + part
                yield sentence.text[: first.start] + part + sentence.text[first.end :]


def level_for_change(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """增加 becomes 增加到, 增加到 becomes 增加: the number means another thing."""
    verbs = ("增加", "增长", "提高", "提升", "上升", "降低", "下降", "减少", "压缩")
    for verb in verbs:
        for found in re.finditer(f"{verb}(到|至)?", sentence.text):
            if any(place.start == found.end() for place in sentence.places):
                new = verb if found[1] else verb + "到"
                yield replace(sentence.text, found.start(), found.end(), new)


def rounded(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A rounded figure, told as exact or as about."""
    for _place, start, end, numeral in _numerals(sentence):
        plain = _plain(numeral)
        if "." in plain and float(plain) > 1:
            near = str(round(float(plain)))
            if float(near) != float(plain):
                yield replace(sentence.text, start, end, near)
                yield replace(sentence.text, start, end, "约" + near)
        elif "." not in plain and len(plain) > 2 and not plain.endswith("00"):
            near = str(round(int(plain), -(len(plain) - 1)))
            if int(near) != int(plain):
                yield replace(sentence.text, start, end, near)


def summed(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A sum that the source does not state."""
    for first, second in pairwise(sentence.places):
        one, other = first.found, second.found
        if one.unit == other.unit and one.value and other.value and one.unit and not one.upper:
            if one.type not in (QuantityType.COUNT, QuantityType.MONEY):
                continue
            total = one.value + other.value
            if all(place.found.value != total for place in sentence.places):
                yield sentence.text + f"，合计{total:f}{one.unit}"


def relabelled(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Two indicators change places, their numbers stay."""
    labels = [
        (place, found)
        for place in sentence.places
        if (
            found := re.search(
                "(?:^|(?<=[,，、；]))[\u4e00-\u9fff]{3,12}$", sentence.text[: place.start]
            )
        )
        and place.numeral
    ]
    vague = "同比|增长|下降|增加|第|近|约|超|达|到|比|由|从|仅|只有|占|以上|其中"
    for (first, one), (second, other) in pairwise(labels):
        if _same_value(first, second):
            continue
        clean = not re.search(vague, one[0] + other[0])
        if clean and one[0] not in other[0] and other[0] not in one[0]:
            text = replace(sentence.text, *other.span(), one[0])
            yield replace(text, *one.span(), other[0])


def multiple(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """是…的2.1倍 told as 增长2.1倍."""
    for found in re.finditer(r"是(\d{4}年)的(\d+(?:\.\d+)?倍)", sentence.text):
        yield replace(sentence.text, *found.span(), f"比{found[1]}增长{found[2]}")
    if "翻一番" in sentence.text:
        yield sentence.text.replace("翻一番", "翻两番")
        yield sentence.text.replace("翻一番", "增长2倍")


def _plain(numeral: str) -> str:
    return numeral.replace(",", "")


def _same_value(one: Place, other: Place) -> bool:
    return one.found.value == other.found.value and one.found.masked == other.found.masked


KINDS: dict[str, Alteration] = {
    function.__name__: function
    for function in (
        digit, decimal_point, digit_added, digit_dropped, swapped, copied, from_elsewhere, scale,
        unit, percent, direction, basis, bound, rank, range_end, chinese_numeral, mask_filled,
        mask_letters, code, masked, period, part_as_whole, subtotal,
        level_for_change, rounded, summed, relabelled, multiple,
    )
}  # fmt: skip
