"""The cue words of two clauses, whatever the finder made of them: 增至, 同比, 未, 去年, 全省."""

import re
from collections.abc import Set
from typing import Final

from groundwork.grounding.mention import Mention, content
from groundwork.grounding.words import (
    BASE_GROUPS,
    BASE_NAMES,
    BASIS,
    BESIDE,
    BESIDES,
    EVERYWHERE,
    LEVEL_AFTER,
    MOTION,
    NEGATION,
    PERIOD,
    SCOPE,
    SCOPES,
    THIS_YEAR,
    WHOLE_YEAR,
    YEAR,
    YEARS,
)
from schemas.quantity import QuantityType
from schemas.verdict import Reason

_OWN: Final = frozenset("我本")
_CLAUSE: Final = re.compile("[,;。(#]")


def cues_apart(claim: Mention, source: Mention) -> set[Reason]:
    """Compare the cue words of the two clauses, and those that govern their sentences."""
    reasons = _of_sentence(claim, source)
    if claim.tail == source.tail:
        return reasons
    if _motions_disagree(claim, source):
        reasons.add(Reason.CHANGE_DIRECTION)
    if _bases_disagree(claim, source):
        reasons.add(Reason.BASIS)
    if negated(claim.tail) != negated(source.tail):
        reasons.add(Reason.INDICATOR)
    if _years(claim.tail) != _years(source.tail):
        reasons.add(Reason.PERIOD)
    here, there = _scopes(claim.tail), _scopes(source.tail)
    if (here and there and not here & there) or (
        here and not there and _scope_added(claim, source)
    ):
        reasons.add(Reason.INDICATOR)
    return reasons


def _of_sentence(claim: Mention, source: Mention) -> set[Reason]:
    """Compare what the words before say even of a clause that is the same."""
    reasons: set[Reason] = set()
    one, other = own_part(claim.sentence), source.sentence
    timed = claim.found.type is not QuantityType.DATE
    if timed and ("年" in one or "季" in one or "月" in one):
        if _periods_apart(one, other, source):
            reasons.add(Reason.PERIOD)
        here = _year_meant(one)
        if here is not None and _year_meant(other) not in (here, None):
            reasons.add(Reason.PERIOD)
    if "其中" in one or "其中" in other:
        led, told = (_CLAUSE.split(words)[-1] for words in (one, other))
        if _opposed(led, told) or _opposed(told, led):
            reasons.add(Reason.INDICATOR)
    return reasons


def own_part(sentence: str) -> str:
    """Return what of a sentence may govern its last number: after ; and 同时 another begins.

    >>> own_part("全年建成公园;绿地"), own_part("预计竣工,同时发放补贴")
    ('绿地', ',同时发放补贴')
    """
    part = sentence.rpartition(";")[2]
    return part[max(0, *(part.rfind("," + word) for word in BESIDE)) :]


def _opposed(one: str, other: str) -> bool:
    """Whether one side tells a part of what was told before, the other something more."""
    return "其中" in one and not BESIDES.search(one) and BESIDES.search(other) is not None


def _scope_added(claim: Mention, source: Mention) -> bool:
    """Whether the claim says whose total it is (全县), and the source speaks of nothing so large.

    A rank must have it in its own sentence; else it is enough that the report speaks of it. 我局 is
    whoever writes.
    """
    here = {SCOPES[word] for word in SCOPE.findall(claim.tail) if word[0] not in _OWN}
    if not here:
        return False
    if claim.found.type is QuantityType.RANK:
        return not here & _scopes(source.sentence)
    return not here & source.report.scopes


def _periods_apart(one: str, other: str, source: Mention) -> bool:
    """Whether one sentence tells of the whole year and the other of a part of it, or of another.

    Where the source's own does not say, its heading does: in 上半年工作情况 nothing is of 全年.
    """
    here, there = PERIOD.findall(one), PERIOD.findall(other)
    if here and not there and here[-1] == WHOLE_YEAR:
        return source.report.period(source.found.start) not in (None, WHOLE_YEAR)
    if not here or not there or here[-1] in there:
        return False
    either = here[-1] + there[-1]
    return WHOLE_YEAR in either or not any(char.isdigit() for char in either)


def _year_meant(sentence: str) -> int | None:
    """Return which year, seen from the report's own, the last word for one in a sentence names."""
    said = BASIS.sub("", sentence)
    own = [(found.start(), 0) for found in THIS_YEAR.finditer(said)]
    others = [(found.start(), YEARS[found[0]]) for found in YEAR.finditer(said)]
    return max(own + others)[1] if own or others else None


def motion(tail: str) -> tuple[str, bool] | None:
    """Return the direction of the last verb of change and whether it leads to a level."""
    verbs = list(MOTION.finditer(tail))
    if not verbs:
        return None
    last = verbs[-1]
    after = tail[last.end() :]
    level = after[:1] in LEVEL_AFTER or last[0][-1] in LEVEL_AFTER
    level |= after.removesuffix("达到")[-1:] in ("到", "至")
    return str(last.lastgroup), level


def _motions_disagree(claim: Mention, source: Mention) -> bool:
    here, there = motion(claim.tail), motion(source.tail)
    if here is None:
        return False
    if there is not None:
        return here != there
    if here[1] and _told_next(source) == here[0]:
        return False
    told = {source.found.change, source.found.toward} - {None}
    words = {str(found.lastgroup) for found in MOTION.finditer(source.sentence)}
    return not told and here[0] not in words


def _told_next(source: Mention) -> str | None:
    """Return how far a number has moved, as the clause after it tells of nothing else.

    不良率1.2%,较年初下降0.2个百分点 may be told as 不良率降至1.2%.
    """
    clause, number, _ = source.right.partition("#")
    said = motion(clause) if number and clause[:1] == "," else None
    return said[0] if said and not said[1] and not content(clause) else None


def _bases_disagree(claim: Mention, source: Mention) -> bool:
    here, there = bases(claim.tail), bases(source.tail)
    for group in BASE_GROUPS:
        mine, its = (
            {base for base in here if base & group},
            {base for base in there if base & group},
        )
        if mine and its and not any_shared(mine, its):
            return True
    stated, said = bases(source.sentence), bases(claim.sentence)
    added = any(not any_shared({basis}, stated) for basis in here)
    dropped = any(basis & EVERYWHERE and not any_shared({basis}, said) for basis in there)
    return added or dropped


def bases(words: str) -> set[frozenset[str]]:
    """Return what each basis word may stand for."""
    return {BASE_NAMES[word] for word in BASIS.findall(words)}


def any_shared(one: Set[frozenset[str]], other: Set[frozenset[str]]) -> bool:
    """Whether any basis of one side may be one of the other."""
    return any(basis & another for basis in one for another in other)


def negated(tail: str) -> bool:
    """Whether a clause denies something: 未, 没有, not 未来."""
    return any(found.lastgroup == "yes" for found in NEGATION.finditer(tail))


def _years(tail: str) -> set[int]:
    return {YEARS[word] for word in YEAR.findall(BASIS.sub("", tail))}


def _scopes(tail: str) -> set[str]:
    return {SCOPES[word] for word in SCOPE.findall(tail)}
