"""What the rules share: plain numbers, sentences, decimals as written, the finding itself."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from groundwork.grounding.checked import CheckedText
from groundwork.quantities.found import Found
from schemas.base import plain_decimal
from schemas.finding import Finding, FindingKind
from schemas.quantity import Qualifier, QuantityType
from schemas.verdict import Explanation

_STOP = re.compile("[。;；!！?？]")
_PLACES = re.compile(r"\d\.(\d+)")
HUNDRED = Decimal(100)


def plain(found: Found) -> bool:
    """Whether a number is a single exact value that arithmetic may use."""
    return (
        found.value is not None
        and found.upper is None
        and found.qualifier is Qualifier.EXACT
        and found.type is not QuantityType.DATE
    )


def sentences(text: CheckedText, inside: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of each sentence, up to 。 or ；."""
    group: list[int] = []
    for index in inside:
        if group:
            gap = text.reading.text[text.founds[group[-1]].end : text.founds[index].start]
            if _STOP.search(gap):
                yield group
                group = []
        group.append(index)
    if group:
        yield group


def between(text: CheckedText, one: int, other: int) -> str:
    """Return the words between two numbers."""
    return text.reading.text[text.founds[one].end : text.founds[other].start]


def step(text: CheckedText, index: int) -> Decimal:
    """Return the value of one unit in the last place written: 0.1 for 76.4%, 1e6 for 0.36亿."""
    found = text.founds[index]
    words = text.reading.words(found)
    places = _PLACES.search(words)
    digits = len(places[1]) if places else 0
    numeral = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    if numeral is None or found.value is None or not found.value:
        return Decimal(1)
    written = Decimal(numeral[0].replace(",", ""))
    scale = found.value / written if written else Decimal(1)
    return scale.scaleb(-digits)


def rounded(value: Decimal, unit: Decimal) -> Decimal:
    """Round half up to a multiple of ``unit``."""
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def finding(
    text: CheckedText, kind: FindingKind, indexes: Sequence[int], arithmetic: str, why: Explanation
) -> Finding:
    """Return a finding on the numbers ``indexes``."""
    founds = sorted((text.founds[index] for index in indexes), key=lambda found: found.start)
    return Finding(
        kind=kind,
        message=why,
        spans=[text.clean.span(found.start, found.end) for found in founds],
        arithmetic=arithmetic,
    )


def shown(value: Decimal) -> str:
    """Write a value as the product writes decimals, at most four places."""
    return plain_decimal(rounded(value, Decimal("0.0001")) if value.as_tuple().exponent else value)
