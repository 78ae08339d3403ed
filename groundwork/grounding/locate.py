"""Find the exact place of a quote in the sentences it was cited from, or say that it has none."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from groundwork.grounding.mention import LETTERS
from groundwork.text.clean import clean_like
from groundwork.text.document import CleanText

_EDGES = ",;:。、!?. "
_UNBROKEN = {**LETTERS, **dict.fromkeys(map(ord, "\n\t\u3000"))}
"""A quote may have lost the line ends of its source."""


def locate(
    text: str, ranges: Iterable[tuple[int, int]], clean: CleanText
) -> tuple[int, int] | None:
    """Return the clean range inside one of ``ranges`` whose wording is ``text``, else None.

    The very characters of the source come first, noise and quotation marks included. Else white
    space, quotes, width and script of the characters do not count; every other letter does. A
    quote that would cut a number in two has no place.
    """
    if not text.strip():
        return None
    places = list(ranges)
    for start, end in places:
        verbatim = _verbatim(text.strip(), start, end, clean)
        if verbatim is not None:
            return verbatim
    wanted = clean_like(text, clean).reading.translate(_UNBROKEN).strip(_EDGES)
    return _by_letters(wanted, places, clean) if wanted else None


def _verbatim(text: str, start: int, end: int, clean: CleanText) -> tuple[int, int] | None:
    """Find the source's own characters within the source range of clean ``[start, end)``."""
    if not 0 <= start < end <= len(clean.text):
        return None
    first, last = clean.to_source(start, end)
    at = clean.source.text.find(text, first, last)
    while at >= 0:
        left = bisect_left(clean.starts, at)
        right = bisect_right(clean.ends, at + len(text))
        if left < right and not _cuts_number(clean.reading, left, right):
            return left, right
        at = clean.source.text.find(text, at + 1, last)
    return None


def _by_letters(
    wanted: str, ranges: Iterable[tuple[int, int]], clean: CleanText
) -> tuple[int, int] | None:
    for start, end in ranges:
        letters, places = _letters(clean.reading, start, end)
        at = letters.find(wanted)
        while at >= 0:
            if not _cuts_number(letters, at, at + len(wanted)):
                return places[at], places[at + len(wanted) - 1] + 1
            at = letters.find(wanted, at + 1)
    return None


def _letters(text: str, start: int, end: int) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place in range(start, min(end, len(text))):
        kept = text[place].translate(_UNBROKEN)
        if kept:
            letters.append(kept)
            places.append(place)
    return "".join(letters), places


def _cuts_number(letters: str, start: int, end: int) -> bool:
    return _joined(letters, start) or _joined(letters, end)


def _joined(letters: str, at: int) -> bool:
    """Whether the letters on both sides of ``at`` belong to one Arabic number."""
    if not 0 < at < len(letters):
        return False
    before, after = letters[at - 1], letters[at]
    if before in ".," and after.isdigit():
        return at > 1 and letters[at - 2].isdigit()
    if after in ".," and before.isdigit():
        return letters[at + 1 : at + 2].isdigit()
    return before.isdigit() and after.isdigit() and before.isascii()
