"""Headings that run on into their body: ``(一)建设提速坚持以…``, ``(一)建设提速 全年…``.

Converters drop the full stop or the line break behind a heading. What is left of the border is a
space, or only the words: a body opens with 全年 or 坚持, a heading closes with 新突破.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from groundwork.text.split.marks import Level
from groundwork.text.split.pieces import Piece

_YEAR: Final = r"(?:20|xx|XX)[\dxX_*×-]{0,4}年"
_CHAPTER_NAME: Final = re.compile(
    rf"(?:(?:{_YEAR}|今年|明年|来年|下年度|下一?步|[上下]半年|当前|过去一年|一年来)的?)?"
    r"(?:还?(?:存在|面临|取得)的?|所?做的?)?(?:主要|重点|总体|突出|具体|每月|几点)?的?"
    r"(?:工作|指标|进度|质量|经营|发展|业务|预期){0,2}中?的?"
    r"(?:总结|回顾|(?:开展|完成|推进|进展)?情况|成效|亮点|做法|问题|困难|不足|短板|计划|思路|打算|安排"
    r"|目标|任务|措施|体会|指导思想|总体要求)"
    r"(?:[和与及](?:主要)?(?:问题|困难|不足|短板|打算|安排|建议|措施|目标|成效|原因分析))?"
)
_OPENERS: Final = (
    re.compile(
        r"坚持|按照|根据|围绕|聚焦|今年以来|一年来|总体来看|总体上|截[至止]|在[^,，。]{2,20}方面|紧扣"
        rf"|紧紧围绕|{_YEAR}|20-|去年|全[年市区县]|目前|当前|预计|累计"
        r"|(?<![公总])共(?=[有计完实新争投召组开建受办接])|\d{1,2}(?:[-—至]\d{1,2})?月(?:份|末|底|,|，)"
    ),
    re.compile(
        r"以(?![上下内外来及])|正式|与(?=[^,，。]{2,30}合作)|通过|积极|充分|深入|认真|严格|针对|组织|成立"
        r"|新增|完成|制定|出台|我[局区市县镇]|(?<![功利满期])(?:举办|召开|印发)"
    ),
)
"""Words that open a body, the surest first."""
_TASKS: Final = re.compile(
    r"(?:稳步|大力|全力)(?:推进|推动|实施|建设)|加快|紧盯|落实|开展|实施|建立|推行|启动|办好|修订|投入|投资|新建|改造"
)
"""What opens the body of a part, or of a slogan of two halves, when nothing surer does."""
_AIMS: Final = re.compile("力争|确保|争取|预计|计划(?!生育)|拟")
"""What opens a statement, not a heading: 力争年内通过… has no border before 通过."""
_CLOSER: Final = re.compile(
    r"(?:取得|实现|迈出|迈上|迈入|呈现|展现|开创|再上|再添|跃上|打开|彰显|焕发|跑出)[^,，。]{0,4}?"
    r"新(?:突破|台阶|气象|成效|进展|步伐|局面|格局|跨越|水平|面貌|作为|活力|成果|佳绩|提升|优势|平稳)"
    r"|(?:稳步|持续|不断|显著|明显|全面|扎实|加速|有力|有序|有效|逐步|稳中|更加)"
    r"(?:提速|向好|好转|凸显|显现|见效|壮大|上升|增强|回升|提质|有进)"
    r"|(?<=[\u4e00-\u9fff]{4})(?:持续|不断|日益|更加|全面)(?:完善|优化|改善|夯实|加强|健全|深化|巩固|拓展|规范)"
    r"|(?<=[\u4e00-\u9fff]{4})(?:(?:扎实|稳步|有序|全面)推进|扎实有效|卓有成效|成效显著|深入人心)"
    r"|在[^,，。]{2,8}上[^,，。]{0,2}(?:出实招|求突破|用力气|下功夫|见真章|展作为|久久为功|见实效|见成效|动真格|再发力)"
)
"""Words that close a slogan; a body follows at once."""
_BORDER: Final = re.compile(
    r"(?<=[\u4e00-\u9fff”》）)])[ \u3000]{1,4}"
    r"(?=[\u4e00-\u9fff“《（(]|\d{4}年|\d{1,2}[-—月]|[xX*_]{2,4}年)"
)
_GOES_ON: Final = (",", "，", ":", "：", "、", "的", "和", "与")
"""What follows a word that closes no heading after all."""
_NO_BORDER: Final = re.compile("[。；;:：|\t\n]")
_SENTENCE: Final = re.compile("[,，:：;；。]")
_CUT: Final = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.NUMBER})
_BORDERED: Final = _CUT | {Level.SUBNUMBER, Level.POINT}
_SHORTEST: Final = 17
"""A piece of fewer characters is a heading alone."""
_ZONE: Final = 45
_BODY: Final = 8
"""Characters of the shortest body behind a space."""


def cut_run_on(text: str, piece: Piece) -> Iterator[Piece]:
    """Cut the piece where its body opens: at a space, or at words when its line lost its breaks."""
    at = _border(text, piece) if piece.level in _BORDERED else None
    if at is None and piece.run_on and piece.level in _CUT:
        at = _body_opens(text, piece)
    if at is None:
        yield piece
        return
    end = at
    while text[end - 1] in " \u3000":
        end -= 1
    yield replace(piece, end=end, stop=end, run_on=True)
    yield replace(piece, start=at, mark=None, first=False)


def _border(text: str, piece: Piece) -> int | None:
    """Return where the body begins behind the only space in the piece's first words."""
    zone = min(piece.end, piece.start + _ZONE)
    match = _BORDER.search(text, piece.start + 3, zone)
    if match is None or piece.end - match.end() < _BODY:
        return None
    if _NO_BORDER.search(text, piece.start, match.start()) or _BORDER.search(
        text, match.end(), zone
    ):
        return None
    return match.end() if _SENTENCE.search(text, match.end(), piece.stop) else None


def _body_opens(text: str, piece: Piece) -> int | None:
    start, end = piece.start, piece.end
    name = _CHAPTER_NAME.match(text, start, end) if piece.level <= Level.CHAPTER else None
    if end - start < _SHORTEST and (not name or piece.open_ended):
        return None
    if name and name.end() < end - 4:
        return name.end() if text[name.end()] not in ",，:：、的" else None
    opened = [match.start() for match in _opening(text, start, end)]
    closed = _CLOSER.search(text, start + 2, min(end, start + _ZONE))
    if closed and not text.startswith(_GOES_ON, closed.end()):
        opened = [closed.end(), *(at for at in opened if at < closed.end())]
    at = next((at for at in opened if at < end - 4), None)
    if at is not None:
        return at if _heads(text[start:at], piece, below=Level.NUMBER) else None
    if piece.level > Level.SECTION:
        return None
    tasks = _TASKS.finditer(text, start + 6, min(end, start + _ZONE))
    begins = (task.start() for task in tasks)
    return next((at for at in begins if _heads(text[start:at], piece, below=Level.CHAPTER)), None)


def _heads(head: str, piece: Piece, *, below: Level) -> bool:
    """Tell whether ``head`` may be a heading: no comma down to level ``below``, or a slogan."""
    if _AIMS.match(head) or not _balanced(head):
        return False
    plain = piece.level <= below and not _SENTENCE.search(head)
    return plain or (piece.level <= Level.SECTION and _slogan(head))


def _opening(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in _OPENERS:
        match = pattern.search(text, start + 4, min(end, start + _ZONE))
        if match:
            yield match


def _slogan(head: str) -> bool:
    """Tell a heading of two halves (聚焦主业,供水能力全面增强) from a clause and a word."""
    first, comma, second = head.replace("，", ",").partition(",")
    return bool(comma) and not _SENTENCE.search(second) and len(second) >= max(4, len(first) - 1)


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("“”", "()", "（）", "《》"))
