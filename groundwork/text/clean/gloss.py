"""Pinyin that a font conversion left behind Han characters: 區(qū)科學(xué)."""

import re
from collections.abc import Iterator
from typing import Final

from groundwork.text.clean.tape import Cut

HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹếềê̄ê̌"
_TONE_MARKS: Final = "\u0300\u0301\u0304\u030c"
_LETTERS: Final = "a-züêɡ"
_GLOSSES: Final = re.compile(
    rf"(?<=[{HAN}A-Za-z])(?:[(（?][{_LETTERS}]{{0,5}}[{_TONED}{_TONE_MARKS}]"
    rf"[{_LETTERS}{_TONE_MARKS}]{{0,5}}[)）])+"
)


def pinyin_gloss(text: str) -> Iterator[Cut]:
    """Cut bracketed pinyin with a tone mark behind a character; all other brackets stay.

    The opening bracket may have been lost to a ``?`` by the same conversion.

    >>> text = "園區(qū)(xx)(高新區(qū))"
    >>> [text[cut.start:cut.end] for cut in pinyin_gloss(text)]
    ['(qū)', '(qū)']
    """
    for match in _GLOSSES.finditer(text):
        yield Cut(match.start(), match.end())
