"""Words around numbers changed: each kind yields claims that say another thing of a number."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from schemas.quantity import QuantityType
from tests.unit.grounding.material import UNITS, Sentence, replace, same_value

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
        if same_value(first, second):
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
