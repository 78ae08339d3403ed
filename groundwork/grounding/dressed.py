"""What the finder and the judges have made, dressed as the product tells it.

The values come from our own code and hold what their schemas ask for, so they are not validated
once more: that would cost more than reading them. The tests build each of them both ways.
"""

from typing import Any, Final, TypeVar

from groundwork.quantities.found import Found
from groundwork.text.document import CleanText
from schemas.base import Schema
from schemas.quantity import Quantity
from schemas.span import Span
from schemas.verdict import QuantityCheck, Verdict

S = TypeVar("S", bound=Schema)
_set: Final = object.__setattr__
"""Schemas are frozen, and refuse what would set their attributes one by one."""


def trusted(schema: type[S], values: dict[str, Any]) -> S:
    """Return ``schema`` with these values, every field given, none looked at.

    >>> trusted(Span, {"start": 0, "end": 2, "quote": "3家"}) == Span(start=0, end=2, quote="3家")
    True
    """
    made = schema.__new__(schema)
    _set(made, "__dict__", values)
    _set(made, "__pydantic_fields_set__", {*values})
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


def as_quantity(found: Found, name: str, text: CleanText) -> Quantity:
    """Dress a ``Found`` of clean text as a ``Quantity`` of the text it was cleaned from."""
    first, last = text.to_source(found.start, found.end)
    quote = text.source.text[first:last]
    return trusted(
        Quantity,
        {
            "id": name,
            "span": trusted(Span, {"start": first, "end": last, "quote": quote}),
            "type": found.type,
            "value": found.value,
            "upper": found.upper,
            "unit": _written(found, text),
            "masked": found.masked,
            "qualifier": found.qualifier,
            "change": found.change,
            "basis": found.basis,
            "label": found.label,
            "period": found.period,
        },
    )


def _written(found: Found, text: CleanText) -> str | None:
    """Return the unit in the source's own characters: 畝 where a Traditional report has it."""
    if found.unit is None or found.unit_at is None or text.text is text.reading:
        return found.unit
    start, end = found.unit_at
    return text.text[start:end] if text.reading[start:end] == found.unit else found.unit


def supported(quantity: Quantity, verdict: Verdict, source: Quantity | None) -> QuantityCheck:
    """Return the check of a number that needs no explanation."""
    return trusted(
        QuantityCheck,
        {
            "quantity": quantity,
            "verdict": verdict,
            "reasons": [],
            "source": source,
            "found_elsewhere": [],
            "explanation": None,
        },
    )
