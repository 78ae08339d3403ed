"""What the evidence of a claim states, worked out when the first word of it is asked for."""

from collections.abc import Sequence
from functools import cached_property

from groundwork.grounding.checked import CheckedText


class Stated:
    """The letters of the evidence, and the codes and bare numbers among them."""

    def __init__(self, text: CheckedText, ranges: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._ranges = ranges

    @cached_property
    def letters(self) -> str:
        """The squeezed evidence."""
        return self._text.stated(self._ranges)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Its tokens with digits, each whole."""
        return frozenset().union(*(self._text.tokens(*part) for part in self._ranges))
