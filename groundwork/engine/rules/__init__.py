"""The engine that needs no model: statements by headings, cues and tense, in the source's words."""

from collections.abc import Iterator
from typing import Final

from groundwork.engine.base import Claim, Draft, Objections
from groundwork.engine.rules import cues
from groundwork.engine.rules.classify import Context, statements
from groundwork.engine.rules.clauses import split_clauses
from groundwork.engine.rules.sections import section_kind
from groundwork.text.document import Document, Report, Section, Sentence
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
    headed = False
    for section in report.sections:
        headed = headed or bool(section.headings)
        announced = section_kind(section.headings, report.period)
        turned = None if announced is not None else turned
        for index, sentence in enumerate(section.sentences):
            text = clean.reading[sentence.start : sentence.end]
            turned = _turn(text, announced) or turned
            context = Context(
                section=turned or announced,
                lead=not section.headings and not headed and len(report.sections) > 1,
                first=index == 0 and _more_follows(section, sentence),
            )
            for found in statements(split_clauses(clean.reading, sentence.start, sentence.end), context):
                yield Claim(
                    kind=found.kind,
                    text=clean.text[found.start : found.end],
                    sentences=(sentence.number,),
                    span=(found.start, found.end),
                )


def _more_follows(section: Section, sentence: Sentence) -> bool:
    return section.sentences[-1] is not sentence or bool(section.headings)


def _turn(text: str, announced: Kind | None) -> Kind | None:
    """Return the kind that a sentence announces for those after it in the same section."""
    if cues.NEXT_PERIOD.match(text.lstrip("在")):
        return Kind.PLAN
    if announced is None and cues.FORMULA.search(text) and cues.PROBLEM_HEADING.search(text):
        return Kind.PROBLEM
    return None


__all__ = ["RULES_VERSION", "RuleEngine"]
