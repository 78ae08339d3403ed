"""Compare what an engine says of a text with what annotators say.

Characters
    Statements are compared by the characters they cover, so that cutting a sentence elsewhere
    costs little and a wrong kind costs all of it. Punctuation, white space and control
    characters never count.
Items
    A statement is found when one of the same kind covers at least half of their common extent
    (intersection over union >= 0.5). Each pairs with one other at most, the best pairs first.
Quantities
    A quantity is found when its span is exact. Dates are left out unless asked for, and with
    them whatever the engine says where the annotators see only a date.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from groundwork.evaluation.annotation import Annotation, Number, Statement
from groundwork.evaluation.tally import NOTHING, Tally
from schemas.quantity import QuantityType
from schemas.result import Kind

_TOLERANCE = Decimal("1e-9")


def score(text: str, gold: Annotation, said: Annotation, *, dates: bool = False) -> Tally:
    """Return the counts of one document."""
    tally = Tally()
    counted = [unicodedata.category(char)[0] not in "PZC" for char in text]
    golden = [(entry.kind, _covered(entry, counted)) for entry in gold.statements]
    stated = [(entry.kind, _covered(entry, counted)) for entry in said.statements]
    _count_characters(tally, golden, stated)
    _count_items(tally, golden, stated)
    _count_quantities(tally, *_compared(gold.numbers, said.numbers, dates=dates))
    return tally


_Covered = tuple[Kind, frozenset[int]]


def _covered(statement: Statement, counted: Sequence[bool]) -> frozenset[int]:
    return frozenset(
        position
        for start, end in statement.ranges
        for position in range(start, min(end, len(counted)))
        if counted[position]
    )


def _union(entries: Iterable[_Covered], kind: Kind | None = None) -> frozenset[int]:
    return frozenset().union(*(chars for its, chars in entries if kind in {None, its}))


def _count_characters(tally: Tally, gold: list[_Covered], said: list[_Covered]) -> None:
    kinds: list[Kind | None] = [*Kind, None]
    for kind in kinds:
        golden, stated = _union(gold, kind), _union(said, kind)
        hits = tally.any_kind if kind is None else tally.characters[kind]
        hits.hit, hits.said, hits.gold = len(golden & stated), len(stated), len(golden)
    # The confusion table counts a character once: by the first statement that claims it.
    gold_kind = {position: kind for kind, chars in reversed(gold) for position in chars}
    said_kind = {position: kind for kind, chars in reversed(said) for position in chars}
    for position in gold_kind.keys() | said_kind.keys():
        pair = gold_kind.get(position, NOTHING), said_kind.get(position, NOTHING)
        tally.confusion[str(pair[0]), str(pair[1])] += 1


def _count_items(tally: Tally, gold: list[_Covered], said: list[_Covered]) -> None:
    for kind, _ in gold:
        tally.items[kind].gold += 1
    for kind, _ in said:
        tally.items[kind].said += 1
    pairs = sorted(
        (-overlap, left, right)
        for left, (kind, chars) in enumerate(gold)
        for right, (other, others) in enumerate(said)
        if kind is other and (overlap := _overlap(chars, others)) >= 0.5
    )
    taken_gold: set[int] = set()
    taken_said: set[int] = set()
    for _, left, right in pairs:
        if left not in taken_gold and right not in taken_said:
            taken_gold.add(left)
            taken_said.add(right)
            tally.items[gold[left][0]].hit += 1


def _overlap(chars: frozenset[int], others: frozenset[int]) -> float:
    common = len(chars & others)
    return common / (len(chars) + len(others) - common) if common else 0.0


def _compared(
    gold: Sequence[Number], said: Sequence[Number], *, dates: bool
) -> tuple[list[Number], list[Number]]:
    """Leave dates out on both sides, unless they are asked for."""
    if dates:
        return list(gold), list(said)
    passed_over = [number for number in gold if number.type is QuantityType.DATE]
    kept = [number for number in gold if number.type is not QuantityType.DATE]
    judged = [
        number
        for number in said
        if number.type is not QuantityType.DATE
        and (_touches(number, kept) or not _touches(number, passed_over))
    ]
    return kept, judged


def _touches(number: Number, others: Iterable[Number]) -> bool:
    return any(number.touches(other) for other in others)


def _count_quantities(tally: Tally, gold: list[Number], said: list[Number]) -> None:
    tally.quantities.said, tally.quantities.gold = len(said), len(gold)
    for number in said:
        tally.touching[0].count(right=_touches(number, gold))
    for number in gold:
        tally.touching[1].count(right=_touches(number, said))
    waiting = {(number.start, number.end): number for number in gold}
    for number in said:
        true = waiting.pop((number.start, number.end), None)
        if true is not None:
            tally.quantities.hit += 1
            _count_fields(tally, true, number)


def _count_fields(tally: Tally, gold: Number, said: Number) -> None:
    if gold.value is not None:
        right = _equal(gold.value, said.value) and _equal(gold.upper, said.upper)
        tally.fields["value"].count(right=right)
    tally.fields["masked"].count(right=gold.masked == said.masked)
    tally.fields["unit"].count(right=(gold.unit or "") == (said.unit or ""))
    tally.fields["type"].count(right=gold.type is said.type)
    tally.fields["qualifier"].count(right=gold.qualifier is said.qualifier)
    tally.fields["change"].count(right=gold.change is said.change)


def _equal(left: Decimal | None, right: Decimal | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= _TOLERANCE * max(Decimal(1), abs(left), abs(right))
