"""Sentences and numbers of reports, as raw material for altered and reworded claims."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from groundwork.grounding.verify import CheckedText
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "examples" / "reports").glob("*.txt"))
UNITS = ("家", "个", "项", "件", "人", "名", "亩", "户", "场", "台", "公里", "万元", "吨", "套")
_END = re.compile("[。；;\n]")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Place:
    """A number of a sentence: offsets into the sentence, the bare numeral's as well."""

    found: Found
    start: int
    end: int
    numeral: tuple[int, int] | None
    """Where the only Arabic numeral stands, if there is just one."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a report and where it stands in the clean text."""

    text: str
    start: int
    end: int
    places: tuple[Place, ...]


def sentences(text: CheckedText) -> Iterator[Sentence]:
    """Yield the sentences of a report that hold a number."""
    start = 0
    clean = text.clean.text
    for mark in [*_END.finditer(clean), None]:
        end = mark.start() if mark else len(clean)
        first = start + len(clean[start:end]) - len(clean[start:end].lstrip())
        last = start + len(clean[start:end].rstrip())
        if last - first >= 6:
            places = tuple(
                _place(clean, text.founds[at], first) for at in text.within([(first, last)])
            )
            if places:
                yield Sentence(clean[first:last], first, last, places)
        start = end + 1


def _place(clean: str, found: Found, first: int) -> Place:
    numerals = list(_NUMBER.finditer(clean[found.start : found.end]))
    numeral = None
    if len(numerals) == 1 and found.type is not QuantityType.DATE:
        shift = found.start - first
        numeral = (shift + numerals[0].start(), shift + numerals[0].end())
    return Place(found, found.start - first, found.end - first, numeral)


def replace(text: str, start: int, end: int, words: str) -> str:
    """Return ``text`` with ``[start, end)`` written as ``words``."""
    return text[:start] + words + text[end:]


def chooser(seed: str) -> random.Random:
    """Return a generator of choices that is the same on every run."""
    return random.Random(seed)


def numerals(sentence: Sentence) -> list[str]:
    """Return the Arabic numerals of a sentence that stand alone in their number."""
    return [
        sentence.text[place.numeral[0] : place.numeral[1]]
        for place in sentence.places
        if place.numeral
    ]


def numerals_of(sentence: Sentence) -> Iterator[tuple[Place, int, int, str]]:
    """Yield each number with one Arabic numeral: its place, and the numeral's start, end, text."""
    for place in sentence.places:
        if place.numeral:
            start, end = place.numeral
            yield place, start, end, sentence.text[start:end]


def bare(numeral: str) -> str:
    """Return a numeral without separators."""
    return numeral.replace(",", "")


def same_value(one: Place, other: Place) -> bool:
    """Whether two numbers are alike in what an alteration swaps."""
    return one.found.value == other.found.value and one.found.masked == other.found.masked
