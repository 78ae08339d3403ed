"""Claims in the very words of their source: each number is the one in its place, or is altered.

Most claims that are no copies say something else only in a number, or have a clause more or less.
Where all words around the numbers are the source's there is nothing to weigh.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.mention import LETTERS, NUMBER, Reading, content
from groundwork.grounding.verify.deciding import Judged, altered, kept
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

_EDGE: Final = frozenset(",;:。()、!?.[]|\n")
_EDGES: Final = "".join(sorted(_EDGE))
_CLAUSES: Final = frozenset(",;。")
_PLACES: Final = 8
_TRIES: Final = 64
_CUTS: Final = 4


def aligned(
    claim: Reading, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[Judged] | None:
    """Judge a claim that has all the words of its evidence around its numbers; None if it has not.

    Of several places with these words the one with the claim's own numbers is meant.
    """
    frame = claim.frame.strip(_EDGES)
    count = len(claim.founds)
    if not count or frame.count(NUMBER) != count:
        return None
    places = _places(frame, ranges, text)
    for first in places:
        if all(_equal(claim, at, first + at, text) for at in range(count)):
            return [kept(text.founds[first + at], first + at) for at in range(count)]
    if not places or any(
        _words(places[0], count, text) != _words(place, count, text) for place in places[1:]
    ):
        return None
    judged: list[Judged] = []
    for at in range(count):
        one = _altered(claim, at, places[0] + at, text)
        if one is None:
            return None
        judged.append(one)
    return judged


def _altered(claim: Reading, at: int, index: int, text: CheckedText) -> Judged | None:
    """Judge one number by that in its place; None for another date, which governs the others."""
    if _equal(claim, at, index, text):
        return kept(text.founds[index], index)
    if QuantityType.DATE in (claim.founds[at].type, text.founds[index].type):
        return None
    found = claim.founds[at]
    return altered(found, claim.words(found), index, text)


def partly(
    claim: Reading, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> tuple[dict[int, Judged], tuple[int, int]]:
    """Return the numbers of a claim that its evidence has in whole clauses of the same words.

    Either the end of the claim, with a name of its own, or its beginning, up to what differs. The
    range of the claim's text that is left is returned, too.
    """
    everything = 0, len(claim.text)
    frame = claim.frame.strip(_EDGES)
    count = len(claim.founds)
    if frame.count(NUMBER) != count:
        return {}, everything
    if not count:
        return {}, _wordy(claim, ranges, text)
    cuts = [at for at, char in enumerate(frame) if char in _CLAUSES]
    for cut in cuts[:_CUTS]:
        tail = frame[cut + 1 :]
        passed = frame.count(NUMBER, 0, cut)
        if not _named(tail) or any(
            found.type is QuantityType.DATE for found in claim.founds[:passed]
        ):
            break
        if one := _same(claim, tail, passed, ranges, text):
            return one, (0, claim.founds[passed].start)
    for cut in reversed(cuts[-_CUTS:]):
        if one := _same(claim, frame[:cut], 0, ranges, text):
            return one, (claim.founds[len(one) - 1].end, len(claim.text))
    return {}, everything


def _wordy(claim: Reading, ranges: Sequence[tuple[int, int]], text: CheckedText) -> tuple[int, int]:
    """Return what a claim without numbers says before the clauses that its evidence has, too."""
    words = claim.text
    if len(claim.frame) == len(words):
        for cut in [at for at, char in enumerate(claim.frame) if char in _CLAUSES][:_CUTS]:
            part = claim.frame[cut + 1 :].rstrip(_EDGES)
            if part and _stand(part, ranges, text):
                return 0, cut
    return 0, len(words)


def _named(tail: str) -> bool:
    """Whether the first number is named in its own clause: 同比增长5% may be of anything."""
    before, number, _ = tail.partition(NUMBER)
    return bool(number) and bool(content(before))


def _same(
    claim: Reading, part: str, first: int, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> dict[int, Judged]:
    """Judge the numbers of a part of the claim, if the evidence says exactly that."""
    count = part.count(NUMBER)
    for place in _places(part, ranges, text) if count else ():
        if all(
            _equal(claim, first + at, place + at, text)
            and _alike(claim.founds[first + at], text.founds[place + at])
            for at in range(count)
        ):
            return {first + at: kept(text.founds[place + at], place + at) for at in range(count)}
    return {}


def _places(frame: str, ranges: Sequence[tuple[int, int]], text: CheckedText) -> list[int]:
    """Return which number of the source is the first, wherever it has all of these words."""
    marks = text.letters.marks
    ahead = frame.find(NUMBER)
    found: list[int] = []
    for at in _stand(frame, ranges, text):
        first = bisect_left(marks, at)
        if marks[first : first + 1] == [at + ahead]:
            found.append(first)
    return found


def _stand(frame: str, ranges: Sequence[tuple[int, int]], text: CheckedText) -> list[int]:
    """Return the places of whole clauses of the evidence in the frame of its text."""
    letters = text.letters
    found: list[int] = []
    for start, end in ranges:
        low, high = letters.cut_frame(start, end)
        at = letters.frame.find(frame, low, high)
        for _ in range(_TRIES):
            if at < 0 or len(found) == _PLACES:
                break
            beyond = at + len(frame)
            left = at == low or letters.frame[at - 1] in _EDGE
            right = beyond == high or letters.frame[beyond] in _EDGE
            if left and right:
                found.append(at)
            at = letters.frame.find(frame, at + 1, high)
    return found


def _words(first: int, count: int, text: CheckedText) -> list[str]:
    return [text.reading.words(found) for found in text.founds[first : first + count]]


def _equal(claim: Reading, at: int, index: int, text: CheckedText) -> bool:
    """Whether two numbers in the same words are written alike, and were read alike."""
    one, other = claim.founds[at], text.founds[index]
    written, stated = claim.words(one), text.reading.words(other)
    return (
        (written == stated or written.translate(LETTERS) == stated.translate(LETTERS))
        and one.type is other.type
        and one.value == other.value
        and one.upper == other.upper
        and one.unit == other.unit
        and one.masked == other.masked
        and one.qualifier is other.qualifier
    )


def _alike(one: Found, other: Found) -> bool:
    """Whether the words around two numbers say the same of them."""
    return (
        one.change is other.change
        and one.basis is other.basis
        and one.toward is other.toward
        and one.relation is other.relation
        and one.period == other.period
    )
