"""What a claim says in numerals or bounds that no check of a number covers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.mention import Reading
from groundwork.grounding.verify.limits import misdated, turned
from groundwork.grounding.verify.residue import hollow, strangers
from groundwork.grounding.verify.stated import Stated
from schemas.verdict import Reason

_FRAMES: Final = 64


@dataclass(frozen=True, slots=True)
class Stray:
    """A place of the claim, why it is refused, and the number of the source it displaces if any."""

    place: tuple[int, int]
    reason: Reason
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a claim that its evidence may not have word for word."""

    claim: Reading
    start: int
    end: int


def strays(
    part: Part,
    text: CheckedText,
    ranges: Sequence[tuple[int, int]],
    inside: Sequence[int],
    taken: Set[int],
) -> Iterator[Stray]:
    """Yield what of the claim, its numbers left aside, is not as the evidence has it.

    Of the numbers ``inside`` the evidence, ``taken`` are those that numbers of the claim are.
    """
    claim, stated = part.claim, Stated(text, ranges)
    clear = True
    for place in strangers(claim, part.start, part.end, stated):
        clear = False
        yield Stray(place, Reason.NOT_IN_SPAN)
    for place in turned(claim, part.start, part.end, stated):
        yield Stray(place, Reason.BOUND)
    for place in misdated(claim, part.start, part.end, stated):
        yield Stray(place, Reason.PERIOD)
    few = _unclaimed(inside, taken) if clear else []
    unclaimed = [text.mention(index) for index in few]
    found = hollow(claim, part.start, part.end, unclaimed) if few else None
    if found is not None:
        place, at = found
        yield Stray(place, Reason.VALUE, few[at])


def _unclaimed(inside: Sequence[int], taken: Set[int]) -> Sequence[int]:
    """Return numbers of the evidence that the claim has not told: beside those it has, of many."""
    if len(inside) <= _FRAMES:
        return [index for index in inside if index not in taken]
    beside = {index + step for index in taken for step in (-2, -1, 1, 2)} - taken
    chosen = sorted(beside)[:_FRAMES]
    places = ((index, bisect_left(inside, index)) for index in chosen)
    close = [index for index, at in places if at < len(inside) and inside[at] == index]
    return close or [index for index in inside[:_FRAMES] if index not in taken]
