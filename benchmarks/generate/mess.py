"""What converters and scanners do to a report, put into its markup."""

import random
import re
from typing import Final

_FIXED: Final = re.compile(r"<<[^<>]*>>|\[[apgt]:|\|[^{}|]*\}|[][{}]|\\.")
"""Markup: nothing may be put inside it."""
_PAGE: Final = (260, 520)
_LINE: Final = (24, 34)


def page_breaks(markup: str, rng: random.Random) -> str:
    """Break the text into pages, in mid-word and mid-number as converters do."""
    return _sprinkle(markup, "¶", _PAGE, rng)


def ocr_spaces(markup: str, rng: random.Random) -> str:
    """Put in the blanks that recognition leaves where a line ended, but not within digits."""
    return _sprinkle(markup, "␣", _LINE, rng)


def _sprinkle(markup: str, sign: str, every: tuple[int, int], rng: random.Random) -> str:
    out: list[str] = []
    position, left = 0, rng.randint(*every)
    while position < len(markup):
        fixed = _FIXED.match(markup, position)
        if fixed:
            out.append(fixed.group())
            position = fixed.end()
            continue
        char = markup[position]
        out.append(char)
        position += 1
        left -= 1
        if left <= 0 and _may_break(markup, position, sign):
            out.append(sign)
            left = rng.randint(*every)
    return "".join(out)


def _may_break(markup: str, position: int, sign: str) -> bool:
    """Say whether a sign can go in: inside a line, and not at the edge of a mark."""
    around = markup[position - 1 : position + 1]
    if len(around) < 2 or any(char in "\n[]{}<>|#-¶␣。;；()（）" for char in around):
        return False
    return sign == "¶" or not all(char in "0123456789.," for char in around)
