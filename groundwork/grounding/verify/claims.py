"""A claim is read as the source is: cleaned, its Traditional characters as Simplified."""

import re
from typing import Final

from groundwork.text.clean import clean
from groundwork.text.clean.script import simplified
from groundwork.text.document import CleanText, SourceText

_PLAIN: Final = re.compile("[\u4e00-\u9fff0-9A-Za-z,.%&/+*×○_~—，。、；：（）“”《》-]*")


def read(claim: str) -> CleanText:
    """Return the claim as clean text.

    Most claims hold nothing that cleaning would touch, and there are many of them: those are only
    put into Simplified characters.
    """
    if _PLAIN.fullmatch(claim) is None:
        return clean(SourceText(claim))
    length = len(claim)
    return CleanText(
        source=SourceText(claim),
        text=claim,
        reading=simplified(claim),
        starts=range(length),
        ends=range(1, length + 1),
    )
