"""In what a claimed number differs from the number of the source it is paired with.

``differences`` compares the two values; here the letters and the words around them are compared:
dates, masks, 增至 against 增加, whose 同比 it is, which year, whose part.
"""

import re
from collections.abc import Set
from decimal import Decimal
from typing import Final

from groundwork.grounding.mention import LETTERS, Mention, content
from groundwork.grounding.verify.pairing import Likeness
from groundwork.grounding.words import (
    BASE_NAMES,
    BASIS,
    BOUND_AFTER,
    BOUND_AHEAD,
    BOUND_BEFORE,
    ESTIMATED,
    FRESH,
    FROM,
    HEAD,
    LEVEL_AFTER,
    MOTION,
    NEGATION,
    OPPOSITE,
    RESTRICTOR,
    SCOPE,
    SCOPES,
    STAGE,
    YEAR,
    YEARS,
)
from groundwork.quantities.compare import differences, says
from schemas.quantity import Basis, Qualifier, QuantityType
from schemas.verdict import Reason

_MASK: Final = re.compile("[xX*×○某_]")
_NEAR: Final = re.compile("将近|接近|临近|近")
_ABOUT: Final = re.compile("约|大概|左右|上下")
_LAST: Final = re.compile("倒数|后|末|垫底")
_SOFT: Final = frozenset({Reason.CHANGE_DIRECTION, Reason.BASIS, Reason.BOUND})
_LEFT_UNSAID: Final = frozenset({Basis.YOY, Basis.MOM})
"""Bases that a claim may leave out: 增长5% for 同比增长5%."""
_EVERYWHERE: Final = frozenset(
    ("person", "household", "mu", "mean", "daily", "monthly", "yearly", "net", "cumulative")
)
_NAMED_ENOUGH: Final = 0.5
_HINTED: Final = 0.3
_COVERED: Final = 0.6


def weigh(claim: Mention, source: Mention, like: Likeness) -> frozenset[Reason]:
    """Return every reason why the claimed number is not the source's; empty when it is."""
    reasons = letters(claim, source)
    verbatim = like.literal_left and claim.whole and claim.tail == source.tail
    if verbatim and _after_break(claim, source):
        return frozenset(reasons)
    reasons |= _soft(claim, source) | _clause(claim, source) | _labels(claim, source, like)
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
    if not reasons and claim.found.value is None and _hidden(one) != _hidden(other):
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


def _hidden(words: str) -> str:
    """Write every masking letter alike; how many there are is all that a mask tells.

    >>> _hidden("xx.x亿元"), _hidden("**亿元"), _hidden("X家"), _hidden("xx0.9%")
    ('xx.x亿元', 'xx亿元', 'x家', 'xx0.9%')
    """
    return _MASK.sub("x", words)


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
    still = _motion(claim.tail) is None and _motion(source.tail) is None
    if (same_clause or still) and None in (claim.found.change, source.found.change):
        reasons.discard(Reason.CHANGE_DIRECTION)
    basis = claim.found.basis
    share = frozenset({Basis.SHARE.value})
    shared = basis is Basis.SHARE and share in _bases(source.sentence)
    unsaid = basis is None and (same_clause or source.found.basis in _LEFT_UNSAID)
    if shared or unsaid:
        reasons.discard(Reason.BASIS)
    if same_clause:
        reasons.discard(Reason.BOUND)
    return reasons


def _guessed(mention: Mention) -> bool:
    """Whether the sentence itself calls the number an estimate; a heading that does is far off."""
    return ESTIMATED.search(mention.sentence.rpartition(";")[2]) is not None


def _clause(claim: Mention, source: Mention) -> set[Reason]:
    """Compare the cue words of the two clauses, whatever the finder made of them."""
    if claim.tail == source.tail:
        return set()
    reasons: set[Reason] = set()
    if _motions_disagree(claim, source):
        reasons.add(Reason.CHANGE_DIRECTION)
    if _bases_disagree(claim, source):
        reasons.add(Reason.BASIS)
    if _negated(claim.tail) != _negated(source.tail):
        reasons.add(Reason.INDICATOR)
    if _years(claim.tail) != _years(source.tail):
        reasons.add(Reason.PERIOD)
    here, there = _scopes(claim.tail), _scopes(source.tail)
    if here and there and not here & there:
        reasons.add(Reason.INDICATOR)
    return reasons


def _motion(tail: str) -> tuple[str, bool] | None:
    """Return the direction of the last verb of change and whether it leads to a level."""
    verbs = list(MOTION.finditer(tail))
    if not verbs:
        return None
    last = verbs[-1]
    level = tail[last.end() : last.end() + 1] in LEVEL_AFTER or last[0][-1] in LEVEL_AFTER
    return str(last.lastgroup), level


def _motions_disagree(claim: Mention, source: Mention) -> bool:
    here, there = _motion(claim.tail), _motion(source.tail)
    if here is None:
        return False
    if there is not None:
        return here != there
    told = {source.found.change, source.found.toward} - {None}
    words = {str(found.lastgroup) for found in MOTION.finditer(source.sentence)}
    return not told and here[0] not in words


def _bases_disagree(claim: Mention, source: Mention) -> bool:
    here, there = _bases(claim.tail), _bases(source.tail)
    if here and there and not _any_shared(here, there):
        return True
    stated, said = _bases(source.sentence), _bases(claim.sentence)
    added = any(not _any_shared({basis}, stated) for basis in here)
    dropped = any(basis & _EVERYWHERE and not _any_shared({basis}, said) for basis in there)
    return added or dropped


def _bases(words: str) -> set[frozenset[str]]:
    return {BASE_NAMES[word] for word in BASIS.findall(words)}


def _any_shared(one: Set[frozenset[str]], other: Set[frozenset[str]]) -> bool:
    return any(basis & another for basis in one for another in other)


def _negated(tail: str) -> bool:
    return any(found.lastgroup == "yes" for found in NEGATION.finditer(tail))


def _years(tail: str) -> set[int]:
    return {YEARS[word] for word in YEAR.findall(BASIS.sub("", tail))}


def _scopes(tail: str) -> set[str]:
    return {SCOPES[word] for word in SCOPE.findall(tail)}


def _labels(claim: Mention, source: Mention, like: Likeness) -> set[Reason]:
    reasons: set[Reason] = set()
    one, other = claim.found.period, source.found.period
    if (
        one
        and other
        and _dated(one)
        and _dated(other)
        and not (says(one, other) or says(other, one))
    ):
        reasons.add(Reason.PERIOD)
    if not claim.years <= source.governing and claim.found.type is not QuantityType.DATE:
        reasons.add(Reason.PERIOD)
    if claim.found.type is QuantityType.DATE or claim.tail == source.tail:
        return reasons
    apart = _parts_disagree(claim, source) or _heads_apart(claim.tail, source.tail)
    if not _named(claim, like) or apart:
        reasons.add(Reason.INDICATOR)
    if _starts(source) and not _starts(claim):
        reasons.add(Reason.PERIOD)
    return reasons


def _starts(mention: Mention) -> bool:
    """Whether the number is what something has changed from: 由89%提升至96.5%."""
    return FROM.search(mention.tail) is not None


def _heads_apart(claim: str, source: str) -> bool:
    """Whether both tell a rate, or an amount, of quite different things: 结案率, 参保率.

    >>> _heads_apart("结案率为", "参保率为"), _heads_apart("合格率", "产品合格率达")
    (True, False)
    """
    one, other = HEAD.search(claim), HEAD.search(source)
    if one is None or other is None or one["head"] != other["head"]:
        return False
    return not set(one["of"]) & set(other["of"])


def _dated(period: str) -> bool:
    return any(char.isdigit() for char in period)


def _named(claim: Mention, like: Likeness) -> bool:
    """Whether the words of the claim name what the source's number is of."""
    if not claim.own or like.own >= _NAMED_ENOUGH:
        return True
    return like.wide >= _COVERED and max(like.own, like.back) >= _HINTED


def _parts_disagree(claim: Mention, source: Mention) -> bool:
    """Whether one side names a part (发明, 省级, 其中) that the other does not."""
    one, other = claim.near or claim.own, source.near or source.own
    here, there = set(RESTRICTOR.findall(one)), set(RESTRICTOR.findall(other))
    if here and there and not here & there:
        return True
    said = set(RESTRICTOR.findall(claim.wide)) if "其中" in claim.tail else here
    if here - set(RESTRICTOR.findall(source.wide)) or there - said:
        return True
    mine, its = set(OPPOSITE.findall(one)), set(OPPOSITE.findall(other))
    if mine and its and not mine & its:
        return True
    fresh = FRESH.search(content(source.tail))
    if fresh and "新" not in claim.wide and fresh["act"] not in claim.wide:
        return True
    return bool(set(STAGE.findall(one)) - set(STAGE.findall(source.wide)))
