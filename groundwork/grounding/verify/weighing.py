"""In what a claimed number differs from the number of the source it is paired with.

``differences`` compares the two values; here the letters and the words around them are compared:
dates, masks, 增至 against 增加, whose 同比 it is, which year, whose part.
"""

import re
from decimal import Decimal
from typing import Final

from groundwork.grounding.mention import LETTERS, Mention
from groundwork.grounding.verify.cues import any_shared, bases, cues_apart, motion, own_part
from groundwork.grounding.verify.naming import followed_apart, named_apart
from groundwork.grounding.verify.pairing import Likeness
from groundwork.grounding.words import (
    BOUND_AFTER,
    BOUND_AHEAD,
    BOUND_BEFORE,
    ESTIMATED,
)
from groundwork.quantities.compare import differences, says
from groundwork.quantities.found import Found
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
    if followed_apart(claim, source):
        reasons.add(Reason.INDICATOR)
    verbatim = like.literal_left and claim.whole and claim.tail == source.tail
    if verbatim and _after_break(claim, source):
        return frozenset(reasons)
    reasons |= _soft(claim, source) | cues_apart(claim, source) | named_apart(claim, source, like)
    return frozenset(reasons)


def letters(claim: Mention, source: Mention) -> set[Reason]:
    """Compare the numbers as written, the words around them left aside."""
    reasons = written(claim.found, claim.words, source.found, source.words)
    if claim.found.type is source.found.type is QuantityType.DATE:
        return reasons
    if claim.grown_unit not in (None, source.grown_unit):
        reasons.add(Reason.UNIT)
    rank = claim.found.type is QuantityType.RANK
    if _edges(claim) != _edges(source) or (rank and _rank_side(claim) != _rank_side(source)):
        reasons.add(Reason.BOUND)
    return reasons


def written(claim: Found, words: str, source: Found, stated: str) -> set[Reason]:
    """Compare two numbers by their own characters, bound words and units among them."""
    reasons = set(differences(claim, source)) - {Reason.CHANGE_DIRECTION, Reason.BASIS}
    if Reason.BOUND in reasons and _estimated(claim, source):
        reasons.discard(Reason.BOUND)
    kind = claim.type
    if kind is source.type is QuantityType.DATE:
        return reasons if says(words, stated) else reasons | {Reason.PERIOD}
    one, other = words.translate(LETTERS), stated.translate(LETTERS)
    if not reasons and claim.value is None and _hidden(claim, one) != _hidden(source, other):
        reasons.add(Reason.VALUE)
    if _near(one) != _near(other) or _about(one) != _about(other):
        reasons.add(Reason.BOUND)
    if kind is QuantityType.RANK and ("前" in one) != ("前" in other):
        reasons.add(Reason.BOUND)
    if kind is QuantityType.MULTIPLE and ("番" in one) != ("番" in other):
        reasons.discard(Reason.VALUE)
        if _level(claim, one) != _level(source, other):
            reasons.add(Reason.VALUE)
    return reasons


def _level(found: Found, words: str) -> Decimal | None:
    """翻一番 is 增长一倍, and both are 2倍 of what was."""
    if found.value is None or "番" in words or found.change is None:
        return found.value
    return found.value + 1


def _edges(mention: Mention) -> tuple[str, str]:
    """Return the bound words that touch the number from outside."""
    before = BOUND_BEFORE.search(mention.tail) or BOUND_AHEAD.search(mention.tail)
    after = BOUND_AFTER.match(mention.right)
    return before[0] if before else "", after[0] if after else ""


def _hidden(found: Found, words: str) -> str:
    """Return what is left of a hidden number: its masks, its digits and its scale.

    Every masking letter is written alike; how many there are is all that they tell.
    """
    number = words.replace((found.unit or "").lower(), "", 1)
    return "".join(char for char in _MASK.sub("x", number) if char in _KEPT)


def _near(words: str) -> bool:
    return bool(_NEAR.search(words))


def _about(words: str) -> bool:
    return bool(_ABOUT.search(words))


def _rank_side(mention: Mention) -> bool:
    """第三 is not 倒数第三, and 前三 is neither."""
    return _LAST.search(mention.tail[-3:] + mention.words) is not None


def _estimated(claim: Found, source: Found) -> bool:
    """Whether the bounds differ by an estimate alone, which stands in the words, not the number."""
    qualifiers = {claim.qualifier, source.qualifier}
    return qualifiers == {Qualifier.EXACT, Qualifier.ESTIMATE}


def _after_break(claim: Mention, source: Mention) -> bool:
    """Whether the words that the claim begins with begin a clause of the source, too."""
    start = len(source.left) - len(claim.left)
    return start == 0 or source.left[start - 1] in ",;:。()、"


def _soft(claim: Mention, source: Mention) -> set[Reason]:
    """Compare change, basis and estimate; a clause taken over whole may leave them to context."""
    reasons = set(differences(claim.found, source.found)) & _SOFT
    if not _estimated(claim.found, source.found) or _guessed(source) in (
        _guessed(claim),
        ESTIMATED.search(own_part(claim.sentence)) is not None,
    ):
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
