"""Whether a claimed number bears the name, and is of the time, of the source's."""

from typing import Final

from groundwork.grounding.mention import Mention, content
from groundwork.grounding.verify.cues import negated
from groundwork.grounding.verify.pairing import Likeness, common_end, common_start
from groundwork.grounding.words import (
    DONE,
    FRESH,
    FROM,
    HEAD,
    OPPOSITE,
    PLANNED,
    RESTRICTOR,
    SAME_ACTS,
    STAGE,
    TOTAL,
    TOTALS,
)
from groundwork.quantities.compare import says
from schemas.quantity import QuantityType
from schemas.verdict import Reason

_NAMED_ENOUGH: Final = 0.5
_NAME: Final = 2
_HINTED: Final = 0.3
_COVERED: Final = 0.6


def named_apart(claim: Mention, source: Mention, like: Likeness) -> set[Reason]:
    """Compare the names and the periods of two numbers."""
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
    if not claim.dated <= source.governing and claim.found.type is not QuantityType.DATE:
        reasons.add(Reason.PERIOD)
    if claim.found.type is QuantityType.DATE or claim.tail == source.tail:
        return reasons
    apart = (
        _parts_disagree(claim, source)
        or _heads_apart(claim.tail, source.own if "分别" in source.sentence else source.tail)
        or _renamed(claim, source)
    )
    if not _named(claim, like) or apart:
        reasons.add(Reason.INDICATOR)
    if claim.clause in TOTALS and not TOTAL.search(source.clause):
        reasons.add(Reason.INDICATOR)
    if _starts(source) and not _starts(claim):
        reasons.add(Reason.PERIOD)
    return reasons


def followed_apart(claim: Mention, source: Mention) -> bool:
    """Whether what follows the two numbers in their clauses names or says different things.

    46处省级以上文保单位 for 46处市级以上文保单位, 100%未完成 for 100%完成; it may be left out.
    """
    if claim.found.type is QuantityType.DATE or not claim.after or claim.after == source.after:
        return False
    one, other = claim.suffix, source.suffix
    here, there = set(RESTRICTOR.findall(one)), set(RESTRICTOR.findall(other))
    if here and there and not here & there:
        return True
    if here - set(RESTRICTOR.findall(source.wide)):
        return True
    if set(STAGE.findall(claim.after)) - set(STAGE.findall(source.sentence + source.after)):
        return True
    before = set(content(source.sentence))
    if _differ(one, other) and len(set(one) & before) * 2 <= len(set(one)):
        return True
    denied, stated = negated(claim.after), negated(source.after)
    return denied != stated and (denied or len(set(one) & set(other)) >= _NAME)


def _starts(mention: Mention) -> bool:
    """Whether the number is what something has changed from: 由89%提升至96.5%."""
    return FROM.search(mention.tail) is not None


def _heads_apart(claim: str, source: str) -> bool:
    """Whether both tell a rate, or an amount, of quite different things: 结案率, 参保率.

    >>> _heads_apart("结案率为", "参保率为"), _heads_apart("合格率", "产品合格率达")
    (True, False)
    """
    one, other = HEAD.search(content(claim)), HEAD.search(content(source))
    if one is None or other is None or one["head"] != other["head"]:
        return False
    return not set(one["of"]) & set(other["of"])


def _renamed(claim: Mention, source: Mention) -> bool:
    """Whether both name the number in the same place of the same words, and share no letter there.

    处置移交线索331件 for 处置问题线索331件: however much else is the same, it is another thing.
    """
    one, other = content(claim.tail), content(source.tail)
    return _differ(one, other, source.own)


def _differ(one: str, other: str, name: str = "") -> bool:
    """Whether two wordings, their like ends left aside, are of different letters and things."""
    same = common_start(one, other, len(other))
    one, other = one[same:], other[same:]
    same = common_end(one, other, len(other))
    one, other = one[: len(one) - same], other[: len(other) - same]
    if len(one) < _NAME or len(other) < _NAME:
        return False
    if any(one in acts and other in acts for acts in SAME_ACTS):
        return False
    return not set(one) & set(other) and not set(one) & set(name)


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
    if PLANNED in source.tail and "总" not in claim.tail and DONE.search(claim.tail):
        return True
    fresh = FRESH.search(content(source.tail))
    if fresh and "新" not in claim.wide and fresh["act"] not in claim.wide:
        return True
    return bool(set(STAGE.findall(one)) - set(STAGE.findall(source.wide)))
