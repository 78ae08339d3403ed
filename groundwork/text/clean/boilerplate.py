"""What sites put around reports: navigation, download buttons, copyright, related articles.

Whole lines go, and sentences that only introduce a collection (以下是为大家整理的…). Nothing goes
without evidence: a line must speak of the site itself, or be a short line without a sentence in a
zone above or below the report where such lines stand. When in doubt it is report text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.text.clean.gloss import HAN
from groundwork.text.clean.script import simplified
from groundwork.text.clean.site import (
    DATE_LINE,
    DUTIES,
    ENDING,
    FOOTER,
    INTRODUCTION,
    SITE,
    SITE_SHORT,
    SITE_WORDS,
    TITLE_HEAD,
    TITLE_LINE,
)
from groundwork.text.clean.tape import Cut

_MARKER: Final = re.compile(
    r"(?:#{1,6} |[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|第[一二三四五六七八九十\d]{1,3}[篇部章]|篇[一二三四五六七八九十\d])"
)
_CARRIED: Final = ("及", "和", "与", "暨", "的")
_SENTENCE_END: Final = re.compile(r"[。；;！]")
_FULL_STOP: Final = re.compile("[。！]")
_SENTENCE: Final = 10
"""Han characters that a sentence of a report holds at the least."""
_COMMA: Final = re.compile("[,，]")
_HAN: Final = re.compile(f"[{HAN}]")
_LONG: Final = 300
"""A site's line is shorter than this; longer ones are report text."""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    """Where the next line begins."""
    text: str
    site: bool = False
    speaks: bool = False
    """Holds a sentence of its own, or opens a section: report text unless it is the site's."""
    drop: bool = False
    keep: int = 0
    """Characters at the beginning of a dropped line that stay."""
    tail: int = 0
    """Where the site begins to speak in a line that begins with a report's sentences."""


def boilerplate(text: str) -> Iterator[Cut]:
    r"""Cut lines and introductions that belong to the site, with their line breaks.

    >>> text = "首页 > 总结\n今年新增企业5家。\n版权所有 某某网"
    >>> [text[cut.start:cut.end] for cut in boilerplate(text)]
    ['首页 > 总结\n', '版权所有 某某网']
    """
    reading = simplified(text)
    lines = [_judged(reading, match) for match in re.finditer(r"[^\n]*\S[^\n]*(?:\n|\Z)", reading)]
    if any(line.site for line in lines):
        _drop_zones(lines)
    _drop_endings(lines)
    duties = DUTIES.search(reading) is not None
    for line in lines:
        if line.drop:
            yield from _dropped(reading, line)
        elif line.tail:
            yield from _tail(reading, line)
        else:
            introductions = list(_introductions(reading, line))
            yield from introductions
            if duties:
                reached = introductions[-1].end if introductions else line.start
                yield from _duties(reading, reached, line.end)


def _dropped(reading: str, line: _Line) -> Iterator[Cut]:
    if not line.keep:
        yield Cut(line.start, line.end)
        return
    end = line.end - (reading[line.end - 1] == "\n")
    start = reading.index(line.text[: line.keep], line.start) + line.keep
    if start < end:
        yield Cut(start, end)


def _tail(reading: str, line: _Line) -> Iterator[Cut]:
    """Cut what the site says behind the report's last sentence in the same line."""
    start = reading.index(line.text, line.start, line.end) + line.tail
    end = line.end - (reading[line.end - 1] == "\n")
    if start < end:
        yield Cut(start, end)


def _report_ends(text: str) -> int:
    """Return the end of the report's sentences before the first one of the site, 0 if none."""
    ended = 0
    for stop in _FULL_STOP.finditer(text):
        sentence = text[ended : stop.end()]
        if SITE.search(sentence) or SITE_SHORT.search(sentence) or SITE_WORDS.search(sentence):
            break
        ended = stop.end()
    return ended if len(_HAN.findall(text[:ended])) >= _SENTENCE else 0


def _judged(reading: str, match: re.Match[str]) -> _Line:
    start, end = match.span()
    line = _Line(start, end, "")
    if end - start > _LONG + 1:
        line.speaks = True
        return line
    line.text = match[0].strip()
    marked = bool(_MARKER.match(line.text))
    sentence = bool(_SENTENCE_END.search(line.text)) or (
        len(line.text) > 40 and len(_HAN.findall(line.text)) > 30 and bool(_COMMA.search(line.text))
    )
    addressed = line.text[-1] in ":：" and len(line.text) < 40
    line.site = _says_site(line.text, sentence or marked) and "为大家" not in line.text
    if line.site and sentence:
        line.tail = _report_ends(line.text)
        line.site = not line.tail
    line.speaks = not line.site and (marked or sentence or addressed)
    return line


def _says_site(text: str, speaks: bool) -> bool:
    if SITE.search(text):
        return True
    return (
        not speaks
        and len(text) < 160
        and bool(SITE_SHORT.search(text) or DATE_LINE.fullmatch(text))
    )


def _drop_zones(lines: list[_Line]) -> None:
    """Mark the site's lines, and the short lines around them above and below the report."""
    for line in lines:
        line.drop = line.site
    _drop_below(lines)
    first = next((i for i, line in enumerate(lines) if line.speaks and not line.drop), len(lines))
    if any(line.site for line in lines[:first]):
        _drop_above(lines[:first])


def _drop_below(lines: list[_Line]) -> None:
    """From a footer's opening on, lines go until one speaks and not of the site."""
    below = False
    spoken = False
    for line in lines:
        if line.site and spoken and FOOTER.search(line.text):
            below = True
        elif line.speaks:
            about_site = bool(line.text) and bool(SITE_WORDS.search(line.text))
            if below and not about_site:
                below = False
            spoken = spoken or not below
        if below:
            line.drop = True


def _drop_endings(lines: list[_Line]) -> None:
    """Mark what an official notice closes with: whom it was sent to, when it was printed."""
    spoken = False
    for line in lines:
        ending = spoken and ENDING.fullmatch(line.text) is not None
        line.drop = line.drop or ending
        said = not line.text or _SENTENCE_END.search(line.text) is not None
        spoken = spoken or (said and not line.drop)


def _drop_above(header: list[_Line]) -> None:
    """Of the lines above the report only its title stays: the last line that reads like one."""
    dates = sum(bool(DATE_LINE.fullmatch(line.text)) for line in header)
    title: list[_Line] = []
    for index, line in enumerate(header):
        near = (header[index - 1 : index] if index else []) + header[index + 1 : index + 2]
        listed = dates >= 2 and any(DATE_LINE.fullmatch(other.text) for other in near)
        if not line.site and not listed and TITLE_LINE.fullmatch(line.text):
            carried = line.text.startswith(_CARRIED) and index and header[index - 1] in title
            title = [*title, line] if carried else [line]
    for line in header:
        line.drop = line not in title
    if not title and dates < 2:
        _keep_head(header)


def _keep_head(header: list[_Line]) -> None:
    """Keep the title that shares its line with the site's remarks about it."""
    for line in reversed(header):
        head = TITLE_HEAD.match(line.text) if not SITE.search(line.text) else None
        if head:
            line.keep = head.end()
            return


def _introductions(reading: str, line: _Line) -> Iterator[Cut]:
    """Cut the sentence that introduces a collection, wherever it stands in the line."""
    if (
        "为大家" not in reading[line.start : line.end]
        and "供大家" not in reading[line.start : line.end]
    ):
        return
    stop = min(line.end, line.start + _LONG)
    match = INTRODUCTION.search(reading, line.start, stop)
    if match:
        end = match.end()
        if end < line.end and reading[end] == "\n":
            end += 1
        yield Cut(line.start if match.start() - line.start < 3 else match.start(), end)


def _duties(reading: str, start: int, end: int) -> Iterator[Cut]:
    """Cut the notes that say whom a task is given to."""
    for match in DUTIES.finditer(reading, start, end):
        yield Cut(match.start(), match.end())
