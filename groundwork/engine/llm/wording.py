"""From an item of an answer to claims about the document, and whether its words are the report's.

Verification looks at numbers; this looks at words. A text that shares too little with the
sentences it cites was made up, by the model or by an instruction hidden in the report.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from groundwork.engine.base import Claim
from groundwork.engine.llm.chunks import Chunk, Line
from groundwork.engine.llm.protocol import Item, Misread
from groundwork.engine.llm.render import plain
from groundwork.text.document import CleanText

FAITHFUL: Final = 0.6
"""Least share of a text's pairs of characters that its sentences must hold."""
_MARKS: Final = " ,，。;；"
_TELLING: Final = 6
"""Shortest text in characters that is looked for in sentences it does not cite."""
NOT_THEIR_WORDS: Final = "text 不是所引句子里的文字,请照抄原文"


def claims_of(chunk: Chunk, clean: CleanText, item: Item) -> list[Claim]:
    """Return what an item claims: its text, or its sentences as they stand.

    Sentences that do not follow one another are claims of their own.
    """
    cited = _numbers(chunk, item)
    if item.text is None:
        return whole(chunk, clean, item)
    span = _verbatim(chunk, item)
    text = clean.text[span[0] : span[1]] if span else item.text
    return [Claim(kind=item.kind, text=text, sentences=cited, span=span)]


def whole(chunk: Chunk, clean: CleanText, item: Item, *, repaired: bool = False) -> list[Claim]:
    """Return the cited sentences as claims in the source's own words."""
    claims = []
    for first, last in _runs(chunk, item):
        lines = chunk.lines[first - 1 : last]
        span = (lines[0].sentence.start, lines[-1].sentence.end)
        claims.append(
            Claim(
                kind=item.kind,
                text=clean.text[span[0] : span[1]],
                sentences=tuple(line.sentence.number for line in lines),
                span=span,
                repaired=repaired,
            )
        )
    return claims


def is_faithful(chunk: Chunk, item: Item) -> bool:
    """Tell whether the item's text is made of the words of the sentences it cites."""
    if item.text is None or _verbatim(chunk, item) is not None:
        return True
    pairs = _pairs(item.text)
    theirs = frozenset().union(*(_pairs(chunk.lines[n - 1].text) for n in item.sentences))
    return bool(pairs) and len(pairs & theirs) >= FAITHFUL * len(pairs)


def placed(chunk: Chunk, item: Item) -> Item:
    """Let an item cite the sentence its text stands in, and leave out a text that is all of it.

    Weak models copy well and count badly: words that stand in one sentence alone, or are made of
    its words alone, are that sentence's, whatever number they come with.
    """
    if item.text is None:
        return item
    cited = item.sentences
    if not is_faithful(chunk, item) and len(item.text) >= _TELLING:
        cited = _home(chunk, item.text) or cited
    line = chunk.lines[cited[0] - 1]
    all_of_it = len(cited) == 1 and _place(line, item.text) == (0, len(line.text.rstrip(_MARKS)))
    return item.model_copy(update={"sentences": cited, "text": None if all_of_it else item.text})


def salvaged(chunk: Chunk, item: Misread) -> Item | Misread:
    """Make an item of one that was misread: of the sentences that exist, else of its words."""
    if item.kind is None:
        return item
    cited = tuple(sorted({number for number in item.cited if number in chunk.known}))
    if not cited and len(item.text) >= _TELLING:
        cited = _home(chunk, item.text) or ()
    return Item(kind=item.kind, sentences=cited, text=item.text) if cited else item


def _home(chunk: Chunk, text: str) -> tuple[int] | None:
    """Return the one sentence that a text stands in, else the one it is made of; None if unsure."""
    lines = list(zip(chunk.known, chunk.lines, strict=True))
    homes = [number for number, line in lines if _place(line, text) is not None]
    if not homes:
        pairs = _pairs(text)
        least = FAITHFUL * len(pairs)
        homes = [number for number, line in lines if len(pairs & _pairs(line.text)) >= least]
    return (homes[0],) if len(homes) == 1 else None


def nearest(chunk: Chunk, text: str) -> int:
    """Return the number of the sentence that shares most with ``text``."""
    pairs = _pairs(text)
    return max(chunk.known, key=lambda n: len(pairs & _pairs(chunk.lines[n - 1].text)))


def _numbers(chunk: Chunk, item: Item) -> tuple[int, ...]:
    return tuple(chunk.lines[n - 1].sentence.number for n in item.sentences)


def _verbatim(chunk: Chunk, item: Item) -> tuple[int, int] | None:
    """Return the clean range of the item's text in one of its sentences, if it stands there."""
    if item.text is None:
        return None
    for number in item.sentences:
        line = chunk.lines[number - 1]
        place = _place(line, item.text)
        if place is not None:
            return line.sentence.start + place[0], line.sentence.start + place[1]
    return None


def _place(line: Line, text: str) -> tuple[int, int] | None:
    """Return where in a sentence a text stands word for word, marks at its ends left out."""
    wanted = text.strip(_MARKS)
    at = line.text.find(wanted) if wanted else -1
    if at < 0 and wanted and len(shown := plain(line.text)) == len(line.text):
        at = shown.find(wanted)
    return (at, at + len(wanted)) if at >= 0 else None


def _runs(chunk: Chunk, item: Item) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of sentences that follow one another under one heading."""
    first = last = item.sentences[0]
    for number in item.sentences[1:]:
        same = chunk.lines[number - 1].headings == chunk.lines[last - 1].headings
        if number != last + 1 or not same:
            yield first, last
            first = number
        last = number
    yield first, last


def _pairs(text: str) -> frozenset[str]:
    letters = [char for char in text if char.isalnum() or char in "%％"]
    if len(letters) == 1:
        return frozenset(letters)
    return frozenset(a + b for a, b in pairwise(letters))
