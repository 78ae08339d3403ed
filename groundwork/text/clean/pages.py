r"""Page-break marks of document converters: a line break and the running number of the page.

``增长xx.x\n3、%`` is one number; ``\n2、`` in the middle of a word is no list mark. A mark is told
from a list by where it stands (in mid-sentence), and by its number, which runs through the upload.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.text.clean.tape import Cut

_MARK: Final = re.compile(r"(?:\A|\n)[ \t]*(\d{1,3})[ \t]*、")
_ENDS: Final = frozenset("。；;！!？?：:.”\"')）》】")
_CANNOT_OPEN: Final = frozenset("%％‰,，。、；;：:)）”’》】.")
_CANNOT_CLOSE: Final = frozenset(",，、(（“‘《【-—~～")
_PAGE: Final = 80
"""A converter's page holds several hundred characters, a point without a full stop but few."""

_COMMON_PAGE: Final = 150
"""Pages are longer than this on average; a list of points without full stops is not."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    number: int
    proven: bool
    """Nothing but a page break can stand here."""
    likely: bool
    """In mid-sentence, at the end of a page's worth of text."""


def page_break(text: str) -> Iterator[Cut]:
    r"""Cut page-break marks with their line break; real list marks stay.

    >>> [text[cut.start:cut.end] for text in ["增长xx.x\n3、%,投资"] for cut in page_break(text)]
    ['\n3、']
    >>> list(page_break("主要工作。\n1、修路。\n2、架灯。"))
    []
    """
    marks = list(_marks(text))
    chain = _chain(marks)
    opening = _opening(text, marks, chain)
    if opening is not None:
        yield opening
    for mark in chain:
        yield Cut(mark.start, mark.end)


def _marks(text: str) -> Iterator[_Mark]:
    previous = 0
    for match in _MARK.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "。"
        after = text[end] if end < len(text) else "。"
        number = int(match[1])
        runs = number > 1 and before not in _ENDS and not before.isspace() and end < len(text)
        proven = runs and (
            after in _CANNOT_OPEN
            or before in _CANNOT_CLOSE
            or (before.isascii() and before.isdigit() and after.isascii() and after.isdigit())
        )
        yield _Mark(start, end, number, proven, runs and start - previous >= _PAGE)
        previous = end


def _chain(marks: list[_Mark]) -> list[_Mark]:
    """Follow the running number; a mark at a sentence's end counts between two in mid-sentence."""
    chain: list[_Mark] = []
    held: list[_Mark] = []
    seen: set[int] = set()
    for mark in marks:
        expected = (chain[-1].number if chain else 1) + len(held) + 1
        excerpt = not chain and mark.number - 1 not in seen
        if mark.proven or (mark.likely and (mark.number in {expected, 2} or excerpt)):
            if mark.number == expected:
                chain += held
            chain.append(mark)
            held = []
        elif expected == mark.number:
            held.append(mark)
        seen.add(mark.number)
    chain += _last_pages(chain, held)
    if any(mark.proven for mark in chain) or len(chain) < 2:
        return chain
    return chain if chain[-1].start - chain[0].start >= _COMMON_PAGE * (len(chain) - 1) else []


def _last_pages(chain: list[_Mark], held: list[_Mark]) -> list[_Mark]:
    """Keep trailing marks at sentence ends when they are a page's length apart."""
    if len(chain) < 2:
        return []
    page = (chain[-1].start - chain[0].start) // (len(chain) - 1)
    kept: list[_Mark] = []
    last = chain[-1]
    for mark in held:
        if mark.start - last.start < page // 2:
            break
        kept.append(mark)
        last = mark
    return kept


def _opening(text: str, marks: list[_Mark], chain: list[_Mark]) -> Cut | None:
    """Return the cut of the first page's number, which stands at the start of its line.

    A number 1 that opens the whole text and is followed by no other counts a page as well.
    """
    first = marks[0] if marks else None
    if first is None or first.number != 1:
        return None
    cut = Cut(first.start + text.startswith("\n", first.start), first.end)
    if not chain:
        alone = len(marks) == 1 and not text[: first.start].strip()
        return cut if alone and len(text) - first.end >= _PAGE else None
    far = chain[0].number == 2 and chain[0].start - first.end >= _PAGE
    return cut if far else None
