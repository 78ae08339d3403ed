"""The pass over the text: a match of the scan becomes a quantity, waits for a unit, or is none."""

import re

from groundwork.quantities.find import dates, measure, respective, traps
from groundwork.quantities.find.draft import Draft, Said
from groundwork.quantities.find.fold import fold
from groundwork.quantities.find.periods import Period, since_sentence
from groundwork.quantities.find.scan import SCAN
from groundwork.quantities.find.single import LINK
from groundwork.quantities.find.windows import Known
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

_YEARS = ("19", "20")
_LINKED = 8
"""No link between two numbers of a list is longer."""
_REACH = 60
"""How far to the left of a number the words that say something of it may stand."""


def find(text: str, known: Known | None = None) -> tuple[Found, ...]:
    """Return every quantity of ``text``, in text order and without overlaps.

    What ``known`` has read before is not read again; the outcome is the same.

    >>> [(f.value, f.unit, f.qualifier.value) for f in find("引进项目约3.5万个")]
    [(Decimal('35000.0'), '个', 'approx')]
    """
    return tuple(_Finder(fold(text), known or Known()).run())


class _Finder:
    """One pass; ``floor`` is the end of what has been read as a quantity."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.known = known
        self.floor = 0
        self.drafts: list[Draft] = []
        self.pending: list[Draft] = []
        """Numbers without a unit that the next number of the list may give them."""

    def run(self) -> list[Found]:
        self._numbers()
        self._words()
        respective.distribute(self.text, self.drafts)
        return [
            Found(
                d.start, d.end, d.type, d.value, d.upper, d.unit, d.masked, d.qualifier,
                d.change, d.basis, d.label, d.period, d.unit_at, d.toward, d.relation,
            )
            for d in self.drafts
        ]  # fmt: skip

    def _numbers(self) -> None:
        """Read what the scan finds, each match by itself."""
        text, read = self.text, self.known.number
        for match in SCAN.finditer(text):
            start = match.start()
            if start < self.floor:
                continue
            kind = match.lastgroup or ""
            if kind == "mask" and traps.bold(text, start):
                match = SCAN.match(text, start + 2) or match  # noqa: PLW2901
                kind = match.lastgroup or ""
            if kind == "date":
                draft = self._date(match)
            else:
                draft = read(text, match.span(), kind, self.floor)
            if draft is None:
                continue
            if draft.waits:
                self._wait(draft)
            else:
                measure.value_of_money(text, draft)
                self._add(draft)

    def _words(self) -> None:
        """Read what the words around each number say of it."""
        text, drafts = self.text, self.drafts
        governs = Period(text)
        before: Said | None = None
        ended = dated = 0
        for at, draft in enumerate(drafts):
            governs.advance(dated, draft)
            if draft.type is not QuantityType.DATE:
                low = since_sentence(text, max(draft.start - _REACH, ended), draft.start)
                follows = drafts[at + 1].start if at + 1 < len(drafts) else len(text)
                near = before if low == ended else None
                before = said = self.known.words(text, draft, near, low, dated, follows)
                draft.type, draft.change, draft.toward = said.type, said.change, said.toward
                draft.relation, draft.basis = said.relation, said.basis
                draft.qualifier, draft.label = said.qualifier, said.label
                draft.period = governs.period
                ended = draft.end
            dated = draft.end

    def _add(self, draft: Draft) -> None:
        if self._linked(draft):
            if draft.unit_at:
                self._share(draft)
            draft.listed = bool(self.drafts and self.drafts[-1].end <= draft.start)
        elif self.drafts:
            end, number = self.drafts[-1].end, draft.number[0]
            near = number - end <= _LINKED
            draft.listed = near and LINK.fullmatch(self.text, end, number) is not None
        self.pending.clear()
        self.drafts.append(draft)
        self.floor = draft.end

    def _linked(self, draft: Draft) -> bool:
        if not self.pending:
            return False
        return bool(LINK.fullmatch(self.text, self.pending[-1].end, draft.number[0]))

    def _share(self, draft: Draft) -> None:
        """Give the numbers that wait in the list the unit and the scale of this one."""
        for waiting in self.pending:
            waiting.unit, waiting.unit_at, waiting.type = draft.unit, draft.unit_at, draft.type
            waiting.alike = ""
            if draft.scale != 1 and waiting.scale == 1 and waiting.value is not None:
                waiting.value, waiting.scale = waiting.value * draft.scale, draft.scale
            waiting.listed = bool(
                self.drafts and LINK.fullmatch(self.text, self.drafts[-1].end, waiting.number[0])
            )
            self.drafts.append(waiting)

    def _wait(self, draft: Draft) -> None:
        if self.pending and not self._linked(draft):
            self.pending.clear()
        link = LINK.match(self.text, draft.end)
        before = self.text[draft.start - 1 : draft.start]
        year = draft.end - draft.start == 4 and self.text[draft.start : draft.start + 2] in _YEARS
        if link and (self.pending or before.isalpha() or year):
            self.pending.append(draft)
        else:
            self.pending.clear()

    def _date(self, match: re.Match[str]) -> Draft | None:
        draft = dates.read(self.text, match)
        if draft and self._linked(draft):
            for waiting in self.pending:
                waiting.type, waiting.value = QuantityType.DATE, None
                self.drafts.append(waiting)
        return draft
