"""The values that reading an upload hands on, each a stage of trust further.

Units
    A source offset indexes ``SourceText.text``; a clean offset indexes ``CleanText.text`` (and
    ``CleanText.reading``, which has the same length). Ranges are half-open and count code points.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundwork.errors import SpanError
from schemas.span import Span


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text exactly as offsets count it, and how it was read from bytes."""

    text: str
    media_type: str = "text/plain"
    encoding: str | None = None
    """Null when the text came as a string, not as bytes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing cleaning did: source characters ``[start, end)`` read as ``replacement``."""

    kind: str
    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text and, for each of its characters, the source range it was read from."""

    source: SourceText
    text: str
    """Noise removed, in the source's own script: what items quote."""
    reading: str
    """As ``text``, Traditional characters read as Simplified: what rules and quantities read."""
    starts: Sequence[int]
    ends: Sequence[int]
    edits: tuple[Edit, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range that clean ``[start, end)`` was read from.

        What was dropped inside the range is part of it; what was dropped at its edges is not,
        but for a pinyin gloss, which belongs to the character before it.
        """
        if not 0 <= start < end <= len(self.text):
            raise SpanError(f"[{start}, {end}) is not a range of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]

    def span(self, start: int, end: int) -> Span:
        """Return clean ``[start, end)`` as a span of the source, quote included."""
        first, last = self.to_source(start, end)
        return Span(start=first, end=last, quote=self.source.text[first:last])

    def counts(self) -> dict[str, int]:
        """Count the edits by kind, for the reader of the result."""
        return dict(sorted(Counter(edit.kind for edit in self.edits).items()))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement: up to 。 or ；, list marker and final punctuation left out."""

    number: int
    """Unique in the document, counted from 1: what an engine cites."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """The sentences under one heading path; run-in headings (一是…。) are its last element."""

    headings: tuple[str, ...]
    """As read, Traditional characters as Simplified: what rules compare."""
    sentences: tuple[Sentence, ...]
    source_headings: tuple[str, ...] = ()
    """The same headings in the source's own characters: what readers are shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the upload, as a clean range; site noise lies outside or was removed."""

    start: int
    end: int
    title: str | None
    organisation: str | None
    period: str | None
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[tuple[Section, Sentence]]:
        """Yield each sentence with its section, in text order."""
        for section in self.sections:
            for sentence in section.sentences:
                yield section, sentence


@dataclass(frozen=True, slots=True)
class Document:
    """An upload, read: its clean text and the reports in it."""

    clean: CleanText
    reports: tuple[Report, ...]
