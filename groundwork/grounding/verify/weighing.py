"""In what a claimed number differs from the number of the source it is paired with.

``differences`` compares the two values; here the letters and the words around them are compared:
dates, masks, 增至 against 增加, whose 同比 it is, which year, whose part.
"""

import re
from decimal import Decimal
from typing import Final

from groundwork.grounding.mention import LETTERS, Mention
from groundwork.grounding.verify.cues import any_shared, bases, cues_apart, motion
from groundwork.grounding.verify.naming import named_apart
from groundwork.grounding.verify.pairing import Likeness
from groundwork.grounding.words import (
    BOUND_AFTER,
    BOUND_AHEAD,
    BOUND_BEFORE,
    ESTIMATED,
)
from groundwork.quantities.compare import differences, says
from schemas.quantity import Basis, Qualifier, QuantityType
from schemas.verdict import Reason

_MASK: Final = re.compile("[xX*×○某_]")
_KEPT: Final = frozenset("x0123456789.十百千万亿数几")
_NEAR: Final = re.compile("将近|接近|临近|近")
_ABOUT: Final = re.compile("约|大概|左右|上下")
_LAST: Final = re.compile("倒数|后|末|垫底")
_LIST: Final = re.compile("[,;。:]")
_SOFT: Final = frozenset({Reason.CHANGE_DIRECTION, Reason.BASIS, Reason.BOUND})
_LEFT_UNSAID: Final = frozenset({Basis.YOY, Basis.MOM})
"""Bases that a claim may leave out: 增长5% for 同比增长5%."""


def weigh(claim: Mention, source: Mention, like: Likeness) -> frozenset[Reason]:
    """Return every reason why the claimed number is not the source's; empty when it is."""
    reasons = letters(claim, source)
    verbatim = like.literal_left and claim.whole and claim.tail == source.tail
    if verbatim and _after_break(claim, source):
        return frozenset(reasons)
    reasons |= _soft(claim, source) | cues_apart(claim, source) | named_apart(claim, source, like)
    return frozenset(reasons)


def letters(claim: Mention, source: Mention) -> set[Reason]:
    """Compare the numbers as written, the words around them left aside."""
    reasons = set(differences(claim.found, source.found)) - {
        Reason.CHANGE_DIRECTION,
        Reason.BASIS,
    }
    if Reason.BOUND in reasons and _estimated(claim, source):
        reasons.discard(Reason.BOUND)
    one, other = claim.words.translate(LETTERS), source.words.translate(LETTERS)
    kind = claim.found.type
    if kind is source.found.type is QuantityType.DATE:
        return reasons if says(claim.words, source.words) else reasons | {Reason.PERIOD}
    if claim.grown_unit not in (None, source.grown_unit):
        reasons.add(Reason.UNIT)
    if not reasons and claim.found.value is None and _hidden(claim) != _hidden(source):
        reasons.add(Reason.VALUE)
    if _bounds_apart(claim, source, one, other):
        reasons.add(Reason.BOUND)
    if kind is QuantityType.MULTIPLE and ("番" in one) != ("番" in other):
        reasons.discard(Reason.VALUE)
        if _level(claim) != _level(source):
            reasons.add(Reason.VALUE)
    return reasons


def _level(mention: Mention) -> Decimal | None:
    """翻一番 is 增长一倍, and both are 2倍 of what was."""
    value, grown = mention.found.value, mention.found.change is not None
    if value is None or "番" in mention.words or not grown:
        return value
    return value + 1


def _bounds_apart(claim: Mention, source: Mention, one: str, other: str) -> bool:
    if _edges(claim) != _edges(source):
        return True
    if _near(one) != _near(other) or _about(one) != _about(other):
        return True
    return claim.found.type is QuantityType.RANK and _rank_side(claim) != _rank_side(source)


def _edges(mention: Mention) -> tuple[str, str]:
    """Return the bound words that touch the number from outside."""
    before = BOUND_BEFORE.search(mention.tail) or BOUND_AHEAD.search(mention.tail)
    after = BOUND_AFTER.match(mention.right)
    return before[0] if before else "", after[0] if after else ""


def _hidden(mention: Mention) -> str:
    """Return what is left of a hidden number: its masks, its digits and its scale.

    Every masking letter is written alike; how many there are is all that they tell.
    """
    words = mention.words.translate(LETTERS)
    number = words.replace((mention.found.unit or "").lower(), "", 1)
    return "".join(char for char in _MASK.sub("x", number) if char in _KEPT)


def _near(words: str) -> bool:
    return bool(_NEAR.search(words))


def _about(words: str) -> bool:
    return bool(_ABOUT.search(words))


def _rank_side(mention: Mention) -> tuple[bool, bool]:
    """前三 is not 第三, and 倒数第三 is neither."""
    return "前" in mention.words, bool(_LAST.search(mention.tail[-3:] + mention.words))


def _estimated(claim: Mention, source: Mention) -> bool:
    """Whether the bounds differ by an estimate alone, which stands in the words, not the number."""
    qualifiers = {claim.found.qualifier, source.found.qualifier}
    return qualifiers == {Qualifier.EXACT, Qualifier.ESTIMATE}


def _after_break(claim: Mention, source: Mention) -> bool:
    """Whether the words that the claim begins with begin a clause of the source, too."""
    start = len(source.left) - len(claim.left)
    return start == 0 or source.left[start - 1] in ",;:。()、"


def _soft(claim: Mention, source: Mention) -> set[Reason]:
    """Compare change, basis and estimate; a clause taken over whole may leave them to context."""
    reasons = set(differences(claim.found, source.found)) & _SOFT
    if not _estimated(claim, source) or _guessed(claim) == _guessed(source):
        reasons.discard(Reason.BOUND)
    same_clause = claim.tail == source.tail
    still = motion(claim.tail) is None and motion(source.tail) is None
    if (same_clause or still) and None in (claim.found.change, source.found.change):
        reasons.discard(Reason.CHANGE_DIRECTION)
    basis = claim.found.basis
    share = frozenset({Basis.SHARE.value})
    shared = basis is Basis.SHARE and share in bases(source.sentence)
    shared |= basis is Basis.CUMULATIVE and _cumulated(source)
    shared |= source.found.basis is Basis.CUMULATIVE and basis is None and _cumulated(claim)
    unsaid = basis is None and (same_clause or source.found.basis in _LEFT_UNSAID)
    here, there = bases(claim.tail), bases(source.tail)
    if shared or unsaid or any_shared(here, there):
        reasons.discard(Reason.BASIS)
    if same_clause:
        reasons.discard(Reason.BOUND)
    return reasons


def _cumulated(mention: Mention) -> bool:
    """Whether 累计 stands before the list that the number is one of."""
    return "累计" in _LIST.split(mention.sentence)[-1]


def _guessed(mention: Mention) -> bool:
    """Whether the sentence itself calls the number an estimate; a heading that does is far off."""
    return ESTIMATED.search(mention.sentence.rpartition(";")[2]) is not None
