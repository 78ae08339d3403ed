"""Clean text to reports, sections and sentences.

Everything here reads ``clean.reading`` (Traditional as Simplified) and hands on ranges, which hold
for ``clean.text`` as well. No character of a report's body is lost: it is in a sentence, in a
heading, or it is a mark or punctuation between them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from groundwork.text.document import CleanText, Document, Report
from groundwork.text.split.bounds import report_starts
from groundwork.text.split.heads import organisation_of, period_of, title_range
from groundwork.text.split.marks import Level
from groundwork.text.split.outline import sections
from groundwork.text.split.pieces import Piece, pieces

_INTRODUCTION: Final = 300
"""Text before 第一篇 is an introduction to the collection when it is shorter than this."""


def split(clean: CleanText) -> Document:
    """Find the reports of an upload, and in each its title, sections and numbered sentences.

    >>> from groundwork.text.clean import clean
    >>> from groundwork.text.document import SourceText
    >>> document = split(clean(SourceText("一、工作总结\\n(一)企业培育。新增5家;完成3项。")))
    >>> [(s.headings, len(s.sentences)) for s in document.reports[0].sections]
    [(('一、工作总结', '(一)企业培育'), 2)]
    """
    found = list(pieces(clean.reading))
    starts = report_starts(clean.reading, found)
    reports: list[Report] = []
    number = 1
    for begin, stop in zip(starts, [*starts[1:], len(found)], strict=True):
        part = found[begin:stop]
        if _is_introduction(part, found, stop):
            continue
        report = _report(clean, part, number)
        if report is not None:
            reports.append(report)
            number += sum(len(section.sentences) for section in report.sections)
    return Document(clean=clean, reports=tuple(reports))


def _is_introduction(part: Sequence[Piece], found: Sequence[Piece], stop: int) -> bool:
    """Tell whether the pieces only lead up to 第一篇."""
    if not part or part[0].level == Level.COLLECTION or stop == len(found):
        return False
    short = part[-1].end - part[0].begin < _INTRODUCTION
    return found[stop].level == Level.COLLECTION and short and not any(p.level for p in part)


def _report(clean: CleanText, part: Sequence[Piece], number: int) -> Report | None:
    text = clean.reading
    body = [piece for piece in part if piece.start < piece.end]
    if not body:
        return None
    span = _title(text, part)
    start, rest = body[0].start if body[0].level == Level.COLLECTION else body[0].begin, body
    title = None
    if span:
        title = clean.text[span[0] : span[1]]
        rest = _after_title(body, _title_stop(text, span[1]))
        start = span[0] if not rest or _adjacent(clean, span[1], rest[0].begin) else rest[0].begin
    elif body[0].level == Level.COLLECTION:
        rest = _after_title(body, body[0].start)
    found = tuple(sections(text, rest, number))
    end = (rest or body)[-1].stop
    opening = text[rest[0].begin : rest[0].begin + 400] if rest else ""
    plain = text[span[0] : span[1]] if span else None
    return Report(
        start=start,
        end=end,
        title=title,
        organisation=_own_script(clean, organisation_of(plain, opening), start),
        period=period_of(plain, opening),
        sections=found,
    )


def _title(text: str, part: Sequence[Piece]) -> tuple[int, int] | None:
    """Look for the title in the first lines, before the first sentence."""
    for piece in part[:3]:
        if piece.level and piece.level != Level.COLLECTION and piece.level > 0:
            break
        end = text.find("\n", piece.start)
        span = title_range(text, piece.start, len(text) if end < 0 else end)
        if span:
            return span
        if piece.stop > piece.end:
            break
    return None


def _title_stop(text: str, end: int) -> int:
    """Return the end of the title's line when only a remark in brackets is left of it."""
    line = text.find("\n", end)
    stop = len(text) if line < 0 else line
    return stop if text[end:stop].strip()[:1] in "(（" and stop - end < 20 else end


def _after_title(body: Sequence[Piece], stop: int) -> list[Piece]:
    """Return the pieces behind ``stop``, the one it cuts shortened to what is behind it."""
    rest: list[Piece] = []
    for piece in body:
        if piece.start >= stop:
            rest.append(piece if piece.level != Level.COLLECTION else _bare(piece, piece.start))
        elif piece.end > stop:
            rest.append(_bare(piece, stop))
    return rest


def _bare(piece: Piece, start: int) -> Piece:
    return Piece(start, piece.end, piece.stop, None, piece.line, piece.first, piece.run_on)


def _adjacent(clean: CleanText, end: int, begin: int) -> bool:
    """Tell whether nothing but blanks was removed between a title and its report."""
    low, high = clean.ends[end - 1], clean.starts[begin]
    edits = clean.edits
    index = bisect_left(edits, low, key=lambda edit: edit.start)
    while index < len(edits) and edits[index].start < high:
        if edits[index].kind == "boilerplate":
            return False
        index += 1
    return not clean.reading[end:begin].strip(" \t\n\u3000#*")


def _own_script(clean: CleanText, name: str | None, start: int) -> str | None:
    """Return the name in the source's own characters, where it stands near the report's head."""
    if name is None:
        return None
    at = clean.reading.find(name, start, start + 600)
    return clean.text[at : at + len(name)] if at >= 0 else name
