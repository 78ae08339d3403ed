"""Words that only introduce: 主要目标:, 大气方面:, 还存在以下不足:.

They are no part of a statement, but they may announce the kind of those that follow.
"""

import re
from typing import Final

from groundwork.engine.rules import cues
from schemas.result import Kind

_LABEL: Final = re.compile(r"[^。;；:：]{1,40}?[:：]")
_LABEL_MAX: Final = 26
_COMMA_FREE_MAX: Final = 14


def label_end(reading: str, start: int, end: int) -> int:
    """Return where the statement behind a label begins; ``start`` when there is no label.

    >>> label_end("主要目标:粮食总产38万吨", 0, 13)
    5
    """
    match = _LABEL.match(reading, start, min(end, start + _LABEL_MAX * 2))
    if not match or match.end() >= end:
        return start
    label = match.group()
    if cues.LABEL.search(label) or (
        len(label) <= _COMMA_FREE_MAX and not re.search(r"[,，\d“”\"《》(（]", label)
    ):
        return match.end()
    return start


def announces(text: str) -> Kind | None:
    """Return the kind that a lead-in announces for the statements after it, or None."""
    for kind, pattern in cues.ANNOUNCES.items():
        if pattern.search(text):
            return kind
    return None
