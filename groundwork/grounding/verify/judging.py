"""The judgement: read the claim, pair its numbers, weigh each pair, explain."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from groundwork.grounding.checked import CheckedText, as_quantity
from groundwork.grounding.mention import Mention, Reading, content
from groundwork.grounding.verify.explain import explain
from groundwork.grounding.verify.literal import literal_pairs
from groundwork.grounding.verify.pairing import Likeness, assign, likeness, overlap
from groundwork.grounding.verify.residue import hollow, strangers
from groundwork.grounding.verify.weighing import letters, weigh
from groundwork.quantities.find import find
from groundwork.quantities.found import Found
from groundwork.text.clean import clean
from groundwork.text.document import CleanText, SourceText
from schemas.quantity import QuantityType
from schemas.span import Span
from schemas.verdict import ClaimVerdict, QuantityCheck, Reason, Verdict

_RELATED: Final = 0.5
"""Likeness of labels from which the evidence is said to speak of the claim's indicator."""
_ALL_PAIRS: Final = 400
_CANDIDATES: Final = 24
_MEANT: Final = 16
"""So many equal letters around a number say which one is meant, whatever its name."""
_NAME: Final = 3
_ELSEWHERE: Final = 8
_FRAMES: Final = 64


@dataclass(frozen=True, slots=True)
class _Judged:
    verdict: Verdict
    reasons: frozenset[Reason] = frozenset()
    source: int | None = None


def judge(
    claim: str, evidence: Sequence[tuple[int, int]], text: CheckedText
) -> list[QuantityCheck]:
    """Judge every number of ``claim`` against the clean ranges ``evidence`` of ``text``.

    The spans of the checks' ``quantity`` count code points of ``claim``, those of ``source`` and
    ``found_elsewhere`` code points of the source text.
    """
    if not claim.strip():
        return []
    cleaned = clean(SourceText(claim))
    founds = tuple(find(cleaned.reading))
    reading = Reading(cleaned.reading, founds)
    ranges = merged(evidence)
    whole, pairs = literal_pairs(reading, ranges, text)
    judged: dict[int, _Judged] = {}
    for number, pair in pairs.items():
        judged[number] = _kept(text.founds[pair], pair)
    inside = [] if whole else text.within(ranges)
    rest = [number for number in range(len(founds)) if number not in judged]
    if rest:
        judged.update(_weighed(reading, rest, text, inside))
    checks = [
        _check(reading.mention(number), number, cleaned, judged[number], text, ranges)
        for number in range(len(founds))
    ]
    if not whole:
        for place, index in _strange(reading, judged, text, ranges, inside):
            checks.append(_stranger(cleaned, place, len(checks), index, text))
    return sorted(checks, key=lambda check: check.quantity.span.start)


def acceptable(check: QuantityCheck) -> bool:
    """Whether a claim may keep this number: it is supported, or keeps the mask of its source."""
    return check.verdict is Verdict.SUPPORTED or (
        check.verdict is Verdict.MASKED and not check.reasons
    )


def worst(checks: Iterable[QuantityCheck]) -> ClaimVerdict:
    """Return the verdict on a claim from those on its numbers."""
    order = (Verdict.SUPPORTED, Verdict.MASKED, Verdict.UNSUPPORTED, Verdict.CONTRADICTED)
    ranks = [order.index(check.verdict) for check in checks]
    return ClaimVerdict(order[max(ranks)].value) if ranks else ClaimVerdict.UNCHECKED


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _kept(source: Found, index: int) -> _Judged:
    """Judge a number that is the source's: supported, or a mask that is kept."""
    return _Judged(Verdict.MASKED if source.masked else Verdict.SUPPORTED, source=index)


def _weighed(
    reading: Reading, numbers: Sequence[int], text: CheckedText, inside: Sequence[int]
) -> dict[int, _Judged]:
    claims = [reading.mention(number) for number in numbers]
    rows = [
        {
            index: likeness(claim, text.mention(index))
            for index in text.candidates(claim, inside, _ALL_PAIRS // len(claims), _CANDIDATES)
        }
        for claim in claims
    ]
    sources = {index: text.mention(index) for row in rows for index in row}
    chosen = assign(claims, sources, rows, lambda one, other: not letters(one, other))
    taken = {index for index in chosen if index is not None and not _is_date(sources[index])}
    return {
        number: _decide(claim, row, sources, index, taken - {index})
        for number, claim, row, index in zip(numbers, claims, rows, chosen, strict=True)
    }


def _is_date(mention: Mention) -> bool:
    """One date can govern several clauses; any other number of the source answers for one."""
    return mention.found.type is QuantityType.DATE


def _decide(
    claim: Mention,
    row: dict[int, Likeness],
    sources: dict[int, Mention],
    chosen: int | None,
    taken: Set[int],
) -> _Judged:
    """Judge one number: by its assigned partner, or by an equal one that fits no worse."""
    if not row:
        return _Judged(Verdict.UNSUPPORTED, frozenset({Reason.NOT_IN_SPAN}))
    best = max(row.values(), key=lambda like: like.score)
    equal = [
        (-like.score, index)
        for index, like in row.items()
        if (index == chosen or (index not in taken and _as_fit(like, best)))
        and not weigh(claim, sources[index], like)
        and not _named_after_another(claim, index, sources, row)
    ]
    if equal:
        index = min(equal)[1]
        return _kept(sources[index].found, index)
    partner = _partner(claim, row, sources, chosen)
    reasons = weigh(claim, sources[partner], row[partner]) or frozenset({Reason.INDICATOR})
    if reasons == {Reason.MASKED_IN_SOURCE}:
        return _Judged(Verdict.MASKED, reasons, partner)
    like = row[partner]
    if like.literal_left or like.literal or max(like.own, like.wide) >= _RELATED:
        return _Judged(Verdict.CONTRADICTED, reasons, partner)
    if not letters(claim, sources[partner]):
        return _Judged(Verdict.UNSUPPORTED, reasons, partner)
    return _Judged(Verdict.UNSUPPORTED, frozenset({Reason.NOT_IN_SPAN}))


def _named_after_another(
    claim: Mention, index: int, sources: dict[int, Mention], row: dict[int, Likeness]
) -> bool:
    """Whether the claim puts the very words before its number that lead to another number.

    总建筑面积52万平方米…,规划面积1006亩 does not support
    规划面积52万平方米, however much else is the same.
    """
    words = content(claim.tail)
    if len(words) < _NAME or claim.tail == sources[index].tail or _is_date(claim):
        return False
    if overlap(words, content(sources[index].tail) or sources[index].own) >= _RELATED:
        return False
    return any(content(sources[other].tail) == words for other in row if other != index)


def _as_fit(like: Likeness, best: Likeness) -> bool:
    """Whether two numbers of the source bear the claimed name equally well.

    新建城市书房5座 was done, 新建城市书房3座 is planned: a claim of either may be reworded.
    Where the claim follows the letters around one of them, it means that one.
    """
    meant = best.literal_left and best.shared >= _MEANT
    return like.score >= best.score or (not meant and like.label >= best.label)


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


def _check(
    mention: Mention,
    number: int,
    cleaned: CleanText,
    judged: _Judged,
    text: CheckedText,
    ranges: Sequence[tuple[int, int]],
) -> QuantityCheck:
    quantity = as_quantity(mention.found, f"c{number + 1}", cleaned)
    source = None if judged.source is None else text.quantity(judged.source)
    reasons = [reason for reason in Reason if reason in judged.reasons]
    elsewhere: list[Span] = []
    if reasons:
        elsewhere = _elsewhere(mention, text, ranges)
    return QuantityCheck(
        quantity=quantity,
        verdict=judged.verdict,
        reasons=reasons,
        source=source,
        found_elsewhere=elsewhere,
        explanation=explain(quantity, judged.verdict, reasons, source, len(elsewhere)),
    )


def _elsewhere(
    mention: Mention, text: CheckedText, ranges: Sequence[tuple[int, int]]
) -> list[Span]:
    inside = set(text.within(ranges))
    outside = [index for index in text.equals(mention) if index not in inside]
    spans = (text.founds[index] for index in outside[:_ELSEWHERE])
    return [text.clean.span(found.start, found.end) for found in spans]


def _strange(
    reading: Reading,
    judged: dict[int, _Judged],
    text: CheckedText,
    ranges: Sequence[tuple[int, int]],
    inside: Sequence[int],
) -> Iterator[tuple[tuple[int, int], int | None]]:
    """Yield numerals that no check covers, and the number of the source they displace if any."""
    stated = "\n".join(text.letters(start, end)[0] for start, end in ranges)
    places = list(strangers(reading, stated))
    yield from ((place, None) for place in places)
    if places or not inside:
        return
    taken = {one.source for one in judged.values()}
    unclaimed = [index for index in inside[:_FRAMES] if index not in taken]
    found = hollow(reading, [text.mention(index) for index in unclaimed])
    if found is not None:
        place, at = found
        yield place, unclaimed[at]


def _stranger(
    cleaned: CleanText, place: tuple[int, int], number: int, index: int | None, text: CheckedText
) -> QuantityCheck:
    found = Found(*place, QuantityType.OTHER)
    quantity = as_quantity(found, f"c{number + 1}", cleaned)
    source = None if index is None else text.quantity(index)
    verdict = Verdict.UNSUPPORTED if source is None else Verdict.CONTRADICTED
    reasons = [Reason.NOT_IN_SPAN if source is None else Reason.VALUE]
    return QuantityCheck(
        quantity=quantity,
        verdict=verdict,
        reasons=reasons,
        source=source,
        explanation=explain(quantity, verdict, reasons, source, 0),
    )
