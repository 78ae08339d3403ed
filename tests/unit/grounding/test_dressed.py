"""What is dressed without validation is what validation would have made."""

from groundwork.grounding.dressed import as_quantity, supported, trusted
from groundwork.quantities.find import find
from groundwork.text.clean import clean
from groundwork.text.document import SourceText
from schemas.quantity import Quantity
from schemas.span import Span
from schemas.verdict import QuantityCheck, Verdict

TEXT = clean(SourceText("區2022年新增企業約66家，同比增長7.5%，畝均稅收xx萬元，耕地10—15畝。"))
FOUNDS = find(TEXT.reading)


def test_quantities_equal_validated_ones() -> None:
    assert len(FOUNDS) == 5
    for found in FOUNDS:
        made = as_quantity(found, "q1", TEXT)
        again = Quantity.model_validate_json(made.model_dump_json())
        assert made == again
        assert again.model_dump_json() == made.model_dump_json()
        assert set(Quantity.model_fields) == made.model_fields_set == set(vars(made))
        assert TEXT.source.text[made.span.start : made.span.end] == made.span.quote
        assert made.model_copy() == made


def test_checks_equal_validated_ones() -> None:
    quantity = as_quantity(FOUNDS[0], "c1", TEXT)
    made = supported(quantity, Verdict.SUPPORTED, quantity)
    assert made == QuantityCheck(quantity=quantity, verdict=Verdict.SUPPORTED, source=quantity)
    assert QuantityCheck.model_validate_json(made.model_dump_json()) == made
    assert set(QuantityCheck.model_fields) == set(vars(made))


def test_no_two_values_share_what_can_change() -> None:
    one = supported(as_quantity(FOUNDS[0], "c1", TEXT), Verdict.SUPPORTED, None)
    other = supported(as_quantity(FOUNDS[0], "c1", TEXT), Verdict.SUPPORTED, None)
    assert one.reasons is not other.reasons
    assert one.found_elsewhere is not other.found_elsewhere
    span = trusted(Span, {"start": 0, "end": 2, "quote": "3家"})
    assert span.model_dump() == {"start": 0, "end": 2, "quote": "3家"}
