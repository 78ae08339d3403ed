"""Pieces to sections: which marked pieces are headings, and which are statements themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.text.document import CleanText, Section, Sentence
from groundwork.text.split.heads import is_plan, title_range
from groundwork.text.split.marks import Level
from groundwork.text.split.pieces import Piece
from groundwork.text.split.runons import cut_run_on

_FIGURE: Final = re.compile(
    r"\d+(?:\.\d+)?[多余]?[%％个家项亿万元名人户件亩次条场台座公起篇支批倍]"
    r"|[xX*×]{1,4}[%％个家项亿万元名人户件亩]"
)
_RUN_IN: Final = 34
"""A run-in heading (一是狠抓培育。) is no longer than this."""
_OWN_LINE: Final = 60
"""A heading with a line of its own is no longer than this."""
_BARE: Final = 24
"""A heading without a body, or without a mark, is no longer than this."""
_OUTERMOST: Final = -100
_DEEPEST_PATH: Final = 8
_GOES_ON: Final = frozenset("的和与及对将把被、,，")
"""Characters that no heading ends with: its line was cut off."""
_COLON: Final = ":："
SECTION_WORDS: Final = re.compile(
    "[总小]结|回顾|情况|问题|不足|短板|计划|打算|思路|安排|目标|措施|举措|亮点|成效|经验|体会|困难"
    "|重点|要点|任务|要求|方向"
)
_NAMED: Final = re.compile(
    rf"(?:{SECTION_WORDS.pattern})(?:[和与及、]?(?:建议|对策|做法|原因|分析|成因)){{0,2}}[:：]?\Z"
)
_SAYS: Final = re.compile(r"[^\W_]|[*×_％%]")
"""A rule drawn with signs (|---|---|) says nothing; a mask does."""
_SENTENCE: Final = re.compile("[,，:：;；。]")
_COMMA: Final = re.compile("[,，]")
_CELL: Final = 12
"""Characters of a column's name."""
_DATED: Final = re.compile(
    r"[(（>\s]*(?:[^,，。;；:：]{0,20}\s?)?\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?\s?(?:印发|发布)?[)）]?"
    r"|[(（][^,，。;；:：]{2,24}(?:通过|印发|讲话)[)）]"
)
"""When, and by whom, the report was given out: no heading of what follows."""
_PUNCTUATED: Final = re.compile("[,，、|:：\t]")


@dataclass(slots=True)
class _Heading:
    level: int
    label: int
    """Where its name begins, number included."""
    start: int
    end: int
    used: bool = False
    """It stands above a sentence."""


class _Path:
    """The open headings, and the sentences under them that wait for their section's end."""

    def __init__(self, clean: CleanText, number: int) -> None:
        self._clean = clean
        self._number = number
        self._open: list[_Heading] = []
        self._held: list[Sentence] = []

    def add(self, start: int, end: int) -> None:
        """Add a sentence under the open headings."""
        self._held.append(Sentence(self._number, start, end))
        self._number += 1

    def open(self, heading: _Heading) -> None:
        """Open a heading under those that are open."""
        self._open.append(heading)

    def close(self, level: int) -> Iterator[Section]:
        """Leave the headings that are not above ``level``.

        One that was left without a sentence is a statement itself, unless it only names a section.
        """
        yield from self._flush()
        keep = len(self._open)
        while keep and (self._open[keep - 1].level >= level or keep >= _DEEPEST_PATH):
            keep -= 1
        unused = [heading for heading in self._open[keep:] if not heading.used]
        del self._open[keep:]
        for heading in unused:
            if not names_section(self._clean.reading[heading.start : heading.end]):
                self.add(heading.start, heading.end)
        yield from self._flush()

    def leave_table(self) -> Iterator[Section]:
        """Close the table whose rows have ended, if one is open."""
        if self._open and self._open[-1].level == Level.TABLE:
            yield from self.close(Level.TABLE)

    def _flush(self) -> Iterator[Section]:
        if self._held:
            for heading in self._open:
                heading.used = True
            yield Section(
                headings=self._names(self._clean.reading),
                sentences=tuple(self._held),
                source_headings=self._names(self._clean.text),
            )
            self._held = []

    def _names(self, text: str) -> tuple[str, ...]:
        return tuple(text[h.label : h.end].rstrip(_COLON + " ") for h in self._open)


def sections(clean: CleanText, found: Sequence[Piece], number: int) -> Iterator[Section]:
    """Yield the sections of a report's pieces; sentences are numbered from ``number``."""
    text = clean.reading
    path = _Path(clean, number)
    has_chapter = False
    before: Piece | None = None
    for piece, follower in _with_followers(text, found):
        level = _heading_level(text, piece, follower, has_chapter=has_chapter)
        if before and _goes_on(text, before, piece):
            level = None
        before = None if level else piece
        if "|" not in text[piece.start : piece.end]:
            yield from path.leave_table()
        has_chapter = has_chapter or piece.level == Level.CHAPTER
        if piece.level or level:
            yield from path.close(level or piece.level)
        if level:
            path.open(_Heading(level, _label(text, piece), piece.start, piece.end))
        elif _SAYS.search(text, piece.start, piece.end):
            path.add(piece.start, piece.end)
    yield from path.close(_OUTERMOST)


def _label(text: str, piece: Piece) -> int:
    """Return where a heading's name begins: at its number, without indentation or Markdown."""
    start = piece.begin
    while start < piece.start and text[start] in " \t\u3000>#*-+•·●◆■▪▶—":
        start += 1
    return start


def _with_followers(text: str, found: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    """Pair each piece with the next, after cutting headings that run on into their body."""
    cut = [part for piece in found for part in cut_run_on(text, piece)]
    followers: list[Piece | None] = [*cut[1:], None]
    yield from zip(cut, followers, strict=False)


def _heading_level(
    text: str, piece: Piece, follower: Piece | None, *, has_chapter: bool
) -> int | None:
    """Return the level at which ``piece`` is a heading, or None for a statement."""
    length = piece.end - piece.start
    if not piece.level:
        return _loose_level(text, piece, follower, has_chapter=has_chapter)
    if follower is None or (follower.level and follower.level <= piece.level):
        bare = piece.open_ended and 0 < length <= _BARE and piece.level <= Level.CHAPTER
        return piece.level if bare and names_section(text[piece.start : piece.end]) else None
    if piece.level < 0:
        return piece.level if length else None
    if (
        length
        and (piece.open_ended or text[piece.end - 1] in _COLON)
        and piece.level < Level.BULLET
    ):
        within = length <= (_OWN_LINE if piece.level < Level.POINT else _RUN_IN)
        breaks = follower.first or follower.level or piece.run_on
        cut_off = text[piece.end - 1] in _GOES_ON
        return piece.level if within and breaks and not cut_off else None
    return _run_in(text, piece, follower)


def _goes_on(text: str, before: Piece, piece: Piece) -> bool:
    """Tell whether ``piece`` is the next of a row of points that are statements themselves.

    The last of them may look like a heading: a remark about them all follows it.
    """
    row = piece.mark and before.mark and Level.NUMBER <= piece.level == before.level
    if not (row and piece.mark and before.mark and piece.mark.number == before.mark.number + 1):
        return False
    comma = _COMMA.search(text, piece.start, piece.end) is not None
    return comma or (piece.open_ended and not names_section(text[piece.start : piece.end]))


def names_section(line: str) -> bool:
    """Tell whether a line without a body is the name of a section, and no statement itself.

    >>> [names_section(line) for line in ("下步工作打算", "推进重点项目建设")]
    [True, False]
    """
    return bool(_NAMED.search(line)) and not _FIGURE.search(line)


def _run_in(text: str, piece: Piece, follower: Piece) -> int | None:
    """Return the level of a short first sentence without figures that has a body behind it."""
    if not 0 < piece.end - piece.start <= _RUN_IN or piece.open_ended:
        return None
    commas = len(_COMMA.findall(text, piece.start, piece.end))
    if commas > 1 and Level.POINT <= piece.level < Level.BULLET:
        return None
    if (
        follower.open_ended
        and not follower.level
        and names_section(text[follower.start : follower.end])
    ):
        return None
    if text[piece.end] not in "。.！!" or _FIGURE.search(text, piece.start, piece.end):
        return None
    return piece.level if follower.line == piece.line or piece.level < Level.POINT else None


def _loose_level(
    text: str, piece: Piece, follower: Piece | None, *, has_chapter: bool
) -> int | None:
    """Return the level of a short line without mark or figure that heads what follows it."""
    if not piece.whole_line or follower is None or not follower.first:
        return None
    line = text[piece.start : piece.end].rstrip(_COLON)
    if "|" in line:
        return Level.TABLE if _heads_table(text, piece, follower) else None
    if (
        line.endswith("如下")
        or not 1 < len(line) <= _BARE
        or _PUNCTUATED.search(line)
        or _FIGURE.search(line)
        or _DATED.fullmatch(line)
    ):
        return None
    if SECTION_WORDS.search(line):
        titled = is_plan(line) and title_range(line, 0, len(line))
        return Level.CHAPTER if has_chapter and not titled else Level.PART
    return None if text[piece.end - 1] in _COLON else Level.LOOSE


def _heads_table(text: str, piece: Piece, follower: Piece) -> bool:
    """Tell whether a row names the columns of the rows below: short words, no figure."""
    begins = text.rfind("\n", 0, piece.start)
    above = text[max(0, begins - 200) : max(0, begins)].rpartition("\n")[2]
    row = text[piece.start : piece.end]
    return (
        "|" not in above
        and "|" in text[follower.start : follower.end]
        and not _FIGURE.search(row)
        and not _SENTENCE.search(row)
        and all(len(cell.strip()) <= _CELL for cell in row.split("|"))
    )
