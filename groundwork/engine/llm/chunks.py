"""Cut a document into pieces that one call can answer, along its sections.

A chunk never crosses a report. It takes whole sections for as long as its budget lasts; a section
that is larger alone is cut between sentences. Chunks do not overlap, so nothing is found twice.
Inside a chunk sentences count from 1: an edit in front of it leaves its words to the model, and so
its cached answer, as they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundwork.engine.llm.tokens import estimate_tokens
from groundwork.text.document import Document, Report, Section, Sentence

_PER_SENTENCE = 4  # Tokens of the number and the line end.


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the headings above it and its own words."""

    headings: tuple[str, ...]
    sentence: Sentence
    text: str

    @property
    def tokens(self) -> int:
        """About how much of a budget it takes."""
        return estimate_tokens(self.text) + _PER_SENTENCE


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive sentences of one report."""

    title: str | None
    period: str | None
    lines: tuple[Line, ...]

    @property
    def known(self) -> range:
        """The sentence numbers a model may cite."""
        return range(1, len(self.lines) + 1)

    @property
    def tokens(self) -> int:
        """About how many tokens its sentences have."""
        return sum(line.tokens for line in self.lines)

    def halves(self) -> "tuple[Chunk, Chunk] | None":
        """Return the chunk in two, cut near the middle of its tokens; None if it is one line."""
        if len(self.lines) < 2:
            return None
        half, seen, cut = self.tokens / 2, 0, 1
        for index, line in enumerate(self.lines[:-1], start=1):
            seen += line.tokens
            cut = index
            if seen >= half:
                break
        first, second = self.lines[:cut], self.lines[cut:]
        return Chunk(self.title, self.period, first), Chunk(self.title, self.period, second)


def cut(document: Document, budget: int) -> list[Chunk]:
    """Return the chunks of every report, in text order, each of about ``budget`` tokens."""
    return [chunk for report in document.reports for chunk in _cut_report(document, report, budget)]


def _cut_report(document: Document, report: Report, budget: int) -> Iterator[Chunk]:
    held: list[Line] = []
    tokens = 0
    for section in report.sections:
        lines = _lines(document, section)
        size = sum(line.tokens for line in lines) + _heading_tokens(section)
        if held and tokens + size > budget:
            yield Chunk(report.title, report.period, tuple(held))
            held, tokens = [], 0
        if size <= budget:
            held, tokens = held + lines, tokens + size
            continue
        *full, last = _cut_lines(lines, budget)
        yield from (Chunk(report.title, report.period, tuple(piece)) for piece in full)
        held, tokens = list(last), sum(line.tokens for line in last)
    if held:
        yield Chunk(report.title, report.period, tuple(held))


def _cut_lines(lines: Sequence[Line], budget: int) -> list[list[Line]]:
    """Cut a section that is too large alone; a sentence is never cut."""
    pieces: list[list[Line]] = [[]]
    tokens = 0
    for line in lines:
        if pieces[-1] and tokens + line.tokens > budget:
            pieces.append([])
            tokens = 0
        pieces[-1].append(line)
        tokens += line.tokens
    return pieces


def _lines(document: Document, section: Section) -> list[Line]:
    text = document.clean.text
    return [
        Line(section.headings, sentence, text[sentence.start : sentence.end])
        for sentence in section.sentences
    ]


def _heading_tokens(section: Section) -> int:
    return sum(estimate_tokens(heading) for heading in section.headings)
