"""The engine that needs no model: statements by headings, cues and tense, in the source's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.engine.base import Claim, Draft, Objections
from groundwork.engine.rules import cues
from groundwork.engine.rules.classify import Context, statements
from groundwork.engine.rules.clauses import split_clauses
from groundwork.engine.rules.sections import promises
from groundwork.text.document import Document, Report, Section
from schemas.result import EngineInfo, Kind

RULES_VERSION: Final = "1"
"""Raised whenever the same text may give another answer, so that no stale result is served."""


class RuleEngine:
    """Drafts by rules: deterministic, linear in the text, every claim verbatim."""

    @property
    def info(self) -> EngineInfo:
        """Name and version; there is no model and no prompt."""
        return EngineInfo(name="rules", versions={"rules": RULES_VERSION})

    async def draft(self, document: Document, objections: Objections) -> Draft:
        """Return the claims of every report; verbatim claims need no second look."""
        return self.draft_now(document)

    def draft_now(self, document: Document) -> Draft:
        """Do the work of ``draft``; there is nothing to wait for."""
        claims = [claim for report in document.reports for claim in _claims(document, report)]
        return Draft(claims=tuple(claims))


def _claims(document: Document, report: Report) -> Iterator[Claim]:
    clean = document.clean
    turned: Kind | None = None  # What a lead-in sentence (下一步,我们将…) announced for its section.
    for place, promise in zip(_places(report), promises(report, _texts(document, report)), strict=True):
        turned = None if promise.kind is not None else turned
        for index, sentence in enumerate(place.section.sentences):
            text = clean.reading[sentence.start : sentence.end]
            turned = _turn(text, promise.kind) or turned
            context = Context(
                section=turned or promise.kind,
                opening=promise.guiding or place.lead or (place.intro and index == 0),
            )
            clauses = split_clauses(clean.reading, sentence.start, sentence.end)
            for found in statements(clauses, context):
                yield Claim(
                    kind=found.kind,
                    text=clean.text[found.start : found.end],
                    sentences=(sentence.number,),
                    span=(found.start, found.end),
                )


@dataclass(frozen=True, slots=True)
class _Place:
    """A section, and whether it only opens what follows."""

    section: Section
    lead: bool
    """Before the first heading of a report that has headings."""
    intro: bool
    """Between a part's heading and its first sub-heading."""


def _places(report: Report) -> Iterator[_Place]:
    followers = [*report.sections[1:], None]
    headed = any(section.headings for section in report.sections)
    for section, follower in zip(report.sections, followers, strict=True):
        intro = (
            len(section.headings) == 1
            and follower is not None
            and len(follower.headings) > 1
            and follower.headings[0] == section.headings[0]
        )
        yield _Place(section, lead=headed and not section.headings, intro=intro)


def _texts(document: Document, report: Report) -> list[str]:
    reading = document.clean.reading
    return [
        "\n".join(reading[sentence.start : sentence.end] for sentence in section.sentences)
        for section in report.sections
    ]


def _turn(text: str, announced: Kind | None) -> Kind | None:
    """Return the kind that a sentence announces for those after it in the same section."""
    if cues.NEXT_PERIOD.match(text.lstrip("在")):
        return Kind.PLAN
    if announced is None and cues.FORMULA.search(text) and cues.PROBLEM_HEADING.search(text):
        return Kind.PROBLEM
    return None


__all__ = ["RULES_VERSION", "RuleEngine"]
