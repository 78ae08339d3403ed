"""A source made ready for many claims: cleaned once, its numbers found once."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Final

from groundwork.grounding.blanks import unspaced
from groundwork.grounding.dressed import as_quantity
from groundwork.grounding.letters import Letters
from groundwork.grounding.mention import Mention, Reading
from groundwork.grounding.tokens import tokens
from groundwork.quantities.compare import in_base, moment
from groundwork.quantities.find import Known, find
from groundwork.quantities.found import Found
from groundwork.text.clean import clean
from groundwork.text.document import CleanText, SourceText
from schemas.quantity import Quantity, QuantityType

_TAIL: Final = 8
_KEPT: Final = 256
_COMMON: Final = 200
"""Pairs of letters that more numbers than this have near them tell nothing."""
Key = tuple[QuantityType, str | None, Decimal | None, Decimal | None, str]
"""Equal keys are equal amounts of the same thing, words around them left aside."""


class Cited:
    """The numbers inside the ranges that a claim cites, in order; dates apart from the others."""

    def __init__(
        self, ranges: Sequence[tuple[int, int]], inside: Sequence[int], dates: Set[int]
    ) -> None:
        self.starts = [start for start, _ in ranges]
        self.inside = inside
        self._dates = dates

    @cached_property
    def dates(self) -> Sequence[int]:
        """The dates alone."""
        return [index for index in self.inside if index in self._dates]

    @cached_property
    def others(self) -> Sequence[int]:
        """All numbers but the dates."""
        return [index for index in self.inside if index not in self._dates]

    @cached_property
    def all_dates(self) -> frozenset[int]:
        """The dates, to be asked for one."""
        return frozenset(self.dates)

    @cached_property
    def all_others(self) -> frozenset[int]:
        """The others, to be asked for one."""
        return frozenset(self.others)

    def __contains__(self, index: int) -> bool:
        """Whether a number of the text is cited."""
        at = bisect_left(self.inside, index)
        return at < len(self.inside) and self.inside[at] == index


@dataclass(slots=True)
class CheckedText:
    """Clean text with its numbers; contexts and the index are made when first asked for."""

    clean: CleanText
    founds: tuple[Found, ...]
    known: Known = field(default_factory=Known)
    """What has been read of it: a claim that says the same is not read again."""
    reading: Reading = field(init=False)
    dates: frozenset[int] = field(init=False)
    """Which of the numbers are dates."""
    _starts: list[int] = field(init=False)
    _edits: list[int] = field(init=False)
    _quantities: dict[int, Quantity] = field(init=False, default_factory=dict)
    _by_gram: dict[str, list[int]] | None = field(init=False, default=None)
    _letters: Letters | None = field(init=False, default=None)
    _tokens: dict[tuple[int, int], frozenset[str]] = field(init=False, default_factory=dict)
    _unspaced: dict[tuple[int, int], tuple[str, Sequence[int]]] = field(
        init=False, default_factory=dict
    )
    _cited: dict[tuple[tuple[int, int], ...], Cited] = field(init=False, default_factory=dict)
    _by_key: dict[Key, list[int]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Lay out what every claim needs."""
        self.reading = Reading(self.clean.reading, self.founds)
        dated = (at for at, found in enumerate(self.founds) if found.type is QuantityType.DATE)
        self.dates = frozenset(dated)
        self._starts = [found.start for found in self.founds]
        self._edits = [edit.start for edit in self.clean.edits]

    @classmethod
    def of(cls, source: SourceText | str) -> "CheckedText":
        """Clean ``source`` and find its numbers."""
        return cls.read(clean(SourceText(source) if isinstance(source, str) else source))

    @classmethod
    def read(cls, cleaned: CleanText) -> "CheckedText":
        """Find the numbers of clean text."""
        known = Known()
        return cls(cleaned, find(cleaned.reading, known), known)

    def within(self, ranges: Sequence[tuple[int, int]]) -> Sequence[int]:
        """Return the indexes of the numbers that stand wholly inside one of the clean ranges."""
        chosen: list[range] = []
        for start, end in ranges:
            first = bisect_left(self._starts, start)
            beyond = bisect_left(self._starts, end)
            if beyond > first and self.founds[beyond - 1].end > end:
                beyond -= 1
            chosen.append(range(first, beyond))
        return chosen[0] if len(chosen) == 1 else sorted({*chain(*chosen)})

    def cited(self, ranges: Sequence[tuple[int, int]]) -> Cited:
        """Return the numbers of the clean ranges; kept, as many claims may cite the same."""
        parts = tuple(ranges)
        made = self._cited.get(parts)
        if made is None:
            made = Cited(parts, self.within(ranges), self.dates)
            if len(self._cited) >= _KEPT:
                self._cited.clear()
            self._cited[parts] = made
        return made

    def touching(self, start: int, end: int) -> list[int]:
        """Return the indexes of the numbers that share a character with a clean range."""
        index = bisect_left(self._starts, start)
        if index and self.founds[index - 1].end > start:
            index -= 1
        touched: list[int] = []
        while index < len(self.founds) and self.founds[index].start < end:
            touched.append(index)
            index += 1
        return touched

    def noise(self, ranges: Sequence[tuple[int, int]]) -> set[str]:
        """Return what cleaning removed from inside the ranges that ran over the end of a line."""
        removed: set[str] = set()
        for start, end in ranges:
            first, last = self.clean.to_source(start, end)
            index = bisect_left(self._edits, first)
            while index < len(self._edits) and self._edits[index] < last:
                edit = self.clean.edits[index]
                piece = self.clean.source.text[edit.start : edit.end]
                if "\n" in piece and not edit.replacement and piece.strip():
                    removed.add(piece)
                index += 1
        return removed

    def candidates(self, claim: Mention, allowed: Set[int], first: int, most: int) -> Sequence[int]:
        """Return numbers among ``allowed``, from ``first`` on, that ``claim`` may speak of.

        Those of equal amount and those with the likest names, so that a claim against a whole
        book costs no more than one against a page.
        """
        votes: Counter[int] = Counter()
        for gram in _names(claim):
            posted = self._postings().get(gram, ())
            if len(posted) <= _COMMON:
                votes.update(index for index in posted if index in allowed)
        same = self.equals(claim.found, claim.words)
        at = bisect_left(same, first)
        equal = [index for index in same[at : at + _COMMON] if index in allowed]
        equal.sort(key=lambda index: (-votes[index], index))
        named = sorted(votes, key=lambda index: (-votes[index], index))
        return sorted({*equal[:most], *named[:most]})

    def _postings(self) -> dict[str, list[int]]:
        if self._by_gram is None:
            posted: dict[str, list[int]] = defaultdict(list)
            for index in range(len(self.founds)):
                mention = self.mention(index)
                for gram in _names(mention):
                    posted[gram].append(index)
            self._by_gram = dict(posted)
        return self._by_gram

    @property
    def letters(self) -> Letters:
        """The letters of the text, and where its numbers stand among them."""
        if self._letters is None:
            self._letters = Letters(self.reading)
        return self._letters

    def stated(self, ranges: Sequence[tuple[int, int]]) -> str:
        """Return the letters of clean ranges, a line each."""
        cuts = (self.letters.cut(start, end) for start, end in ranges)
        return "\n".join(self.letters.text[start:end] for start, end in cuts)

    def tokens(self, start: int, end: int) -> frozenset[str]:
        """Return the codes and bare numbers of a clean range, each whole."""
        part = (start, end)
        made = self._tokens.get(part)
        if made is None:
            made = tokens(self.stated([part]))
            if len(self._tokens) >= _KEPT:
                self._tokens.clear()
            self._tokens[part] = made
        return made

    def unspaced(self, start: int, end: int) -> tuple[str, Sequence[int]]:
        """Return the source characters of a clean range without white space, and their places."""
        part = (start, end)
        made = self._unspaced.get(part)
        if made is None:
            first, last = self.clean.to_source(start, end)
            letters, places = unspaced(self.clean.source.text[first:last])
            made = letters, [first + place for place in places]
            if len(self._unspaced) >= _KEPT:
                self._unspaced.clear()
            self._unspaced[part] = made
        return made

    def mention(self, index: int) -> Mention:
        """Return number ``index`` with the words around it."""
        return self.reading.mention(index)

    def quantity(self, index: int) -> Quantity:
        """Return number ``index`` as the product tells it, its span in the source text."""
        made = self._quantities.get(index)
        if made is None:
            made = as_quantity(self.founds[index], f"q{index + 1}", self.clean)
            self._quantities[index] = made
        return made

    def equals(self, claimed: Found, words: str) -> Sequence[int]:
        """Return the indexes of all numbers of the text with the same amount."""
        if self._by_key is None:
            index: dict[Key, list[int]] = defaultdict(list)
            for position, found in enumerate(self.founds):
                index[amount_key(found, self.reading.words(found))].append(position)
            self._by_key = dict(index)
        return self._by_key.get(amount_key(claimed, words), ())


def amount_key(found: Found, words: str) -> Key:
    """Return what equal amounts share; dates and masks go by their letters."""
    if found.value is None:
        return found.type, found.unit, None, None, moment(words)
    unit, factor = in_base(found.unit)
    upper = None if found.upper is None else (found.upper * factor).normalize()
    return found.type, unit, (found.value * factor).normalize(), upper, ""


def _names(mention: Mention) -> set[str]:
    """Return the pairs of letters by which a number is looked up: its name and neighbours."""
    return _pairs(mention.own) | _pairs(mention.left[-_TAIL:]) | _pairs(mention.right[:_TAIL])


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}
