from decimal import Decimal

import pytest

from groundwork.evaluation.annotation import Annotation, Number, Statement
from groundwork.evaluation.score import score
from groundwork.evaluation.tally import NOTHING, Hits, Share, Tally
from schemas.quantity import QuantityType
from schemas.result import Kind

TEXT = "建成平台三个,新增企业12家。明年建设园区。"
DONE = Statement(Kind.ACHIEVEMENT, ((0, 14),))
AHEAD = Statement(Kind.PLAN, ((15, 21),))


def number(start: int, end: int, value: str | None = "12", **fields: object) -> Number:
    amount = None if value is None else Decimal(value)
    given = {"type": QuantityType.COUNT, "unit": "家", **fields}
    return Number(start, end, value=amount, **given)  # type: ignore[arg-type]


def test_the_gold_itself_is_perfect() -> None:
    gold = Annotation((DONE, AHEAD), (number(11, 14),))
    tally = score(TEXT, gold, gold)
    assert tally.macro == 1
    assert tally.all_items == Hits(2, 2, 2)
    assert tally.quantities == Hits(1, 1, 1)
    assert all(share.ratio == 1 for share in tally.fields.values())


def test_punctuation_costs_nothing() -> None:
    gold = Annotation((DONE,))
    said = Annotation((Statement(Kind.ACHIEVEMENT, ((0, 15),)),))
    assert score(TEXT, gold, said).macro == 1


def test_a_wrong_kind_costs_both_kinds() -> None:
    said = Annotation((Statement(Kind.GOAL, DONE.ranges),))
    tally = score(TEXT, Annotation((DONE,)), said)
    assert tally.macro == 0
    assert tally.any_kind.f1 == 1
    assert tally.confusion == {("achievement", "goal"): 13}


def test_what_one_side_lacks_is_none() -> None:
    tally = score(TEXT, Annotation((DONE,)), Annotation((AHEAD,)))
    assert tally.confusion == {("achievement", NOTHING): 13, (NOTHING, "plan"): 6}


@pytest.mark.parametrize(("end", "found"), [(14, 1), (8, 1), (7, 0)])
def test_an_item_counts_from_half_of_the_common_extent(end: int, found: int) -> None:
    said = Annotation((Statement(Kind.ACHIEVEMENT, ((0, end),)),))
    assert score(TEXT, Annotation((DONE,)), said).all_items.hit == found


def test_a_statement_pairs_with_one_other_only() -> None:
    tally = score(TEXT, Annotation((DONE,)), Annotation((DONE, DONE)))
    assert tally.all_items == Hits(1, 2, 1)


def test_a_quantity_needs_its_exact_span() -> None:
    tally = score(TEXT, Annotation((), (number(11, 14),)), Annotation((), (number(11, 13),)))
    assert tally.quantities == Hits(0, 1, 1)
    assert [share.ratio for share in tally.touching] == [1, 1]


def test_fields_are_compared_one_by_one() -> None:
    gold = Annotation((), (number(11, 14),))
    said = Annotation((), (number(11, 14, "120", unit=None, masked=True),))
    fields = score(TEXT, gold, said).fields
    wrong = {name for name, share in fields.items() if share.ratio == 0}
    assert wrong == {"value", "unit", "masked"}


def test_the_value_of_a_masked_gold_is_not_asked_for() -> None:
    gold = Annotation((), (number(11, 14, None, masked=True),))
    assert score(TEXT, gold, gold).fields["value"].of == 0


def test_dates_are_left_out_unless_asked_for() -> None:
    date = number(15, 17, None, type=QuantityType.DATE)
    gold = Annotation((), (date,))
    mistaken = Annotation((), (number(15, 17, "1"),))
    assert score(TEXT, gold, gold).quantities == Hits(0, 0, 0)
    assert score(TEXT, gold, mistaken).quantities == Hits(0, 0, 0)
    assert score(TEXT, gold, gold, dates=True).quantities == Hits(1, 1, 1)


def test_tallies_add_up() -> None:
    total = Tally()
    for said in (Annotation((DONE, AHEAD)), Annotation()):
        total += score(TEXT, Annotation((DONE, AHEAD), (number(11, 14),)), said)
    assert total.all_items == Hits(2, 2, 4)
    assert total.touching == (Share(0, 0), Share(0, 2))


def test_nothing_said_of_nothing_is_no_figure() -> None:
    tally = score("", Annotation(), Annotation())
    assert tally.macro == 0
    assert tally.fields["value"].ratio is None
