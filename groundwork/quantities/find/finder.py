"""The pass over the text: a match of the scan becomes a quantity, waits for a unit, or is none."""

import re
from collections.abc import Callable
from decimal import Decimal

from groundwork.quantities import numerals
from groundwork.quantities.find import (
    chinese,
    context,
    dates,
    labels,
    measure,
    ranks,
    respective,
    traps,
)
from groundwork.quantities.find.draft import Draft
from groundwork.quantities.find.fold import fold
from groundwork.quantities.find.scan import MASK, RANGE, SCAN
from groundwork.quantities.found import Found
from schemas.quantity import Qualifier, QuantityType

_LINK = re.compile(r"\s?(?:、|和|及|与|或|以及)\s?(?:约|近|超过?)?")
_MINUS_AFTER = frozenset("比为长速率达至到降是额润")
_YEARS = ("19", "20")
_LOST_POINT = re.compile(r" \d{1,2}(?=[亿万%]|个百分点)")
"""A decimal point that a converter turned into a blank: 5 9亿元. What it was cannot be known."""
_PRODUCT = re.compile(r"\d+[×*]\d+")
"""A multiplication, not a mask: 7×24小时."""
_HIDDEN = re.compile(rf"[{MASK}]")


def find(text: str) -> tuple[Found, ...]:
    """Return every quantity of ``text``, in text order and without overlaps.

    >>> [(f.value, f.unit, f.qualifier.value) for f in find("引进项目约3.5万个")]
    [(Decimal('35000.0'), '个', 'approx')]
    """
    return tuple(_Finder(fold(text)).run())


class _Finder:
    """One pass; ``floor`` is the end of what has been read as a quantity."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.floor = 0
        self.drafts: list[Draft] = []
        self.pending: list[Draft] = []
        """Numbers without a unit that the next number of the list may give them."""
        self.read: dict[str, Callable[[re.Match[str]], Draft | None]] = {
            "date": self._date,
            "fraction": self._fraction,
            "mask": self._number,
            "arabic": self._number,
            "word": self._word,
            "chinese": self._chinese,
            "vague": self._vague,
            "stripped": self._stripped,
        }

    def run(self) -> list[Found]:
        for match in SCAN.finditer(self.text):
            if match.start() < self.floor:
                continue
            draft = self.read[match.lastgroup or ""](match)
            if draft is not None:
                self._add(draft)
        context.govern(self.text, self.drafts)
        labels.name(self.text, self.drafts)
        respective.distribute(self.text, self.drafts)
        return [
            Found(
                d.start, d.end, d.type, d.value, d.upper, d.unit, d.masked, d.qualifier,
                d.change, d.basis, d.label, d.period, d.unit_at, d.toward, d.relation,
            )
            for d in self.drafts
        ]  # fmt: skip

    def _add(self, draft: Draft) -> None:
        if self._linked(draft):
            if draft.unit_at:
                self._share(draft)
            draft.listed = bool(self.drafts and self.drafts[-1].end <= draft.start)
        elif self.drafts and _LINK.fullmatch(self.text, self.drafts[-1].end, draft.number[0]):
            draft.listed = True
        self.pending.clear()
        self.drafts.append(draft)
        self.floor = draft.end

    def _linked(self, draft: Draft) -> bool:
        if not self.pending:
            return False
        return bool(_LINK.fullmatch(self.text, self.pending[-1].end, draft.number[0]))

    def _share(self, draft: Draft) -> None:
        """Give the numbers that wait in the list the unit and the scale of this one."""
        for waiting in self.pending:
            waiting.unit, waiting.unit_at, waiting.type = draft.unit, draft.unit_at, draft.type
            if draft.scale != 1 and waiting.scale == 1 and waiting.value is not None:
                waiting.value, waiting.scale = waiting.value * draft.scale, draft.scale
            waiting.listed = bool(
                self.drafts and _LINK.fullmatch(self.text, self.drafts[-1].end, waiting.number[0])
            )
            self.drafts.append(waiting)

    def _wait(self, draft: Draft) -> None:
        if self.pending and not self._linked(draft):
            self.pending.clear()
        link = _LINK.match(self.text, draft.end)
        before = self.text[draft.start - 1 : draft.start]
        year = draft.end - draft.start == 4 and self.text[draft.start : draft.start + 2] in _YEARS
        if link and (self.pending or before.isalpha() or year):
            self.pending.append(draft)
        else:
            self.pending.clear()

    def _date(self, match: re.Match[str]) -> Draft | None:
        draft = dates.read(self.text, match)
        if draft is None and match.re.groups:
            return None
        if draft and self._linked(draft):
            for waiting in self.pending:
                waiting.type, waiting.value = QuantityType.DATE, None
                self.drafts.append(waiting)
        return draft

    def _fraction(self, match: re.Match[str]) -> Draft | None:
        draft = chinese.fraction(match)
        if draft:
            measure.bound(self.text, draft, self.floor)
        return draft

    def _chinese(self, match: re.Match[str]) -> Draft | None:
        if leading := ranks.leads(self.text, match.start()):
            draft = ranks.read(self.text, match, self.floor)
            if draft or leading == "第":
                return draft
        return chinese.read(self.text, match, self.floor)

    def _vague(self, match: re.Match[str]) -> Draft | None:
        return chinese.vague(self.text, match, self.floor)

    def _word(self, match: re.Match[str]) -> Draft | None:
        draft = ranks.word(self.text, match)
        if draft:
            measure.bound(self.text, draft, self.floor)
        return draft

    def _stripped(self, match: re.Match[str]) -> Draft | None:
        return chinese.stripped(self.text, match, self.floor)

    def _number(self, match: re.Match[str]) -> Draft | None:
        start, end = match.span()
        masked = match.lastgroup == "mask"
        if masked and traps.bold(self.text, start):
            match = SCAN.match(self.text, start + 2) or match
            return self.read[match.lastgroup or ""](match)
        if masked and _PRODUCT.fullmatch(match[0]):
            return None
        if traps.code(self.text, start, end):
            return None
        if leading := ranks.leads(self.text, start):
            draft = ranks.read(self.text, match, self.floor)
            if draft or leading == "第":
                return draft
        special = None if masked else self._special(match)
        return special or self._accept(self._measured(start, end, masked=masked))

    def _special(self, match: re.Match[str]) -> Draft | None:
        """Read 1:0.34, 1/3 and 3成."""
        if self.text.startswith("成", match.end()):
            return chinese.tenths(self.text, *match.span(), self.floor)
        draft = ranks.pair(self.text, match)
        if draft:
            measure.bound(self.text, draft, self.floor)
        return draft

    def _accept(self, draft: Draft | None) -> Draft | None:
        """Take a measured number, unless nothing was measured or it is a part of a name."""
        if draft is None:
            return None
        if draft.unit is None and draft.scale == 1 and draft.qualifier is Qualifier.EXACT:
            return self._bare(draft)
        if traps.name(self.text, draft):
            return None
        measure.bound(self.text, draft, self.floor)
        measure.settle(self.text, draft)
        return draft

    def _measured(self, start: int, end: int, *, masked: bool) -> Draft | None:
        lost = None if masked else _LOST_POINT.match(self.text, end)
        if lost and self.text[start - 1 : start].isalpha():
            end, masked = lost.end(), True
        draft = Draft(start, end, number=(start, end), masked=masked)
        if not masked:
            draft.value = numerals.parse(self.text[start:end])
            if draft.value is None:
                return None
            draft.value = self._signed(draft)
        complete = measure.attach(self.text, draft)
        other = RANGE.match(self.text, draft.end)
        if other and not traps.from_to(self.text, draft, other):
            complete = self._range(draft, other) or complete
        if masked and not complete:
            return None
        return draft

    def _range(self, draft: Draft, other: re.Match[str]) -> bool:
        """Read 至 and the upper end; the ends share unit and scale."""
        start, end = other.span("to")
        upper = Draft(start, end, number=(start, end), masked=bool(_HIDDEN.search(other["to"])))
        if not upper.masked:
            upper.value = numerals.parse(other["to"])
        complete = measure.attach(self.text, upper)
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

    def _bare(self, draft: Draft) -> Draft | None:
        """Read a number with nothing after it: one of a list, a level at the end of its clause."""
        if self._among(draft):
            self._wait(draft)
            return None
        if traps.level(self.text, draft):
            draft.type = QuantityType.OTHER
            measure.bound(self.text, draft, self.floor)
            return draft
        self._wait(draft)
        return None

    def _among(self, draft: Draft) -> bool:
        """Tell whether another number of a list follows."""
        link = _LINK.match(self.text, draft.end)
        return bool(link and self.text[link.end() : link.end() + 1].isdigit())

    def _signed(self, draft: Draft) -> Decimal | None:
        """Take in a minus, told apart from a dash by what stands before it and after the number."""
        start, text = draft.start, self.text
        if draft.value is None or text[start - 1 : start] not in ("-", "负"):
            return draft.value
        before = text[start - 2 : start - 1]
        percent = text[draft.end : draft.end + 1] in ("%", "‰", "个")
        if start - 1 < self.floor or not (
            before in _MINUS_AFTER
            or (percent and not before.isalnum())
            or (text.startswith("℃", draft.end) and before.isalpha())
        ):
            return draft.value
        draft.start -= 1
        return -draft.value
