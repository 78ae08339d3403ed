"""Clean text to reports, sections and sentences.

Everything here reads ``clean.reading`` (Traditional as Simplified) and hands on ranges, which hold
for ``clean.text`` as well. No character of a report's body is lost: it is in a sentence, in a
heading, or it is a mark or punctuation between them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from groundwork.text.document import CleanText, Document, Report
from groundwork.text.split.bounds import introduces, report_starts
from groundwork.text.split.heads import SAMPLE, SERIES, organisation_of, period_of, title_range
from groundwork.text.split.marks import Level
from groundwork.text.split.outline import sections
from groundwork.text.split.pieces import Piece, pieces

_INTRODUCTION: Final = 300
"""Text before 第一篇 is an introduction to the collection when it is shorter than this."""
_OPENING: Final = 200
"""Characters of a report's first lines in which its year and its office may be named."""


def split(clean: CleanText) -> Document:
    r"""Find the reports of an upload, and in each its title, sections and numbered sentences.

    >>> from groundwork.text.clean import clean
    >>> from groundwork.text.document import SourceText
    >>> document = split(clean(SourceText("一、工作总结\n(一)企业培育。新增5家;完成3项。")))
    >>> [(s.headings, len(s.sentences)) for s in document.reports[0].sections]
    [(('一、工作总结', '(一)企业培育'), 2)]
    """
    found = list(pieces(clean.reading))
    starts = report_starts(clean.reading, found)
    reports: list[Report] = []
    number = 1
    common: str | None = None
    for begin, stop in zip(starts, [*starts[1:], len(found)], strict=True):
        part = found[begin:stop]
        if _is_introduction(clean.reading, part, found[stop] if stop < len(found) else None):
            common = _named_in(clean, part)
            continue
        report = _report(clean, part, number, alone=len(starts) == 1)
        if report is not None:
            reports.append(report if report.title else _named(report, common))
            number += sum(len(section.sentences) for section in report.sections)
    return Document(clean=clean, reports=tuple(reports))


def _is_introduction(text: str, part: Sequence[Piece], follower: Piece | None) -> bool:
    """Tell whether the pieces only lead up to 第一篇, or are the letter a report came with."""
    if not part or follower is None:
        return False
    if follower.level != Level.COLLECTION:
        return follower.whole_line and introduces(text, part[0].begin, part[-1].stop)
    short = part[-1].end - part[0].begin < _INTRODUCTION
    return short and not any(piece.level for piece in part)


def _named(report: Report, title: str | None) -> Report:
    """Give a report the title that its collection has."""
    organisation = report.organisation or organisation_of(title, "")
    return replace(report, title=title, organisation=organisation)


def _report(clean: CleanText, part: Sequence[Piece], number: int, *, alone: bool) -> Report | None:
    """Return the report of these pieces, or None when they hold no statement at all.

    A title without a body is a statement as well when it stands ``alone`` in the upload.
    """
    body = [piece for piece in part if piece.start < piece.end]
    if not body:
        return None
    text = clean.reading
    titled = _title(text, part)
    rest = _behind(body, _line_stop(text, titled[1]) if titled else body[0].start)
    if titled and rest and not rest[0].level and _again(text, titled, rest[0]):
        titled = rest[0].start, rest[0].start + titled[1] - titled[0]
        rest = _behind(rest, _line_stop(text, titled[1]))
    if not rest:
        if not alone:
            return None
        rest = [replace(piece, mark=None) for piece in body]
    begin = rest[0].begin
    start = titled[0] if titled and _adjacent(clean, titled[1], begin) else begin
    title = text[slice(*titled)] if titled else None
    opening = text[begin : begin + _OPENING]
    spoken = "" if rest[0].level else opening
    named = organisation_of(title, spoken)
    above = _line_above(text, part, titled) if titled else None
    found = tuple(sections(clean, rest, number))
    if not found:
        return None
    return Report(
        start=start,
        end=rest[-1].stop,
        title=clean.text[slice(*titled)] if titled else None,
        organisation=_own_script(clean, named or organisation_of(above, ""), start),
        period=period_of(title, opening),
        sections=found,
    )


def _title(text: str, part: Sequence[Piece]) -> tuple[int, int] | None:
    """Look for the title in the first lines, before the first sentence."""
    for piece in part[:3]:
        if piece.level >= Level.PART:
            break
        span = title_range(text, piece.start, piece.end)
        if span or not piece.open_ended:
            return span
    return None


def _line_above(text: str, part: Sequence[Piece], titled: tuple[int, int]) -> str:
    """Return the title behind the line above it: an office often has a line of its own."""
    above = [piece for piece in part[:3] if piece.whole_line and piece.end <= titled[0]]
    return (text[above[-1].start : above[-1].end] if above else "") + text[slice(*titled)]


def _again(text: str, titled: tuple[int, int], piece: Piece) -> bool:
    """Tell whether the title is said once more where the body begins."""
    return text.startswith(text[slice(*titled)], piece.start, piece.end)


def _named_in(clean: CleanText, part: Sequence[Piece]) -> str | None:
    """Return what an introduction calls all the reports it introduces."""
    titled = _title(clean.reading, part)
    return clean.text[slice(*titled)] if titled else None


def _line_stop(text: str, end: int) -> int:
    """Return the end of the title's line when only a remark is left of it: (可编辑), 三篇."""
    line = text.find("\n", end)
    stop = len(text) if line < 0 else line
    remark = text[end:stop].strip()
    called = any(pattern.fullmatch(remark) for pattern in (SERIES, SAMPLE))
    closed = called or remark.isdecimal() or remark[-1:] in {")", "）", "篇", "*"}
    return stop if len(remark) < 20 and closed else end


def _behind(body: Sequence[Piece], stop: int) -> list[Piece]:
    """Return the pieces behind ``stop``; of the one it cuts, what is behind it."""
    rest: list[Piece] = []
    for piece in body:
        if piece.level == Level.COLLECTION or piece.start < stop < piece.end:
            piece = replace(piece, start=max(piece.start, stop), mark=None)  # noqa: PLW2901
        if stop <= piece.start < piece.end:
            rest.append(piece)
    return rest


def _adjacent(clean: CleanText, end: int, begin: int) -> bool:
    """Tell whether a title stands right before its report: no site's line was between them."""
    if begin < end:
        return False
    edits = clean.edits
    low, high = clean.ends[end - 1], clean.starts[begin]
    for index in range(bisect_left(edits, low, key=lambda edit: edit.start), len(edits)):
        if edits[index].start >= high:
            break
        if edits[index].kind == "boilerplate":
            return False
    return not clean.reading[end:begin].strip(" \t\n\u3000#>*")


def _own_script(clean: CleanText, name: str | None, start: int) -> str | None:
    """Return the name in the source's own characters, where it stands near the report's head."""
    if name is None:
        return None
    at = clean.reading.find(name, max(0, start - _OPENING), start + 3 * _OPENING)
    return clean.text[at : at + len(name)] if at >= 0 else name
