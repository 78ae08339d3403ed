"""A claim is read as the source is: cleaned, its Traditional characters as Simplified."""

import re
from collections.abc import Collection
from typing import Final

from groundwork.text.clean import clean
from groundwork.text.clean.script import simplified
from groundwork.text.document import CleanText, SourceText

_PLAIN: Final = re.compile("[\u4e00-\u9fff0-9A-Za-z,.%&/+*×○_~—，。、；：（）“”《》-]*")


def read(claim: str, noise: Collection[str] = ()) -> CleanText:
    """Return the claim as clean text; ``noise`` is what its source was cleaned of.

    Most claims hold nothing that cleaning would touch, and there are many of them: those are only
    put into Simplified characters.
    """
    if "\n" in claim and any(piece in claim for piece in noise):
        return _without(claim, noise)
    if _PLAIN.fullmatch(claim) is None:
        return clean(SourceText(claim))
    return unread(claim)


def unread(claim: str) -> CleanText:
    """Return the claim as it is, every character its own origin."""
    length = len(claim)
    return CleanText(
        source=SourceText(claim),
        text=claim,
        reading=simplified(claim),
        starts=range(length),
        ends=range(1, length + 1),
    )


def _without(claim: str, noise: Collection[str]) -> CleanText:
    """Clean what is left of the claim when the source's own noise is taken out of it."""
    pieces = re.compile("|".join(map(re.escape, sorted(noise, key=len, reverse=True))))
    kept: list[int] = []
    done = 0
    for piece in pieces.finditer(claim):
        kept += range(done, piece.start())
        done = piece.end()
    kept += range(done, len(claim))
    cleaned = clean(SourceText("".join(claim[place] for place in kept)))
    return CleanText(
        source=SourceText(claim),
        text=cleaned.text,
        reading=cleaned.reading,
        starts=[kept[start] for start in cleaned.starts],
        ends=[kept[end - 1] + 1 for end in cleaned.ends],
    )
