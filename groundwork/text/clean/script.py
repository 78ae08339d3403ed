"""Traditional characters read as Simplified, position by position."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    """Character forms only (t2s); tw2sp would swap whole words and move offsets."""
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return ``text`` with Traditional characters as Simplified, of the same length.

    >>> simplified("區科學技術局")
    '区科学技术局'
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    forms = {char: _converter().convert(char) for char in set(text)}
    return "".join(form if len(form) == 1 else char for char in text for form in (forms[char],))
