"""One match of the scan, read by itself: a quantity, a number that waits for a unit, or none."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from groundwork.quantities import numerals
from groundwork.quantities.find import chinese, measure, ranks, traps
from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.scan import MASK, RANGE
from schemas.quantity import Qualifier, QuantityType

LINK: Final = re.compile(r"\s?(?:、|和|及|与|或|以及)\s?(?:约|近|超过?)?")
"""What may stand between two numbers of a list."""
_MINUS_AFTER: Final = frozenset("比为长速率达至到降是额润")
_LOST_POINT: Final = re.compile(r" \d{1,2}(?=[亿万%]|个百分点)")
"""A decimal point that a converter turned into a blank: 5 9亿元. What it was cannot be known."""
_TO: Final = frozenset("-–—―－~～至到")
_PRODUCT: Final = re.compile(r"\d+[×*]\d+")
"""A multiplication, not a mask: 7×24小时."""
_HIDDEN: Final = re.compile(rf"[{MASK}]")


def read(text: str, start: int, end: int, floor: int, kind: str) -> Draft | None:
    """Read what the scan found at ``[start, end)``, unless it is a date.

    Nothing left of ``floor`` belongs to the number; ``kind`` is the group of the scan.
    """
    return _READERS[kind](text, start, end, floor)


def _fraction(text: str, start: int, end: int, floor: int) -> Draft | None:
    return _bounded(text, chinese.fraction(text, start, end), floor)


def _word(text: str, start: int, end: int, floor: int) -> Draft | None:
    return _bounded(text, ranks.word(text, start, end), floor)


def _bounded(text: str, draft: Draft | None, floor: int) -> Draft | None:
    if draft:
        measure.bound(text, draft, floor)
    return draft


def _chinese(text: str, start: int, end: int, floor: int) -> Draft | None:
    if leading := ranks.leads(text, start):
        draft = ranks.read(text, start, end, floor)
        if draft or leading == "第":
            return draft
    return chinese.read(text, start, end, floor)


def _arabic(text: str, start: int, end: int, floor: int) -> Draft | None:
    return _number(text, start, end, floor, masked=False)


def _mask(text: str, start: int, end: int, floor: int) -> Draft | None:
    if _PRODUCT.fullmatch(text, start, end):
        return None
    return _number(text, start, end, floor, masked=True)


def _number(text: str, start: int, end: int, floor: int, *, masked: bool) -> Draft | None:
    if traps.code(text, start, end):
        return None
    if leading := ranks.leads(text, start):
        draft = ranks.read(text, start, end, floor, masked=masked)
        if draft or leading == "第":
            return draft
    special = None if masked else _special(text, start, end, floor)
    return special or _accept(text, _measured(text, start, end, floor, masked=masked), floor)


def _special(text: str, start: int, end: int, floor: int) -> Draft | None:
    """Read 1:0.34, 1/3 and 3成."""
    if text.startswith("成", end):
        return chinese.tenths(text, start, end, floor)
    return _bounded(text, ranks.pair(text, start, end), floor)


def _accept(text: str, draft: Draft | None, floor: int) -> Draft | None:
    """Take a measured number, unless nothing was measured or it is a part of a name."""
    if draft is None:
        return None
    if draft.unit is None and draft.scale == 1 and draft.qualifier is Qualifier.EXACT:
        return _bare(text, draft, floor)
    if traps.name(text, draft):
        return None
    measure.bound(text, draft, floor)
    measure.settle(draft)
    return draft


def _measured(text: str, start: int, end: int, floor: int, *, masked: bool) -> Draft | None:
    lost = None if masked else _LOST_POINT.match(text, end)
    if lost and text[start - 1 : start].isalpha():
        end, masked = lost.end(), True
    draft = Draft(start, end, number=(start, end), masked=masked)
    if not masked:
        draft.value = numerals.parse(text[start:end])
        if draft.value is None:
            return None
        draft.value = _signed(text, draft, floor)
    complete = measure.attach(text, draft)
    after = text[draft.end : draft.end + 1]
    other = RANGE.match(text, draft.end) if after in _TO or after.isspace() else None
    if other and not traps.from_to(text, draft, other):
        complete = _range(text, draft, other) or complete
    if masked and not complete:
        return None
    return draft


def _range(text: str, draft: Draft, other: re.Match[str]) -> bool:
    """Read 至 and the upper end; the ends share unit and scale."""
    start, end = other.span("to")
    upper = Draft(start, end, number=(start, end), masked=bool(_HIDDEN.search(other["to"])))
    if not upper.masked:
        upper.value = numerals.parse(other["to"])
    complete = measure.attach(text, upper)
    if not complete or (draft.unit and draft.unit != upper.unit):
        return False
    if draft.value is not None and upper.value is not None:
        low = draft.value * upper.scale if draft.scale == 1 else draft.value
        draft.value = low if low < upper.value else draft.value
        if draft.value >= upper.value:
            return False
        draft.upper = upper.value
    else:
        draft.masked, draft.value = True, None
    draft.unit, draft.unit_at, draft.type = upper.unit, upper.unit_at, upper.type
    draft.scale, draft.end = upper.scale, upper.end
    if upper.qualifier is not Qualifier.EXACT:
        draft.qualifier = upper.qualifier
    return True


def _bare(text: str, draft: Draft, floor: int) -> Draft | None:
    """Read a number with nothing after it: one of a list, a level at the end of its clause."""
    if not _among(text, draft) and traps.level(text, draft):
        draft.type = QuantityType.OTHER
        measure.bound(text, draft, floor)
    else:
        draft.waits = True
    return draft


def _among(text: str, draft: Draft) -> bool:
    """Tell whether another number of a list follows."""
    link = LINK.match(text, draft.end)
    return bool(link and text[link.end() : link.end() + 1].isdigit())


def _signed(text: str, draft: Draft, floor: int) -> Decimal | None:
    """Take in a minus, told apart from a dash by what stands before it and after the number."""
    start = draft.start
    if draft.value is None or text[start - 1 : start] not in ("-", "负"):
        return draft.value
    before = text[start - 2 : start - 1]
    percent = text[draft.end : draft.end + 1] in ("%", "‰", "个")
    if start - 1 < floor or not (
        before in _MINUS_AFTER
        or (percent and not before.isalnum())
        or (text.startswith("℃", draft.end) and before.isalpha())
    ):
        return draft.value
    draft.start -= 1
    return -draft.value


_READERS: Final[dict[str, Callable[[str, int, int, int], Draft | None]]] = {
    "fraction": _fraction,
    "mask": _mask,
    "arabic": _arabic,
    "word": _word,
    "chinese": _chinese,
    "vague": chinese.vague,
    "stripped": chinese.stripped,
}
