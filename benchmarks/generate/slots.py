"""Fill the number slots of a phrase, and mark each number up with what it is.

A slot is written ``<low-high unit>`` without the blank: ``<12-90家>``, ``<1.2-9.8亿元>``,
``<3.1-18.6%+>``. Between the numbers and the unit may stand what the number allows: ``?``
approximations, ``!`` a lower bound, ``^`` an upper bound. A last ``+`` or ``-`` is the
direction of change, where the words before do not tell it. Bound words may stand in the slot
as they are: ``<不到2-3人>``.
"""

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from benchmarks.corpus.amounts import type_of

SLOT: Final = re.compile(
    r"<(?P<before>不到|不足|突破)?(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)(?P<allow>[?!^])?"
    r"(?P<scale>[万亿]?)(?P<unit>[^<>+-]*?)(?P<after>以上)?(?P<change>[+-])?>"
)
_SCALES: Final = {"": 1, "万": 10**4, "亿": 10**8}
_BOUNDS: Final = {"不到": "less_than", "不足": "less_than", "突破": "more_than", "以上": "at_least"}
_WHOLE_MASKS: Final = {"×": "×××", "*": "*", "_": "__", "": ""}
"""Signs that stand for the whole number; any other stands for one digit."""
_WORDS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a report writes its numbers."""

    mask: str | None = None
    """The sign that hides digits; "" strips them; None shows them."""
    commas: bool = False
    words: float = 0.15
    """How often a small count is written in words."""
    rough: float = 0.6
    """How often a number that may be rough is."""


def fill(phrase: str, numbers: Numbers, rng: random.Random) -> str:
    """Return ``phrase`` with every slot replaced by a marked-up number.

    >>> fill("修路<12-12公里>", Numbers(words=0), random.Random(1))
    '修路{12公里|v=12 u=公里 t=length q=exact}'
    """
    return SLOT.sub(lambda slot: _fill(slot, numbers, rng), phrase)


def _fill(slot: re.Match[str], numbers: Numbers, rng: random.Random) -> str:
    digits = _draw(slot["low"], slot["high"], rng)
    scale, unit = slot["scale"], slot["unit"]
    masked = _is_masked(slot, numbers, rng)
    before, after = slot["before"] or "", slot["after"] or ""
    qualifier = _BOUNDS.get(before + after, "exact")
    inner = ""
    if masked:
        mask = numbers.mask or ""
        shown = _WHOLE_MASKS.get(mask, re.sub(r"\d", mask, digits))
    else:
        if slot["allow"] and not before + after:
            before, inner, after, qualifier = _roughly(slot["allow"], digits, numbers, rng)
            if slot["allow"] == "?" and qualifier != "exact":
                digits = _rounded(digits)
        shown = _written(digits, slot, numbers, rng)
    words = f"{before}{shown}{inner}{scale}{unit}{after}"
    kind = "money" if not unit else type_of(unit)
    value = Decimal(digits) * _SCALES[scale]
    flags = [f"v={'none' if masked else format(value.normalize(), 'f')}"]
    flags += [f"u={unit or 0}", f"t={kind}", f"q={qualifier}"]
    flags += [slot["change"]] if slot["change"] else []
    return f"{{{words}|{' '.join(flags)}{' m' if masked else ''}}}"


def _draw(low: str, high: str, rng: random.Random) -> str:
    places = len(low.partition(".")[2])
    first, last = (int(Decimal(end) * 10**places) for end in (low, high))
    drawn = rng.randint(first, last)
    if first == last or first < 10:
        return format(Decimal(drawn) / 10**places, f".{places}f")
    if places == 0 and drawn > 1000 and rng.random() < 0.5:
        drawn -= drawn % 10
    return format(Decimal(drawn) / 10**places, f".{places}f")


def _rounded(digits: str) -> str:
    """Keep the first figures: nobody writes 163余家."""
    kept = 1 if len(digits) < 3 else 2
    return digits if "." in digits else digits[:kept].ljust(len(digits), "0")


def _is_masked(slot: re.Match[str], numbers: Numbers, rng: random.Random) -> bool:
    if numbers.mask is None or slot["low"] == slot["high"]:
        return False
    # Without its digits a bare measure word is no number any more; 亿元 and % still are.
    if numbers.mask == "" and not (slot["scale"] and slot["unit"] == "元") and slot["unit"] != "%":
        return False
    return rng.random() < 0.85


def _written(digits: str, slot: re.Match[str], numbers: Numbers, rng: random.Random) -> str:
    plain = slot["unit"] not in {"%", "‰", "个百分点"} and not slot["scale"]
    if plain and digits.isdigit() and int(digits) < 100 and rng.random() < numbers.words:
        return in_words(int(digits))
    if numbers.commas and digits.isdigit() and len(digits) > 3:
        return f"{int(digits):,}"
    return digits


def in_words(number: int) -> str:
    """Return a number below 100 as it is written before a measure word.

    >>> [in_words(number) for number in (2, 10, 16, 20, 42)]
    ['两', '十', '十六', '二十', '四十二']
    """
    if number < 10:
        return "两" if number == 2 else _WORDS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _WORDS[tens]) + "十" + (_WORDS[ones] if ones else "")


def _roughly(
    allow: str, digits: str, numbers: Numbers, rng: random.Random
) -> tuple[str, str, str, str]:
    """Return what stands before, inside and after the number, and what it makes of it."""
    if rng.random() > numbers.rough:
        return "", "", "", "exact"
    if allow == "!":
        return "", "", "以上", "at_least"
    if allow == "^":
        return "", "", rng.choice(["以内", "以下"]), "at_most"
    if digits.isdigit() and int(digits) >= 10 and rng.random() < 0.6:
        return "", rng.choice(["余", "多"]), "", "more_than"
    word, qualifier = rng.choice([("约", "approx"), ("近", "approx"), ("超", "more_than")])
    return word, "", "", qualifier
