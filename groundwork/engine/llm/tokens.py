"""How many tokens a text has, near enough to plan with, without any model's vocabulary.

Measured on 5,159 characters of Chinese reports: 5,864 tokens with OpenAI's cl100k vocabulary,
3,694 with o200k, 2,986 with Qwen's. The estimate below gives 3,935: a little too much for current
models, which is the safe side. What a call really cost is read from its answer.
"""

from typing import Final

_WIDE_FROM: Final = "\u2e80"  # Where the CJK blocks begin.
_WIDE_PER_100: Final = 80
_NARROW_PER_100: Final = 50


def estimate_tokens(text: str) -> int:
    """Return about how many tokens ``text`` has.

    >>> estimate_tokens("新认定高新技术企业42家"), estimate_tokens("")
    (9, 0)
    """
    wide = sum(char >= _WIDE_FROM for char in text)
    return -(-(wide * _WIDE_PER_100 + (len(text) - wide) * _NARROW_PER_100) // 100)
