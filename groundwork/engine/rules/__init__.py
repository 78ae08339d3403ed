"""The engine that needs no model: statements by headings, cues and tense, in the source's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.engine.base import Claim, Draft, Objections, OnClaims
from groundwork.engine.rules import cues
from groundwork.engine.rules.classify import Context, statements
from groundwork.engine.rules.clauses import split_clauses
from groundwork.engine.rules.leadins import announces, label_end
from groundwork.engine.rules.sections import Promise, promises
from groundwork.text.document import Document, Report, Section, Sentence
from schemas.result import EngineInfo, Kind

RULES_VERSION: Final = "3"
"""Raised whenever the same text may give another answer, so that no stale result is served."""


class RuleEngine:
    """Drafts by rules: deterministic, linear in the text, every claim verbatim."""

    @property
    def info(self) -> EngineInfo:
        """Name and version; there is no model and no prompt."""
        return EngineInfo(name="rules", versions={"rules": RULES_VERSION})

    async def draft(
        self, document: Document, objections: Objections, on_claims: OnClaims | None = None
    ) -> Draft:
        """Return the claims of every report; verbatim claims need no second look."""
        draft = self.draft_now(document)
        if on_claims is not None:
            await on_claims(draft.claims, 0, 1)
        return draft

    def draft_now(self, document: Document) -> Draft:
        """Do the work of ``draft``; there is nothing to wait for."""
        claims = [claim for report in document.reports for claim in _claims(document, report)]
        return Draft(claims=tuple(claims))


def _claims(document: Document, report: Report) -> Iterator[Claim]:
    reading = document.clean.reading
    turned = _Turn()
    for place, promise in zip(
        _places(report), promises(report, _texts(document, report)), strict=True
    ):
        turned.enter(place.section.headings, promise)
        for index, sentence in enumerate(place.section.sentences):
            start = label_end(reading, sentence.start, sentence.end)
            announced = announces(reading[sentence.start : sentence.end])
            turned.hear(
                announced,
                inline=start > sentence.start,
                lasting=cues.LASTING.search(reading, sentence.start, sentence.end) is not None,
            )
            if _is_heading(reading, place.section, index):
                continue
            context = Context(
                section=turned.kind(promise),
                opening=not turned.lists
                and (
                    place.lead
                    or (place.intro and index == 0)
                    or (place.first and index == 0 and _introduces(reading, sentence))
                ),
                guiding=promise.guiding
                or cues.GUIDES.search(reading, sentence.start, sentence.end) is not None,
            )
            found_here = statements(split_clauses(reading, start, sentence.end), context)
            if (
                found_here
                and context.section is Kind.PROBLEM
                and (promise.mixed or not promise.named)
            ):
                turned.hear(Kind.PLAN if found_here[0].kind is Kind.PLAN else None)
            for found in found_here:
                yield Claim(
                    kind=found.kind,
                    text=document.clean.text[found.start : found.end],
                    sentences=(sentence.number,),
                    span=(found.start, found.end),
                )
            turned.pause(reading[sentence.end : sentence.end + 1])


def _introduces(reading: str, sentence: Sentence) -> bool:
    return cues.INTRODUCES.match(reading, sentence.start, sentence.end) is not None


class _Turn:
    """The kind that a lead-in (下一步,我们将…; 主要目标:) announced for what follows it.

    It holds as long as the headings above it stay open, and beyond for sections whose own
    headings tell nothing.
    """

    def __init__(self) -> None:
        self._kind: Kind | None = None
        self._here = False
        self._inline = False
        self._lasting = False
        self._now: tuple[tuple[str, ...], Promise] = ((), Promise(None))
        self._under: tuple[tuple[str, ...], Promise] = self._now

    def enter(self, headings: tuple[str, ...], promise: Promise) -> None:
        """Begin a section: behind another heading, what was announced is only a default.

        A point (四是…) is no such heading: a remark behind the last point is about them all.
        Tasks follow targets: behind the next mark, 主要目标 has become a plan.
        """
        headings = tuple(name for name in headings if not cues.RUN_IN.match(name))
        self._now = headings, promise
        above, promised = self._under
        inside = headings[: len(above)] == above if above else not headings
        self._here = self._here and inside and promise == promised
        if not (self._here or self._lasting):
            self._kind = None
        if self._kind is Kind.GOAL:
            self._kind = Kind.PLAN

    def hear(self, kind: Kind | None, *, inline: bool = False, lasting: bool = True) -> None:
        """Take note of a lead-in; ``inline`` when what it introduces begins in its sentence.

        One that is a statement itself (下一步将新建2座) is not ``lasting``: behind the next heading
        it is forgotten.
        """
        if kind is not None:
            self._kind, self._here, self._under = kind, True, self._now
            self._inline, self._lasting = inline, lasting

    def pause(self, stop: str) -> None:
        """Take note of what ends a statement: 主要目标:A;B;C。 ends at its full stop."""
        if stop == "。" and self._inline and self._kind is Kind.GOAL:
            self._kind = Kind.PLAN

    @property
    def lists(self) -> bool:
        """Whether a lead-in under the open headings opened a list of targets or problems."""
        return self._here and self._kind in {Kind.GOAL, Kind.PROBLEM}

    def kind(self, promise: Promise) -> Kind | None:
        """Return what the next statement is announced to be."""
        if self._here:
            return self._kind
        if promise.named:
            self._kind = None
            return promise.kind
        return self._kind or promise.kind


def _is_heading(reading: str, section: Section, index: int) -> bool:
    """Tell a run-in heading without a marker: a short slogan that ends with 。, body behind it."""
    sentence = section.sentences[index]
    return (
        index + 1 < len(section.sentences)
        and reading.startswith("。", sentence.end)
        and cues.SHORT_SLOGAN.fullmatch(reading, sentence.start, sentence.end) is not None
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A section, and whether it only opens what follows."""

    section: Section
    lead: bool
    """Before the first part of a report that has parts."""
    intro: bool
    """Between a part's heading and its first sub-heading."""
    first: bool
    """The first of its report."""


def _places(report: Report) -> Iterator[_Place]:
    before: tuple[str, ...] = ()
    followers = [*report.sections[1:], None]
    parts = [
        index
        for index, section in enumerate(report.sections)
        if section.headings and not cues.RUN_IN.match(section.headings[0])
    ]
    numbered = next(
        (index for index in parts if any(map(cues.PART.match, report.sections[index].headings))), 0
    )
    for index, (section, follower) in enumerate(zip(report.sections, followers, strict=True)):
        intro = (
            len(section.headings) == 1
            and cues.PART.match(section.headings[0]) is not None
            and follower is not None
            and len(follower.headings) > 1
            and follower.headings[0] == section.headings[0]
            and before[:1] != section.headings[:1]
        )
        before = section.headings
        lead = index == 0 and bool(parts) and (not section.headings or numbered > 0)
        yield _Place(section, lead=lead, intro=intro, first=index == 0)


def _texts(document: Document, report: Report) -> list[str]:
    reading = document.clean.reading
    return [
        "\n".join(reading[sentence.start : sentence.end] for sentence in section.sentences)
        for section in report.sections
    ]


__all__ = ["RULES_VERSION", "RuleEngine"]
