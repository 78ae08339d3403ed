"""A claim that stands in its evidence letter for letter needs no weighing.

Sentences that an engine took over verbatim are most of what is judged, and no rule about words
may ever raise a false alarm on one.
"""

from collections.abc import Sequence
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.mention import Reading, squeeze

_EDGE: Final = frozenset(",;:。()、!?.[]|")
_TRIES: Final = 4


def literal_pairs(
    claim: Reading, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> tuple[bool, dict[int, int]]:
    """Pair each number of a verbatim claim, or of its verbatim sentences, with its source.

    The first of the pair says whether the whole claim is verbatim.

    A sentence counts as verbatim when its letters stand in one evidence range between two
    boundaries, with the same numbers at the same places.
    """
    pairs = _pairs(claim, (0, len(claim.text)), ranges, text)
    if pairs is not None or "。" not in claim.text[:-1]:
        return pairs is not None, pairs or {}
    found: dict[int, int] = {}
    start = 0
    while start < len(claim.text):
        end = claim.text.find("。", start) + 1 or len(claim.text)
        found.update(_pairs(claim, (start, end), ranges, text) or {})
        start = end
    return False, found


def _pairs(
    claim: Reading,
    part: tuple[int, int],
    ranges: Sequence[tuple[int, int]],
    text: CheckedText,
) -> dict[int, int] | None:
    numbers = [
        at
        for at, found in enumerate(claim.founds)
        if part[0] <= found.start and found.end <= part[1]
    ]
    letters, places = squeeze(claim.text, part, [claim.founds[at] for at in numbers])
    core = letters.strip("".join(_EDGE))
    shift = letters.find(core)
    if not core:
        return {}
    for start, end in ranges:
        stated, where = text.letters(start, end)
        at = stated.find(core)
        for _ in range(_TRIES):
            if at < 0:
                break
            if _bounded(stated, at, at + len(core)):
                moved = [(first - shift + at, last - shift + at) for first, last in places]
                if all(place in where for place in moved):
                    return {
                        number: where[place] for number, place in zip(numbers, moved, strict=True)
                    }
            at = stated.find(core, at + 1)
    return None


def _bounded(text: str, start: int, end: int) -> bool:
    left = start == 0 or text[start - 1] in _EDGE
    return left and (end == len(text) or text[end] in _EDGE)
