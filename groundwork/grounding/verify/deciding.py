"""Decide each number of a claim: by its partner in the source, or by an equal one as fitting."""

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from groundwork.grounding.checked import CheckedText, Cited
from groundwork.grounding.mention import Mention, Reading
from groundwork.grounding.verify.names import borrowed
from groundwork.grounding.verify.order import displaced
from groundwork.grounding.verify.pairing import MEANT, Likeness, assign, cited_only, likenesses
from groundwork.grounding.verify.weighing import letters, weigh, written
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType
from schemas.verdict import Reason, Verdict

_RELATED: Final = 0.5
"""Likeness of labels from which the evidence is said to speak of the claim's indicator."""
_ALL_PAIRS: Final = 200
_CANDIDATES: Final = 16
_COPIED: Final = 6
"""So many letters from the start of the claim up to its number say which one is meant."""
_FEWEST: Final = 4
"""So many for each number of a claim that lists hundreds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome for one number; ``source`` is an index into the numbers of the source."""

    verdict: Verdict
    reasons: frozenset[Reason] = frozenset()
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of the source that other numbers of the claim are."""

    taken: Set[int]
    spent: Sequence[Mention]
    """Those that need no weighing; their names are theirs all the same."""


class _Field:
    """The numbers of the evidence that those of a claim may be paired with."""

    def __init__(
        self, text: CheckedText, inside: Sequence[int], allowed: Set[int], claimed: int
    ) -> None:
        self._text = text
        self._inside = inside
        self._all = len(inside) * claimed <= _ALL_PAIRS
        self._allowed = allowed
        self._most = max(_FEWEST, min(_CANDIDATES, _ALL_PAIRS * 2 // max(claimed, 1)))

    def around(self, claim: Mention) -> dict[int, Mention]:
        """Return those that ``claim`` may be: all of a short evidence."""
        chosen = self._inside
        if not self._all:
            chosen = self._text.candidates(claim, self._allowed, self._inside[0], self._most)
        return {index: self._text.mention(index) for index in chosen}


def kept(source: Found, index: int) -> Judged:
    """Judge a number that is the source's: supported, or a mask that is kept."""
    return Judged(Verdict.MASKED if source.masked else Verdict.SUPPORTED, source=index)


def altered(claim: Found, words: str, index: int, text: CheckedText) -> Judged:
    """Judge a number that stands in the very words of the source, by how it is written alone."""
    source = text.founds[index]
    reasons = frozenset(written(claim, words, source, text.reading.words(source)))
    if not reasons:
        return kept(source, index)
    hidden = reasons == {Reason.MASKED_IN_SOURCE}
    return Judged(Verdict.MASKED if hidden else Verdict.CONTRADICTED, reasons, index)


def decide(
    reading: Reading,
    numbers: Sequence[int],
    text: CheckedText,
    cited: Cited,
    spent: Set[int] = frozenset(),
) -> dict[int, Judged]:
    """Decide ``numbers`` of a claim by the numbers ``cited``.

    ``spent`` are those that verbatim sentences of the same claim have already told.
    """
    claims = [reading.mention(number) for number in numbers]
    others, allowed = cited.others, cited.all_others
    if spent:
        others = [index for index in others if index not in spent]
        allowed = allowed - spent
    near_dates = _Field(text, cited.dates, cited.all_dates, len(claims))
    near_others = _Field(text, others, allowed, len(claims))
    rows = [
        likenesses(claim, (near_dates if _is_date(claim) else near_others).around(claim))
        for claim in claims
    ]
    rows = [
        _bare_of_context(claim, row, text, cited) for claim, row in zip(claims, rows, strict=True)
    ]
    sources = {index: text.mention(index) for row in rows for index in row}
    chosen = assign(claims, sources, rows)
    taken = {index for index in chosen if index is not None and not _is_date(sources[index])}
    taken |= spent
    told = [text.mention(index) for index in sorted(spent)[:_ALL_PAIRS]]
    judged = {
        number: _one(claim, row, sources, index, Told(taken, told))
        for number, claim, row, index in zip(numbers, claims, rows, chosen, strict=True)
    }
    partners = {
        number: one.source
        for number, one in judged.items()
        if one.source is not None and not one.reasons
    }
    for number, index in displaced(reading, numbers, partners, text):
        judged[number] = Judged(Verdict.CONTRADICTED, frozenset({Reason.INDICATOR}), index)
    return judged


def _bare_of_context(
    claim: Mention, row: dict[int, Likeness], text: CheckedText, cited: Cited
) -> dict[int, Likeness]:
    """Leave out of each likeness what stands before the range that the number is cited in."""
    fair: dict[int, Likeness] = {}
    for index, like in row.items():
        source = text.mention(index)
        place = bisect_right(cited.starts, source.found.start) - 1
        fair[index] = cited_only(claim, source, like, cited.starts[place] if place >= 0 else 0)
    return fair


def _is_date(mention: Mention) -> bool:
    """One date can govern several clauses; any other number of the source answers for one."""
    return mention.found.type is QuantityType.DATE


def _one(
    claim: Mention,
    row: dict[int, Likeness],
    sources: dict[int, Mention],
    chosen: int | None,
    told: Told,
) -> Judged:
    """Judge one number: by its assigned partner, or by an equal one that fits no worse."""
    if not row:
        return Judged(Verdict.UNSUPPORTED, frozenset({Reason.NOT_IN_SPAN}))
    best = max(row.values(), key=lambda like: like.score)
    weighed: dict[int, frozenset[Reason]] = {}

    def reasons_against(index: int) -> frozenset[Reason]:
        if index not in weighed:
            weighed[index] = weigh(claim, sources[index], row[index])
        return weighed[index]

    equal = [
        (-like.score, index)
        for index, like in row.items()
        if (index == chosen or (index not in told.taken and _as_fit(claim, like, best)))
        and not reasons_against(index)
        and not borrowed(
            claim, sources[index], [*(sources[at] for at in row if at != index), *told.spent]
        )
    ]
    if equal:
        index = min(equal)[1]
        return kept(sources[index].found, index)
    partner = _partner(claim, row, sources, chosen)
    reasons = reasons_against(partner) or frozenset({Reason.INDICATOR})
    if reasons == {Reason.MASKED_IN_SOURCE}:
        return Judged(Verdict.MASKED, reasons, partner)
    like = row[partner]
    if like.literal_left or like.literal or max(like.own, like.wide) >= _RELATED:
        return Judged(Verdict.CONTRADICTED, reasons, partner)
    if not letters(claim, sources[partner]):
        return Judged(Verdict.UNSUPPORTED, reasons, partner)
    return Judged(Verdict.UNSUPPORTED, frozenset({Reason.NOT_IN_SPAN}))


def _as_fit(claim: Mention, like: Likeness, best: Likeness) -> bool:
    """Whether two numbers of the source bear the claimed name equally well.

    新建城市书房5座 was done, 新建城市书房3座 is planned: a claim of either may be reworded.
    Where the claim follows the letters around one of them, it means that one; a claim that names
    nothing has only its letters.
    """
    if like.score >= best.score:
        return True
    copied = best.shared >= MEANT or (claim.whole and len(claim.left) >= _COPIED)
    meant = (best.literal_left and copied) or not claim.own
    return not meant and like.label >= best.label


def _partner(
    claim: Mention,
    row: dict[int, Likeness],
    sources: dict[int, Mention],
    chosen: int | None,
) -> int:
    """Return the number of the source to quote in the refusal."""
    if chosen is not None and (
        row[chosen].literal or max(row[chosen].own, row[chosen].wide) >= 0.5
    ):
        return chosen
    same = [index for index in row if not letters(claim, sources[index])]
    return max(same or row, key=lambda index: (row[index].score, -index))
