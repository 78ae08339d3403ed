"""The cue words of two clauses, whatever the finder made of them: 增至, 同比, 未, 去年, 全省."""

from collections.abc import Set

from groundwork.grounding.mention import Mention
from groundwork.grounding.words import (
    BASE_GROUPS,
    BASE_NAMES,
    BASIS,
    EVERYWHERE,
    LEVEL_AFTER,
    MOTION,
    NEGATION,
    SCOPE,
    SCOPES,
    YEAR,
    YEARS,
)
from schemas.verdict import Reason


def cues_apart(claim: Mention, source: Mention) -> set[Reason]:
    """Compare the cue words of the two clauses."""
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


def motion(tail: str) -> tuple[str, bool] | None:
    """Return the direction of the last verb of change and whether it leads to a level."""
    verbs = list(MOTION.finditer(tail))
    if not verbs:
        return None
    last = verbs[-1]
    level = tail[last.end() : last.end() + 1] in LEVEL_AFTER or last[0][-1] in LEVEL_AFTER
    return str(last.lastgroup), level


def _motions_disagree(claim: Mention, source: Mention) -> bool:
    here, there = motion(claim.tail), motion(source.tail)
    if here is None:
        return False
    if there is not None:
        return here != there
    told = {source.found.change, source.found.toward} - {None}
    words = {str(found.lastgroup) for found in MOTION.finditer(source.sentence)}
    return not told and here[0] not in words


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


def _negated(tail: str) -> bool:
    return any(found.lastgroup == "yes" for found in NEGATION.finditer(tail))


def _years(tail: str) -> set[int]:
    return {YEARS[word] for word in YEAR.findall(BASIS.sub("", tail))}


def _scopes(tail: str) -> set[str]:
    return {SCOPES[word] for word in SCOPE.findall(tail)}
