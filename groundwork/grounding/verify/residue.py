"""Digits that are no quantity: names and codes (5G, 315体系, 十四五) must be the source's.

The finder leaves them alone on purpose, so a check of quantities alone would let 十四五 become
十三五. Only numerals whose own surroundings the evidence has, with other numerals, are refused,
and runs of Arabic digits that stand nowhere in it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from groundwork.grounding.mention import LETTERS, Reading

_CHINESE: Final = "〇零一二三四五六七八九十百千两"
_RUN: Final = re.compile(f"[0-9]+(?:[.][0-9]+)?|[{_CHINESE}]+")
_NEIGHBOURS: Final = 2
_MARKS: Final = ".、)）．:： "


def strangers(claim: Reading, evidence: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of numerals outside all quantities that the evidence does not have."""
    stated = "\n".join(part.translate(LETTERS) for part in evidence)
    for start, end in _uncovered(claim):
        run = claim.text[start:end]
        if run.isascii():
            if not _is_list_mark(claim.text, start, end) and not _stands(run, stated):
                yield start, end
        elif _replaced(claim.text, start, end, stated):
            yield start, end


def _uncovered(claim: Reading) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _RUN.finditer(claim.text):
        while at < len(claim.founds) and claim.founds[at].end <= found.start():
            at += 1
        if at == len(claim.founds) or found.end() <= claim.founds[at].start:
            yield found.span()


def _is_list_mark(text: str, start: int, end: int) -> bool:
    """1. or 2、 at the very start says nothing of the source."""
    return not text[:start].strip("(（ ") and text[end : end + 1] in _MARKS and end < len(text)


def _stands(run: str, stated: str) -> bool:
    at = stated.find(run)
    while at >= 0:
        before, after = stated[at - 1 : at], stated[at + len(run) : at + len(run) + 1]
        if not (before.isdigit() and before.isascii()) and not (
            after.isdigit() and after.isascii()
        ):
            return True
        at = stated.find(run, at + 1)
    return False


def _replaced(text: str, start: int, end: int, stated: str) -> bool:
    """Whether the evidence has these surroundings, but with another numeral in them."""
    before = text[max(0, start - 6) : start].translate(LETTERS)[-_NEIGHBOURS:]
    after = text[end : end + 6].translate(LETTERS)[:_NEIGHBOURS]
    run = text[start:end]
    if len(before) + len(after) < _NEIGHBOURS or before + run + after in stated:
        return False
    pattern = re.escape(before) + f"(?:[{_CHINESE}]{{1,6}})" + re.escape(after)
    return re.search(pattern, stated) is not None and run + after not in stated
