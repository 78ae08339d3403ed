"""The judgement of a claim: read it, decide each number, explain what is refused."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from groundwork.grounding.checked import CheckedText, Cited, as_quantity
from groundwork.grounding.mention import Mention, Reading
from groundwork.grounding.verify.claims import read, unread
from groundwork.grounding.verify.deciding import Judged, decide, kept
from groundwork.grounding.verify.explain import explain
from groundwork.grounding.verify.literal import (
    Copy,
    blank_copies,
    copies,
    raw_copies,
    sentence_copies,
)
from groundwork.grounding.verify.strays import Stray, strays
from groundwork.quantities.find import find
from groundwork.quantities.found import Found
from groundwork.text.document import CleanText
from schemas.quantity import QuantityType
from schemas.span import Span
from schemas.verdict import ClaimVerdict, QuantityCheck, Reason, Verdict

_ELSEWHERE: Final = 8
_LOOKED_AT: Final = 400
_SPACE: Final = re.compile(r"\s")


def judge(
    claim: str, evidence: Sequence[tuple[int, int]], text: CheckedText
) -> list[QuantityCheck]:
    """Judge every number of ``claim`` against the clean ranges ``evidence`` of ``text``.

    The spans of the checks' ``quantity`` count code points of ``claim``, those of ``source`` and
    ``found_elsewhere`` code points of the source text.
    """
    if not claim.strip():
        return []
    ranges = merged(evidence)
    if "\n" in claim:
        raw = raw_copies(claim, ranges, text)
        if raw is not None:
            plain = unread(claim)
            return [_copy(one, number, plain, text) for number, one in enumerate(raw, 1)]
    cleaned = read(claim, text.noise(ranges) if "\n" in claim else ())
    copied = copies(cleaned.reading, ranges, text)
    if copied is not None:
        return [_copy(one, number, cleaned, text) for number, one in enumerate(copied, 1)]
    if _blank(claim, ranges, text):
        spaced = blank_copies(claim, ranges, text)
        if spaced is not None:
            plain = unread(claim)
            return [_copy(one, number, plain, text) for number, one in enumerate(spaced, 1)]
    founds = tuple(find(cleaned.reading))
    reading = Reading(cleaned.reading, founds)
    cited = text.cited(ranges)
    judged = _copied(reading, ranges, text)
    rest = [number for number in range(len(founds)) if number not in judged]
    if rest:
        spent = {one.source for one in judged.values() if one.source is not None}
        judged.update(decide(reading, rest, text, cited, spent))
    checks = [
        _check(reading, number, cleaned, judged[number], text, cited)
        for number in range(len(founds))
    ]
    taken = {one.source for one in judged.values() if one.source is not None}
    for stray in strays(reading, text, ranges, cited.inside, taken):
        checks.append(_stray(cleaned, stray, len(checks) + 1, text))
    return sorted(checks, key=lambda check: check.quantity.span.start)


def _blank(claim: str, ranges: Sequence[tuple[int, int]], text: CheckedText) -> bool:
    """Whether a claim that is no copy of its evidence may be one but for white space."""
    if _SPACE.search(claim):
        return True
    clean = text.clean
    return any(
        clean.starts[end - 1] - clean.starts[start] != end - 1 - start
        or _SPACE.search(clean.text, start, end)
        for start, end in ranges
    )


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
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _copied(
    reading: Reading, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> dict[int, Judged]:
    """Decide the numbers of those sentences that are verbatim though the whole claim is not."""
    if "。" not in reading.text[:-1]:
        return {}
    at = {(found.start, found.end): number for number, found in enumerate(reading.founds)}
    judged: dict[int, Judged] = {}
    for _, _, numbers in sentence_copies(reading.text, ranges, text):
        for one in numbers:
            number = at.get((one.start, one.end))
            if number is not None:
                judged[number] = kept(text.founds[one.index], one.index)
    return judged


def _copy(copy: Copy, number: int, cleaned: CleanText, text: CheckedText) -> QuantityCheck:
    stated = text.founds[copy.index]
    moved = stated.unit_at
    if moved is not None:
        shift = copy.end - stated.end
        moved = moved[0] + shift, moved[1] + shift
    found = replace(stated, start=copy.start, end=copy.end, unit_at=moved)
    return QuantityCheck(
        quantity=as_quantity(found, f"c{number}", cleaned),
        verdict=kept(found, copy.index).verdict,
        source=text.quantity(copy.index),
    )


def _check(
    reading: Reading,
    number: int,
    cleaned: CleanText,
    judged: Judged,
    text: CheckedText,
    inside: Cited,
) -> QuantityCheck:
    quantity = as_quantity(reading.founds[number], f"c{number + 1}", cleaned)
    source = None if judged.source is None else text.quantity(judged.source)
    reasons = [reason for reason in Reason if reason in judged.reasons]
    elsewhere: list[Span] = []
    if reasons:
        elsewhere = _elsewhere(reading.mention(number), text, inside)
    return QuantityCheck(
        quantity=quantity,
        verdict=judged.verdict,
        reasons=reasons,
        source=source,
        found_elsewhere=elsewhere,
        explanation=explain(quantity, judged.verdict, reasons, source, len(elsewhere)),
    )


def _elsewhere(mention: Mention, text: CheckedText, inside: Cited) -> list[Span]:
    outside = [index for index in text.equals(mention)[:_LOOKED_AT] if index not in inside]
    spans = (text.founds[index] for index in outside[:_ELSEWHERE])
    return [text.clean.span(found.start, found.end) for found in spans]


def _stray(cleaned: CleanText, stray: Stray, number: int, text: CheckedText) -> QuantityCheck:
    found = Found(*stray.place, QuantityType.OTHER)
    quantity = as_quantity(found, f"c{number}", cleaned)
    source = None if stray.source is None else text.quantity(stray.source)
    verdict = Verdict.UNSUPPORTED if source is None else Verdict.CONTRADICTED
    return QuantityCheck(
        quantity=quantity,
        verdict=verdict,
        reasons=[stray.reason],
        source=source,
        explanation=explain(quantity, verdict, [stray.reason], source, 0),
    )
