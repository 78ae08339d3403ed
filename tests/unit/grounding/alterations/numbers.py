"""Numbers changed: each kind yields claims that say another number."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from schemas.quantity import QuantityType
from tests.unit.grounding.material import UNITS, Sentence, bare, numerals_of, replace, same_value

NUMERALS = "一二三四五六七八九十"


def digit(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit becomes another."""
    for _place, start, end, numeral in numerals_of(sentence):
        at = rng.choice([at for at, char in enumerate(numeral) if char.isdigit()])
        other = rng.choice([char for char in "123456789" if char != numeral[at]])
        yield replace(sentence.text, start, end, replace(numeral, at, at + 1, other))


def decimal_point(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """The point moves by one place, or appears."""
    for _place, start, end, numeral in numerals_of(sentence):
        whole, point, rest = numeral.replace(",", "").partition(".")
        if point:
            yield replace(sentence.text, start, end, whole + rest[0] + "." + (rest[1:] or "0"))
            yield replace(sentence.text, start, end, whole + rest)
        elif len(whole) > 1 and not whole.endswith("0"):
            yield replace(sentence.text, start, end, whole[:-1] + "." + whole[-1])


def digit_added(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit more."""
    for _place, start, end, numeral in numerals_of(sentence):
        plain = numeral.replace(",", "")
        at = rng.randrange(len(plain) + 1)
        yield replace(sentence.text, start, end, replace(plain, at, at, rng.choice("123456789")))


def digit_dropped(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """One digit less."""
    for _place, start, end, numeral in numerals_of(sentence):
        plain = numeral.replace(",", "")
        if len(plain) > 1:
            at = rng.choice([at for at, char in enumerate(plain) if char.isdigit()])
            left = replace(plain, at, at + 1, "").strip(".")
            if left and float(left) != float(plain):
                yield replace(sentence.text, start, end, left)


def swapped(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """Two numbers change places, their units stay."""
    spots = [(start, end, numeral) for _place, start, end, numeral in numerals_of(sentence)]
    for one, other in pairwise(spots):
        if one[2] != other[2]:
            text = replace(sentence.text, other[0], other[1], one[2])
            yield replace(text, one[0], one[1], other[2])
    quantities = [place for place in sentence.places if place.found.type is not QuantityType.DATE]
    for first, second in pairwise(quantities):
        one_words = sentence.text[first.start : first.end]
        other_words = sentence.text[second.start : second.end]
        same = first.found.unit == second.found.unit
        if same and not same_value(first, second) and first.end <= second.start:
            text = replace(sentence.text, second.start, second.end, one_words)
            yield replace(text, first.start, first.end, other_words)


def copied(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A number takes the value of another number of the same sentence."""
    spots = list(numerals_of(sentence))
    for place, start, end, numeral in spots:
        others = [other[3] for other in spots if float(bare(other[3])) != float(bare(numeral))]
        same = [
            other[3]
            for other in spots
            if other[0].found.unit == place.found.unit
            and float(bare(other[3])) != float(bare(numeral))
        ]
        if others:
            yield replace(sentence.text, start, end, rng.choice(same or others))


def from_elsewhere(sentence: Sentence, rng: random.Random, others: list[str]) -> Iterator[str]:
    """A number takes a value that stands in another sentence of the report."""
    for _place, start, end, numeral in numerals_of(sentence):
        choice = [other for other in others if float(bare(other)) != float(bare(numeral))]
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
    for _place, start, end, _numeral in numerals_of(sentence):
        yield replace(sentence.text, start, end, "xx")


def rounded(sentence: Sentence, rng: random.Random, _: list[str]) -> Iterator[str]:
    """A rounded figure, told as exact or as about."""
    for _place, start, end, numeral in numerals_of(sentence):
        plain = bare(numeral)
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
