r"""Passes over single characters: invisible marks, line ends, odd spaces, full-width forms.

Source: Unicode UAX #15 (NFKC), applied to full-width letters, digits and ％．＋－ only. NFKC over
the whole text would also turn 10³ into 103, a different number, and （） into ().
"""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from groundwork.text.clean.tape import Cut

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
_LINE_ENDS: Final = re.compile("\r(?=\n)|[\r\v\f\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_FOLD: Final = {
    char: normalize("NFKC", char)
    for char in (*map(chr, range(0xFF01, 0xFF5F)), "﹒", "﹪")
    if normalize("NFKC", char).isalnum() or char in "％．＋－﹒﹪"
}
_FULL_WIDTH: Final = re.compile("[" + "".join(_FOLD) + "]")


def invisible(text: str) -> Iterator[Cut]:
    r"""Cut zero-width marks, byte order marks, soft hyphens and control characters.

    >>> list(invisible("营\u200b收"))
    [Cut(start=1, end=2, replacement='')]
    """
    for match in _INVISIBLE.finditer(text):
        yield Cut(match.start(), match.end())


def line_ends(text: str) -> Iterator[Cut]:
    r"""End every line with a single ``\n``, whatever ended it before.

    >>> [cut.replacement for cut in line_ends("一\r\n二\r三\u2028")]
    ['', '\n', '\n']
    """
    for match in _LINE_ENDS.finditer(text):
        paired = text.startswith("\r\n", match.start())
        yield Cut(match.start(), match.end(), "" if paired else "\n")


def odd_spaces(text: str) -> Iterator[Cut]:
    """Read no-break and typographic spaces as plain ones; U+3000 indents and stays."""
    for match in _SPACES.finditer(text):
        yield Cut(match.start(), match.end(), " ")


def full_width(text: str) -> Iterator[Cut]:
    """Read full-width letters, digits and ％．＋－ as ASCII; 。，（）： stay.

    >>> [cut.replacement for cut in full_width("１．５％，")]
    ['1', '.', '5', '%']
    """
    for match in _FULL_WIDTH.finditer(text):
        yield Cut(match.start(), match.end(), _FOLD[match[0]])
