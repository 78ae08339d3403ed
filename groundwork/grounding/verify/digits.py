"""A claim that is its evidence letter for letter but for digits: the commonest slip of all.

Digits that only say how much are read alike whatever they are (``find.windows.shape``), so the
numbers of such a claim are the source's own readings with other values. Nothing is searched.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.letters import SAME_DIGIT
from groundwork.grounding.mention import LETTERS
from groundwork.grounding.verify.deciding import Judged, altered, kept
from groundwork.grounding.verify.literal import EDGES, bounded, placed, uncut
from groundwork.quantities.find.windows import shape
from groundwork.quantities.found import Found
from groundwork.quantities.numerals import parse
from schemas.quantity import QuantityType

_NUMERAL: Final = re.compile(r"[^0-9]*(?P<numeral>[0-9][0-9,]*(?:\.[0-9]+)?)[^0-9]*")
_CLAUSE: Final = re.compile("[^,;。]{0,40}")
_TRIES: Final = 64
_TOO_MANY: Final = 2
_CALENDAR: Final = frozenset("年月日号时点季世")


def digit_copies(
    claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[tuple[Found, Judged]] | None:
    """Return the numbers of a claim that differs from one piece of its evidence in digits alone.

    None where there is no such piece, or several, or where other digits may be read otherwise.
    """
    letters = claim.translate(LETTERS)
    core = letters.strip(EDGES)
    alike = core.translate(SAME_DIGIT)
    if not core or "5" not in alike:
        return None
    pieces = list(_pieces(alike, ranges, text))
    if len(pieces) != 1:
        return None
    at, first, beyond = pieces[0]
    stated = text.letters
    shift = letters.find(core)
    places = placed(claim, letters)
    told: list[tuple[Found, Judged]] = []
    done = at
    for index in range(first, beyond):
        start, end = stated.starts[index], stated.ends[index]
        if stated.text[done:start] != core[done - at : start - at]:
            return None
        span = places[start - at + shift], places[end - 1 - at + shift] + 1
        one = _read(core, (start - at, end - at), span, index, text)
        if one is None:
            return None
        words = claim[span[0] : span[1]]
        same = stated.text[start:end] == core[start - at : end - at]
        told.append((one, kept(one, index) if same else altered(one, words, index, text)))
        done = end
    return told if stated.text[done : at + len(core)] == core[done - at :] else None


def _pieces(
    alike: str, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> Iterator[tuple[int, int, int]]:
    """Yield where the evidence has these letters and any digits, and the numbers there; two do."""
    stated = text.letters
    count = 0
    for start, end in ranges:
        low, high = stated.cut(start, end)
        at = stated.alike.find(alike, low, high)
        for _ in range(_TRIES):
            if at < 0 or count == _TOO_MANY:
                break
            last = at + len(alike)
            first = bisect_left(stated.ends, at + 1)
            beyond = bisect_left(stated.starts, last)
            if bounded(stated.text, low, high, at, last) and uncut(
                stated.starts, stated.ends, first, beyond, at, last
            ):
                count += 1
                yield at, first, beyond
            at = stated.alike.find(alike, at + 1, high)


def _read(
    core: str, part: tuple[int, int], span: tuple[int, int], index: int, text: CheckedText
) -> Found | None:
    """Return number ``index`` of the source as the claim writes it; None if it must be read."""
    stated = text.founds[index]
    moved = stated.unit_at
    if moved is not None:
        shift = span[1] - stated.end
        moved = moved[0] + shift, moved[1] + shift
    value = stated.value
    source = text.letters.text[text.letters.starts[index] : text.letters.ends[index]]
    if source != core[part[0] : part[1]]:
        value = _value(core, part, source, stated)
        if value is None:
            return None
    return replace(stated, start=span[0], end=span[1], unit_at=moved, value=value)


def _value(core: str, part: tuple[int, int], source: str, stated: Found) -> Decimal | None:
    """Return the value of the claim's number; None where its digits may say more than how much."""
    plain = stated.upper is None and not stated.masked and stated.type is not QuantityType.DATE
    here, there = _NUMERAL.fullmatch(core, *part), _NUMERAL.fullmatch(source)
    if here is None or there is None or not stated.value or not plain:
        return None
    left = core[: here.start("numeral")]
    right = _CLAUSE.match(core, here.end("numeral"))
    after = right[0] if right else ""
    one, other = here["numeral"], there["numeral"]
    free = all(
        shape(left, digits, after) != digits or set(digits) <= {"5"} for digits in (one, other)
    )
    new, old = parse(one), parse(other)
    if not free or after[:1] in _CALENDAR or new is None or not old:
        return None
    factor = stated.value / old
    power = factor.normalize().as_tuple()
    return new * factor if power.digits == (1,) and not power.sign else None
