"""Numerals of a claim that are no quantity to the finder: they must be the source's, too.

Names and codes (5G, 315体系, 十四五) are left alone by the finder on purpose, and an alteration can
turn a quantity into something it does not see. A check of quantities alone would let both pass.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from groundwork.grounding.mention import LETTERS, Mention, Reading
from groundwork.grounding.tokens import whole
from groundwork.grounding.verify.stated import Stated
from groundwork.quantities import units
from groundwork.quantities.numerals import parse

_CHINESE: Final = "〇零一二三四五六七八九十两"
_SCALES: Final = "百千万亿"
_TENS: Final = "十百千万亿"
_RUN: Final = re.compile(
    f"[0-9]+(?:[.][0-9]+)?|[{_CHINESE}{_SCALES}]+|[近超过逾占约大小一]半|(?<![A-Za-z])[xX*×○]+(?![A-Za-z])"
    "|末位|垫底|倒数|榜首|首位|翻番"
)
_WORDS: Final = frozenset(("末位", "垫底", "倒数", "榜首", "首位", "翻番"))
_NUMERAL: Final = re.compile(f"[0-9{_CHINESE}{_SCALES}xX*×○]")
_VISIBLE: Final = re.compile("[0-9xX*×○_]")
_NUMERALS: Final = re.compile(f"[0-9.,{_CHINESE}{_SCALES}]+")
_MASK: Final = re.compile("[xX*×○]+")
_MEASURES: Final = frozenset(
    "万亿千百十元家个项件人名位户场次台套亩吨条起倍成%余多左以年月天分级大类里米斤克升度"
)
_BOUNDS: Final = frozenset("近约超逾第前")
_LEADS: Final = 4
_STOPS: Final = frozenset(",;:。、()")
_MARKS: Final = frozenset(".、)）．:： ")
_NEIGHBOURS: Final = 2
_FRAME: Final = 4
_LONG: Final = 3
"""A Chinese numeral of so many letters says how much, though no unit follows."""
_NAMED: Final = 3
"""So many letters before a number tell its place where a claim begins with them."""
_FRAMED: Final = 20
_TRIES: Final = 8
_MOST: Final = 300
"""A claim with more numerals that are no quantities than this is no claim."""


def strangers(claim: Reading, low: int, high: int, stated: Stated) -> Iterator[tuple[int, int]]:
    """Yield the numerals in a range of the claim, no quantities, that the evidence has not."""
    for number, (start, end) in enumerate(_uncovered(claim, low, high)):
        if number >= _MOST or _strange(claim.text, start, end, stated):
            yield start, end
        if number >= _MOST:
            return


def _strange(text: str, start: int, end: int, evidence: Stated) -> bool:
    """Whether the evidence does not have this numeral as it stands in the claim."""
    stated = evidence.letters
    before = text[max(0, start - 6) : start].translate(LETTERS)
    after = text[end : end + 6].translate(LETTERS)[:_NEIGHBOURS]
    run = text[start:end].lower()
    if _MASK.fullmatch(run):
        return not _mask_stands(before, after, stated)
    if run in _WORDS or run.endswith("半"):
        return run not in stated
    if run.isascii():
        known = whole(text, start, end) in evidence.codes
        stands = known and _stands(run, before, after[:1], stated)
        return not stands and not _is_list_mark(text, start, end)
    if not set(run) - set(_SCALES):
        unit = units.match(text, end)
        if unit is not None and _other_unit(run, unit.unit, stated):
            return True
        return after[:1] in _MEASURES and not _scale_stands(before, run, after, stated)
    return (
        _replaced(before[-_NEIGHBOURS:], run, after, stated)
        or (before[-1:] == "第" and not _ordered(before[-2:-1], run, after[:1], stated))
        or _counted(text, run, end, evidence)
    )


def hollow(
    claim: Reading, low: int, high: int, unclaimed: Sequence[Mention]
) -> tuple[tuple[int, int], int] | None:
    """Return where the claim keeps the words around a number of the source, but not the number.

    促成项目近百个,解决… told as 促成项目百个,解决…: the finder may see no number there, but the
    place is the number's. The second of the pair says which of ``unclaimed`` it was.
    """
    letters, shift = claim.squeezed(low, high)
    for index, mention in enumerate(unclaimed):
        left = mention.left[-_FRAME:]
        at = letters.find(left)
        if at < 0 and letters.startswith(opening := left.lstrip("#,、;:。()")):
            left, at = opening, 0
        if at < 0 or len(left) < _NAMED or len(left.strip("#,、;:。()")) < _NEIGHBOURS:
            continue
        right = _until_number(mention.right[:_FRAME])
        for _ in range(_TRIES):
            if at < 0:
                break
            start = at + len(left)
            end = _end(letters, start, right)
            between = letters[start:end] if end > start else ""
            if "#" not in between and _was_number(between, mention):
                places = claim.places()
                return (places[shift + start], places[shift + end - 1] + 1), index
            at = letters.find(left, at + 1)
    return None


def _was_number(between: str, source: Mention) -> bool:
    """Whether another number, or what its digits have left, stands in the number's place.

    一处 for 1处 is the same number, even where the finder takes it for a word.
    """
    if not between or _plain(between) == _plain(source.words.translate(LETTERS)):
        return False
    stripped = source.found.masked and _VISIBLE.search(source.words) is None
    return stripped or _NUMERAL.search(between) is not None or source.words.endswith(between)


def _plain(words: str) -> tuple[str, Decimal | None, str]:
    """Return what stands before the numeral, its value, and what stands after it."""
    numeral = _NUMERALS.search(words)
    if numeral is None:
        return words, None, ""
    return words[: numeral.start()], parse(numeral[0]), words[numeral.end() :]


def _end(letters: str, start: int, right: str) -> int:
    """Return where what stands in the number's place ends: at the words, or the mark, after it."""
    if right and right[0] not in _STOPS:
        return letters.find(right, start, start + _FRAMED + _FRAME)
    for place in range(start, min(start + _FRAMED, len(letters))):
        if letters[place] in _STOPS:
            return place
    return len(letters) if len(letters) <= start + _FRAMED else -1


def _until_number(right: str) -> str:
    at = right.find("#")
    return right if at < 0 else right[: at + 1]


def _uncovered(claim: Reading, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the numerals outside all quantities; ** around one is bold type, no mask."""
    at = 0
    for run in _RUN.finditer(claim.text, low, high):
        while at < len(claim.founds) and claim.founds[at].end <= run.start():
            at += 1
        beyond = at == len(claim.founds)
        bold = run[0] == "**" and (
            (not beyond and claim.founds[at].start == run.end())
            or (at > 0 and claim.founds[at - 1].end == run.start())
        )
        if not bold and (beyond or run.end() <= claim.founds[at].start):
            yield run.span()


def _is_list_mark(text: str, start: int, end: int) -> bool:
    """1. or 2、 at the very start says nothing of the source."""
    return not text[:start].strip("(（ ") and end < len(text) and text[end] in _MARKS


def _stands(run: str, before: str, after: str, stated: str) -> bool:
    """Whether the evidence has this run of digits, with what makes it a quantity if anything.

    One of its neighbours is the same there: a bare number borrows no digits of another.
    """
    before = _lead(before)
    must_lead, must_follow = before in _BOUNDS, after in _MEASURES
    at = stated.find(run)
    while at >= 0:
        end = at + len(run)
        lead, follow = _lead(stated[max(0, at - _LEADS) : at]), stated[end : end + 1]
        apart = not (_is_digit(lead) or _is_digit(follow))
        led, followed = _same(lead, before), _same(follow, after)
        alike = led or followed or not _letters(lead, before, follow, after)
        if apart and alike and (led or not must_lead) and (followed or not must_follow):
            return True
        at = stated.find(run, at + 1)
    return False


def _lead(before: str) -> str:
    """Return the letter before a number, what only says that it is one left aside."""
    return before.rstrip("为是达仅只有")[-1:]


def _letters(*around: str) -> bool:
    """Whether any of the neighbours is more than a mark."""
    return any(char not in _STOPS and char != "" for char in around)


def _same(one: str, other: str) -> bool:
    """Whether two neighbours are the same letter: all numbers have marks beside them."""
    return one == other and one not in _STOPS and one != ""


def _mask_stands(before: str, after: str, stated: str) -> bool:
    """Whether the evidence hides something beside the same words on either side."""
    if len(before) >= _NEIGHBOURS and re.search(re.escape(before[-_FRAME:]) + "[x*×○]", stated):
        return True
    measured = after[:1] in _MEASURES and units.match(after, 0) is not None
    named = len(after) == _NEIGHBOURS and not measured
    return named and re.search("[x*×○]" + re.escape(after), stated) is not None


def _scale_stands(before: str, run: str, after: str, stated: str) -> bool:
    """Whether 百家特色 is the same name in the evidence, and not what is left of 近百家特色."""
    if before[-1:] + run + after[:1] in stated:
        return True
    at = stated.find(run + after)
    lead = stated[at - 1 : at] if at > 0 else ""
    return at >= 0 and lead not in _BOUNDS and not _NUMERAL.match(lead)


def _other_unit(run: str, unit: str, stated: str) -> bool:
    """Whether the evidence has 百万公里, where the claim has 百万米."""
    at = stated.find(run)
    found = False
    for _ in range(_MOST):
        if at < 0:
            break
        other = units.match(stated, at + len(run))
        if other is not None:
            if other.unit == unit:
                return False
            found = True
        at = stated.find(run, at + 1)
    return found


def _ordered(before: str, run: str, after: str, stated: str) -> bool:
    """Whether the evidence has this ordinal, beside one of the same letters."""
    at = stated.find("第" + run)
    while at >= 0:
        end = at + 1 + len(run)
        lead, follow = stated[at - 1 : at], stated[end : end + 1]
        if _same(lead, before) or _same(follow, after) or not _letters(lead, before, follow, after):
            return True
        at = stated.find("第" + run, at + 1)
    return False


def _counted(text: str, run: str, end: int, evidence: Stated) -> bool:
    """Whether 六十二 before a unit, left alone by the finder, is no number of the evidence."""
    value = parse(run) if len(run) > 1 and set(run) & set(_TENS) else None
    measured = len(run) >= _LONG or units.match(text, end) is not None
    if value is None or not measured:
        return False
    return run not in evidence.letters and f"{value:f}" not in evidence.codes


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _replaced(before: str, run: str, after: str, stated: str) -> bool:
    """Whether the evidence has these surroundings, but with another numeral in them."""
    if len(before) + len(after) < _NEIGHBOURS or before + run + after in stated:
        return False
    pattern = re.escape(before) + f"[{_CHINESE}{_SCALES}]{{1,6}}" + re.escape(after)
    return re.search(pattern, stated) is not None and run + after not in stated
