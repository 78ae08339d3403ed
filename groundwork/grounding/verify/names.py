"""Whether a claim calls a number of the source by the name of another.

总建筑面积52万平方米…,规划面积1006亩 does not support 规划面积52万平方米, whatever else is the same.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from groundwork.grounding.mention import Mention, content
from groundwork.grounding.words import SAME_ACTS
from groundwork.quantities.found import Found
from schemas.quantity import QuantityType

_NAME: Final = 3
_SHORT: Final = 2
_SAY_NOTHING: Final = frozenset("率量数额值").union(*SAME_ACTS)
"""Heads of a name, and verbs that a claim may put for one another: 开展, 举办."""


def borrowed(claim: Mention, source: Mention, others: Collection[Mention]) -> bool:
    """Whether the name that the claim gives the number of ``source`` is that of another."""
    if claim.tail == source.tail or claim.found.type is QuantityType.DATE:
        return False
    words = content(claim.tail)
    if len(words) >= _NAME:
        name = content(source.tail) or source.own
        if not (words in name or name in words) and any(
            content(other.tail) == words for other in others
        ):
            return True
    if _nothing_shared(claim, source):
        return True
    rivals = [other for other in others if _rivals(other.found, source.found)]
    return any(
        _added(claim, source, other)
        or _lacking(claim, source, other)
        or _of_other(claim, source, other)
        for other in rivals
    )


def _rivals(one: Found, other: Found) -> bool:
    """Whether two numbers are of a kind, so that a name can go from one to the other."""
    return one.type is other.type and one.unit == other.unit and one.value != other.value


def _nothing_shared(claim: Mention, source: Mention) -> bool:
    """Whether no letter of the source's own name is left: 签约9个,投产4个 told as 项目4个."""
    name = source.near
    return len(name) >= _SHORT and bool(claim.near) and not set(name) & set(claim.wide)


def _added(claim: Mention, source: Mention, other: Mention) -> bool:
    """Whether all that the claim adds to the name is of another: 小学2所 for 幼儿园2所、小学1所."""
    added = [run for run in _runs(claim.near, source.wide) if run not in _SAY_NOTHING]
    return bool(added) and all(run in other.near for run in added)


def _lacking(claim: Mention, source: Mention, other: Mention) -> bool:
    """Whether the claim has the whole name of another, and not what is the source's alone."""
    theirs, own = other.near, source.near
    if len(theirs) < _SHORT or theirs not in claim.near:
        return False
    distinct = list(_runs(own, theirs))
    return bool(distinct) and not any(set(run) & set(claim.wide) for run in distinct)


def _of_other(claim: Mention, source: Mention, other: Mention) -> bool:
    """Whether the claim's own words are of another alone: 供水量 for 供水总量…,售水量."""
    words, theirs, own = (set(mention.near) for mention in (claim, other, source))
    return len(words) >= _SHORT and words <= theirs and bool(own - words) and not words <= own


def _runs(words: str, without: str) -> Iterable[str]:
    """Return the runs of letters of ``words`` that are not among those of ``without``."""
    if not without:
        return [words] if words else []
    return [run for run in re.split(f"[{re.escape(without)}]+", words) if run]
