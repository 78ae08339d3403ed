"""A claim that stands in its evidence letter for letter needs no weighing.

Sentences that an engine took over verbatim are most of what is judged, and no rule about words
may ever raise a false alarm on one. Their numbers are the source's own: nothing is searched.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.grounding.blanks import unspaced
from groundwork.grounding.checked import CheckedText
from groundwork.grounding.mention import LETTERS

_EDGE: Final = frozenset(",;:。()、!?.[]|\n")
EDGES: Final = "".join(sorted(_EDGE))
_TRIES: Final = 32
_SENTENCES: Final = 64


@dataclass(frozen=True, slots=True)
class Copy:
    """One number of a verbatim claim: where it stands in the claim, and which of the source."""

    start: int
    end: int
    index: int


def copies(claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText) -> list[Copy] | None:
    """Return the numbers of a claim whose letters stand in one range; None if they do not.

    The place must lie between two boundaries, and no number may be cut by them: 66家 is no copy of
    66家以上.
    """
    letters = claim.translate(LETTERS)
    core = letters.strip(EDGES)
    if not core:
        return [] if not letters.strip(EDGES + "-—…") else None
    shift = letters.find(core)
    stated = text.letters
    for start, end in ranges:
        low, high = stated.cut(start, end)
        at = stated.text.find(core, low, high)
        for _ in range(_TRIES):
            if at < 0:
                break
            last = at + len(core)
            if bounded(stated.text, low, high, at, last):
                first = bisect_left(stated.ends, at + 1)
                beyond = bisect_left(stated.starts, last)
                if uncut(stated.starts, stated.ends, first, beyond, at, last):
                    places = placed(claim, letters)
                    return [
                        Copy(
                            places[stated.starts[number] - at + shift],
                            places[stated.ends[number] - 1 - at + shift] + 1,
                            number,
                        )
                        for number in range(first, beyond)
                    ]
            at = stated.text.find(core, at + 1, high)
    return None


def raw_copies(
    claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[Copy] | None:
    """Return the numbers of a claim that is a piece of the source, noise included; else None.

    Only the source knows that a line end, 3 and 、 in mid-word are what a converter left.
    """
    clean = text.clean
    for start, end in ranges:
        first, last = clean.to_source(start, end)
        at = clean.source.text.find(claim, first, last)
        if at < 0:
            continue
        low = bisect_left(clean.starts, at)
        high = bisect_right(clean.ends, at + len(claim))
        reading = clean.reading
        left = low in (start, 0) or reading[low - 1].translate(LETTERS) in _EDGE
        right = high >= end or reading[high].translate(LETTERS) in _EDGE
        touched = text.touching(low, high)
        whole = all(
            low <= text.founds[index].start and text.founds[index].end <= high for index in touched
        )
        if left and right and whole:
            return [_shifted(text, index, at) for index in touched]
    return None


def blank_copies(
    claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[Copy] | None:
    """Return the numbers of a claim that differs from a piece of the source in white space only.

    A blank between two digits may part two numbers: it stays a blank, on both sides.
    """
    wanted, places = unspaced(claim)
    if not wanted:
        return None
    clean = text.clean
    for start, end in ranges:
        stated, origins = text.unspaced(start, end)
        at = stated.find(wanted)
        if at < 0:
            continue
        last = at + len(wanted)
        if not (_edge(stated, at - 1) and _edge(stated, last)):
            continue
        low = bisect_left(clean.starts, origins[at])
        high = bisect_right(clean.ends, origins[last - 1] + 1)
        copied: list[Copy] = []
        for index in text.touching(low, high):
            found = text.founds[index]
            first, beyond = clean.to_source(found.start, found.end)
            one = bisect_left(origins, first) - at
            other = bisect_left(origins, beyond) - 1 - at
            if not 0 <= one <= other < len(wanted):
                break
            copied.append(Copy(places[one], places[other] + 1, index))
        else:
            return copied
    return None


def _edge(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or text[at].translate(LETTERS) in _EDGE


def _shifted(text: CheckedText, index: int, at: int) -> Copy:
    found = text.founds[index]
    start, end = text.clean.to_source(found.start, found.end)
    return Copy(start - at, end - at, index)


def sentence_copies(
    claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[tuple[int, int, list[Copy]]]:
    """Return those sentences of a claim of several that are verbatim, with their numbers."""
    found: list[tuple[int, int, list[Copy]]] = []
    start = 0
    for _ in range(_SENTENCES):
        if start >= len(claim):
            break
        end = claim.find("。", start) + 1 or len(claim)
        numbers = copies(claim[start:end], ranges, text)
        if numbers is not None:
            moved = [Copy(one.start + start, one.end + start, one.index) for one in numbers]
            found.append((start, end, moved))
        start = end
    return found


def bounded(text: str, low: int, high: int, start: int, end: int) -> bool:
    """Whether ``[start, end)`` lies between two marks, or edges of ``[low, high)``."""
    left = start == low or text[start - 1] in _EDGE
    return left and (end == high or text[end] in _EDGE)


def uncut(
    starts: Sequence[int], ends: Sequence[int], first: int, beyond: int, start: int, end: int
) -> bool:
    """Whether the numbers ``[first, beyond)`` lie wholly inside ``[start, end)``."""
    return first >= beyond or (starts[first] >= start and ends[beyond - 1] <= end)


def placed(claim: str, letters: str) -> Sequence[int]:
    """Return the place in the claim of each of its letters."""
    if len(letters) == len(claim):
        return range(len(claim))
    return [place for place, char in enumerate(claim) if char.translate(LETTERS)]
