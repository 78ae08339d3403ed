r"""Page-break marks of document converters: a line break and the running number of the page.

``增长xx.x\n3、%`` is one number; ``\n2、`` in the middle of a word is no list mark. A mark is told
from a list by where it stands (in mid-sentence), and by its number, which runs through the upload.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.text.clean.tape import Cut
from groundwork.text.document import CleanText

_MARK: Final = re.compile(r"(?:\A|\n)[ \t]*(\d{1,3})[ \t]*、")
_ENDS: Final = frozenset("。；;！!？?：:.”\"')）》】")
_CANNOT_OPEN: Final = frozenset("%％‰,，。、；;：:)）”’》】.")
_CANNOT_CLOSE: Final = frozenset(",，、(（“‘《【-—~～")
_PAGE: Final = 80
"""A converter's page holds several hundred characters, a point without a full stop but few."""

_FIGURE: Final = re.compile(r"[^\n][\dxX*×_]\.?\Z|[\dxX*×_]\Z")
_FIGURE_REST: Final = re.compile(r"[xX*×_\d.]{0,8}(?:[%％‰]|[万亿]元|个百分点)")
"""A figure, masked or not, on two pages."""
_NUMERAL: Final = re.compile("[^统唯专第逐合单划][一两几各每]\\Z")
_MEASURED: Final = frozenset("个名座些条")
"""A numeral and its measure word on two pages."""
_TITLED: Final = re.compile(r"\s*1、[^\n。；]{2,60}?(?:总结|计划|思路|打算|安排|要点|报告|汇报)")
"""A text that opens with a number and a title counts its pages."""
_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
"""The mark of a heading: a number before it can only be the page's."""
_REMNANT: Final = re.compile("[\u4e00-\u9fff][。，,；;]")
"""The last character of a word."""
_STOP: Final = re.compile("[。；！]")
_SEEN: Final = 600
"""Characters on either side of a mark in which a page has a full stop."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    number: int
    proven: bool
    """Nothing but a page break can stand here."""
    likely: bool
    """In mid-sentence, at the end of a page's worth of text."""
    running: bool
    """Between lines of several sentences each, as pages are and points of a list are not."""


def page_break(text: str) -> Iterator[Cut]:
    r"""Cut page-break marks with their line break; real list marks stay.

    >>> [text[cut.start:cut.end] for text in ["增长xx.x\n3、%,投资"] for cut in page_break(text)]
    ['\n3、']
    >>> list(page_break("主要工作。\n1、修路。\n2、架灯。"))
    []
    """
    marks = list(_marks(text))
    chain = _chain(marks)
    if not any(mark.proven or mark.running for mark in chain) and not _TITLED.match(text):
        chain = []
    opening = _opening(text, marks, chain)
    if opening is not None:
        yield opening
    for mark in chain:
        yield Cut(mark.start, mark.end)


def quoted_breaks(text: str, source: CleanText) -> Iterator[Cut]:
    r"""Cut the marks of ``text`` that were cut from ``source`` between the same two characters.

    At the edges of ``text`` one of the two is enough.
    """
    if "\n" not in text:
        return
    raw = source.source.text
    known: dict[str, set[tuple[str, str]]] = {}
    for edit in source.edits:
        mark = raw[edit.start : edit.end]
        if edit.kind == "page_break" and "\n" in mark:
            begin = _line_end(raw, edit.start)
            known.setdefault(mark, set()).add(
                (raw[max(0, begin - 1) : begin], raw[edit.end : edit.end + 1])
            )
    for match in _MARK.finditer(text):
        begin = _line_end(text, match.start())
        before, after = text[max(0, begin - 1) : begin], text[match.end() : match.end() + 1]
        for left, right in known.get(match[0], ()):
            if before in {"", left} and after in {"", right} and before + after:
                yield Cut(begin, match.end())
                break


def _line_end(text: str, at: int) -> int:
    r"""Return where the line break at ``at`` begins when it is one of two characters."""
    return at - 1 if at and text[at - 1] == "\r" else at


def _marks(text: str) -> Iterator[_Mark]:
    previous = 0
    for match in _MARK.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "。"
        after = text[end] if end < len(text) else "。"
        number = int(match[1])
        within = number > 1 and not before.isspace() and end < len(text)
        runs = within and before not in _ENDS
        proven = runs and (
            after in _CANNOT_OPEN
            or _REMNANT.match(text, end) is not None
            or before in _CANNOT_CLOSE
            or (before.isascii() and before.isdigit() and after.isascii() and after.isdigit())
        )
        proven = proven or (within and _torn(text, start, end))
        proven = proven or (number > 1 and _HEADING.match(text, end) is not None)
        likely = runs and start - previous >= _PAGE
        yield _Mark(start, end, number, proven, likely, likely and _running(text, start, end))
        previous = end


def _torn(text: str, start: int, end: int) -> bool:
    """Tell whether the characters before and behind the mark are of one figure or word."""
    before = text[max(0, start - 3) : start]
    if text[end] in _MEASURED:
        return _NUMERAL.search(before) is not None
    return _FIGURE_REST.match(text, end) is not None and _FIGURE.search(before) is not None


def _running(text: str, start: int, end: int) -> bool:
    """Tell whether the lines before and behind the mark both hold a full stop."""
    low = max(text.rfind("\n", max(0, start - _SEEN), start), start - _SEEN, 0)
    high = text.find("\n", end, end + _SEEN)
    return bool(
        _STOP.search(text, low, start)
        and _STOP.search(text, end, high if high >= 0 else min(len(text), end + _SEEN))
    )


def _chain(marks: list[_Mark]) -> list[_Mark]:
    """Follow the running number; a mark at a sentence's end counts between two in mid-sentence."""
    chain: list[_Mark] = []
    held: list[_Mark] = []
    seen: set[int] = set()
    for mark in marks:
        expected = (chain[-1].number if chain else 1) + len(held) + 1
        excerpt = not chain and mark.number - 1 not in seen
        if mark.proven or (mark.likely and (mark.number in {expected, 2} or excerpt)):
            if mark.number == expected:
                chain += held
            chain.append(mark)
            held = []
        elif expected == mark.number:
            held.append(mark)
        seen.add(mark.number)
    chain += _last_pages(chain, held)
    return chain


def _last_pages(chain: list[_Mark], held: list[_Mark]) -> list[_Mark]:
    """Keep trailing marks at sentence ends when they are a page's length apart."""
    if len(chain) < 2:
        return []
    page = (chain[-1].start - chain[0].start) // (len(chain) - 1)
    kept: list[_Mark] = []
    last = chain[-1]
    for mark in held:
        if mark.start - last.start < page // 2:
            break
        kept.append(mark)
        last = mark
    return kept


def _opening(text: str, marks: list[_Mark], chain: list[_Mark]) -> Cut | None:
    """Return the cut of the first page's number, which stands at the start of its line.

    A number 1 that opens the whole text and is followed by no other counts a page as well.
    """
    first = marks[0] if marks else None
    if first is None or first.number != 1:
        return None
    cut = Cut(first.start + text.startswith("\n", first.start), first.end)
    if not chain:
        alone = len(marks) == 1 and not text[: first.start].strip()
        return cut if alone and len(text) - first.end >= _PAGE else None
    far = chain[0].number == 2 and chain[0].start - first.end >= _PAGE
    return cut if far else None
