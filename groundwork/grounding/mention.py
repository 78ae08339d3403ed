"""A number in its words: what stands left and right of it, and the words that name it.

Contexts are squeezed: no white space, quotes or fillers, one form of punctuation, other numbers
as ``#``. So a reworded sentence still ends in the same letters before the same number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.grounding.words import ABBREVIATION, ABBREVIATIONS, CUE, VERB
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

REACH: Final = 64
"""Letters of context on the left; half as many on the right."""
_WIDTH = {ord("，"): ",", ord("；"): ";", ord("："): ":", ord("！"): "。", ord("？"): "。"}
_WIDTH |= {ord("（"): "(", ord("）"): ")", ord("．"): ".", ord("!"): "。", ord("?"): "。"}
_WIDTH |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_BLANKS: Final = dict.fromkeys(map(ord, " \t\r\n\v\f\u3000\xa0\"'“”‘’「」『』《》〈〉`"))
LETTERS: Final[dict[int, str | None]] = {**_BLANKS, **_WIDTH}
"""Folds width, case, space and quotes; every word stays."""
_CLAUSE: Final[dict[int, str | None]] = {**LETTERS, ord("\n"): "。"}
"""A line that cleaning has left alone is a paragraph: what ends it, ends a sentence."""
_FILLERS: Final[dict[int, str | None]] = {**_CLAUSE, **dict.fromkeys(map(ord, "了的共已达到为是"))}
_EMPTY: Final = str.maketrans("", "", "了的共已")
_BREAK: Final = re.compile("[,;:。()、#—-]")
_SUFFIX_LENGTH: Final = 12
_CHAIN: Final = 6
"""How many clauses back a clause without words of its own (同比增长5%) looks for its indicator."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One number with its context."""

    found: Found
    words: str
    """The number as written."""
    left: str
    right: str
    tail: str
    """Its own clause up to it, 到 and 达 still there."""
    near: str
    """The words of its own clause, on both sides, that name anything; may be empty."""
    own: str
    """The words that name it: its clause, or the nearest clause before that names anything."""
    wide: str
    """The words of its sentence up to it, and its suffix."""
    whole: bool
    """``left`` reaches back to the very start of the text."""


class Reading:
    """A text and its numbers; makes the mention of a number when first asked."""

    def __init__(self, text: str, founds: Sequence[Found]) -> None:
        self.text = text
        self.founds = founds
        self._made: dict[int, Mention] = {}

    def words(self, found: Found) -> str:
        """Return a number as written."""
        return self.text[found.start : found.end]

    def letters(self) -> tuple[str, list[int]]:
        """Return the squeezed text with its numbers as ``#``, and the place of every letter."""
        letters: list[str] = []
        places: list[int] = []
        at = 0
        for place, char in enumerate(self.text):
            while at < len(self.founds) and self.founds[at].end <= place:
                at += 1
            number = at < len(self.founds) and self.founds[at].start <= place
            if number and self.founds[at].type is not QuantityType.DATE:
                kept = "#" if place == self.founds[at].start else ""
            else:
                kept = char.translate(_FILLERS)
            if kept:
                letters.append(kept)
                places.append(place)
        return "".join(letters), places

    def mention(self, index: int) -> Mention:
        """Return number ``index`` with its context."""
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = self._make(index)
        return made

    def _make(self, index: int) -> Mention:
        found = self.founds[index]
        left, whole = self._left(index)
        right = self._right(index)
        sentence = left[left.rfind("。") + 1 :]
        suffix = content(_BREAK.split(right, maxsplit=1)[0][:_SUFFIX_LENGTH])
        own = self._listed(found, sentence) or _own(sentence, suffix)
        if found.type is QuantityType.DATE:
            own = suffix
        start = self.founds[index - 1].end if index else 0
        tail = self.text[max(start, found.start - REACH) : found.start].translate(_CLAUSE)
        return Mention(
            found=found,
            words=self.words(found),
            left=left,
            right=right,
            tail=_BREAK.split(tail)[-1].translate(_EMPTY),
            near=content(_BREAK.split(sentence)[-1]) + suffix,
            own=own,
            wide=content(sentence) + suffix,
            whole=whole,
        )

    def _listed(self, found: Found, sentence: str) -> str:
        """Return the indicator of a number in a 分别 list, as the finder resolved it."""
        if not found.label or "分别" not in sentence:
            return ""
        return content(found.label.translate(_FILLERS))

    def _left(self, index: int) -> tuple[str, bool]:
        parts: list[str] = []
        total, end, at = 0, self.founds[index].start, index - 1
        while total < REACH:
            start = self.founds[at].end if at >= 0 else 0
            first = max(start, end - REACH)
            parts.append(self.text[first:end].translate(_FILLERS))
            if at < 0:
                return "".join(reversed(parts))[-REACH:], first == 0
            before = self.founds[at]
            parts.append(self._stand_in(before))
            total += len(parts[-1]) + len(parts[-2])
            end, at = min(before.start, end), at - 1
        return "".join(reversed(parts))[-REACH:], False

    def _right(self, index: int) -> str:
        parts: list[str] = []
        total, start, at = 0, self.founds[index].end, index + 1
        while total < REACH // 2:
            end = self.founds[at].start if at < len(self.founds) else len(self.text)
            parts.append(self.text[start : min(end, start + REACH)].translate(_FILLERS))
            if at >= len(self.founds):
                break
            parts.append(self._stand_in(self.founds[at]))
            total += len(parts[-1]) + len(parts[-2])
            start, at = max(self.founds[at].end, start), at + 1
        return "".join(parts)[: REACH // 2]

    def _stand_in(self, found: Found) -> str:
        """Dates keep their letters: they say whose figure it is. Other numbers may be altered."""
        if found.type is QuantityType.DATE:
            return self.words(found).translate(_FILLERS)
        return "#"


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a part of a text, and where its numbers stand among them."""

    text: str
    starts: list[int]
    ends: list[int]
    indexes: list[int]


def squeeze(
    text: str, part: tuple[int, int], founds: Sequence[Found], inside: Sequence[int]
) -> Letters:
    """Return the letters of ``part`` with the places of the numbers ``inside``."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done, length = part[0], 0
    for index in inside:
        found = founds[index]
        before = text[done : found.start].translate(LETTERS)
        words = text[found.start : found.end].translate(LETTERS)
        pieces += (before, words)
        starts.append(length + len(before))
        length += len(before) + len(words)
        ends.append(length)
        done = found.end
    pieces.append(text[done : part[1]].translate(LETTERS))
    return Letters("".join(pieces), starts, ends, list(inside))


def content(squeezed: str) -> str:
    """Return the words that name something: abbreviated, without cues and stop words.

    >>> content("全年新增高新技术企业")
    '高企'
    """
    short = ABBREVIATION.sub(lambda long: ABBREVIATIONS[long[0]], squeezed)
    return CUE.sub("", _BREAK.sub("", short))


def _own(sentence: str, suffix: str) -> str:
    """Return the words that name a number: its clause's, or those of the nearest that names."""
    if suffix:
        return content(_BREAK.split(sentence)[-1]) + suffix
    names = ""
    for clause in reversed(_BREAK.split(sentence)[-_CHAIN:]):
        named = content(clause)
        names = named + names
        if named and not VERB.fullmatch(named):
            break
    return names
