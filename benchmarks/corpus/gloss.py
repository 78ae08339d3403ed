"""Write Simplified text the way a bad font conversion hands it out.

Some converters turn a document into Traditional characters and leave, after a character that
their font lacks, its reading in brackets: 區(qū). Readers must see through it.
"""

from functools import cache
from pathlib import Path
from typing import Final

from opencc import OpenCC

_TABLE: Final = Path(__file__).with_name("readings.txt")


_VARIANTS: Final = str.maketrans("牀佔羣啓爲裏衆", "床占群啟為里眾")
"""The dictionary prefers old forms that no report shows."""


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _readings() -> dict[str, str]:
    lines = _TABLE.read_text(encoding="utf-8").split()
    return {line[0]: line[2:] for line in lines}


def glossed(text: str) -> list[tuple[str, str]]:
    """Return each character in Traditional form with the gloss that follows it, or "".

    >>> glossed("学校")
    [('學', '(xué)'), ('校', '')]
    """
    traditional = _converter().convert(text)
    if len(traditional) != len(text):
        traditional = "".join(_converter().convert(char)[:1] for char in text)
    traditional = traditional.translate(_VARIANTS)
    pairs = []
    for index, char in enumerate(traditional):
        reading = _readings().get(char)
        # The converter's font lacks a character in some of its runs only.
        skip = index % 7 == 3
        pairs.append((char, f"({reading})" if reading and not skip else ""))
    return pairs
