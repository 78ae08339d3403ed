"""The letters of a source, once for all claims: any range of it is cut out of them.

Two spellings: ``text`` has every letter, ``frame`` has one mark for each number, so that a claim
with other numbers in the same words is found by looking for its words.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from groundwork.grounding.mention import DROPPED, LETTERS, NUMBER, Reading

SAME_DIGIT: Final = str.maketrans("0123456789", "5555555555")


class Letters:
    """The letters of a reading, and where each of its numbers stands among them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._first = [found.start for found in reading.founds]
        self._dropped = [found.start() for found in DROPPED.finditer(reading.text)]
        self.text = reading.text.translate(LETTERS)
        self.starts: Sequence[int] = [self.at(found.start) for found in reading.founds]
        self.ends: Sequence[int] = [self.at(found.end) for found in reading.founds]

    def at(self, place: int) -> int:
        """Return how many letters stand before a place of the clean text."""
        return place - bisect_left(self._dropped, place)

    def cut(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the letters of a clean range."""
        return self.at(start), self.at(end)

    @cached_property
    def alike(self) -> str:
        """The letters with every digit the same."""
        return self.text.translate(SAME_DIGIT)

    @cached_property
    def frame(self) -> str:
        """The letters with each number as one mark."""
        return self._reading.frame

    @cached_property
    def marks(self) -> Sequence[int]:
        """Where in the frame the mark of each number stands."""
        return [start - self._shrunk[at] for at, start in enumerate(self.starts)]

    @cached_property
    def _shrunk(self) -> Sequence[int]:
        """How much shorter the frame is before each number, and in all."""
        lengths = (end - start - 1 for start, end in zip(self.starts, self.ends, strict=True))
        return [0, *accumulate(lengths)]

    def cut_frame(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the frame of a clean range; a number cut in two is left out."""
        return self._framed(start, upto=False), self._framed(end, upto=True)

    def _framed(self, place: int, *, upto: bool) -> int:
        founds = self._reading.founds
        index = bisect_left(self._first, place)
        if index and founds[index - 1].end > place:
            return self.marks[index - 1] + (0 if upto else len(NUMBER))
        return self.at(place) - self._shrunk[index]
