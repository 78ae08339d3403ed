"""Codes and names with digits in them: 5G, 5+2, PM2.5, G3, 20-年. They stand whole or not at all.

The finder leaves them alone on purpose, so no number is weighed; but 5+20 is not 5+2, and PM2 is
not PM2.5.
"""

import re
from typing import Final

from groundwork.grounding.mention import LETTERS

_GLUE: Final = r"0-9A-Za-z+./_~×*○&@#\-"
_TOKEN: Final = re.compile(f"[{_GLUE}]+")
_LEFT: Final = re.compile(f"[{_GLUE}]*$")
_REACH: Final = 40
_TRIM: Final = "./#&@~"
"""What ends a sentence, a list mark or a column; a hyphen or a mask may hide digits: it stays."""
_DASHES: Final = str.maketrans("—–－～＋", "---~+")


def whole(text: str, start: int, end: int) -> str:
    """Return the token that ``text[start:end]`` is a part of, in lower case.

    >>> whole("市区PM2.5浓度", 4, 7)
    'pm2.5'
    """
    left = _LEFT.search(_folded(text[max(0, start - _REACH) : start]))
    after = _TOKEN.match(_folded(text[end : end + _REACH]))
    token = (left[0] if left else "") + text[start:end] + (after[0] if after else "")
    return token.strip(_TRIM).lower()


def _folded(text: str) -> str:
    return text.translate(LETTERS).translate(_DASHES)


def tokens(stated: str) -> frozenset[str]:
    """Return every token of squeezed evidence, in lower case.

    >>> sorted(tokens("实行5+2服务,PM2.5浓度降到31."))
    ['31', '5+2', 'pm2.5']
    """
    found = _TOKEN.findall(stated.translate(_DASHES))
    return frozenset(token.strip(_TRIM).lower() for token in found)
