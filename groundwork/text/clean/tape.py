"""The text under cleaning, and the road back from each of its characters.

A pass proposes cuts in terms of the text as it stands; the tape applies them, keeps the source
range of every remaining character, and records an Edit in source offsets.
"""

from array import array
from collections.abc import Iterable
from typing import Final, NamedTuple

from groundwork.text.document import Edit

_BELONGS: Final = frozenset({"pinyin_gloss"})


class Cut(NamedTuple):
    """``[start, end)`` of the text as it stands, and what to read there instead."""

    start: int
    end: int
    replacement: str = ""
    """Empty, or a single character: one origin each."""


class Tape:
    """Text, origins and edits; passes change it only through ``apply``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = array("L", range(len(text)))
        self.ends = array("L", range(1, len(text) + 1))
        self._edits: list[tuple[int, int, int, Edit]] = []

    def apply(self, kind: str, cuts: Iterable[Cut]) -> bool:
        """Make ``cuts``, given in text order and without overlap; return whether there were any.

        What a gloss (個(gè)) leaves behind belongs to the character it explains: whoever points at
        that character points at its gloss, too.
        """
        pieces: list[str] = []
        starts, ends = array("L"), array("L")
        done = 0
        rank = -len(self._edits)
        for start, end, replacement in cuts:
            first, last = self.starts[start], self.ends[end - 1]
            pieces += (self.text[done:start], replacement)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            if replacement:
                starts.append(first)
                ends.append(last)
            elif kind in _BELONGS and ends:
                ends[-1] = last
            done = end
            self._edits.append((first, -last, rank, Edit(kind, first, last, replacement)))
        if not done:
            return False
        self.text = "".join((*pieces, self.text[done:]))
        self.starts = starts + self.starts[done:]
        self.ends = ends + self.ends[done:]
        return True

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits in source order, without overlap.

        An edit inside a later, larger one (a folded digit in a deleted line) is part of it.
        """
        kept: list[Edit] = []
        reached = 0
        for start, _, _, edit in sorted(self._edits, key=lambda entry: entry[:3]):
            if start >= reached:
                kept.append(edit)
                reached = edit.end
        return tuple(kept)
