"""What the order of the numbers tells where their words do not.

50万元以上的村63个 names its second number by the first; 15所初中里排第四 with both numbers changed
about has every number and every word of its source.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.mention import LETTERS, Reading

_BREAKS: Final = frozenset(",;:。()、\n")
_FAR: Final = 40


def displaced(
    claim: Reading, numbers: Sequence[int], partners: Mapping[int, int], text: CheckedText
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of a claim that stand where another of the source should, and that one.

    ``partners`` are the numbers of the source that they would be supported by.
    """
    for number in numbers:
        after = number + 1
        if number not in partners or after not in partners:
            continue
        here, there = partners[number], partners[after]
        words = _between(claim, number)
        if words is None:
            continue
        if here == there + 1 and words == _between(text.reading, there):
            yield number, there
            yield after, here
        elif (
            there
            and here != there - 1
            and not _BREAKS & set(words)
            and words == _between(text.reading, there - 1)
            and _differ(text, here, there - 1)
        ):
            yield after, there


def _between(reading: Reading, number: int) -> str | None:
    """Return the letters between a number and the next, if they are few."""
    if number + 1 >= len(reading.founds):
        return None
    start, end = reading.founds[number].end, reading.founds[number + 1].start
    return reading.text[start:end].translate(LETTERS) if start < end <= start + _FAR else None


def _differ(text: CheckedText, one: int, other: int) -> bool:
    """Whether two numbers of a kind are not the same amount."""
    first, second = text.founds[one], text.founds[other]
    alike = first.type is second.type and first.unit == second.unit
    return alike and text.reading.words(first) != text.reading.words(second)
