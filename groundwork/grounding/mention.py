"""A number in its words: what stands left and right of it, and the words that name it.

Contexts are squeezed: no white space, quotes or fillers, one form of punctuation, other numbers
as ``#``. So a reworded sentence still ends in the same letters before the same number.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from groundwork.grounding.frame import Frame
from groundwork.grounding.words import ABBREVIATION, ABBREVIATIONS, BESIDE, CUE, INTENDED, VERB
from groundwork.grounding.years import Years, years
from groundwork.quantities import units
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

REACH: Final = 64
"""Letters of context on the left; half as many on the right."""
_WIDTH = {ord("，"): ",", ord("；"): ";", ord("："): ":", ord("！"): "。", ord("？"): "。"}
_WIDTH |= {
    ord("（"): "(",
    ord("）"): ")",
    ord("．"): ".",
    ord("％"): "%",
    ord("!"): "。",
    ord("?"): "。",
}
_WIDTH |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_BLANKS: Final = dict.fromkeys(map(ord, " \r\v\f\xa0\"'“”‘’「」『』《》〈〉`"))
_COLUMNS: Final = {ord("\t"): ",", ord("\u3000"): ","}
LETTERS: Final[dict[int, str | None]] = {**_BLANKS, **_WIDTH, **_COLUMNS}
"""Folds width, case, space and quotes; every word stays, and so do the ends of lines."""
DROPPED: Final = re.compile(f"[{''.join(map(chr, _BLANKS))}]")
"""What is none of the letters."""
NUMBER: Final = "\x00"
"""What stands for a number where only the words around it matter."""
_CLAUSE: Final[dict[int, str | None]] = {**LETTERS, ord("\n"): "。"}
"""A line that cleaning has left alone is a paragraph: what ends it, ends a sentence."""
_FILLERS: Final[dict[int, str | None]] = {**_CLAUSE, **dict.fromkeys(map(ord, "了的共已达到为是"))}
_EMPTY: Final = str.maketrans("", "", "了的共已")
_BREAK: Final = re.compile("[,;:。()、#—-]")
_AMONG: Final = re.compile("(?<=[业位目员区众件户村家人案])中(?![小心型央医学等])")
"""56家规上企业中高新技术企业13家: what follows 中 names the next number."""
_DATED: Final = re.compile("[0-9x]{4}年(?:[0-9x]{1,2}[-至][0-9x]{1,2}月份?|[0-9x]{1,2}月份?)?")
_SUFFIX_LENGTH: Final = 12
_PART: Final = re.compile("[,;:(]")
_NAMED: Final = 2
"""So many letters in a later clause than 分别 begin something else."""
_CHAIN: Final = 6
"""How many clauses back a clause without words of its own (同比增长5%) looks for its indicator."""


class Mention:
    """One number with its context; what is seldom asked for is worked out when it is."""

    def __init__(self, reading: "Reading", index: int, left: str, right: str, whole: bool) -> None:
        self.found = reading.founds[index]
        self.words = reading.words(self.found)
        """The number as written."""
        self.left = left
        self.right = right
        self.whole = whole
        """``left`` reaches back to the very start of the text."""
        self._reading = reading
        self._index = index
        self._text = reading.text
        self._floor = reading.founds[index - 1].end if index else 0

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that the words say it is of; none where they name none."""
        return years(self.found.period)

    @cached_property
    def dated(self) -> frozenset[str]:
        """The years that its own clause, or a date that opens its sentence, puts it in.

        A date of another clause (自2012年执行至今) may be told of that clause alone.
        """
        text = self._text
        for found in reversed(self._reading.founds[max(0, self._index - _CHAIN) : self._index]):
            named = found.type is QuantityType.DATE and years(self._reading.words(found))
            if not named:
                continue
            before = text[max(0, found.start - 1) : found.start].translate(_CLAUSE)
            after = text[found.end : self.found.start].translate(_CLAUSE)
            if "。" in after or ";" in after:
                break
            alone = _BREAK.match(after) is not None and _BREAK.fullmatch(before or ",")
            own = _BREAK.search(after) is None
            opens = before in ("", "。", ";")
            return named if own or alone or opens else frozenset()
        return frozenset()

    @cached_property
    def governing(self) -> frozenset[str]:
        """The years it may be of: that of its sentence, else those of its paragraph and heading."""
        return self.years | self.dated or self._reading.years.at(self.found.start)

    @cached_property
    def clause(self) -> str:
        """The letters of its own clause up to it, or of what follows the number before."""
        start = max(self._floor, self.found.start - REACH)
        letters = self._text[start : self.found.start].translate(_CLAUSE)
        return _BREAK.split(letters)[-1]

    @cached_property
    def tail(self) -> str:
        """Its own clause up to it without fillers, 到 and 达 still there."""
        return self.clause.translate(_EMPTY)

    @cached_property
    def sentence(self) -> str:
        """The squeezed words of its sentence up to it."""
        return self.left[self.left.rfind("。") + 1 :]

    @cached_property
    def grown_unit(self) -> str | None:
        """The unit that follows what the finder took for its unit: 公里 in 4立方公里."""
        unit = units.match(self._text, self.found.end)
        grown = unit and unit.type is not QuantityType.COUNT and unit.end - self.found.end > 1
        return unit.unit if unit and (grown or unit.unit == "人次") else None

    @property
    def report(self) -> Frame:
        """What the whole text says of its numbers."""
        return self._reading.whole

    @cached_property
    def intended(self) -> bool:
        """Whether its clause tells what is still to be done."""
        return INTENDED.search(self.tail) is not None

    @cached_property
    def after(self) -> str:
        """The letters that follow it in its clause."""
        return _BREAK.split(self.right, maxsplit=1)[0][:_SUFFIX_LENGTH]

    @cached_property
    def suffix(self) -> str:
        """What follows it in its clause and names something: 项目 in 3个项目."""
        return content(_AMONG.split(self.after, maxsplit=1)[0])

    @cached_property
    def near(self) -> str:
        """The words of its own clause, on both sides, that name anything; may be empty."""
        return self._listed or content(_BREAK.split(self.sentence)[-1]) + self.suffix

    @cached_property
    def own(self) -> str:
        """The words that name it: its clause, or the nearest clause before that names anything.

        A date governs what follows. In a 分别 list the finder has told which name is whose.
        """
        if self.found.type is QuantityType.DATE:
            return self.suffix
        if self._listed:
            return self._listed
        if self.suffix:
            return self.near
        names = ""
        for clause in reversed(_BREAK.split(self.sentence)[-_CHAIN:]):
            named = content(clause)
            names = named + names
            if (named and not VERB.fullmatch(named)) or clause.startswith(BESIDE):
                break
        return names

    @cached_property
    def _listed(self) -> str:
        """The name that 分别 gives it, unless its own part of the sentence has another."""
        _, said, part = self.sentence.rpartition("分别")
        if not said or len(content(_PART.split(part)[-1].replace("#", ""))) >= _NAMED:
            return ""
        return content((self.found.label or "").translate(_FILLERS))

    @cached_property
    def wide(self) -> str:
        """The words of its sentence up to it, and its suffix."""
        return content(self.sentence) + self.suffix

    def wide_from(self, start: int) -> str:
        """Return those of the words that stand in the text from ``start`` on."""
        words = self._text[max(start, self.found.start - REACH) : self.found.start]
        letters = len(words.translate(_FILLERS))
        return content(self.sentence[-letters:] if letters else "") + self.suffix


class Reading:
    """A text and its numbers; makes the mention of a number when first asked."""

    def __init__(self, text: str, founds: Sequence[Found]) -> None:
        self.text = text
        self.founds = founds
        self._made: dict[int, Mention] = {}
        self._frame: str | None = None

    @cached_property
    def years(self) -> Years:
        """The years that govern its numbers."""
        return Years(self.text, self.founds)

    @cached_property
    def whole(self) -> Frame:
        """What the text says of all of its numbers."""
        return Frame(self.text)

    def words(self, found: Found) -> str:
        """Return a number as written."""
        return self.text[found.start : found.end]

    def squeezed(self, low: int, high: int) -> tuple[str, int]:
        """Return the squeezed text with its numbers as ``#``, and how much of it is left out.

        What lies beyond the numbers next to ``[low, high)`` is left out; dates keep their letters.
        """
        letters, starts, ends = self._squeezed
        before = [at for at, found in enumerate(self.founds) if found.end <= low]
        after = [at for at, found in enumerate(self.founds) if found.start >= high]
        first = starts[before[-1]] if before else 0
        return letters[first : ends[after[0]] if after else len(letters)], first

    @property
    def frame(self) -> str:
        """The letters of the whole text, each of its numbers as one mark."""
        if self._frame is None:
            self._frame = self._framed()
        return self._frame

    def _framed(self) -> str:
        pieces: list[str] = []
        done = 0
        for found in self.founds:
            pieces += (self.text[done : found.start], NUMBER)
            done = found.end
        pieces.append(self.text[done:])
        return "".join(pieces).translate(_CLAUSE)

    def places(self) -> list[int]:
        """Return the place in the text of each of its ``letters``."""
        places: list[int] = []
        done = 0
        for found in self.founds:
            places += self._kept(done, found.start)
            date = found.type is QuantityType.DATE
            places += self._kept(found.start, found.end) if date else [found.start]
            done = found.end
        return places + self._kept(done, len(self.text))

    def _kept(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.text[at].translate(_FILLERS)]

    def mention(self, index: int) -> Mention:
        """Return number ``index`` with its context."""
        made = self._made.get(index)
        if made is None:
            squeezed, starts, ends = self._squeezed
            start, end = starts[index], ends[index]
            left = squeezed[max(0, start - REACH) : start]
            right = squeezed[end : end + REACH // 2]
            made = self._made[index] = Mention(self, index, left, right, start <= REACH)
        return made

    @cached_property
    def _squeezed(self) -> tuple[str, list[int], list[int]]:
        """The whole text squeezed, and where each number stands in it.

        Dates keep their letters: they say whose figure it is. Other numbers may be altered.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = length = 0
        for found in self.founds:
            before = self.text[done : found.start].translate(_FILLERS)
            date = found.type is QuantityType.DATE
            number = self.words(found).translate(_FILLERS) if date else "#"
            pieces += (before, number)
            length += len(before)
            starts.append(length)
            length += len(number)
            ends.append(length)
            done = found.end
        pieces.append(self.text[done:].translate(_FILLERS))
        return "".join(pieces), starts, ends


@lru_cache(maxsize=16_384)
def content(squeezed: str) -> str:
    """Return the words that name something: abbreviated, without years, cues and stop words.

    >>> content("全年新增高新技术企业")
    '高企'
    """
    undated = _DATED.sub("", squeezed)
    short = ABBREVIATION.sub(lambda long: ABBREVIATIONS[long[0]], undated)
    return CUE.sub("", _BREAK.sub("", short))
