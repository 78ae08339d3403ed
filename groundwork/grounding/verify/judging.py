"""The judgement of a claim: read it, decide each number, explain what is refused."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.dressed import as_quantity, supported, trusted
from groundwork.grounding.mention import Reading
from groundwork.grounding.verify.aligned import aligned, partly
from groundwork.grounding.verify.claims import read, unread
from groundwork.grounding.verify.deciding import Judged, decide, kept
from groundwork.grounding.verify.digits import digit_copies
from groundwork.grounding.verify.explain import explain
from groundwork.grounding.verify.literal import (
    Copy,
    blank_copies,
    copies,
    raw_copies,
    sentence_copies,
)
from groundwork.grounding.verify.strays import Part, Stray, strays
from groundwork.quantities.find import find
from groundwork.quantities.found import Found
from groundwork.text.document import CleanText
from schemas.quantity import QuantityType
from schemas.span import Span
from schemas.verdict import ClaimVerdict, QuantityCheck, Reason, Verdict

_ELSEWHERE: Final = 8
_ORDER: Final = {reason: place for place, reason in enumerate(Reason)}
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
            return _copies(raw, unread(claim), text)
    cleaned = read(claim, text.noise(ranges) if "\n" in claim else ())
    checks = _by_letters(claim, cleaned, ranges, text)
    return _by_words(cleaned, ranges, text) if checks is None else checks


def _by_letters(
    claim: str, cleaned: CleanText, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[QuantityCheck] | None:
    """Judge a claim that is a piece of its evidence but for digits or white space; else None."""
    copied = copies(cleaned.reading, ranges, text)
    if copied is not None:
        return _copies(copied, cleaned, text)
    other = digit_copies(cleaned.reading, ranges, text)
    if other is not None:
        reading = Reading(cleaned.reading, [found for found, _ in other])
        answer = _Answer(reading, cleaned, ranges, text)
        return [answer.check(number, one) for number, (_, one) in enumerate(other)]
    spaced = blank_copies(claim, ranges, text) if _blank(claim, ranges, text) else None
    return None if spaced is None else _copies(spaced, unread(claim), text)


def _by_words(
    cleaned: CleanText, ranges: Sequence[tuple[int, int]], text: CheckedText
) -> list[QuantityCheck]:
    """Judge a claim by the words around its numbers: the same as the source's, or weighed."""
    founds = find(cleaned.reading, text.known)
    reading = Reading(cleaned.reading, founds)
    answer = _Answer(reading, cleaned, ranges, text)
    whole = aligned(reading, ranges, text)
    if whole is not None:
        return [answer.check(number, one) for number, one in enumerate(whole)]
    judged, left = partly(reading, ranges, text)
    judged = judged or _copied(reading, ranges, text)
    rest = [number for number in range(len(founds)) if number not in judged]
    cited = text.cited(ranges)
    if rest:
        spent = {one.source for one in judged.values() if one.source is not None}
        judged.update(decide(reading, rest, text, cited, spent))
    checks = [answer.check(number, judged[number]) for number in range(len(founds))]
    taken = {one.source for one in judged.values() if one.source is not None}
    for stray in strays(Part(reading, *left), text, ranges, cited.inside, taken):
        checks.append(answer.stray(stray, len(checks) + 1))
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


def merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that touch or overlap joined."""
    if len(ranges) == 1:
        return [part for part in ranges if part[0] < part[1]]
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


def _copies(copied: Sequence[Copy], cleaned: CleanText, text: CheckedText) -> list[QuantityCheck]:
    return [_copy(one, number, cleaned, text) for number, one in enumerate(copied, 1)]


def _copy(copy: Copy, number: int, cleaned: CleanText, text: CheckedText) -> QuantityCheck:
    stated = text.founds[copy.index]
    moved = stated.unit_at
    if moved is not None:
        shift = copy.end - stated.end
        moved = moved[0] + shift, moved[1] + shift
    found = replace(stated, start=copy.start, end=copy.end, unit_at=moved)
    quantity = as_quantity(found, f"c{number}", cleaned)
    return supported(quantity, kept(found, copy.index).verdict, text.quantity(copy.index))


class _Answer:
    """The checks of one claim, its numbers dressed as the product tells them."""

    def __init__(
        self,
        reading: Reading,
        cleaned: CleanText,
        ranges: Sequence[tuple[int, int]],
        text: CheckedText,
    ) -> None:
        self._reading = reading
        self._cleaned = cleaned
        self._ranges = ranges
        self._text = text

    def check(self, number: int, judged: Judged) -> QuantityCheck:
        """Return the check of one number of the claim."""
        found = self._reading.founds[number]
        quantity = as_quantity(found, f"c{number + 1}", self._cleaned)
        source = None if judged.source is None else self._text.quantity(judged.source)
        if not judged.reasons:
            return supported(quantity, judged.verdict, source)
        reasons = sorted(judged.reasons, key=_ORDER.__getitem__)
        elsewhere = self._elsewhere(found)
        values = {
            "quantity": quantity,
            "verdict": judged.verdict,
            "reasons": reasons,
            "source": source,
            "found_elsewhere": elsewhere,
            "explanation": explain(quantity, judged.verdict, reasons, source, len(elsewhere)),
        }
        return trusted(QuantityCheck, values)

    def _elsewhere(self, found: Found) -> list[Span]:
        """Return where the same amount stands outside the evidence."""
        text, spans = self._text, []
        for index in text.equals(found, self._reading.words(found))[:_LOOKED_AT]:
            one = text.founds[index]
            if not any(start <= one.start and one.end <= end for start, end in self._ranges):
                spans.append(text.clean.span(one.start, one.end))
                if len(spans) == _ELSEWHERE:
                    break
        return spans

    def stray(self, stray: Stray, number: int) -> QuantityCheck:
        """Return the check of what no number covers."""
        found = Found(*stray.place, QuantityType.OTHER)
        quantity = as_quantity(found, f"c{number}", self._cleaned)
        source = None if stray.source is None else self._text.quantity(stray.source)
        verdict = Verdict.UNSUPPORTED if source is None else Verdict.CONTRADICTED
        return QuantityCheck(
            quantity=quantity,
            verdict=verdict,
            reasons=[stray.reason],
            source=source,
            explanation=explain(quantity, verdict, [stray.reason], source, 0),
        )
