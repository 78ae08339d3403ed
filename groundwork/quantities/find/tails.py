"""Words looked up by their end: which of them stands right before a place in the text."""

from collections.abc import Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Tails(Generic[T]):
    """A set of words, each with what it means; the longest that fits is taken."""

    def __init__(self, words: Mapping[str, T]) -> None:
        self._by_last: dict[str, list[tuple[str, T]]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_last.setdefault(word[-1], []).append((word, words[word]))

    def match(self, text: str, end: int, floor: int) -> tuple[int, T] | None:
        """Return where the word that ends at ``end`` begins, not before ``floor``, and its meaning.

        >>> Tails({"增长": 1, "长": 2}).match("同比增长5%", 4, 0)
        (2, 1)
        """
        if end <= floor:
            return None
        for word, meaning in self._by_last.get(text[end - 1], ()):
            begin = end - len(word)
            if begin >= floor and text.startswith(word, begin):
                return begin, meaning
        return None
