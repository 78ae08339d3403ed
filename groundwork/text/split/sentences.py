"""Where sentences end: 。；！？ and their ASCII kin, but not inside brackets, quotes or numbers."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_PAIRS: Final = {")": "(", "）": "（", "》": "《", "”": "“", "’": "‘", "】": "【", "]": "["}
_BRACKETS: Final = re.compile(r"[()（）《》“”‘’【】\[\]]")
_TERMINALS: Final = re.compile(
    r"[。；;！!？]+|\?(?=\s|\Z)|(?<=[\u4e00-\u9fff)）”%％])\.(?=\s|\Z|(?![亿万千百]|个百分点)[\u4e00-\u9fff“(（])"
)
_WIDEST: Final = 200
"""Characters between a bracket and its partner; a wider pair is two lost halves."""


def bracketed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost bracketed and quoted ranges of ``text[start:end]``, in order.

    Unpaired brackets protect nothing: quotes get lost in conversion.

    >>> bracketed("办(含“双创”)和“新", 0, 11)
    [(1, 8)]
    """
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text, start, end):
        sign, at = match[0], match.start()
        if sign not in _PAIRS:
            opened.append((sign, at))
        elif opened and any(sign_ == _PAIRS[sign] for sign_, _ in opened[-3:]):
            while opened[-1][0] != _PAIRS[sign]:
                opened.pop()
            _, begin = opened.pop()
            if at - begin <= _WIDEST:
                pairs.append((begin, at + 1))
    outer: list[tuple[int, int]] = []
    for begin, stop in sorted(pairs):
        if not outer or begin >= outer[-1][1]:
            outer.append((begin, stop))
    return outer


def terminals(
    text: str, start: int, end: int, brackets: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the punctuation that ends a sentence, outside the ``brackets``.

    >>> text = "增长1.5%(其中;工业);投资3亿元。"
    >>> list(terminals(text, 0, 20, bracketed(text, 0, 20)))
    [(13, 14), (19, 20)]
    """
    pairs = iter(brackets)
    pair = next(pairs, None)
    for match in _TERMINALS.finditer(text, start, end):
        at = match.start()
        while pair is not None and pair[1] <= at:
            pair = next(pairs, None)
        if pair is None or at < pair[0]:
            yield match.span()
