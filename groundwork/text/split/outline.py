"""Pieces to sections: which marked pieces are headings, and which are statements themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from groundwork.text.document import Section, Sentence
from groundwork.text.split.marks import Level, Mark
from groundwork.text.split.pieces import Piece

_FIGURE: Final = re.compile(
    r"\d+(?:\.\d+)?[多余]?[%％个家项亿万元名人户件亩次条场台座公起篇支批倍]|[xX*×]{1,4}[%％个家项亿万元名人户件亩]"
)
_RUN_IN: Final = 34
_OWN_LINE: Final = 60
_BARE: Final = 24
_MOST_HEADINGS: Final = 8
_COLON: Final = ":："
_SECTION_WORDS: Final = re.compile(
    "总结|回顾|情况|问题|不足|计划|打算|思路|安排|目标|措施|举措|亮点|成效|经验|体会|困难|重点|任务|要求|方向"
)
_OPENERS: Final = (
    re.compile(
        r"坚持|按照|根据|围绕|聚焦|今年以来|一年来|总体来看|总体上|截[至止]|在[^,，。]{2,20}方面|紧扣|紧紧围绕"
        r"|(?:20|xx|XX)[\dxX_*×-]{0,4}年|去年|全[年市区县]|目前|当前"
    ),
    re.compile(
        r"以(?!上|下|内|外|来|及)|正式|与(?=[^,，。]{2,30}合作)|通过|积极|充分|深入|认真|严格|针对|组织|成立|新增|完成|制定|出台|我[局市区县镇]"
    ),
)


def sections(text: str, found: Sequence[Piece], number: int) -> Iterator[Section]:
    """Yield the sections of a report's pieces; sentences are numbered from ``number``."""
    path: list[tuple[int, str]] = []
    held: list[Sentence] = []
    has_chapter = False
    for piece, follower in _with_followers(text, found):
        level = _heading_level(text, piece, follower, has_chapter=has_chapter)
        has_chapter = has_chapter or piece.level == Level.CHAPTER
        if piece.level or level:
            if held:
                yield Section(tuple(name for _, name in path), tuple(held))
                held = []
            _close(path, level or piece.level)
        if level:
            path.append((level, text[_label(text, piece) : piece.end].rstrip(_COLON + " ")))
        elif piece.start < piece.end:
            held.append(Sentence(number, piece.start, piece.end))
            number += 1
    if held:
        yield Section(tuple(name for _, name in path), tuple(held))


def _close(path: list[tuple[int, str]], level: int) -> None:
    """Leave the headings that are not above ``level``."""
    while path and (path[-1][0] >= level or len(path) >= _MOST_HEADINGS):
        path.pop()


def _label(text: str, piece: Piece) -> int:
    """Return where a heading's name begins: at its number, without indentation or Markdown."""
    start = piece.begin
    if piece.mark and piece.mark.level <= Level.LOOSE:
        while start < piece.start and text[start] in " \t\u3000>#*-•·●◆■▪—":
            start += 1
    return start


def _with_followers(text: str, found: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    """Pair each piece with the next, after cutting headings that run on into their body."""
    cut = [part for piece in found for part in _cut_run_on(text, piece)]
    yield from zip(cut, [*cut[1:], None], strict=True)


def _cut_run_on(text: str, piece: Piece) -> Iterator[Piece]:
    """Cut ``(一)项目建设全面提速坚持以…`` where the body opens, if a line holds several headings."""
    at = None
    if piece.run_on and piece.level in {Level.CHAPTER, Level.SECTION, Level.NUMBER}:
        at = _body_opens(text, piece.start, piece.end)
    if at is None:
        yield piece
        return
    yield replace(piece, end=at, stop=at)
    yield replace(piece, start=at, mark=None, first=False)


def _body_opens(text: str, start: int, end: int) -> int | None:
    if end - start < _RUN_IN // 2:
        return None
    for pattern in _OPENERS:
        match = pattern.search(text, start + 4, min(end, start + 45))
        if (
            match
            and match.start() < end - 4
            and not re.search("[,，:：;；。]", text[start : match.start()])
        ):
            return match.start() if _balanced(text[start : match.start()]) else None
    return None


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("“”", "()", "（）", "《》"))


def _heading_level(
    text: str, piece: Piece, follower: Piece | None, *, has_chapter: bool
) -> int | None:
    """Return the level at which ``piece`` is a heading, or None for a statement."""
    length = piece.end - piece.start
    own_line = piece.stop == piece.end
    if not piece.level:
        return _loose_level(text, piece, follower, has_chapter=has_chapter)
    if piece.level < 0 and piece.level > Level.COLLECTION:
        return piece.level
    if piece.level == Level.BULLET:
        return _run_in(text, piece, follower) if length <= _RUN_IN else None
    if follower is None or (follower.level and follower.level <= piece.level):
        bare = own_line and length <= _BARE and piece.level <= Level.CHAPTER
        return piece.level if bare and not _FIGURE.search(text, piece.start, piece.end) else None
    if own_line or text[piece.end - 1] in _COLON:
        within = length <= (_OWN_LINE if piece.level < Level.POINT else _RUN_IN)
        breaks = follower.first or follower.level or piece.run_on
        return piece.level if within and breaks else None
    return _run_in(text, piece, follower)


def _run_in(text: str, piece: Piece, follower: Piece | None) -> int | None:
    """A short first sentence without figures, with a body behind it, heads that body."""
    short = 0 < piece.end - piece.start <= _RUN_IN
    if not short or follower is None or (follower.level and follower.level <= piece.level):
        return None
    if text[piece.end] not in "。.！!" or _FIGURE.search(text, piece.start, piece.end):
        return None
    return piece.level if follower.line == piece.line or piece.level < Level.POINT else None


def _loose_level(
    text: str, piece: Piece, follower: Piece | None, *, has_chapter: bool
) -> int | None:
    """A short line of its own without a mark or a figure heads what follows it."""
    alone = piece.first and piece.stop == piece.end and follower is not None and follower.first
    if not alone or not 1 < piece.end - piece.start <= _BARE:
        return None
    line = text[piece.start : piece.end].rstrip(_COLON)
    if re.search("[,，、|:：\t]", line) or _FIGURE.search(line):
        return None
    if not _SECTION_WORDS.search(line):
        return Level.LOOSE
    return Level.CHAPTER if has_chapter else Level.PART


__all__ = ["Mark", "sections"]
