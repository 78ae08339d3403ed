"""Where a claim's wording stands in the sentences it cites: exactly, or not at all.

Wording is compared as it is read: cleaned, Simplified, half-width, white space left aside. There
is no nearest match: a claim worded anew rests on whole sentences.
"""

from collections.abc import Sequence

from groundwork.text.clean import clean
from groundwork.text.document import CleanText, SourceText

_DIGITS = frozenset("0123456789.xX*×一二三四五六七八九十百千万亿")


def locate(
    text: str, ranges: Sequence[tuple[int, int]], source: CleanText
) -> tuple[int, int] | None:
    """Return the clean range within one of ``ranges`` that reads as ``text``, or None.

    A place that would cut a number in two is none: 5家 does not stand in 15家.
    """
    if not text.strip():
        return None
    wanted = "".join(clean(SourceText(text)).reading.split()).strip("。;；,，")
    if not wanted:
        return None
    for start, end in ranges:
        positions = [at for at in range(start, end) if not source.reading[at].isspace()]
        letters = "".join(source.reading[at] for at in positions)
        found = letters.find(wanted)
        while found >= 0:
            last = found + len(wanted)
            if not (_cuts(letters, found) or _cuts(letters, last)):
                return positions[found], positions[last - 1] + 1
            found = letters.find(wanted, found + 1)
    return None


def _cuts(letters: str, at: int) -> bool:
    """Tell whether position ``at`` lies between two characters of one number."""
    return 0 < at < len(letters) and letters[at - 1] in _DIGITS and letters[at] in _DIGITS
