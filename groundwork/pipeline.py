"""The whole product on one screen: text in, verified structure out.

``structure`` reads the text, lets an engine draft claims, and keeps of them what the source
bears out. An engine is never trusted: a claim whose numbers its sentences do not support is
worded as the source words it, or refused with the reason. The rule engine goes the same way.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.base import Claim, Draft, Engine
from groundwork.grounding.findings import findings
from groundwork.grounding.locate import locate
from groundwork.grounding.verify import CheckedText, acceptable, judge, verify_source
from groundwork.text.clean import clean
from groundwork.text.document import Document, Report, Section, Sentence, SourceText
from groundwork.text.split import split
from schemas import result as words
from schemas.quantity import Quantity
from schemas.requests import ClaimChecked, ClaimToVerify
from schemas.verdict import Explanation, QuantityCheck

SCHEMA_VERSION: Final = "2"
"""Raised whenever the shape of a Result changes, so that no stale one is served."""

Range = tuple[int, int]
OnItems = Callable[[Sequence[words.Item], int, int], Awaitable[None]]
"""Told the verified items of a chunk, the chunk's index and how many chunks there are."""


async def structure(
    source: SourceText, engine: Engine, on_items: OnItems | None = None
) -> words.Result:
    """Return the verified structure of ``source``.

    Reading and judging are pure computing and run in a thread; only the engine is awaited. With
    ``on_items`` the items of each chunk are told as soon as they are verified, before the whole is
    done; the ids they have there are preliminary. Raises EngineError when the engine can draft
    nothing at all.
    """
    read = await asyncio.to_thread(ReadText.of, source)

    async def on_claims(claims: Sequence[Claim], chunk: int, chunks: int) -> None:
        if on_items is not None:
            await on_items(await asyncio.to_thread(_items, read, claims, chunk), chunk, chunks)

    draft = await engine.draft(read.document, read.objections, on_claims)
    return await asyncio.to_thread(_result, read, draft, engine.info)


def quantities(source: SourceText) -> list[Quantity]:
    """Return every number of the report text in ``source``, in text order."""
    read = ReadText.of(source)
    return [quantity for report in read.document.reports for quantity in read.numbers(report)]


def verify(source: str, claims: Sequence[ClaimToVerify]) -> list[ClaimChecked]:
    """Judge claims against the text they were made from; a claim without spans cites all of it.

    Raises SpanError for a span that is no range of ``source``.
    """
    asked = [
        (claim.text, None if claim.spans is None else [(s.start, s.end) for s in claim.spans])
        for claim in claims
    ]
    return [
        ClaimChecked(id=claim.id, verdict=check.verdict, quantities=list(check.checks))
        for claim, check in zip(claims, verify_source(source, asked), strict=True)
    ]


def content_address(source: SourceText, engine: words.EngineInfo) -> str:
    """Return the id of the Result that ``engine`` makes of ``source``: a SHA-256 in hex.

    The same text by the same engine, prompt and versions has the same address.
    """
    made_by = _versioned(engine).model_dump(mode="json", exclude={"degraded"})
    key = json.dumps([made_by, source.media_type, source.encoding], sort_keys=True)
    return hashlib.sha256(f"{key}\n{source.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Grounded:
    """A claim with the clean ranges it rests on and the judgement of its numbers."""

    claim: Claim
    evidence: tuple[Range, ...]
    checks: tuple[QuantityCheck, ...]

    @property
    def stands(self) -> bool:
        """Whether every number is supported, or masked as in the source."""
        return all(acceptable(check) for check in self.checks)


@dataclass(frozen=True, slots=True)
class ReadText:
    """An upload, read: its sentences by number, and its numbers ready for judging."""

    document: Document
    checked: CheckedText
    places: dict[int, tuple[Report, Section, Sentence]]

    @classmethod
    def of(cls, source: SourceText) -> "ReadText":
        """Clean, split and measure ``source``."""
        cleaned = clean(source)
        document = split(cleaned)
        places = {
            sentence.number: (report, section, sentence)
            for report in document.reports
            for section, sentence in report.sentences()
        }
        return cls(document, CheckedText.read(cleaned), places)

    def numbers(self, report: Report) -> list[Quantity]:
        """Return every number of ``report``."""
        inside = self.checked.within([(report.start, report.end)])
        return [self.checked.quantity(index) for index in inside]

    def cited(self, claim: Claim) -> list[Sentence]:
        """Return the sentences a claim cites, in text order; unknown numbers are left out."""
        known = sorted({number for number in claim.sentences if number in self.places})
        return [self.places[number][2] for number in known]

    def ground(self, claim: Claim) -> Grounded:
        """Find the claim's words in the sentences it cites, and judge its numbers there."""
        ranges = [(sentence.start, sentence.end) for sentence in self.cited(claim)]
        place = claim.span or (locate(claim.text, ranges, self.document.clean) if ranges else None)
        evidence = (place,) if place else tuple(ranges)
        return Grounded(claim, evidence, tuple(judge(claim.text, evidence, self.checked)))

    def objections(self, claim: Claim) -> Sequence[str]:
        """Return what verification holds against a claim, a sentence each."""
        if not self.cited(claim):
            return ["引用的句号不存在。"]
        failed = [check for check in self.ground(claim).checks if not acceptable(check)]
        return [check.explanation.zh for check in failed if check.explanation]


def _items(read: ReadText, claims: Sequence[Claim], chunk: int) -> list[words.Item]:
    settled = [outcome for outcome in (_settle(read, claim) for claim in claims) if outcome]
    return [_item(read, f"c{chunk}i{n}", *outcome) for n, outcome in enumerate(settled, 1)]


def _settle(read: ReadText, claim: Claim) -> tuple[Grounded, words.ItemStatus] | None:
    """Keep a claim, repair it by the source's wording, or return None: it is refused."""
    grounded = read.ground(claim)
    status = words.ItemStatus.REPAIRED if claim.repaired else words.ItemStatus.VERIFIED
    if grounded.evidence and not grounded.stands:
        grounded, status = _in_source_words(read, grounded), words.ItemStatus.REPAIRED
    return (grounded, status) if grounded.evidence and grounded.stands else None


def _result(read: ReadText, draft: Draft, info: words.EngineInfo) -> words.Result:
    """Keep, repair or refuse every claim of the draft, and account for every number."""
    kept: dict[int, list[tuple[Grounded, words.ItemStatus]]] = {}
    refused = list(draft.refused)
    for claim in draft.claims:
        settled = _settle(read, claim)
        if settled is None:
            refused.append(_refusal(read, claim))
        else:
            report = read.places[read.cited(claim)[0].number][0]
            kept.setdefault(report.start, []).append(settled)
    reports = [
        _report(read, number, report, kept.get(report.start, []))
        for number, report in enumerate(read.document.reports, 1)
    ]
    made_by = {"degraded": draft.degraded, "mode": draft.mode or info.mode}
    return words.Result(
        id=content_address(read.document.clean.source, info),
        source=_source_info(read),
        engine=_versioned(info).model_copy(update=made_by),
        reports=reports,
        refused=refused,
        warnings=[*draft.warnings, *([] if reports else ["no report text was found"])],
        usage=draft.usage,
        partial=list(draft.partial),
    )


def _in_source_words(read: ReadText, failed: Grounded) -> Grounded:
    """Replace a wording that failed by the sentences it cites."""
    ranges = tuple((sentence.start, sentence.end) for sentence in read.cited(failed.claim))
    text = "；".join(read.document.clean.text[start:end] for start, end in ranges)
    claim = Claim(failed.claim.kind, text, failed.claim.sentences)
    return Grounded(claim, ranges, tuple(judge(text, ranges, read.checked)))


def _refusal(read: ReadText, claim: Claim) -> words.RefusedClaim:
    grounded = read.ground(claim)
    spans = [read.document.clean.span(*place) for place in grounded.evidence]
    missing = [str(number) for number in sorted(set(claim.sentences) - set(read.places))]
    reason = Explanation(
        zh="数字与引用的句子不符,原文字句中的数字也无法核实",
        en="numbers are not supported by the cited sentences, nor are those of their own wording",
    )
    if not spans:
        reason = Explanation(
            zh=f"引用的句子不存在:{'、'.join(missing)}",
            en=f"cited sentences do not exist: {', '.join(missing)}",
        )
    if not claim.sentences:
        reason = Explanation(zh="没有引用任何句子", en="no sentence is cited")
    return words.RefusedClaim(
        kind=claim.kind,
        text=claim.text,
        reason=reason,
        evidence=spans,
        quantities=list(grounded.checks),
    )


def _report(
    read: ReadText,
    number: int,
    report: Report,
    kept: Sequence[tuple[Grounded, words.ItemStatus]],
) -> words.Report:
    items = [
        _item(read, f"r{number}i{index}", grounded, status)
        for index, (grounded, status) in enumerate(kept, 1)
    ]
    numbers = read.numbers(report)
    used = {check.source.id for item in items for check in item.quantities if check.source}
    return words.Report(
        title=report.title,
        organisation=report.organisation,
        period=report.period,
        span=read.document.clean.span(report.start, report.end),
        items=items,
        quantities=numbers,
        unclaimed=[quantity.id for quantity in numbers if quantity.id not in used],
        findings=findings(read.checked, [(report.start, report.end)]),
    )


def _item(read: ReadText, name: str, grounded: Grounded, status: words.ItemStatus) -> words.Item:
    first = read.cited(grounded.claim)[0]
    return words.Item(
        id=name,
        kind=grounded.claim.kind,
        text=grounded.claim.text,
        section=list(read.places[first.number][1].source_headings),
        evidence=[read.document.clean.span(*place) for place in grounded.evidence],
        quantities=list(grounded.checks),
        status=status,
    )


def _source_info(read: ReadText) -> words.SourceInfo:
    source = read.document.clean.source
    return words.SourceInfo(
        sha256=hashlib.sha256(source.text.encode()).hexdigest(),
        characters=len(source.text),
        media_type=source.media_type,
        encoding=source.encoding,
        cleaning=read.document.clean.counts(),
    )


def _versioned(info: words.EngineInfo) -> words.EngineInfo:
    return info.model_copy(update={"versions": {**info.versions, "schema": SCHEMA_VERSION}})
